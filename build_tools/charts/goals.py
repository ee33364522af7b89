"""The goals that the intervention set itself: what was reached and wanted, and of how many it is known."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools import texts
from build_tools.charts.wording import period, sentences
from build_tools.model import (
    Blank,
    Cell,
    Fact,
    Hedge,
    Interval,
    Kind,
    Mark,
    Plot,
    PlotRow,
    Publication,
    PublishedGoal,
    PublishedReport,
)
from build_tools.stages import chart

SERIES = ("Utfall", "Mål", "Täckning")
UNDECIDED = "gar_inte_att_avgora"
VERDICTS = {
    "uppfyllt": "Uppfyllt",
    "ej_uppfyllt": "Inte uppfyllt",
    UNDECIDED: "Går inte att avgöra",
}
BOUNDS = {"minst": Hedge.AT_LEAST, "hogst": Hedge.AT_MOST}
COVERAGE = "Täckningen är hur stor del av dem som målet gäller som utfallet bygger på."


@chart("uppsatta_mal", "Insatsens egna mål")
def goals(report: PublishedReport, publication: Publication) -> Iterator[Plot]:
    """Utfallet för varje mål som insatsen har satt, med målets gräns och hur många utfallet bygger på."""
    rows = tuple(_row(goal, report, publication) for goal in report.goals)
    if any(isinstance(row.values[0], Fact) for row in rows):
        covered = any(isinstance(row.values[2], Fact) for row in rows)
        yield Plot(
            id="uppsatta_mal",
            report=report.id,
            form="bullet",
            title="Insatsens egna mål",
            subtitle=period(report),
            description=sentences([*_read(rows), COVERAGE if covered else ""]),
            unit="",
            series=SERIES,
            rows=rows,
            corner="Mål",
            aside="Bedömning",
        )


def _row(found: PublishedGoal, report: PublishedReport, publication: Publication) -> PlotRow:
    cell = found.figure.cell if found.figure else Cell(report.id, found.goal.cell, found.goal.cell)
    measure = publication.catalogue.measures.get(cell.measure)
    outcome = found.figure or Blank(cell, Mark.MISSING, found.goal.where)
    coverage = found.coverage or Blank(cell, Mark.NOT_APPLICABLE, found.goal.where)
    return PlotRow(
        label=found.goal.text,
        values=(outcome, _threshold(found, cell), coverage),
        note=_verdict(found),
        unit="" if measure is None or measure.unit in ("procent", "antal") else measure.unit,
    )


def _threshold(found: PublishedGoal, cell: Cell) -> Fact | Blank:
    """The number that was wanted; without an outcome nobody knows its unit."""
    value = found.goal.threshold
    if value is None or found.figure is None:
        return Blank(cell, Mark.NOT_APPLICABLE, found.goal.where)
    kind = found.figure.kind if isinstance(found.figure, Fact) else Kind.COUNT
    kind = Kind.SHARE if kind is Kind.SHARE or cell.is_share else Kind.COUNT
    return Fact(
        cell,
        value,
        Interval(value, value),
        kind,
        found.goal.where,
        decimals=texts.precision(value),
        hedge=BOUNDS.get(found.goal.direction),
    )


def _verdict(found: PublishedGoal) -> str:
    """The verdict, why there is none, and that the goal is measured by something else where it is."""
    reason = found.reason if found.verdict == UNDECIDED else ""
    return sentences([f"{VERDICTS.get(found.verdict, found.verdict)}.", reason, found.goal.proxy])


def _read(rows: tuple[PlotRow, ...]) -> Iterator[str]:
    for row in rows:
        outcome, threshold, _ = row.values
        wanted = f", målet är {texts.shown(threshold, row.unit)}" if isinstance(threshold, Fact) else ""
        end = "" if row.label.endswith((".", "!", "?")) else ":"
        yield f"{row.label}{end} {texts.shown(outcome, row.unit).capitalize()}{wanted}. {row.note}"
