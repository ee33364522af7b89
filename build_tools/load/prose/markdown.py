"""Markdown read by the Python-Markdown library, each block tied to the line where it stands in the file."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions.admonition import AdmonitionExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from build_tools.load.prose import codes
from build_tools.load.prose.codes import Remarks
from build_tools.load.prose.sanitise import FORBIDDEN, INVISIBLE, excerpt, plain
from build_tools.load.prose.source import LONGEST, Source
from build_tools.model import Where
from build_tools.texts import number

BLOCKS = frozenset(
    {
        *("h1", "h2", "h3", "h4", "h5", "h6", "p", "hr", "div", "blockquote", "pre"),
        *("ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td"),
    }
)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
RAW_HTML = "sr-html"
"""Our own tag for a piece of HTML that the writer typed; its text is in the attribute `raw`."""
DEEPEST_BRACKETS = 8
"""Open square brackets in one another: the library looks for the end of each from its beginning."""
DEEPEST_PARENTHESES = 20
DEEPEST_TREE = 60
NO_FOOTNOTES = "Fotnoter används inte. Skriv förklaringen i texten, inom parentes om den är kort."

_SIGNS = re.compile(r"[\\`*_\[<&]|  \n")
"""Where inline markup can begin. Most paragraphs have none, and the library is slow to find that out."""
_HTML = r"<(?:/?[a-zA-Z][^<>]*|!--.*?--|(?:\?|!(?!--))[^<>]*)>"
_ENTITY = r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});"
_MAIL = r"<([^<> !/@]+@[^@<> ]+)>"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a block begins in the file, and on how many lines it is written."""

    line: int
    column: int
    rows: int = 1

    @property
    def place(self) -> tuple[int, int]:
        """Line and column."""
        return self.line, self.column


@dataclass(frozen=True, slots=True)
class Document:
    """A file as blocks, in order, with the place of each block that has text of its own."""

    source: Source
    remarks: Remarks
    blocks: tuple[Element, ...]
    spots: dict[Element, Spot]

    def spot(self, block: Element) -> Spot:
        """Where a block begins: its own place, or that of the first text in it."""
        return next((self.spots[inner] for inner in block.iter() if inner in self.spots), Spot(1, 1))

    def where(self, block: Element) -> Where:
        """Where a block begins, as the model says it."""
        return Where(self.remarks.file, *self.spot(block).place)

    def find(self, needle: str, spot: Spot) -> tuple[int, int]:
        """Line and column of something written in a block, or of the block where it is written otherwise."""
        lines = self.source.lines
        for at in range(spot.line - 1, min(spot.line - 1 + spot.rows, len(lines)) if needle else 0):
            column = lines[at].find(needle, spot.column - 1 if at == spot.line - 1 else 0)
            if column >= 0:
                return at + 1, column + 1
        return spot.place


class _RawHtml(InlineProcessor):
    """Keep what looks like a tag apart, for a finding; drop a comment."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | str, int, int]:  # type: ignore[override]  # noqa: N802
        raw = self.unescape(m.group())
        if raw.startswith("<!--"):
            return "", m.start(), m.end()
        return Element(RAW_HTML, {"raw": raw}), m.start(), m.end()


class _Entity(InlineProcessor):
    """Read `&auml;` as its character: a hidden one is dropped, a forbidden one is left as it is typed."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str | None, int | None, int | None]:  # type: ignore[override]  # noqa: N802
        char = INVISIBLE.sub("", unescape(m.group()))
        return (None, None, None) if FORBIDDEN.search(char) else (char, m.start(), m.end())


class _Mail(InlineProcessor):
    """Read `<brevlada@exempel.se>` as a link."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802
        address = self.unescape(m.group(1)).removeprefix("mailto:")
        link = Element("a", {"href": f"mailto:{address}"})
        link.text = AtomicString(address)
        return link, m.start(), m.end()


class _References(dict[str, tuple[str, str]]):
    """Addresses told apart from their links (`[namn]: adress`), and which of them a link asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.used: set[str] = set()

    def __getitem__(self, name: str) -> tuple[str, str]:
        self.used.add(name)
        return super().__getitem__(name)


def read_document(source: Source, remarks: Remarks) -> Document:
    """Parse a file into blocks whose inline markup is read."""
    reader, references = _reader(), _References()
    reader.references = references
    root = Element(reader.doc_tag)
    reader.parser.parseChunk(root, source.feed)
    document = Document(source, remarks, tuple(root), dict(_located(root, source.lines)))
    _forget_footnotes(references, document)
    for block in root.iter():
        block.text = _bounded(block.text, block, document)
        block.tail = _bounded(block.tail, block, document)
    for name in ("inline", "unescape"):
        reader.treeprocessors[name].run(root)
    for block in root:
        _flatten(block, document)
    _settle(root, source)
    _speak_of_unused(references, document)
    return document


def _reader() -> Markdown:
    """A reader without code by indentation and without raw HTML; a new one for each file, as it remembers."""
    extensions = [TableExtension(), DefListExtension(), SaneListExtension(), AdmonitionExtension()]
    reader = Markdown(extensions=extensions)
    reader.ESCAPED_CHARS = list(string.punctuation)
    reader.parser.blockprocessors.deregister("code")
    reader.inlinePatterns.register(_Mail(_MAIL, reader), "automail", 110)
    reader.inlinePatterns.register(_RawHtml(_HTML, reader), "html", 90)
    reader.inlinePatterns.register(_Entity(_ENTITY, reader), "entity", 80)
    return reader


def _located(root: Element, lines: tuple[str, ...]) -> Iterator[tuple[Element, Spot]]:
    """Look each block's first line up in the file, from where the block before it ended.

    The library keeps no lines, but before inline markup is read a block's text is what the file says.
    """
    line, column = 0, 0
    for block in root.iter():
        rows = (block.text or "").strip("\n ").split("\n")
        needle = rows[0].strip() or ("#" * int(block.tag[1]) if block.tag in HEADINGS else "")
        if not needle or (block.get("class") and not _is_titled(needle, lines, line)):
            continue
        for at in range(line, len(lines)):
            found = lines[at].find(needle, column if at == line else 0)
            if found >= 0:
                yield block, Spot(at + 1, found + 1, len(rows))
                line, column = at + len(rows) - 1, found + len(needle) if len(rows) == 1 else 0
                break


def _is_titled(title: str, lines: tuple[str, ...], start: int) -> bool:
    """Whether the next box has this title in the file; without one the library takes the box's kind."""
    box = next((line for line in lines[start:] if line.lstrip(" >").startswith("!!!")), "")
    return f'"{title}"' in box


def _bounded(text: str | None, block: Element, document: Document) -> str | None:
    """The text, marked as not to be read where there is nothing to read, or too much."""
    if text and len(text) > LONGEST:
        length = number(len(text))
        message = f"Stycket har {length} tecken. Högst {number(LONGEST)} får plats: dela upp det."
        document.remarks.error(codes.LONG, message, *document.spot(block).place)
    elif text and not _shallow(text):
        message = "Stycket har för många öppna parenteser i varandra. Stäng dem, eller ta bort några."
        document.remarks.error(codes.DEEP, message, *document.spot(block).place)
    elif not text or (_SIGNS.search(text) and text not in document.source.code):
        return text
    return AtomicString(text)


def _shallow(text: str) -> bool:
    """Whether few brackets stand open at any time."""
    pairs = (("[", "]", DEEPEST_BRACKETS), ("(", ")", DEEPEST_PARENTHESES))
    return all(_open_at_most(text, *pair) for pair in pairs)


def _open_at_most(text: str, begin: str, end: str, limit: int) -> bool:
    if text.count(begin) <= limit:
        return True
    depth = 0
    for char in text:
        if char == begin:
            depth += 1
        elif char == end:
            depth = max(0, depth - 1)
        if depth > limit:
            return False
    return True


def _flatten(block: Element, document: Document) -> None:
    """Take the markup out of a block whose markup goes too deep for those who come after."""
    if len(block) and _depth(block) > DEEPEST_TREE:
        message = "Stycket har för mycket markering i varandra. Ta bort något av den."
        document.remarks.error(codes.DEEP, message, *document.spot(block).place)
        text = plain(" ".join(block.itertext()))
        block.clear()
        block.tag, block.text = "p", text


def _depth(block: Element) -> int:
    """How many elements stand in one another, found without recursion."""
    level, depth = list(block), 0
    while level:
        level, depth = [inner for element in level for inner in element], depth + 1
    return depth


def _settle(root: Element, source: Source) -> None:
    """Put code blocks back, and give text and attributes the characters that they stand for."""
    for element in list(root.iter()):
        if element.text in source.code:
            _put_code(element, source.code[element.text])
        elif element.tag == "code":
            element.text = unescape(element.text or "")
        for name, value in element.items():
            element.set(name, unescape(value) if element.tag in {"a", "img"} else value)


def _put_code(element: Element, text: str) -> None:
    element.text = ""
    block = element if element.tag == "p" else SubElement(element, "pre")
    block.tag = "pre"
    SubElement(block, "code").text = text


def _forget_footnotes(references: _References, document: Document) -> None:
    """Let the text of a footnote not pass for the address of a link."""
    for name in [name for name in references if name.startswith("^")]:
        del references[name]
        document.remarks.warning(codes.UNUSED, NO_FOOTNOTES, _line_of(name, document))


def _speak_of_unused(references: _References, document: Document) -> None:
    """An address that no link uses is a line that nobody sees."""
    for name in sorted(references.keys() - references.used):
        message = (
            f"[{excerpt(name)}]: läses som en länks adress, men ingen länk använder den. Raden visas inte."
        )
        document.remarks.warning(codes.LOST_LINK, message, _line_of(name, document))


def _line_of(name: str, document: Document) -> int:
    """The line where an address is told."""
    lines = enumerate(document.source.lines, 1)
    return next((at for at, text in lines if f"[{name}]:" in text.lower()), 1)
