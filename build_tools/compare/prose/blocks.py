"""Safe HTML as blocks, each with its running text: paragraphs, items, quotes, headings and table rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from build_tools.compare.prose.sentences import sentences
from build_tools.model import Form, Placement

_FORMS = {
    "li": Form.ITEM,
    "tr": Form.ROW,
    "pre": Form.CODE,
    "blockquote": Form.QUOTE,
    **dict.fromkeys(("h4", "h5", "h6", "dt"), Form.HEADING),
}
_BREAKS = {*_FORMS, "p", "div", "ul", "ol", "dl", "dd", "table", "thead", "tbody", "hr"}
_EMPTY = {"br", "hr", "img"}
_CELLS = {"td", "th"}
_BETWEEN_CELLS = " · "
_TITLE = "admonition-title"


@dataclass(frozen=True, slots=True)
class Text:
    """A run of text within a block, as its sentences."""

    form: Form
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of HTML as it is shown, with the texts in it."""

    html: str
    texts: tuple[Text, ...]


def pieces(body: Iterable[str | Placement]) -> Iterator[Piece]:
    """The blocks of a part. Tables and charts that the writer has placed are figures, not text."""
    for html in body:
        if isinstance(html, str):
            yield from (Piece(line, tuple(_texts(line))) for line in html.split("\n") if line.strip())


def _texts(html: str) -> Iterator[Text]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    for form, words in reader.runs():
        told = (words,) if form is Form.ROW else sentences(words)
        if told:
            yield Text(form, told)


class _Reader(HTMLParser):
    """Gathers the words between the tags that begin something of their own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[str] = []
        self._title = False
        self._found: list[tuple[Form, list[str]]] = [(Form.PARAGRAPH, [])]

    def runs(self) -> Iterator[tuple[Form, str]]:
        """The texts in order, on as many lines as they were broken in; empty ones left out."""
        for form, words in self._found:
            lines = ("".join(words)).split("\n")
            text = "\n".join(" ".join(re.split(r"[ \t\r\f\v]+", line.strip())) for line in lines).strip("\n")
            if bare := text.removeprefix(_BETWEEN_CELLS.lstrip()).strip():
                yield form, bare

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a new run, or let a break or a picture's description be part of this one."""
        told = dict(attrs)
        if tag not in _EMPTY:
            self._open.append(tag)
        if tag == "br":
            self.handle_data("\n")
        elif tag == "img":
            self.handle_data(told.get("alt") or "")
        elif tag in _CELLS:
            self.handle_data(_BETWEEN_CELLS)
        elif tag in _BREAKS:
            self._begin(Form.HEADING if told.get("class") == _TITLE else self._form())

    def handle_endtag(self, tag: str) -> None:
        """Close what was open, and go on with what stands around it."""
        if tag in self._open:
            while self._open.pop() != tag:
                pass
        if tag in _BREAKS:
            self._begin(self._form())

    def handle_data(self, data: str) -> None:
        """Take in some words."""
        self._found[-1][1].append(data)

    def _begin(self, form: Form) -> None:
        self._found.append((form, []))

    def _form(self) -> Form:
        """What the innermost thing that stands open is."""
        return next((_FORMS[tag] for tag in reversed(self._open) if tag in _FORMS), Form.PARAGRAPH)
