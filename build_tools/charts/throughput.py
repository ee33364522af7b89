"""A mean told for several windows of time, which may share months and so persons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise

from build_tools import texts
from build_tools.charts.rows import named
from build_tools.charts.wording import capital, not_shown, sentences, who, window
from build_tools.model import Blank, Fact, Measure, Period, Plot, PlotRow, Publication, PublishedReport
from build_tools.stages import chart

POINT = "serie"
ENOUGH = 2
"""One window alone is no series."""
OVERLAPPING = (
    "Perioderna överlappar varandra, så samma deltagare kan räknas i flera rader och raderna är inte "
    "oberoende av varandra."
)
Series = Mapping[tuple[str, str], list[Fact | Blank]]


@chart("genomstromning", "Tid i insatsen, period för period")
def throughput(report: PublishedReport, publication: Publication) -> Iterator[Plot]:
    """Medelvärdet för varje period i en serie; där perioderna överlappar syns det och sägs det."""
    series = {key: found for key, found in _series(report).items() if _enough(found)}
    names = named("genomstromning", (measure for measure, _ in series))
    for name, ((measure, population), figures) in zip(names, series.items(), strict=True):
        known = publication.catalogue.measures.get(measure)
        if known:
            yield _plot(name, known, who(population, publication.catalogue), figures, report)


def _series(report: PublishedReport) -> Series:
    """The points of each measure and population in the order of time."""
    found: dict[tuple[str, str], list[Fact | Blank]] = {}
    for figure in report.cells.values():
        if figure.cell.point == POINT and not figure.cell.is_share:
            found.setdefault((figure.cell.measure, figure.cell.population), []).append(figure)
    return {key: sorted(figures, key=_time) for key, figures in found.items()}


def _time(figure: Fact | Blank) -> str:
    return figure.cell.id.rpartition(".")[2]


def _enough(figures: list[Fact | Blank]) -> bool:
    return sum(1 for figure in figures if isinstance(figure, Fact)) >= ENOUGH


def _plot(
    name: str, measure: Measure, people: str, figures: list[Fact | Blank], report: PublishedReport
) -> Plot:
    rows = tuple(_row(figure) for figure in figures)
    unit = texts.unit_name(measure.unit)
    overlapping = OVERLAPPING if _overlap(rows) else ""
    return Plot(
        id=name,
        report=report.id,
        form="windows",
        title=f"{measure.label}, period för period",
        subtitle=", ".join(
            part for part in (capital(people), f"medelvärde i {unit}" if unit else "") if part
        ),
        description=sentences([_read(rows, measure.unit), overlapping, not_shown(rows)]),
        unit=measure.unit,
        series=("Medelvärde",),
        rows=rows,
        corner="Period",
    )


def _row(figure: Fact | Blank) -> PlotRow:
    when = figure.period if isinstance(figure, Fact) else _named(figure)
    label = window(when) if when else _time(figure)
    if isinstance(figure, Fact) and isinstance(figure.n, Decimal):
        label = f"{label} (n{texts.NBSP}{texts.number(figure.n)})"
    return PlotRow(label, (figure,), period=when)


def _named(figure: Fact | Blank) -> Period | None:
    """The window of a cell, as its id tells it: a word has no period of its own."""
    first, _, last = _time(figure).partition("_")
    try:
        return Period(date.fromisoformat(first), date.fromisoformat(last))
    except ValueError:
        return None


def _overlap(rows: tuple[PlotRow, ...]) -> bool:
    spans = sorted(row.period for row in rows if row.period)
    return any(later.start <= earlier.end for earlier, later in pairwise(spans))


def _read(rows: tuple[PlotRow, ...], unit: str) -> str:
    """Tell the first and the last window, and the highest where it is neither."""
    found = [(row, value) for row in rows for value in row.values if isinstance(value, Fact)]
    told = dict.fromkeys((found[0], max(found, key=lambda pair: pair[1].value), found[-1]))
    parts = [f"{texts.shown(fact, unit)} {row.label}" for row, fact in told]
    return f"Medelvärdet var {texts.listed(parts)}."
