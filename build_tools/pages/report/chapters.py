"""The sections of a report: its text with the tables and charts that belong there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from build_tools import texts
from build_tools.addresses import RULES, report_path, to
from build_tools.model import (
    Drawing,
    Finding,
    Note,
    Part,
    Placement,
    PublishedReport,
    Section,
    TemplateSection,
)
from build_tools.pages.explained import Explainer, explainer
from build_tools.pages.findings import Board, board
from build_tools.pages.grids import Grid, twin
from build_tools.pages.layout import Link, safe
from build_tools.pages.tables import Context, tables

CHART = "diagram"
SECTION = re.compile(r"#avsnitt-(\d+)")
GOALS = {"tabell:uppsatta_mal", "diagram:uppsatta_mal"}


@dataclass(frozen=True, slots=True)
class Visual:
    """A table, or a chart with its table twin."""

    grid: Grid
    svg: str = ""
    subtitle: str = ""
    title: str = ""
    description: str = ""


Piece = Markup | Visual


@dataclass(frozen=True, slots=True)
class Body:
    """What stands under one heading of a section."""

    id: str
    title: str
    anchor: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """An accepted finding with an anchor of its own."""

    note: Note
    anchor: str
    href: str
    place: Link | None = None
    """The way to what it is about, where that stands on another page."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One section of the template as it is shown."""

    title: str
    anchor: str
    notes: tuple[Remark, ...]
    bodies: tuple[Body, ...]
    missing: tuple[str, ...]
    number: int = 0
    board: Board | None = None
    """In the preview: what is said of the section."""


def remarks(section: int | None, context: Context) -> Iterator[Remark]:
    """The notes of one section, or those of none; one that holds of several places is said once."""
    before: Counter[str] = Counter()
    for note in dict.fromkeys(context.report.notes):
        place = note.about.rsplit("#", 1)[-1]
        anchor = f"not-{texts.anchor(f'{note.code}-{place}')}"
        before[anchor] += 1
        if _section_of(note, context) == section:
            again = f"-{before[anchor]}" if before[anchor] > 1 else ""
            href = to(report_path(context.report.id), RULES, texts.anchor(note.code))
            yield Remark(note, anchor + again, href)


def _section_of(note: Note, context: Context) -> int | None:
    """The section a note belongs to: where it was said, or where its measure is at home."""
    return note.section if note.section is not None else home_of(note.about, context)


def home_of(about: str, context: Context) -> int | None:
    """The section where what a finding is about is at home."""
    place = about.rsplit("#", 1)[-1]
    figure = context.report.cells.get(place)
    words = place.split(".")
    starts = (".".join(words[:count]) for count in range(len(words), 0, -1))
    names = (figure.cell.measure,) if figure else starts
    measure = next((found for name in names if (found := context.measure(name))), None)
    return context.home(measure) if measure else _of_goals(place, context)


def _of_goals(place: str, context: Context) -> int | None:
    """The section that shows the goals, for a note about one of them."""
    template = context.publication.catalogue.templates.get(context.report.template)
    goals = {f"mal.{told.goal.id}" for told in context.report.goals}
    shows = (section.number for section in template.sections if GOALS & {*section.shows}) if template else ()
    return next(iter(shows), None) if place in goals else None


def chapters(context: Context) -> Iterator[Chapter]:
    """Every section of the template that is written or has something to show."""
    template = context.publication.catalogue.templates.get(context.report.template)
    prose = context.report.prose
    written = {section.number: section for section in (prose.sections if prose else ())}
    placed = _placed(context.report)
    reader = explainer(context.publication, report_path(context.report.id))
    said = by_section(context)
    for wanted in template.sections if template else ():
        section = written.get(wanted.number)
        here = Context(context.report, context.publication, wanted.number)
        shown = tuple(_visuals(wanted.shows, here, without=placed))
        notes = tuple(remarks(wanted.number, context))
        if section or shown:
            chapter = _chapter(wanted, section, shown, notes, here, reader)
            path = report_path(context.report.id)
            spoken = board(
                said.get(wanted.number, ()),
                path,
                context.publication,
                anchor=f"anmarkningar-{chapter.anchor}",
            )
            yield replace(chapter, board=spoken)


def by_section(context: Context) -> dict[int | None, list[Finding]]:
    """What the preview says of each section, and of none."""
    said: dict[int | None, list[Finding]] = {}
    for finding in context.report.findings:
        said.setdefault(_section_said(finding, context), []).append(finding)
    return said


def _section_said(finding: Finding, context: Context) -> int | None:
    """The section that a finding concerns: one that it names, the one its line is in, or its measure's."""
    named = SECTION.search(finding.about)
    if named:
        return int(named[1])
    prose = context.report.prose
    if prose and finding.where.file == prose.file:
        above = [one.number for one in prose.sections if one.where.line <= finding.where.line]
        return above[-1] if above else None
    return home_of(finding.about, context) if "#" in finding.about else None


def _placed(report: PublishedReport) -> frozenset[str]:
    """The tables and single charts that the writer has put in the text herself."""
    parts = (part for section in (report.prose.sections if report.prose else ()) for part in section.parts)
    wanted = (piece for part in parts for piece in part.body if isinstance(piece, Placement))
    return frozenset(name for piece in wanted for name in _names(f"{piece.kind}:{piece.name}", report))


def _names(wanted: str, report: PublishedReport) -> list[str]:
    """What a name stands for: a table, or the chart of that name and all whose names go on after a hyphen."""
    kind, _, name = wanted.partition(":")
    if kind != CHART:
        return [wanted]
    return [f"{kind}:{key}" for key in report.drawings if key == name or key.startswith(f"{name}-")]


def _chapter(
    wanted: TemplateSection,
    section: Section | None,
    shown: tuple[Visual, ...],
    notes: tuple[Remark, ...],
    context: Context,
    reader: Explainer,
) -> Chapter:
    anchor = f"avsnitt-{wanted.number}"
    parts = section.parts if section else ()
    bodies = [
        _body(part, anchor, shown if place == 0 else (), context, reader) for place, part in enumerate(parts)
    ]
    if not parts:
        bodies = [Body("", "", anchor, shown)]
    has = {part.id for part in parts}
    missing = tuple(part.title for part in wanted.parts if part.required and section and part.id not in has)
    number = f"{wanted.number}. " if wanted.number else ""
    return Chapter(f"{number}{wanted.title}", anchor, notes, tuple(bodies), missing, wanted.number)


def _body(part: Part, anchor: str, shown: tuple[Visual, ...], context: Context, reader: Explainer) -> Body:
    pieces: list[Piece] = []
    for piece in part.body:
        if isinstance(piece, Placement):
            pieces.extend(_visuals([f"{piece.kind}:{piece.name}"], context, piece.caption))
        else:
            pieces.append(reader.explain(safe(piece)))
    return Body(part.id, part.title, f"{anchor}-{part.id}" if part.id else anchor, (*pieces, *shown))


def _visuals(
    wanted: Sequence[str], context: Context, caption: str = "", without: frozenset[str] = frozenset()
) -> Iterator[Visual]:
    """The tables and charts of some names; what the report has nothing for is left out.

    The writer's caption is the title of a single chart; several keep their own.
    """
    for asked in wanted:
        names = [name for name in _names(asked, context.report) if name not in without]
        for name in names:
            kind, _, key = name.partition(":")
            if kind == CHART:
                yield _chart(context.report.drawings[key], caption if len(names) == 1 else "")
            else:
                yield from (Visual(grid) for grid in tables(key, context))


def _chart(drawing: Drawing, caption: str) -> Visual:
    plot = drawing.plot
    return Visual(twin(plot), safe(drawing.svg), plot.subtitle, caption or plot.title, plot.description)
