"""Before and after on one line for each row: a ring for the first series, a disc for the second.

What more the row has is told in words. Where the plot has bounds the line is that scale, otherwise it
begins at zero.
"""

from __future__ import annotations

from decimal import Decimal

from build_tools import texts
from build_tools.charts.draw.lane import RISE, written
from build_tools.charts.draw.picture import (
    FAINT,
    SERIES,
    SMALL,
    WIDTH,
    Dot,
    Rule,
    Sheet,
    Words,
    rounded,
)
from build_tools.charts.draw.scale import EDGE
from build_tools.charts.draw.words import width
from build_tools.model import Fact, Plot, PlotRow

RING, DISC = 8, 5
"""The disc fits in the ring, so that two equal values are both seen."""
HEIGHT = 18
TICK = 4
BELOW_KEY, BELOW_LABEL, BEFORE_ROW, BELOW_ROWS = 12, 4, 15, 4
BEFORE, AFTER = (SERIES[1], "open", RING), (SERIES[0], "solid", DISC)
STYLES = (BEFORE, AFTER)
ALONE = (SERIES[0], "solid", DISC + 1)


def draw(plot: Plot, sheet: Sheet) -> None:
    """Draw the key, then the rows from the top down, and the ends of the scale."""
    low, high = ends(plot)
    paired = len(plot.series) > 1
    if paired:
        _key(sheet, plot.series)
    for number, row in enumerate(plot.rows):
        sheet.y += BEFORE_ROW if number else 0
        sheet.write(row.label)
        sheet.y += BELOW_LABEL
        _line(sheet, row, (low, high), STYLES if paired else (ALONE,))
        sheet.write(_told(row, plot), size=SMALL, colour=FAINT)
    sheet.y += BELOW_ROWS
    worst, best = ("lägst ", "högst ") if plot.bounds else ("", "")
    sheet.ends(f"{worst}{texts.number(low)}", f"{best}{texts.number(high)}")


def ends(plot: Plot) -> tuple[Decimal, Decimal]:
    """Where the line begins and ends."""
    found = [value.value for row in plot.rows for value in row.values[:2] if isinstance(value, Fact)]
    low, high = plot.bounds or (Decimal(0), Decimal(0))
    return min([low, *found]), max([high, *found])


def _key(sheet: Sheet, names: tuple[str, ...]) -> None:
    x, middle = 0.0, rounded(sheet.y + SMALL * 0.65)
    for name, (colour, pattern, radius) in zip(names, STYLES, strict=False):
        sheet.shapes.append(Dot(x + RING + EDGE, middle, radius, colour, pattern))
        baseline = rounded(middle + SMALL * RISE)
        sheet.shapes.append(Words(rounded(x + 24), baseline, name, SMALL, FAINT))
        x = rounded(x + 24 + width(name, SMALL) + 20)
    sheet.y += SMALL * 1.27 + BELOW_KEY


def _line(
    sheet: Sheet, row: PlotRow, bounds: tuple[Decimal, Decimal], styles: tuple[tuple[str, str, int], ...]
) -> None:
    middle = rounded(sheet.y + HEIGHT / 2)
    left, right = RING + EDGE, WIDTH - RING - EDGE
    sheet.shapes.append(Rule(left, middle, right, middle))
    for end in (left, right):
        sheet.shapes.append(Rule(end, rounded(middle - TICK), end, rounded(middle + TICK)))
    low, high = bounds
    whole = high - low or Decimal(1)
    shown = [
        (rounded(left + (right - left) * float((value.value - low) / whole)), style)
        for value, style in zip(row.values, styles, strict=False)
        if isinstance(value, Fact)
    ]
    if len(shown) > 1 and shown[0][0] != shown[1][0]:
        between = sorted(x for x, _ in shown)
        sheet.shapes.append(Rule(between[0], middle, between[1], middle, FAINT, width=3))
    for x, (colour, pattern, radius) in shown:
        sheet.shapes.append(Dot(x, middle, radius, colour, pattern))
    sheet.y += HEIGHT


def _told(row: PlotRow, plot: Plot) -> str:
    """Every value of a row by its name: `Före 14, efter 10, skillnad −4`."""
    pairs = zip(plot.series, row.values, strict=True)
    parts = [f"{name.lower()} {written(value, row.unit or plot.unit)}" for name, value in pairs]
    text = ", ".join([*parts, *([row.note] if row.note else [])])
    return text[:1].upper() + text[1:]
