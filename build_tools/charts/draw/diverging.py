"""Answers on an ordered scale, laid out from its middle: lower steps to the left, higher to the right.

A row with an answer that may not be shown has no known middle and is laid out from its ends instead.
"""

from __future__ import annotations

from collections.abc import Sequence

from build_tools.charts.draw.lane import Look
from build_tools.charts.draw.picture import FAINT, SERIES, SMALL, TEXT, WIDTH, Rule, Sheet, rounded
from build_tools.charts.draw.stacked import (
    BEFORE_ROW,
    BELOW_KEY,
    HEIGHT,
    WHOLE,
    heading,
    segments,
    size,
    strip,
    told_share,
    unseen,
)
from build_tools.model import Fact, Plot, PlotRow

FROM_OUTSIDE = ("solid", "striped", "open", "crossed", "lined")
LEFTWARD = {"striped": "backstriped"}
OVERHANG = 4


def looks(names: Sequence[str]) -> tuple[Look, ...]:
    """One colour for each half and patterns from the outside in; a step in the middle has its own."""
    half = len(names) // 2
    inner = [FROM_OUTSIDE[n % len(FROM_OUTSIDE)] for n in range(half)]
    low = [(SERIES[1], LEFTWARD.get(pattern, pattern)) for pattern in inner]
    middle = [(FAINT, "lined")] if len(names) % 2 else []
    high = [(SERIES[0], pattern) for pattern in reversed(inner)]
    kinds = zip((*low, *middle, *high), names, strict=True)
    return tuple(Look(HEIGHT, colour, pattern, SMALL, name) for (colour, pattern), name in kinds)


def draw(plot: Plot, sheet: Sheet) -> None:
    """Draw the key, then the rows from the top down around their common middle."""
    styles = looks(plot.series)
    sheet.key([(look.name, look.colour, look.pattern) for look in styles])
    sheet.y += BELOW_KEY
    lows = [_half(row) for row in plot.rows if _whole(row)]
    highs = [_half(row, upward=True) for row in plot.rows if _whole(row)]
    most = max([WHOLE, *map(told_share, plot.rows), max(lows, default=0) + max(highs, default=0)])
    factor = WIDTH / most
    middle = max(lows, default=0) * factor
    for number, row in enumerate(plot.rows):
        sheet.y += BEFORE_ROW if number else 0
        heading(sheet, row)
        if _whole(row):
            _line(sheet, middle)
            strip(sheet, segments(row, styles, -_half(row)), middle, factor)
        else:
            strip(sheet, segments(row, styles), 0, factor)
            unseen(sheet, row, plot.series)


def _line(sheet: Sheet, middle: float) -> None:
    x = rounded(min(max(middle - 0.75, 1), WIDTH - 1))
    top, bottom = rounded(sheet.y - OVERHANG), rounded(sheet.y + HEIGHT + OVERHANG)
    sheet.shapes.append(Rule(x, top, x, bottom, TEXT, width=2))


def _whole(row: PlotRow) -> bool:
    return all(isinstance(value, Fact) for value in row.values)


def _half(row: PlotRow, *, upward: bool = False) -> float:
    """How many percent lie below the middle, or above it; the middle step counts by half."""
    shares = [size(value) for value in (reversed(row.values) if upward else row.values)]
    half = len(shares) // 2
    middle = shares[half] / 2 if len(shares) % 2 else 0
    return sum(shares[:half]) + middle
