"""Means of windows in time: a bar for each mean, and below it a strip that tells when the window lies.

Where two windows share time the strip is striped. No line joins them: they count the same persons again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from build_tools import texts
from build_tools.charts.draw.lane import Look, from_zero, lane
from build_tools.charts.draw.picture import SERIES, WIDTH, Bar, Rule, Sheet, rounded
from build_tools.charts.draw.scale import EDGE, scale
from build_tools.model import Period, Plot

MEAN = Look(18, SERIES[0])
ALONE, SHARED = (SERIES[1], "solid"), (SERIES[1], "striped")
STRIP = 9
BELOW_KEY, BELOW_LABEL, BELOW_BAR, BEFORE_ROW, BELOW_STRIP = 12, 6, 6, 15, 3


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a window, in days of the calendar, and whether another window has it too."""

    first: int
    after: int
    shared: bool


def draw(plot: Plot, sheet: Sheet) -> None:
    """Draw the key where windows overlap, then the rows from the top down, and the ends of the time."""
    windows = [row.period for row in plot.rows if row.period]
    common = scale(span for row in plot.rows for span in from_zero(row.values[0], plot.unit, MEAN))
    _key(sheet, windows)
    for number, row in enumerate(plot.rows):
        sheet.y += BEFORE_ROW if number else 0
        sheet.write(row.label)
        sheet.y += BELOW_LABEL
        lane(sheet, row.values[0], plot.unit, common, MEAN)
        sheet.y += BELOW_BAR
        if row.period:
            _strip(sheet, row.period, windows)
    if windows:
        sheet.y += BELOW_STRIP
        sheet.ends(texts.month(_first(windows)), texts.month(_last(windows)))


def _first(windows: Sequence[Period]) -> date:
    return min(window.start for window in windows)


def _last(windows: Sequence[Period]) -> date:
    return max(window.end for window in windows)


def _key(sheet: Sheet, windows: Sequence[Period]) -> None:
    if any(part.shared for window in windows for part in stretches(window, windows)):
        sheet.key([("Tid som också räknas i en annan rad", *SHARED), ("Tid som bara räknas här", *ALONE)])
        sheet.y += BELOW_KEY


def stretches(window: Period, windows: Sequence[Period]) -> Iterator[Stretch]:
    """A window in parts, each of which either is its own or belongs to other windows too."""
    first, after = window.start.toordinal(), window.end.toordinal() + 1
    spans = [(other.start.toordinal(), other.end.toordinal() + 1) for other in windows]
    cuts = sorted({first, after, *(end for span in spans for end in span if first < end < after)})
    parts: list[Stretch] = []
    for low, high in pairwise(cuts):
        shared = sum(1 for start, end in spans if start <= low and high <= end) > 1
        if parts and parts[-1].shared is shared:
            low = parts.pop().first
        parts.append(Stretch(low, high, shared))
    yield from parts


def _strip(sheet: Sheet, window: Period, windows: Sequence[Period]) -> None:
    """A line for the whole time, with the window on it and a mark at each new year."""
    first, last = _first(windows), _last(windows)
    begin, whole = first.toordinal(), last.toordinal() + 1 - first.toordinal()

    def place(day: int) -> float:
        return rounded(EDGE + (WIDTH - 2 * EDGE) * (day - begin) / whole)

    middle = rounded(sheet.y + STRIP / 2)
    sheet.shapes.append(Rule(EDGE, middle, WIDTH - EDGE, middle))
    for year in range(first.year + 1, last.year + 1):
        x = place(date(year, 1, 1).toordinal())
        sheet.shapes.append(Rule(x, rounded(sheet.y - 2), x, rounded(sheet.y + STRIP + 2)))
    for part in stretches(window, windows):
        colour, pattern = SHARED if part.shared else ALONE
        x = place(part.first)
        length = rounded(place(part.after) - x)
        sheet.shapes.append(Bar(x, rounded(sheet.y), length, STRIP, colour, pattern))
    sheet.y += STRIP
