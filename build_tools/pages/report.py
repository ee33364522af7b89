"""The page of a report: key figures, the sections with text, tables and charts, and all figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from build_tools import texts
from build_tools.model import (
    Blank,
    Fact,
    File,
    Measure,
    Note,
    Part,
    Placement,
    Publication,
    PublishedReport,
    Section,
    TemplateSection,
)
from build_tools.pages.grids import (
    Grid,
    Line,
    Value,
    base_text,
    figure_text,
    group_label,
    groups_of,
    twin,
    value,
)
from build_tools.pages.layout import (
    RULES,
    Link,
    association_path,
    intervention_path,
    render,
    report_path,
    safe,
    to,
    year_path,
)
from build_tools.pages.tables import Context, table
from build_tools.stages import page

GUIDE = "om/siffrorna.md"
"""The page on how to read the figures, where the project has one."""


@dataclass(frozen=True, slots=True)
class Card:
    """A key figure: its value, what it rests on, and the same a year before."""

    label: str
    href: str
    text: str
    mark: str
    base: str
    before: str


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


@dataclass(frozen=True, slots=True)
class Chapter:
    """One section of the template as it is shown."""

    title: str
    anchor: str
    notes: tuple[Remark, ...]
    bodies: tuple[Body, ...]
    missing: tuple[str, ...]


@page("rapport", "Rapporter")
def reports(publication: Publication) -> Iterator[File]:
    """Varje rapport med sin text, sina tabeller och sina diagram."""
    for report in publication.reports.values():
        path = report_path(report.id)
        yield File(
            path, render("report.md", _values(report, publication)), f"content/rapporter/{report.id}.md"
        )


def _values(report: PublishedReport, publication: Publication) -> dict[str, object]:
    context = Context(report, publication)
    intervention = publication.interventions[report.intervention]
    association = publication.associations.get(intervention.association)
    path = report_path(report.id)
    period = texts.period(report.period)
    return {
        "title": report_title(report, publication),
        "description": f"{intervention.name}: rapport för {period} med text, tabeller och diagram.",
        "crumbs": _crumbs(report, publication),
        "report": report,
        "intervention": Link(intervention.name, to(path, intervention_path(intervention.id))),
        "association": Link(association.name, to(path, association_path(association.id)))
        if association
        else None,
        "year": Link(str(report.period.end.year), to(path, year_path(report.period.end.year))),
        "period": period,
        "days": f"{texts.day(report.period.start)}–{texts.day(report.period.end)}",
        "cards": tuple(_cards(context)),
        "notes": tuple(_remarks(None, context)),
        "chapters": tuple(_chapters(context)),
        "figures": _all_figures(context),
        "neighbours": _neighbours(report, publication),
        "guide": to(path, GUIDE) if any(p.path == GUIDE for p in publication.pages) else "",
    }


def report_title(report: PublishedReport, publication: Publication) -> str:
    """What a report is called: its own heading, or its insats and period."""
    name = publication.interventions[report.intervention].name
    return report.prose.title if report.prose else f"{name} {texts.period(report.period)}"


def _crumbs(report: PublishedReport, publication: Publication) -> tuple[Link, ...]:
    path = report_path(report.id)
    intervention = publication.interventions[report.intervention]
    association = publication.associations.get(intervention.association)
    above = [Link(association.name, to(path, association_path(association.id)))] if association else []
    return (
        Link("Start", to(path, "index.md")),
        *above,
        Link(intervention.name, to(path, intervention_path(intervention.id))),
        Link(texts.period(report.period)),
    )


def _neighbours(report: PublishedReport, publication: Publication) -> tuple[Link, ...]:
    """The report before and the one after; an empty link where there is none."""
    after = next((key for key, value in publication.previous.items() if value == report.id), "")
    ids = (publication.previous.get(report.id, ""), after)
    return tuple(_neighbour(publication.reports.get(key), report) for key in ids)


def _neighbour(other: PublishedReport | None, report: PublishedReport) -> Link:
    if other is None:
        return Link("")
    return Link(texts.period(other.period), to(report_path(report.id), report_path(other.id)))


def _cards(context: Context) -> Iterator[Card]:
    for measure in context.publication.catalogue.measures.values():
        figure = headline(measure, context.report)
        if measure.key and figure is not None:
            mark = texts.MARK_MEANINGS[figure.mark] if isinstance(figure, Blank) else ""
            text = figure_text(figure, measure.unit)
            base = base_text(figure) if isinstance(figure, Fact) else ""
            yield Card(
                measure.label, context.definition(measure.id), text, mark, base, _before(measure, context)
            )


def headline(measure: Measure, report: PublishedReport) -> Fact | Blank | None:
    """The figure that stands for a whole measure: its total, or the bottom line of a table of money."""
    start, _, column = measure.id.rpartition(".")
    return report.cells.get(measure.id) or report.cells.get(f"{start}.summa.{column}")


def _before(measure: Measure, context: Context) -> str:
    """The same figure a year before, from that report or as this one tells it; never a difference."""
    earlier = context.publication.before(context.report)
    then = headline(measure, earlier) if earlier else None
    if earlier and then:
        return f"{texts.period(earlier.period)}: {figure_text(then, measure.unit)}"
    told = context.report.previous_stated.get(measure.id)
    return f"Året före, enligt denna rapport: {figure_text(told, measure.unit)}" if told else ""


def _remarks(section: int | None, context: Context) -> Iterator[Remark]:
    """The notes of one section, or those that belong to none."""
    for note in context.report.notes:
        if _section_of(note, context) == section:
            place = note.about.rsplit("#", 1)[-1]
            href = to(report_path(context.report.id), RULES, texts.anchor(note.code))
            yield Remark(note, f"not-{texts.anchor(f'{note.code}-{place}')}", href)


def _section_of(note: Note, context: Context) -> int | None:
    """The section a note belongs to: where it was said, or where its measure is at home."""
    if note.section is not None:
        return note.section
    figure = context.report.cells.get(note.about.rsplit("#", 1)[-1])
    measure = context.measure(figure.cell.measure) if figure else None
    return measure.section if measure else None


def _chapters(context: Context) -> Iterator[Chapter]:
    template = context.publication.catalogue.templates.get(context.report.template)
    written = {
        section.number: section for section in (context.report.prose.sections if context.report.prose else ())
    }
    placed = _placed(context.report)
    for wanted in template.sections if template else ():
        section = written.get(wanted.number)
        here = Context(context.report, context.publication, wanted.number)
        shown = tuple(_visuals([name for name in wanted.shows if name not in placed], here))
        notes = tuple(_remarks(wanted.number, context))
        if section or shown:
            yield _chapter(wanted, section, shown, notes, here)


def _placed(report: PublishedReport) -> frozenset[str]:
    """The tables and charts that the writer has put in the text herself."""
    parts = (part for section in (report.prose.sections if report.prose else ()) for part in section.parts)
    pieces = (piece for part in parts for piece in part.body)
    return frozenset(f"{piece.kind}:{piece.name}" for piece in pieces if isinstance(piece, Placement))


def _chapter(
    wanted: TemplateSection,
    section: Section | None,
    shown: tuple[Visual, ...],
    notes: tuple[Remark, ...],
    context: Context,
) -> Chapter:
    anchor = f"avsnitt-{wanted.number}"
    parts = section.parts if section else ()
    bodies = [_body(part, anchor, shown if place == 0 else (), context) for place, part in enumerate(parts)]
    if not parts:
        bodies = [Body("", "", anchor, shown)]
    has = {part.id for part in parts}
    missing = tuple(part.title for part in wanted.parts if part.required and section and part.id not in has)
    number = f"{wanted.number}. " if wanted.number else ""
    return Chapter(f"{number}{wanted.title}", anchor, notes, tuple(bodies), missing)


def _body(part: Part, anchor: str, shown: tuple[Visual, ...], context: Context) -> Body:
    pieces: list[Piece] = []
    for piece in part.body:
        if isinstance(piece, Placement):
            pieces.extend(_visuals([f"{piece.kind}:{piece.name}"], context, piece.caption))
        else:
            pieces.append(safe(piece))
    return Body(part.id, part.title, f"{anchor}-{part.id}" if part.id else anchor, (*pieces, *shown))


def _visuals(names: Sequence[str], context: Context, caption: str = "") -> Iterator[Visual]:
    """The tables and charts of some names; what the report has nothing for is left out."""
    for wanted in names:
        kind, _, name = wanted.partition(":")
        if kind == "diagram":
            drawing = context.report.drawings.get(name)
            if drawing:
                plot = drawing.plot
                title = caption or plot.title
                yield Visual(twin(plot), safe(drawing.svg), plot.subtitle, title, plot.description)
        else:
            grid = table(name, context)
            if grid:
                yield Visual(grid)


def _all_figures(context: Context) -> tuple[Grid, ...]:
    """Every published figure with the anchor by which the text can point to it, first those split by sex."""
    joined = {found.distribution.id for found in context.report.tables.values()}
    figures = [figure for figure in context.report.cells.values() if not figure.cell.is_share]
    plain = [f for f in figures if _row_id(f) not in joined]
    split = {_row(f) for f in plain if f.cell.group}
    groups = groups_of(f for f in plain if _row(f) in split)
    by_sex = tuple(_plain_lines([f for f in plain if _row(f) in split], groups, context))
    others = (
        *_plain_lines([f for f in plain if _row(f) not in split], ("",), context),
        *_distribution_lines(context),
    )
    columns = tuple(map(group_label, groups))
    grids = (
        Grid("Siffror uppdelade på kön", "Uppgift", columns, by_sex),
        Grid("Övriga siffror", "Uppgift", ("Värde",), others),
    )
    return tuple(grid for grid in grids if grid.lines)


def _row(figure: Fact | Blank) -> tuple[str, str, str, str]:
    cell = figure.cell
    return (cell.measure, cell.population, cell.point, cell.category)


def _row_id(figure: Fact | Blank) -> str:
    cell = figure.cell
    return cell.id.removesuffix(f".{cell.group}" if cell.group else "").removesuffix(
        f".{cell.category}" if cell.category else ""
    )


def _plain_lines(
    figures: Sequence[Fact | Blank], groups: tuple[str, ...], context: Context
) -> Iterator[Line]:
    rows: dict[tuple[str, str, str, str], dict[str, Fact | Blank]] = {}
    for figure in figures:
        rows.setdefault(_row(figure), {})[figure.cell.group] = figure
    for (name, population, _point, category), by_group in rows.items():
        measure = context.measure(name)
        if measure is not None:
            label = _label(measure, population, category, context)
            yield _figure_line(label, measure, by_group, groups, context)


def _label(measure: Measure, population: str, category: str, context: Context) -> str:
    extra = [context.label(_enumeration(measure), category)] if category else []
    if population and population != measure.population:
        extra.append(context.label("population", population))
    return ": ".join([measure.label, *extra])


def _enumeration(measure: Measure) -> str:
    """The list whose codes stand after a measure in its cells."""
    homes = {"ekonomi.": "budgetrad", "bemanning.": "roll", "moten.": "forum"}
    home = next((home for start, home in homes.items() if measure.id.startswith(start)), "avslutsorsak")
    return measure.enumeration or home


def _figure_line(
    label: str,
    measure: Measure,
    by_group: dict[str, Fact | Blank],
    groups: tuple[str, ...],
    context: Context,
) -> Line:
    unit = "" if measure.unit == "personer" else measure.unit
    values = tuple(_anchored(by_group.get(group), unit) for group in groups)
    return Line(label, values, context.definition(measure.id))


def _anchored(figure: Fact | Blank | None, unit: str) -> Value:
    return value(figure, unit, texts.anchor(figure.cell.id) if figure else "")


def _distribution_lines(context: Context) -> Iterator[Line]:
    for found in context.report.tables.values():
        measure = context.measure(found.distribution.measure)
        for row in found.rows if measure else ():
            figure = context.report.cells.get(row.cell)
            if measure and figure is not None:
                yield _figure_line(f"{measure.label}: {row.label}", measure, {"": figure}, ("",), context)
