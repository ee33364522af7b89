"""Goals: the outcome as a bar from zero, the threshold as a line across it, and the verdict in words.

Each goal has its own unit and so its own scale; shares are drawn on a line of 100 %. The series are
outcome, threshold and coverage.
"""

from __future__ import annotations

from decimal import Decimal

from build_tools.charts.draw.lane import with_base
from build_tools.charts.draw.picture import (
    FAINT,
    GRID,
    SERIES,
    SMALL,
    TEXT,
    WIDTH,
    Bar,
    Rule,
    Sheet,
    rounded,
)
from build_tools.charts.draw.scale import EDGE
from build_tools.model import Fact, Kind, Plot, PlotRow

HEIGHT = 14
OVERHANG = 5
MARK = 3
"""How wide the line of a threshold is."""
HUNDRED = Decimal(100)
BEYOND = Decimal("1.15")
"""How far beyond the larger of outcome and threshold a scale goes."""
BELOW_LABEL, BELOW_BAR, BEFORE_ROW = 8, 7, 18
BELOW_KEY = 12
KEY = 26


def draw(plot: Plot, sheet: Sheet) -> None:
    """Draw the key, then the goals from the top down."""
    _key(sheet, plot)
    for number, row in enumerate(plot.rows):
        sheet.y += BEFORE_ROW if number else 0
        sheet.write(row.label)
        if any(isinstance(value, Fact) for value in row.values[:1]):
            _bar(sheet, row)
        unit = row.unit or plot.unit
        for name, value in zip(plot.series, row.values, strict=True):
            if isinstance(value, Fact) or name == plot.series[0]:
                sheet.write(f"{name}: {with_base(value, unit)}", size=SMALL, colour=FAINT)
        verdict, _, more = row.note.partition(". ")
        sheet.write(verdict.rstrip("."), size=SMALL, strong=True)
        sheet.write(more, size=SMALL, colour=FAINT)


def _key(sheet: Sheet, plot: Plot) -> None:
    entries = [(plot.series[0], SERIES[0], "solid")]
    top = sheet.y
    sheet.key([*entries, (f"{plot.series[1]}, strecket", TEXT, "mark")])
    key = sheet.shapes
    for place, shape in enumerate(key):
        if isinstance(shape, Bar) and shape.pattern == "mark":
            x = rounded(shape.x + shape.width / 2)
            key[place] = Rule(
                x, rounded(shape.y - 2), x, rounded(shape.y + shape.height + 2), TEXT, width=MARK
            )
    sheet.y = max(sheet.y, top) + BELOW_KEY


def _bar(sheet: Sheet, row: PlotRow) -> None:
    outcome, threshold = row.values[0], row.values[1]
    if not isinstance(outcome, Fact):
        return
    sheet.y += BELOW_LABEL
    found = [value.value for value in (outcome, threshold) if isinstance(value, Fact)]
    top = max([HUNDRED, *found]) if outcome.kind is Kind.SHARE else max(found) * BEYOND
    whole, y = WIDTH - 2 * EDGE, rounded(sheet.y)
    sheet.shapes.append(Bar(EDGE, y, whole, HEIGHT, GRID, "open"))
    length = rounded(whole * float(max(outcome.value, Decimal(0)) / top)) if top else 0
    if length:
        sheet.shapes.append(Bar(EDGE, y, length, HEIGHT, SERIES[0]))
    if isinstance(threshold, Fact) and top:
        x = rounded(min(max(EDGE + whole * float(threshold.value / top), 2), WIDTH - 2))
        sheet.shapes.append(Rule(x, y - OVERHANG, x, y + HEIGHT + OVERHANG, TEXT, width=MARK))
    sheet.y += HEIGHT + BELOW_BAR
