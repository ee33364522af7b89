"""Bars beside each other for each row, one for each series, told apart by colour and pattern."""

from __future__ import annotations

from build_tools.charts.draw.lane import Look, from_zero, lane
from build_tools.charts.draw.picture import SERIES, SMALL, Sheet
from build_tools.charts.draw.scale import scale
from build_tools.model import Plot

HEIGHT = 15
PATTERNS = ("solid", "striped", "lined", "open", "crossed", "backstriped")
BELOW_KEY, BELOW_LABEL, BETWEEN, BEFORE_ROW = 12, 5, 3, 15


def looks(plot: Plot) -> tuple[Look, ...]:
    """A colour and a pattern for each series."""
    kinds = zip(SERIES, PATTERNS, plot.series, strict=False)
    return tuple(Look(HEIGHT, colour, pattern, SMALL, name) for colour, pattern, name in kinds)


def draw(plot: Plot, sheet: Sheet) -> None:
    """Draw the key, then the rows from the top down."""
    styles = looks(plot)
    values = [pair for row in plot.rows for pair in zip(row.values, styles, strict=True)]
    common = scale(span for value, look in values for span in from_zero(value, plot.unit, look))
    sheet.key([(look.name, look.colour, look.pattern) for look in styles])
    sheet.y += BELOW_KEY
    for number, row in enumerate(plot.rows):
        sheet.y += BEFORE_ROW if number else 0
        sheet.write(row.label)
        sheet.y += BELOW_LABEL - BETWEEN
        for value, look in zip(row.values, styles, strict=True):
            sheet.y += BETWEEN
            lane(sheet, value, plot.unit, common, look)
