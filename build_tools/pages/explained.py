"""Words of the glossary are explained where they first stand on a page: a link that works without script.

The text is walked once, tag by tag and word by word, and every word is looked up; nothing is searched for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from itertools import pairwise

from markupsafe import Markup

from build_tools import texts
from build_tools.addresses import to
from build_tools.model import Publication, Term

TOKEN = re.compile(r'<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^<>"]|"[^"]*")*)>|&#?\w+;|[^\W_]+(?:[-:][^\W_]+)*')
"""A tag, an entity or a word; letters and hyphens hold a word together."""
CLOSED = frozenset(
    {"a", "abbr", "button", "caption", "code", "dt", "figcaption", "form", "h1", "h2", "h3", "h4", "h5", "h6"}
    | {"label", "pre", "select", "summary", "svg", "textarea", "th"}
)
"""Where no word is explained: links, code, forms and headings of any kind, also those of rows and tables."""
UNTOUCHED = ("admonition-title", "sr-faltlista", "sr-kartrubrik")
"""Classes of elements that are headings or forms to fill in, though their tags do not say so."""
EMPTY = frozenset({"br", "hr", "img"})
LONG = 8
"""So long must a word be to be recognised as a part of a longer one written together with it."""
REST = 3
"""So much must at least stand before or after it."""
LONGEST = 60
STEM, ENDING = 4, 3
"""So much must two forms of a word share, and so much may the shorter have of its own."""
FOLDED = {"å": "aa", "ä": "ae", "ö": "oe"}


def letter_of(term: str) -> str:
    """The letter that a term stands under; anything but a letter is gathered under 0."""
    first = term[:1].lower()
    return first if first.isalpha() else "0"


def letter_path(letter: str) -> str:
    """The file of a letter's page."""
    plain = FOLDED.get(letter, letter)
    return f"ordlista/{plain if re.fullmatch('[a-z0-9]+', plain) else f'u{ord(letter):x}'}.md"


@dataclass(frozen=True, slots=True)
class Entry:
    """A term with the anchor it has on the page of its letter."""

    term: Term
    path: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Glossary:
    """All terms by their forms: `single` words, and the first words of those of `several`."""

    entries: tuple[Entry, ...]
    single: Mapping[str, Entry]
    several: Mapping[str, tuple[tuple[tuple[str, ...], Entry], ...]]

    looked_up: dict[str, Entry | None] = field(default_factory=dict)
    """Reports use the same words over and over: each is looked up once."""

    def word(self, word: str) -> Entry | None:
        """The term that a word is a form of, has before or after a hyphen, or is written together with."""
        if word not in self.looked_up:
            found = self._form(word) or next((e for part in word.split("-") if (e := self._form(part))), None)
            self.looked_up[word] = found or self._compound(word.lower())
        return self.looked_up[word]

    def _form(self, word: str) -> Entry | None:
        """A form as it stands, with a genitive s or a capital at the beginning of a sentence."""
        for one in (word, word[:1].lower() + word[1:]):
            for form in (one, one.removesuffix(":s"), one.removesuffix("s")):
                if form in self.single:
                    return self.single[form]
        return None

    def _compound(self, word: str) -> Entry | None:
        """A long term as the beginning of a word, with s between, or as its end."""
        if not LONG + REST <= len(word) <= LONGEST:
            return None
        for cut in range(LONG, len(word) - REST):
            if word[cut] == "s" and word[:cut] in self.single:
                return self.single[word[:cut]]
        for cut in range(REST, len(word) - LONG + 1):
            if word[cut:] in self.single:
                return self.single[word[cut:]]
        return None


@lru_cache(maxsize=2)
def glossary(terms: tuple[Term, ...]) -> Glossary:
    """The terms made ready to be looked up; where two share a form the first in order keeps it."""
    single: dict[str, Entry] = {}
    several: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
    entries = tuple(_entries(terms))
    for entry in entries:
        for form in (entry.term.term, *entry.term.forms):
            words = tuple(form.split())
            if len(words) == 1:
                single.setdefault(form, entry)
            elif words:
                several.setdefault(words[0].lower(), []).append(
                    (tuple(word.lower() for word in words), entry)
                )
    ordered = {key: tuple(sorted(found, key=lambda pair: -len(pair[0]))) for key, found in several.items()}
    return Glossary(entries, single, ordered)


def _entries(terms: Iterable[Term]) -> Iterator[Entry]:
    """Each term with its place; two with the same anchor are told apart by a number."""
    used: set[tuple[str, str]] = set()
    for term in terms:
        path = letter_path(letter_of(term.term))
        base = texts.anchor(texts.ascii_words(term.term)) or "ord"
        anchor, number = base, 1
        while (path, anchor) in used:
            number += 1
            anchor = f"{base}-{number}"
        used.add((path, anchor))
        yield Entry(term, path, anchor)


@dataclass(slots=True)
class Explainer:
    """One page: which terms have been explained on it already."""

    glossary: Glossary
    path: str
    told: set[str]

    def explain(self, html: Markup) -> Markup:
        """The HTML with a link around the first of each term's words that stands in running text."""
        return Markup("".join(self._pieces(str(html))))  # noqa: S704 - the text was safe and what is put in is escaped

    def _pieces(self, html: str) -> Iterator[str]:
        tokens = list(_open_words(html))
        at = place = 0
        while place < len(tokens):
            start, end, word = tokens[place]
            entry, taken = self._at(html, tokens, place, word)
            if entry and entry.anchor not in self.told:
                self.told.add(entry.anchor)
                end = tokens[place + taken - 1][1]
                yield html[at:start]
                yield self._link(entry, html[start:end])
                at = end
            place += taken
        yield html[at:]

    def _at(
        self, html: str, tokens: list[tuple[int, int, str]], place: int, word: str
    ) -> tuple[Entry | None, int]:
        """The term that begins at a word, and how many words it takes."""
        for words, entry in self.glossary.several.get(word.lower(), ()):
            run = tokens[place : place + len(words)]
            if tuple(token[2].lower() for token in run) == words and _unbroken(html, run):
                return entry, len(words)
        return self.glossary.word(word), 1

    def _link(self, entry: Entry, shown: str) -> Markup:
        return Markup('<a class="sr-ord-forklarat" href="{}" data-forklaring="{}">{}</a>').format(
            to(self.path, entry.path, entry.anchor),
            entry.term.explanation,
            Markup(shown),  # noqa: S704 - a piece of the safe text
        )

    def other_words(self, html: str) -> tuple[str, ...]:
        """Short forms and synonyms of the terms in a text that do not stand in it: for the search."""
        words = {unescape(word) for _start, _end, word in _open_words(html, everywhere=True)}
        entries = {entry.anchor: entry for word in sorted(words) if (entry := self.glossary.word(word))}
        found = (form for key in sorted(entries) for form in _ways_to_say(entries[key].term, words))
        return tuple(dict.fromkeys(found))


def _ways_to_say(term: Term, words: set[str]) -> Iterator[str]:
    """What else a term is called than the words of a text: of each word one ending, the first, is enough."""
    given: list[str] = []
    for form in (term.term, *term.forms):
        if form not in words and not _kin(form, term.term, words) and not _inflected(form, given):
            given.append(form)
    yield from given
    known = {word.casefold() for word in words}
    yield from (word for word in term.search_words if word.casefold() not in known)


def _kin(form: str, term: str, words: set[str]) -> bool:
    """Whether a form is only another ending of the term, or of a word that stands in the text."""
    start = form[:4].lower()
    return (form != term and term.lower().startswith(start)) or any(
        w.lower().startswith(start) for w in words
    )


def _inflected(form: str, given: Iterable[str]) -> bool:
    """Whether a form differs from another only in its ending."""
    for other in given:
        shared = max(STEM, min(len(form), len(other)) - ENDING)
        if form[:shared].lower() == other[:shared].lower():
            return True
    return False


def _open_words(html: str, everywhere: bool = False) -> Iterator[tuple[int, int, str]]:
    """Every word with its place, outside of headings, links and code."""
    closed: list[str] = []
    for token in TOKEN.finditer(html):
        tag = (token[2] or "").lower()
        if tag:
            _step(closed, tag, bool(token[1]), token[3])
        elif token[0][0] != "&" and (everywhere or not closed):
            yield token.start(), token.end(), token[0]


def _step(closed: list[str], tag: str, ends: bool, attributes: str) -> None:
    """Go into an element where nothing is explained, deeper within it, or out of it."""
    if tag in EMPTY or attributes.endswith("/"):
        return
    if ends:
        if closed and closed[-1] == tag:
            closed.pop()
    elif closed or tag in CLOSED or any(name in attributes for name in UNTOUCHED):
        closed.append(tag)


def _unbroken(html: str, run: list[tuple[int, int, str]]) -> bool:
    """Whether nothing but space stands between the words."""
    return all(not html[one[1] : other[0]].strip() for one, other in pairwise(run))


def explainer(publication: Publication, path: str) -> Explainer:
    """What explains words on one page."""
    return Explainer(glossary(publication.terms), path, set())
