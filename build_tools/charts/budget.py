"""What was planned for each line of the budget, and what it came to."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools import texts
from build_tools.charts.rows import figure, shown
from build_tools.charts.wording import not_shown, period, sentences
from build_tools.model import Catalogue, Fact, Plot, PlotRow, Publication, PublishedReport
from build_tools.stages import chart

COLUMNS = ("budget", "utfall", "avvikelse")
SERIES = ("Budget", "Utfall", "Avvikelse")
ALL = "summa"
OVERSPENT = "Ett minus betyder att utfallet blev högre än budgeten."


@chart("ekonomi", "Budget och utfall")
def budget(report: PublishedReport, publication: Publication) -> Iterator[Plot]:
    """Budget och utfall för varje rad, med avvikelsen utskriven."""
    rows = tuple(_rows(report, publication.catalogue))
    if shown(PlotRow(row.label, row.values[:2]) for row in rows):
        unit = _unit(publication.catalogue)
        yield Plot(
            id="ekonomi",
            report=report.id,
            form="deviation",
            title="Budget och utfall",
            subtitle=f"Belopp i {texts.unit_name(unit)}, {period(report, 'ekonomi')}",
            description=sentences([*_read(report, rows, unit), not_shown(rows, SERIES)]),
            unit=unit,
            series=SERIES,
            rows=rows,
            corner="Budgetrad",
        )


def _rows(report: PublishedReport, catalogue: Catalogue) -> Iterator[PlotRow]:
    lines = catalogue.enumerations.get("budgetrad")
    for code, line in lines.categories.items() if lines else ():
        yield from _row(report, code, line.label)
    yield from _row(report, ALL, "Summa")


def _row(report: PublishedReport, code: str, label: str) -> Iterator[PlotRow]:
    cells = [f"ekonomi.{code}.{column}" for column in COLUMNS]
    if any(cell in report.cells for cell in cells[:2]):
        yield PlotRow(label, tuple(figure(report, cell) for cell in cells))


def _unit(catalogue: Catalogue) -> str:
    measure = catalogue.measures.get("ekonomi.utfall")
    return measure.unit if measure else "kr"


def _read(report: PublishedReport, rows: tuple[PlotRow, ...], unit: str) -> Iterator[str]:
    """Tell the sum, the line that deviates most, and what a minus means where there is one."""
    sums = [report.fact(f"ekonomi.{ALL}.{column}") for column in COLUMNS]
    pairs = zip(SERIES, sums, strict=True)
    whole = [f"{name.lower()} {texts.shown(fact, unit)}" for name, fact in pairs if fact]
    yield f"I allt: {texts.listed(whole)}." if whole else ""
    lines = [(row.label, value) for row in rows if isinstance(value := row.values[2], Fact)]
    parts = [(label, fact) for label, fact in lines if fact.cell.id != f"ekonomi.{ALL}.avvikelse"]
    if len(parts) > 1:
        label, most = max(parts, key=lambda part: abs(part[1].value))
        yield f"Störst avvikelse: {label} ({texts.shown(most, unit)})."
    yield OVERSPENT if any(fact.value < 0 for _, fact in lines) else ""
