"""Which sections and parts of two reports belong together: by number in one template, by heading in two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from build_tools.compare.prose.blocks import Piece, pieces
from build_tools.model import Section, TemplateSection, Written

ALIKE = 0.6
"""Likeness of two headings from which they are taken for the same. `Deltagarna` and `Deltagare – resultat och
effekter` (0.5) are not; `Måluppfyllelse` and `Måluppfyllelse och resultat` (0.67) are."""
STEM = 6
"""Letters of a word that tell it from another whatever its ending: `deltagare`, `deltagarna`."""
_SMALL = {"och", "av", "för", "i", "med", "vid", "om", "på", "till", "från", "den", "det", "de", "en", "ett"}


@dataclass(frozen=True, slots=True)
class WrittenPart:
    """A part with its blocks read."""

    id: str
    title: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class WrittenSection:
    """A section of the template that somebody has filled."""

    number: int
    title: str
    parts: tuple[WrittenPart, ...]
    foreign: bool
    """Whether the other report's template has no such section."""


@dataclass(frozen=True, slots=True)
class SectionPair:
    """A section as it is shown, that of the second report where it has one, and as each report has it."""

    shown: WrittenSection
    before: WrittenSection | None
    after: WrittenSection | None

    def parts(self) -> Iterator[tuple[WrittenPart, WrittenPart | None, WrittenPart | None]]:
        """The parts that belong together by their ids: as shown, and as each report has them."""
        old = {part.id: part for part in (self.before.parts if self.before else ())}
        new = {part.id: part for part in (self.after.parts if self.after else ())}
        for name in _merged(tuple(old), tuple(new)):
            yield new[name] if name in new else old[name], old.get(name), new.get(name)


def section_pairs(before: Written, after: Written) -> tuple[SectionPair, ...]:
    """Every section that either report has text in, in the order of the second."""
    known = _counterparts(before, after)
    old = dict(_filled(before, {first: second for second, first in known.items()}))
    new = dict(_filled(after, {second: second for second in known}))
    keys = _merged(tuple(old), tuple(new))
    return tuple(
        SectionPair(new[key] if key in new else old[key], old.get(key), new.get(key)) for key in keys
    )


def _counterparts(before: Written, after: Written) -> dict[str, str]:
    """For each section of the second template, the one of the first that is the same."""
    old, new = before.template.sections, after.template.sections
    known = {one.id: one.id for one in new if any(one.id == other.id for other in old)}
    free = [one for one in old if one.id not in known]
    for score, first, second in sorted(_scores(free, [one for one in new if one.id not in known])):
        if -score >= ALIKE and first not in known.values() and second not in known:
            known[second] = first
    return known


def _scores(
    old: Sequence[TemplateSection], new: Sequence[TemplateSection]
) -> Iterator[tuple[float, str, str]]:
    """How alike headings are, the most alike first when sorted; a template has a dozen, so all are tried."""
    for one in old:
        for other in new:
            first, second = _stems(one.title), _stems(other.title)
            yield -2 * len(first & second) / (len(first) + len(second) or 1), one.id, other.id


def _stems(title: str) -> frozenset[str]:
    words = re.findall(r"\w+", title.casefold())
    return frozenset(word[:STEM] for word in words if word not in _SMALL)


def _filled(written: Written, names: dict[str, str]) -> Iterator[tuple[str, WrittenSection]]:
    """The sections with text, by the id that they share with the other report's, or one of their own."""
    told = {section.number: section for section in (written.prose.sections if written.prose else ())}
    for wanted in written.template.sections:
        section = told.get(wanted.number)
        parts = tuple(_parts(section)) if section else ()
        if any(piece.texts for part in parts for piece in part.pieces):
            foreign = wanted.id not in names
            key = f"{written.template.id}:{wanted.id}" if foreign else names[wanted.id]
            yield key, WrittenSection(wanted.number, wanted.title, parts, foreign)


def _parts(section: Section) -> Iterator[WrittenPart]:
    for part in section.parts:
        found = tuple(pieces(part.body))
        if found:
            yield WrittenPart(part.id, part.title, found)


def _merged(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """The second row, each that only the first has after the one that stands before it there."""
    shared = set(new)
    waiting: dict[str | None, list[str]] = {}
    last = None
    for name in old:
        if name in shared:
            last = name
        else:
            waiting.setdefault(last, []).append(name)
    for stand in (None, *new):
        yield from () if stand is None else (stand,)
        yield from waiting.get(stand, ())
