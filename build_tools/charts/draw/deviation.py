"""What was planned above what became of it, with the difference in words; what went over is marked.

The series are plan, outcome and deviation, in this order.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from build_tools.charts.draw.lane import Look, from_zero, lane, written
from build_tools.charts.draw.picture import MINUS, SERIES, SMALL, Bar, Sheet, rounded
from build_tools.charts.draw.scale import Scale, scale
from build_tools.model import Blank, Fact, Plot, PlotRow

PLAN, OUTCOME = Look(14, SERIES[0], "open", SMALL), Look(14, SERIES[0], "solid", SMALL)
OVER = "backstriped"
BELOW_KEY, BELOW_LABEL, BETWEEN, BELOW_BARS, BEFORE_ROW = 12, 5, 3, 4, 16


def draw(plot: Plot, sheet: Sheet) -> None:
    """Draw the key, then the rows from the top down."""
    styles = (replace(PLAN, name=plot.series[0]), replace(OUTCOME, name=plot.series[1]))
    pairs = [pair for row in plot.rows for pair in zip(row.values[:2], styles, strict=True)]
    common = scale(span for value, look in pairs for span in from_zero(value, plot.unit, look))
    sheet.key(_key(plot))
    sheet.y += BELOW_KEY
    for number, row in enumerate(plot.rows):
        sheet.y += BEFORE_ROW if number else 0
        _row(sheet, row, styles, plot, common)


def _key(plot: Plot) -> list[tuple[str, str, str]]:
    entries = [(plot.series[0], PLAN.colour, PLAN.pattern), (plot.series[1], OUTCOME.colour, OUTCOME.pattern)]
    if any(_excess(row) for row in plot.rows):
        entries.append((f"Över {plot.series[0].lower()}", MINUS, OVER))
    return entries


def _row(sheet: Sheet, row: PlotRow, styles: tuple[Look, Look], plot: Plot, common: Scale) -> None:
    sheet.write(row.label)
    sheet.y += BELOW_LABEL - BETWEEN
    for value, look in zip(row.values[:2], styles, strict=True):
        sheet.y += BETWEEN
        lane(sheet, value, plot.unit, common, look)
    _mark_excess(sheet, row, common)
    sheet.y += BELOW_BARS
    sheet.write(f"{plot.series[2]} {written(row.values[2], plot.unit)}", size=SMALL)


def _mark_excess(sheet: Sheet, row: PlotRow, common: Scale) -> None:
    """Lay a striped bar over the part of the outcome that lies beyond the plan."""
    over = _excess(row)
    if over:
        plan, outcome = over
        left = common.place(plan)
        length = rounded(common.place(outcome) - left)
        top = rounded(sheet.y - OUTCOME.height)
        sheet.shapes.append(Bar(left, top, length, OUTCOME.height, MINUS, OVER))


def _excess(row: PlotRow) -> tuple[Decimal, Decimal] | None:
    plan, outcome = row.values[0], row.values[1]
    if isinstance(plan, Blank) or isinstance(outcome, Blank):
        return None
    return (plan.value, outcome.value) if _over(plan, outcome) else None


def _over(plan: Fact, outcome: Fact) -> bool:
    return outcome.value > plan.value >= 0
