"""Two questions crossed: a square for each pair, whose area tells how many, with its number below it."""

from __future__ import annotations

from math import sqrt

from build_tools import texts
from build_tools.charts.draw.picture import (
    FAINT,
    LABEL,
    LEADING,
    SERIES,
    TEXT,
    WIDTH,
    Bar,
    Rule,
    Sheet,
    Words,
    rounded,
)
from build_tools.charts.draw.words import wrapped
from build_tools.model import Blank, Fact, Plot, PlotRow

SIDE = 34
"""The side of the largest square."""
HEAD = 14
"""Size of the headings of columns."""
PAD = 4
BELOW_HEAD, BELOW_LABEL, BELOW_SQUARE, BEFORE_ROW = 8, 6, 2, 12


def draw(plot: Plot, sheet: Sheet) -> None:
    """Draw the headings of the columns, then the rows from the top down."""
    room = WIDTH / len(plot.series)
    _heads(sheet, plot.series, room)
    found = [value.value for row in plot.rows for value in row.values if isinstance(value, Fact)]
    largest = max(found, default=0)
    for number, row in enumerate(plot.rows):
        sheet.y += BEFORE_ROW if number else 0
        sheet.shapes.append(Rule(1, rounded(sheet.y), WIDTH - 1, rounded(sheet.y)))
        sheet.y += PAD
        sheet.write(row.label)
        sheet.y += BELOW_LABEL
        _row(sheet, row, room, float(largest))


def _heads(sheet: Sheet, names: tuple[str, ...], room: float) -> None:
    columns = [wrapped(name, HEAD, room - PAD) for name in names]
    deepest = max(len(lines) for lines in columns)
    for place, lines in enumerate(columns):
        for number, line in enumerate(lines, start=deepest - len(lines) + 1):
            x = place * room
            baseline = rounded(sheet.y + HEAD + (number - 1) * HEAD * LEADING)
            sheet.shapes.append(Words(rounded(x), baseline, line, HEAD, FAINT))
    sheet.y += deepest * HEAD * LEADING + BELOW_HEAD


def _row(sheet: Sheet, row: PlotRow, room: float, largest: float) -> None:
    sides = [_side(value, largest) for value in row.values]
    highest = rounded(sheet.y + max(sides))
    deepest = 1
    for place, (value, side) in enumerate(zip(row.values, sides, strict=True)):
        x = rounded(place * room)
        if side:
            sheet.shapes.append(Bar(x, rounded(highest - side), side, side, SERIES[0]))
        lines = _written(value, x, highest + BELOW_SQUARE, room - PAD)
        sheet.shapes.extend(lines)
        deepest = max(deepest, len(lines))
    sheet.y = highest + BELOW_SQUARE + deepest * LABEL * LEADING


def _side(value: Fact | Blank, largest: float) -> float:
    count = float(value.value) if isinstance(value, Fact) else 0.0
    return rounded(SIDE * sqrt(max(0.0, count) / largest)) if largest else 0.0


def _written(value: Fact | Blank, x: float, top: float, room: float) -> list[Words]:
    """The number, or the word that stands instead of it."""
    text, number = texts.shown(value), isinstance(value, Fact)
    size, colour = (LABEL, TEXT) if number else (HEAD, FAINT)
    return [
        Words(x, rounded(top + LABEL + place * LABEL * LEADING), line, size, colour, number, not number)
        for place, line in enumerate(wrapped(text, size, room, number))
    ]
