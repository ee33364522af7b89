"""What is said of how an intervention took hold, by the dimensions of RE-AIM, where it is said in figures."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools import texts
from build_tools.charts.rows import shown
from build_tools.charts.wording import not_shown, period, sentences
from build_tools.model import Fact, Plot, PlotRow, Publication, PublishedReport
from build_tools.stages import chart

ENOUGH = 2
"""One figure alone needs no chart."""


@chart("re_aim", "Införandet enligt RE-AIM")
def implementation(report: PublishedReport, publication: Publication) -> Iterator[Plot]:
    """Det som sägs med siffror om räckvidd, effekt, antagande, genomförande och vidmakthållande."""
    rows = tuple(_rows(report, publication))
    if len(shown(rows)) >= ENOUGH:
        yield Plot(
            id="re_aim",
            report=report.id,
            form="statements",
            title="Införandet enligt RE-AIM, i siffror",
            subtitle=period(report),
            description=sentences([*_read(rows), not_shown(rows)]),
            unit="",
            series=("Värde",),
            rows=rows,
            corner="Påstående",
        )


def _rows(report: PublishedReport, publication: Publication) -> Iterator[PlotRow]:
    """The statements that have a figure, dimension by dimension."""
    known = publication.catalogue.enumerations.get("re_aim")
    labels = {code: category.label for code, category in known.categories.items()} if known else {}
    told = dict.fromkeys((*labels, *(found.statement.dimension for found in report.implementation)))
    for dimension in told:
        for found in report.implementation:
            if found.statement.dimension == dimension and found.figure is not None:
                measure = publication.catalogue.measures.get(found.figure.cell.measure)
                unit = "" if measure is None or measure.unit in ("procent", "antal") else measure.unit
                heading = labels.get(dimension, dimension)
                yield PlotRow(found.statement.text.rstrip("."), (found.figure,), group=heading, unit=unit)


def _read(rows: tuple[PlotRow, ...]) -> Iterator[str]:
    for row in rows:
        for value in row.values:
            if isinstance(value, Fact):
                yield f"{row.group}. {row.label}: {texts.shown(value, row.unit)}."
