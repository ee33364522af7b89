"""One bar for each row, the parts of a row thinner and indented below it."""

from __future__ import annotations

from decimal import Decimal

from build_tools.charts.draw.lane import Look, from_zero, lane
from build_tools.charts.draw.picture import GAP, LABEL, SERIES, SMALL, Sheet
from build_tools.charts.draw.scale import EDGE, Span, scale
from build_tools.model import Plot, PlotRow

WHOLE = Look(18, SERIES[0])
PART = Look(12, SERIES[0], "open", SMALL)
INDENT = GAP + EDGE
BELOW_LABEL = 6
BEFORE_WHOLE, BEFORE_PART = 15, 9


def draw(plot: Plot, sheet: Sheet) -> None:
    """Draw the rows from the top down."""
    spans = [s for row in plot.rows for s in from_zero(row.values[0], plot.unit, _look(row))]
    ends = [Span(min(plot.bounds[0], Decimal(0)), plot.bounds[1])] if plot.bounds else []
    common = scale([*spans, *ends])
    for number, row in enumerate(plot.rows):
        look = _look(row)
        if number:
            sheet.y += BEFORE_PART if row.level else BEFORE_WHOLE
        sheet.write(row.label, x=INDENT if row.level else 0, size=SMALL if row.level else LABEL)
        sheet.y += BELOW_LABEL
        lane(sheet, row.values[0], plot.unit, common, look)


def _look(row: PlotRow) -> Look:
    return PART if row.level else WHOLE
