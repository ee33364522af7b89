"""The Swedish that people meet is spelt right: Hunspell's dictionary, and a list of our own words."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import markdown
import pytest
import yaml

ROOT = Path(__file__).parents[1]
OWN_WORDS = ROOT / "tests" / "stavning.txt"
PAGES = sorted((ROOT / "content").rglob("*.md"))
DATA = sorted(path for path in (ROOT / "data").rglob("*.yml"))
WRITTEN = re.compile(r"[a-zåäöéüA-ZÅÄÖÉÜ][\w.:-]*\w|\w", re.UNICODE)
CODE = re.compile(r"[_/\\@{}]|\w\.\w{2,4}$|^[A-Z]+\d+\w?$|:\w*[a-z]{4}")
"""Addresses, file names, ids and codes of checks: no words."""

CUT_SHORT = re.compile(r"\b\w+-(?=\s)")
"""The beginning of a compound whose end comes later: hälso- och sjukvården."""

pytestmark = pytest.mark.spelling


class Text(HTMLParser):
    """The running text of a page: code and comments left out."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.inside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter code, and read what a picture says."""
        self.inside += tag in ("code", "pre")
        self.words += [told for name, told in attrs if name in ("alt", "title") and told]

    def handle_endtag(self, tag: str) -> None:
        """Leave code."""
        self.inside -= tag in ("code", "pre")

    def handle_data(self, data: str) -> None:
        """Keep what is read."""
        if not self.inside:
            self.words.append(data)


def prose(path: Path) -> str:
    """What a page says to its reader."""
    reader = Text()
    extensions = ["tables", "fenced_code", "attr_list", "md_in_html"]
    reader.feed(markdown.markdown(path.read_text("utf-8"), extensions=extensions))
    return " ".join(reader.words)


def sentences(node: Any) -> Iterator[str]:
    """The free texts of a data file: those with a space in them, and the names of things."""
    match node:
        case dict():
            for key, value in node.items():
                named = isinstance(value, str) and key in ("benamning", "rubrik", "namn", "term")
                yield from [value] if named else sentences(value)
        case list():
            for item in node:
                yield from sentences(item)
        case str() if " " in node:
            yield node


def misspelt(text: str) -> set[str]:
    """The words that neither the dictionary nor our own list knows."""
    whole = CUT_SHORT.sub("", text)
    words = sorted({word for word in WRITTEN.findall(whole) if not CODE.search(word)})
    program = shutil.which("hunspell")
    assert program, "Hunspell saknas: apt-get install hunspell hunspell-sv"
    done = subprocess.run(
        [program, "-d", "sv_SE", "-p", str(OWN_WORDS), "-i", "utf-8", "-l"],
        input="\n".join(words) + "\n",
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    own = set(OWN_WORDS.read_text("utf-8").split())
    return set(done.stdout.split()) - own


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_pages_are_spelt_right(path: Path) -> None:
    """Every word on a page is in the dictionary or among our own."""
    assert misspelt(prose(path)) == set()


@pytest.mark.parametrize("path", DATA, ids=lambda path: str(path.relative_to(ROOT)))
def test_texts_among_the_figures_are_spelt_right(path: Path) -> None:
    """Names, explanations, questions and comments in the data are Swedish too."""
    assert misspelt("\n".join(sentences(yaml.safe_load(path.read_text("utf-8"))))) == set()


def test_a_misspelt_word_is_found() -> None:
    """A word that nobody writes is told, wherever it stands; codes and file names are no words."""
    assert misspelt("Deltagarna arbetstränade i gruppp.") == {"gruppp"}
    assert misspelt("Skriv `R07a` i data/godtagna.yml för flode.nya.") == set()
    assert "gruppp" in misspelt(" ".join(sentences({"benamning": "gruppp", "id": "arbtsträning"})))
    assert list(sentences({"id": "arbtsträning"})) == []


def test_own_words_are_needed_and_in_order() -> None:
    """Our list holds only words that the dictionary lacks, in order, so that it stays short."""
    own = OWN_WORDS.read_text("utf-8").split()
    program = shutil.which("hunspell")
    assert program
    assert own == sorted(set(own))
    done = subprocess.run(
        [program, "-d", "sv_SE", "-i", "utf-8", "-l"],
        input="\n".join(own) + "\n",
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert set(own) - set(done.stdout.split()) == set()
