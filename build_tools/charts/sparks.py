"""A small line for each key figure through the years of an insats, on its latest report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from build_tools import texts
from build_tools.charts.rows import shown
from build_tools.charts.wording import not_shown, sentences
from build_tools.model import (
    Blank,
    Cell,
    Comparison,
    Fact,
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
BREAK = "brott"
APART = "går inte att jämföra med det som var före"
Years = tuple[PublishedReport, ...]
"""The reports of an insats, the oldest first."""


def sparks(years: Years, publication: Publication) -> Iterator[Plot]:
    """The key figures that at least three reports of an insats tell, broken where they cannot be compared."""
    if len(years) < ENOUGH:
        return
    measures = {key: found for key, found in publication.catalogue.measures.items() if found.key}
    breaks = publication.comparisons.breaks(tuple(one.id for one in years), measures.keys())
    for key, measure in measures.items():
        refused = {report: found for (of, report), found in breaks.items() if of == key}
        rows = tuple(_rows(measure, years, refused))
        if len(shown(rows)) >= ENOUGH:
            yield _plot(measure, rows, years[-1])


def _rows(measure: Measure, years: Years, refused: Mapping[str, Comparison]) -> Iterator[PlotRow]:
    for year in years:
        found = refused.get(year.id)
        yield PlotRow(
            texts.period(year.period),
            (_headline(measure, year),),
            note=" ".join(reason.text for reason in found.refusals) if found else "",
            period=year.period,
            mark=BREAK if found else "",
        )


def _headline(measure: Measure, report: PublishedReport) -> Fact | Blank:
    """The figure that stands for a whole measure, or the word that there is none."""
    blank = Blank(Cell(report.id, measure.id, measure.id), Mark.MISSING, Where(""))
    return report.headline(measure) or blank


def _plot(measure: Measure, rows: tuple[PlotRow, ...], report: PublishedReport) -> Plot:
    first, last = (next(row for row in order if shown([row])) for order in (rows, rows[::-1]))
    unit = "" if measure.unit == "antal" else measure.unit
    ends = [f"{texts.shown(value, unit)} {row.label}" for row in (first, last) for value in row.values[:1]]
    told = [f"{row.label} {APART}. {row.note}" for row in rows if row.note]
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
