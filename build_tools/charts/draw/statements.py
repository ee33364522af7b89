"""Statements with their figures, under a heading for each group; shares have a bar on a line of 100 %."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby

from build_tools.charts.draw.lane import with_base
from build_tools.charts.draw.picture import FAINT, GRID, SERIES, SMALL, TEXT, WIDTH, Bar, Sheet, rounded
from build_tools.charts.draw.scale import EDGE
from build_tools.model import Fact, Kind, Plot, PlotRow

HEIGHT = 12
BELOW_HEADING, BELOW_TEXT, BELOW_BAR, BEFORE_ROW, BEFORE_GROUP = 6, 6, 5, 14, 22


def draw(plot: Plot, sheet: Sheet) -> None:
    """Write the groups from the top down."""
    for number, (name, rows) in enumerate(groupby(plot.rows, key=lambda row: row.group)):
        sheet.y += BEFORE_GROUP if number else 0
        if name:
            sheet.write(name, strong=True)
            sheet.y += BELOW_HEADING
        for place, row in enumerate(rows):
            sheet.y += BEFORE_ROW if place else 0
            _statement(sheet, row, plot.unit)


def _statement(sheet: Sheet, row: PlotRow, unit: str) -> None:
    value = row.values[0]
    sheet.write(row.label, size=SMALL)
    if isinstance(value, Fact) and value.kind is Kind.SHARE and 0 <= value.value <= 100:
        sheet.y += BELOW_TEXT
        whole, y = WIDTH - 2 * EDGE, rounded(sheet.y)
        sheet.shapes.append(Bar(EDGE, y, whole, HEIGHT, GRID, "open"))
        if value.value:
            length = rounded(whole * float(value.value / Decimal(100)))
            sheet.shapes.append(Bar(EDGE, y, length, HEIGHT, SERIES[0]))
        sheet.y += HEIGHT + BELOW_BAR
    known = isinstance(value, Fact)
    sheet.write(with_base(value, row.unit or unit), colour=TEXT if known else FAINT, strong=known)
