"""A report's text laid in its template: headings matched to sections and parts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar
from xml.etree.ElementTree import Element

from build_tools.load.prose import codes
from build_tools.load.prose.codes import Remarks
from build_tools.load.prose.markdown import Document
from build_tools.load.prose.pieces import Block, body_of, heading_text, paragraphs_of, shows
from build_tools.load.prose.sanitise import excerpt
from build_tools.model import (
    Part,
    Placement,
    Section,
    Template,
    TemplatePart,
    TemplateSection,
    Where,
)
from build_tools.texts import listed, nearest, suggestion

_NUMBERED = re.compile(r"(\d{1,3})(?:[.):] *| +|$)", re.ASCII)
_PART_NUMBER = re.compile(r"\d[\d.]*[.):]* +(?=\S)", re.ASCII)
LONGEST_HEADING = 60

T = TypeVar("T", TemplateSection, TemplatePart)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading with the blocks that follow it until the next of its level."""

    heading: Element
    text: str
    where: Where
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class _Match(Generic[T]):
    chapter: Chapter
    wanted: T


def chapters(
    blocks: Sequence[Block], tag: str, document: Document
) -> tuple[tuple[Block, ...], tuple[Chapter, ...]]:
    """What stands before the first heading of a level, and a chapter for each such heading."""
    before: list[Block] = []
    found: list[tuple[Element, list[Block]]] = []
    for block in blocks:
        if isinstance(block, Element) and block.tag == tag:
            found.append((block, []))
        else:
            (found[-1][1] if found else before).append(block)
    return tuple(before), tuple(
        Chapter(heading, heading_text(heading), document.where(heading), tuple(rest))
        for heading, rest in found
    )


def sections_of(found: Iterable[Chapter], template: Template, document: Document) -> tuple[Section, ...]:
    """The sections of a report, in the template's order."""
    matches = [
        _Match(chapter, wanted)
        for chapter in found
        if (wanted := _section_for(chapter, template, document.remarks)) is not None
    ]
    kept = _once_and_in_order(matches, template.sections, document.remarks)
    return tuple(_section(match, document) for match in kept)


def _section(match: _Match[TemplateSection], document: Document) -> Section:
    """A section with its parts, and those that some misspelled heading was meant to be."""
    parts = _parts_of(match, document)
    titles = {part.title: part.id for part in match.wanted.parts}
    headings = (chapter.text[:200] for chapter in chapters(match.chapter.blocks, "h3", document)[1])
    known = {_folded(title) for title in titles}
    meant = (nearest(text, titles) for text in headings if _folded(text) not in known)
    written = {part.id for part in parts}
    misspelled = tuple(dict.fromkeys(titles[title] for title in meant if title))
    return Section(
        match.wanted.number,
        match.chapter.where,
        parts,
        tuple(one for one in misspelled if one not in written),
    )


def _section_for(chapter: Chapter, template: Template, remarks: Remarks) -> TemplateSection | None:
    number, title = _numbered(chapter.text)
    named = {_folded(section.title): section for section in template.sections}
    by_title = named.get(_folded(title)) or named.get(_folded(chapter.text))
    by_number = next((section for section in template.sections if str(section.number) == number), None)
    wanted = by_title or by_number
    if wanted is None:
        names = [_name(section) for section in template.sections]
        _refuse(chapter, names, "är inget avsnitt i mallen.", remarks)
    elif (number and by_number is not wanted) or by_title is None:
        written = excerpt(chapter.text, LONGEST_HEADING)
        message = f"Rubriken ”{written}” heter ”{_name(wanted)}” i mallen. Sidan visar mallens rubrik."
        remarks.warning(codes.WORDING, message, chapter.where.line, chapter.where.column)
    return wanted


def _numbered(text: str) -> tuple[str, str]:
    """The number a heading begins with, if any, and the rest."""
    match = _NUMBERED.match(text)
    return (match.group(1).lstrip("0") or "0", text[match.end() :]) if match else ("", text)


def _name(section: TemplateSection) -> str:
    return f"{section.number}. {section.title}" if section.number else section.title


@lru_cache(maxsize=1_000)
def _folded(title: str) -> str:
    """A title without case, dashes, spaces and other signs."""
    return "".join(char for char in unicodedata.normalize("NFKC", title).casefold() if char.isalnum())


def _refuse(chapter: Chapter, names: Sequence[str], message: str, remarks: Remarks) -> None:
    """Say that a heading is none of the template's, with the one that may be meant or all there are."""
    near = suggestion(chapter.text[:200], names) if remarks.may_suggest() else ""
    known = f" Där finns {listed([f'”{name}”' for name in names])}." if names else ""
    place = chapter.where.line, chapter.where.column
    remarks.error(
        codes.UNKNOWN_HEADING, f"”{excerpt(chapter.text, LONGEST_HEADING)}” {message}{near or known}", *place
    )


def _once_and_in_order(matches: Iterable[_Match[T]], order: Sequence[T], remarks: Remarks) -> list[_Match[T]]:
    """Each part of a template once, sorted as in the template; a finding for each that stands otherwise."""
    rank = {wanted.id: at for at, wanted in enumerate(order)}
    kept: dict[str, _Match[T]] = {}
    latest: _Match[T] | None = None
    for match in matches:
        where = match.chapter.where
        if first := kept.get(match.wanted.id):
            message = (
                f"”{match.wanted.title}” finns redan på rad {first.chapter.where.line}. "
                "Flytta texten dit och ta bort rubriken här."
            )
            remarks.error(codes.HEADING_TWICE, message, where.line, where.column)
            continue
        kept[match.wanted.id] = match
        if latest and rank[match.wanted.id] < rank[latest.wanted.id]:
            message = (
                f"”{match.wanted.title}” ska stå före ”{latest.wanted.title}”. Flytta den, med sin text."
            )
            remarks.error(codes.ORDER, message, where.line, where.column)
        else:
            latest = match
    return sorted(kept.values(), key=lambda match: rank[match.wanted.id])


def _parts_of(match: _Match[TemplateSection], document: Document) -> tuple[Part, ...]:
    """The parts of a section; text before the first of them is a part without a name."""
    before, found = chapters(match.chapter.blocks, "h3", document)
    matches = [
        _Match(chapter, wanted)
        for chapter in found
        if (wanted := _part_for(chapter, match.wanted, document.remarks)) is not None
    ]
    kept = _once_and_in_order(matches, match.wanted.parts, document.remarks)
    parts = [_part(one.wanted.id, one.wanted.title, one.chapter, document) for one in kept]
    if shown := [block for block in before if shows(block)]:
        unnamed = Chapter(match.chapter.heading, "", place(shown[0], document), before)
        parts.insert(0, _part("", "", unnamed, document))
    return tuple(parts)


def _part(part_id: str, title: str, chapter: Chapter, document: Document) -> Part:
    paragraphs = tuple(paragraphs_of(chapter.blocks, document))
    return Part(part_id, title, chapter.where, body_of(chapter.blocks), paragraphs)


def _part_for(chapter: Chapter, section: TemplateSection, remarks: Remarks) -> TemplatePart | None:
    text = _PART_NUMBER.sub("", chapter.text, count=1) if _PART_NUMBER.match(chapter.text) else chapter.text
    wanted = next((part for part in section.parts if _folded(part.title) == _folded(text)), None)
    if wanted is None:
        message = "är ingen del av avsnittet. En egen underrubrik skrivs med ####."
        _refuse(chapter, [part.title for part in section.parts], message, remarks)
    return wanted


def place(block: Block, document: Document) -> Where:
    """Where a block begins."""
    return block.where if isinstance(block, Placement) else document.where(block)
