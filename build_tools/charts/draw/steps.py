"""How much there was from day to day: a step for each stretch of time, from zero, and its number in words."""

from __future__ import annotations

from decimal import Decimal

from build_tools import texts
from build_tools.charts.draw.lane import written
from build_tools.charts.draw.picture import LABEL, SERIES, SMALL, WIDTH, Bar, Rule, Sheet, Words, rounded
from build_tools.charts.draw.scale import EDGE
from build_tools.charts.draw.words import width
from build_tools.model import Blank, Fact, Period, Plot

HEIGHT = 110
ABOVE = 24
"""Room for a number above the highest step."""
BELOW_STEPS, BELOW_ENDS, BELOW_LINE = 4, 10, 2
PATTERNS = ("solid", "striped")
"""Two steps beside each other differ also where they are equally high."""


def draw(plot: Plot, sheet: Sheet) -> None:
    """Draw the steps, the ends of the time, and then each stretch in words."""
    stretches = [(row.period, row.values[0]) for row in plot.rows if row.period]
    if stretches:
        _steps(sheet, stretches, plot.unit)
    for row in plot.rows:
        sheet.write(f"{row.label}: {written(row.values[0], plot.unit)}", size=SMALL)
        sheet.y += BELOW_LINE


def _steps(sheet: Sheet, stretches: list[tuple[Period, Fact | Blank]], unit: str) -> None:
    begin = min(period.start for period, _ in stretches).toordinal()
    end = max(period.end for period, _ in stretches).toordinal() + 1
    highest = max((_top(value) for _, value in stretches), default=Decimal(0)) or Decimal(1)
    base, whole = rounded(sheet.y + ABOVE + HEIGHT), WIDTH - 2 * EDGE
    for number, (period, value) in enumerate(stretches):
        x = rounded(EDGE + whole * (period.start.toordinal() - begin) / (end - begin))
        after = rounded(EDGE + whole * (period.end.toordinal() + 1 - begin) / (end - begin))
        height = rounded(HEIGHT * float(_top(value) / highest))
        text = written(value, "antal")
        if height:
            pattern = PATTERNS[number % len(PATTERNS)]
            sheet.shapes.append(
                Bar(x, rounded(base - height), rounded(after - x), height, SERIES[0], pattern)
            )
        if isinstance(value, Fact) and width(text, LABEL, True) <= after - x:
            place = rounded((x + after - width(text, LABEL, True)) / 2)
            sheet.shapes.append(Words(place, rounded(base - height - 6), text, LABEL, strong=True))
    sheet.shapes.append(Rule(EDGE, base, WIDTH - EDGE, base))
    sheet.y = base + BELOW_STEPS
    sheet.ends(texts.day(stretches[0][0].start), texts.day(stretches[-1][0].end))
    sheet.y += BELOW_ENDS


def _top(value: Fact | Blank) -> Decimal:
    return max(value.value, Decimal(0)) if isinstance(value, Fact) else Decimal(0)
