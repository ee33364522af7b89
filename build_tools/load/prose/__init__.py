"""What people write: the prose of a report laid in its template, and the free pages beside the reports."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from xml.etree.ElementTree import Element

from build_tools.load.prose import codes
from build_tools.load.prose.addresses import Page
from build_tools.load.prose.codes import Remarks
from build_tools.load.prose.inline import texts_of
from build_tools.load.prose.markdown import HEADINGS, Document, read_document
from build_tools.load.prose.pieces import Block, blocks_of, body_of, heading_text, shows
from build_tools.load.prose.sanitise import plain
from build_tools.load.prose.source import read_source
from build_tools.load.prose.template import chapters, place, sections_of
from build_tools.model import Finding, FreePage, Heading, Placement, Prose, Template
from build_tools.texts import anchor

ROOT = "content/"
TABLES = (
    *("aktualiserad_av", "alder", "avslut", "bemanning", "ekonomi", "enkat", "flode", "fore_efter"),
    *("forsorjning", "mal", "moten", "omfattning", "overgangar", "re_aim", "samverkan", "skattning"),
    *("uppgifter", "uppsatta_mal", "varaktighet"),
)
CHARTS = (
    *("aktualiserad_av", "avslut", "bemanning", "ekonomi", "enkat", "flode", "fore_efter", "forsorjning"),
    *("genomstromning", "kon", "omfattning", "overgangar", "re_aim", "skattning", "uppsatta_mal"),
)
SHOWN = frozenset({*(f"tabell:{name}" for name in TABLES), *(f"diagram:{name}" for name in CHARTS)})
"""What every report can show; a template may name more."""
DESCRIPTION = 155
"""Characters of a page's description, as search engines show it."""


def read_prose(
    text: str, file: str, template: Template, known: Collection[str] = frozenset()
) -> tuple[Prose | None, tuple[Finding, ...]]:
    """The prose of a report, or None where the file cannot be read at all.

    `known` are the paths in `content/` that a link can lead to.
    """
    remarks = Remarks(file)
    source = read_source(text, remarks)
    if source is None:
        return None, remarks.all()
    document = read_document(source, remarks)
    shown = SHOWN.union(*(section.shows for section in template.sections))
    page = Page(file.removeprefix(ROOT), known, shown)
    blocks = tuple(blocks_of(document, page))
    title, rest = _titled(blocks, document)
    before, found = chapters(rest, "h2", document)
    _refuse_outside(before, document)
    return Prose(file, title, sections_of(found, template, document)), remarks.all()


def read_free_page(
    text: str, file: str, path: str, known: Collection[str]
) -> tuple[FreePage | None, tuple[Finding, ...]]:
    """A page besides the reports, or None where the file cannot be read at all.

    `path` and `known` are relative to `content/`.
    """
    remarks = Remarks(file)
    source = read_source(text, remarks)
    if source is None:
        return None, remarks.all()
    document = read_document(source, remarks)
    anchors = _anchors(document)
    page = Page(path, known, frozenset(), frozenset(anchors.values()))
    blocks = tuple(blocks_of(document, page))
    title, rest = _titled(blocks, document)
    body = tuple(_body(rest, anchors, document))
    return FreePage(path, title, body, _description(rest)), remarks.all()


def _titled(blocks: Sequence[Block], document: Document) -> tuple[str, tuple[Block, ...]]:
    """The one title, and what stands below it."""
    remarks = document.remarks
    titles = chapters(blocks, "h1", document)[1]
    rest = tuple(block for block in blocks if isinstance(block, Placement) or block.tag != "h1")
    if not titles:
        remarks.error(codes.TITLE, "Titeln saknas. Skriv den överst, med ett nummertecken framför: # Titel.")
        return "", rest
    first = titles[0]
    for other in titles[1:]:
        message = f"Titeln finns redan på rad {first.where.line}. Gör den här raden till en underrubrik (##)."
        remarks.error(codes.TITLE, message, other.where.line, other.where.column)
    if next(block for block in blocks if shows(block)) is not first.heading:
        message = "Titeln ska stå överst i filen, före all annan text."
        remarks.error(codes.MISPLACED_HEADING, message, first.where.line, first.where.column)
    return first.text, rest


def _refuse_outside(blocks: Sequence[Block], document: Document) -> None:
    """Say where text stands before the first section, once."""
    for where in [place(block, document) for block in blocks if shows(block)][:1]:
        message = "Texten står före det första avsnittet. Flytta den till det avsnitt den hör till."
        document.remarks.error(codes.OUTSIDE_SECTIONS, message, where.line, where.column)


def _anchors(document: Document) -> dict[Element, str]:
    """An anchor of its own for each heading: its words in small letters without accents."""
    found: dict[Element, str] = {}
    taken: set[str] = set()
    last: dict[str, int] = {}
    for heading in document.blocks:
        if heading.tag in HEADINGS[1:] and (text := heading_text(heading)):
            stem = _slug(text) or "avsnitt"
            name = stem
            while name in taken:
                last[stem] = last.get(stem, 1) + 1
                name = f"{stem}-{last[stem]}"
            taken.add(name)
            found[heading] = name
    return found


def _slug(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return anchor("".join(char for char in letters if not unicodedata.combining(char)))


def _body(
    blocks: Sequence[Block], anchors: dict[Element, str], document: Document
) -> Iterator[Heading | str | Placement]:
    """Headings with the HTML and placements between them."""
    waiting: list[Block] = []
    level = 1
    for block in blocks:
        if isinstance(block, Placement) or block not in anchors:
            waiting.append(block)
            continue
        yield from body_of(waiting)
        waiting = []
        heading = Heading(int(block.tag[1]), heading_text(block), anchors[block], document.where(block))
        _check_level(heading, level, document)
        level = heading.level
        yield heading
    yield from body_of(waiting)


def _check_level(heading: Heading, above: int, document: Document) -> None:
    if heading.level > above + 1:
        marks, right = "#" * heading.level, "#" * (above + 1)
        message = f"Rubriken hoppar över en nivå. Skriv den med {right} i stället för {marks}."
        document.remarks.warning(codes.MISPLACED_HEADING, message, heading.where.line, heading.where.column)


def _description(blocks: Sequence[Block]) -> str:
    """The beginning of the first paragraph, for search engines and link previews."""
    for block in blocks:
        if isinstance(block, Element) and block.tag == "p":
            text = plain("".join(words for _, words in texts_of(block)))
            if text:
                return textwrap.shorten(text, DESCRIPTION, placeholder=" …")
    return ""
