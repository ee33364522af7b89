"""A small line for each key figure through the years of an insats, on its latest report."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from build_tools import texts
from build_tools.charts.rows import shown
from build_tools.charts.wording import not_shown, sentences
from build_tools.model import (
    Blank,
    Cell,
    Fact,
    Kind,
    Mark,
    Measure,
    Plot,
    PlotRow,
    Publication,
    PublishedReport,
    Where,
)

ENOUGH = 3
"""Fewer years than so are no line."""
NEARLY = 0.1
"""How much two periods may differ in length and still be told as equally long."""
BREAK = "brott"
COUNTED = "räknas på ett annat sätt än perioden före"
UNEVEN = "är inte lika lång som perioden före"
ADDED = frozenset({Kind.COUNT, Kind.SUM, Kind.AMOUNT})
"""Kinds of figures that grow with the length of a period."""


def latest(publication: Publication) -> frozenset[str]:
    """The reports that no later one follows."""
    return frozenset(publication.reports) - frozenset(publication.previous.values())


def sparks(report: PublishedReport, publication: Publication) -> Iterator[Plot]:
    """The key figures that at least three reports of the insats tell."""
    years = tuple(_years(report, publication))
    if len(years) >= ENOUGH:
        for measure in publication.catalogue.measures.values():
            rows = tuple(_rows(measure, years)) if measure.key else ()
            if len(shown(rows)) >= ENOUGH:
                yield _plot(measure, rows, report)


def _years(report: PublishedReport, publication: Publication) -> Iterator[PublishedReport]:
    """The reports of the insats, the oldest first."""
    found = [report]
    while (before := publication.before(found[-1])) and before not in found:
        found.append(before)
    yield from reversed(found)


def _rows(measure: Measure, years: tuple[PublishedReport, ...]) -> Iterator[PlotRow]:
    notes = ["", *(_note(measure, before, after) for before, after in pairwise(years))]
    for year, note in zip(years, notes, strict=True):
        mark = BREAK if note else ""
        figures = (_headline(measure, year),)
        yield PlotRow(texts.period(year.period), figures, note=note, period=year.period, mark=mark)


def _note(measure: Measure, before: PublishedReport, after: PublishedReport) -> str:
    """Why a year does not continue the one before it."""
    if not before.counts_as(after, measure):
        return COUNTED
    return UNEVEN if uneven(measure, before, after) else ""


def _headline(measure: Measure, report: PublishedReport) -> Fact | Blank:
    """The figure that stands for a whole measure, or the word that there is none."""
    blank = Blank(Cell(report.id, measure.id, measure.id), Mark.MISSING, Where(""))
    return report.headline(measure) or blank


def uneven(measure: Measure, before: PublishedReport, after: PublishedReport) -> bool:
    """Whether a measure adds up over its period, and two periods are not equally long."""
    length = abs(after.period.days - before.period.days) / max(before.period.days, 1)
    return measure.kind in ADDED and length > NEARLY


def _plot(measure: Measure, rows: tuple[PlotRow, ...], report: PublishedReport) -> Plot:
    first, last = (next(row for row in order if shown([row])) for order in (rows, rows[::-1]))
    unit = "" if measure.unit == "antal" else measure.unit
    ends = [f"{texts.shown(value, unit)} {row.label}" for row in (first, last) for value in row.values[:1]]
    told = [f"{row.label} {row.note}." for row in rows if row.note]
    return Plot(
        id=f"spark-{measure.id}",
        report=report.id,
        form="spark",
        title=f"{measure.label} {rows[0].label}–{rows[-1].label}",
        subtitle="",
        description=sentences([f"Från {ends[0]} till {ends[1]}.", *told, not_shown(rows)]),
        unit=measure.unit,
        series=(measure.label,),
        rows=rows,
        corner="Period",
    )
