"""The glossary: a page for each letter, and the way to them."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools import texts
from build_tools.addresses import to
from build_tools.model import File, Publication
from build_tools.pages.explained import Entry, glossary, letter_of
from build_tools.pages.layout import Link, render
from build_tools.pages.overviews.parts import crumbs, grouped
from build_tools.stages import page

GLOSSARY = "ordlista/index.md"
SOURCE = "data/ordlista.yml"
ALPHABET = "0abcdefghijklmnopqrstuvwxyzåäö"


@page("ordlista", "Ordlista")
def words(publication: Publication) -> Iterator[File]:
    """Ordlistan: en sida för varje bokstav."""
    entries = sorted(glossary(publication.terms).entries, key=lambda entry: _order(entry.term.term))
    letters = grouped(entries, lambda entry: letter_of(entry.term.term))
    if letters:
        yield _index(letters)
    for letter, own in letters.items():
        yield _letter(letter, own, letters)


def _order(word: str) -> tuple[list[int], str]:
    """Where a word stands in Swedish order."""
    signs = [ALPHABET.index(sign) if sign in ALPHABET else 0 for sign in word.lower() if sign.isalnum()]
    return signs, word


def _index(letters: dict[str, list[Entry]]) -> File:
    count = sum(len(own) for own in letters.values())
    values = {
        "title": "Ordlista",
        "description": "Ord och förkortningar i rapporterna och handböckerna, förklarade.",
        "crumbs": crumbs(GLOSSARY, "Ordlista"),
        "letters": _links(GLOSSARY, letters, ""),
        "lead": f"{texts.number(count)} ord och förkortningar ur rapporterna och handböckerna.",
        "entries": (),
        "groups": [
            (_title(letter), [Link(e.term.term, to(GLOSSARY, e.path, e.anchor)) for e in own])
            for letter, own in letters.items()
        ],
    }
    return File(GLOSSARY, render("glossary.md", values), SOURCE)


def _letter(letter: str, own: list[Entry], letters: dict[str, list[Entry]]) -> File:
    path = own[0].path
    title = f"Ordlista: {_title(letter)}"
    values = {
        "title": title,
        "description": f"Ord på {_title(letter)} i rapporterna och handböckerna, förklarade.",
        "crumbs": crumbs(path, _title(letter), Link("Ordlista", GLOSSARY)),
        "letters": _links(path, letters, letter),
        "lead": "",
        "entries": [(entry, [form for form in entry.term.forms if form != entry.term.term]) for entry in own],
        "groups": (),
    }
    return File(path, render("glossary.md", values), SOURCE)


def _title(letter: str) -> str:
    return "Tecken och siffror" if letter == "0" else letter.upper()


def _links(path: str, letters: dict[str, list[Entry]], here: str) -> list[Link]:
    """The row of letters; the one that is read is no link."""
    return [
        Link(_title(letter), "" if letter == here else to(path, own[0].path))
        for letter, own in letters.items()
    ]
