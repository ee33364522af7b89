"""A flow: balances as bars from zero, and what comes in or goes out as steps between them.

Rows of level 0 are balances: opening, total and closing. Rows of level 1 before the total add to the
opening; those after it are taken from the total.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from build_tools.charts.draw.lane import Look, bar, from_zero, word, written
from build_tools.charts.draw.picture import MINUS, PLUS, SERIES, Rule, Sheet, rounded
from build_tools.charts.draw.scale import Scale, Span, scale
from build_tools.model import Blank, Fact, Plot, PlotRow
from build_tools.texts import MINUS as MINUS_SIGN

HEIGHT = 18
BALANCE = Look(HEIGHT, SERIES[0])
IN, OUT = Look(HEIGHT, PLUS, "striped"), Look(HEIGHT, MINUS, "backstriped")
BELOW_LABEL, BEFORE_ROW = 6, 15


@dataclass(frozen=True, slots=True)
class Step:
    """A row in its place; without a span where it has a word instead of a number."""

    row: PlotRow
    look: Look
    span: Span | None = None


def draw(plot: Plot, sheet: Sheet) -> None:
    """Draw the rows from the top down, a thin line leading from zero to each step."""
    placed = tuple(steps(plot))
    common = scale(step.span for step in placed if step.span)
    for number, step in enumerate(placed):
        sheet.y += BEFORE_ROW if number else 0
        sheet.write(step.row.label)
        sheet.y += BELOW_LABEL
        if step.span is None:
            word(sheet, written(step.row.values[0], plot.unit), common, step.look)
        else:
            _leader(sheet, step.span, common)
            bar(sheet, step.span, common, step.look)


def steps(plot: Plot) -> Iterator[Step]:
    """Place the rows after one another; a step after an unknown balance has its number but no bar."""
    level: Decimal | None = None
    balances = 0
    for row in plot.rows:
        value = row.values[0]
        balances += 0 if row.level else 1
        sign = -1 if balances > 1 else 1
        look = BALANCE if not row.level else IN if sign > 0 else OUT
        if isinstance(value, Blank):
            level = None
            yield Step(row, look)
        elif row.level:
            yield Step(row, look, _change(value, plot.unit, level, sign))
            level = None if level is None else level + sign * value.value
        else:
            level = value.value
            yield Step(row, look, from_zero(value, plot.unit, look)[0])


def _change(value: Fact, unit: str, level: Decimal | None, sign: int) -> Span:
    text = written(value, unit)
    if value.value > 0:
        text = ("+" if sign > 0 else MINUS_SIGN) + text
    if level is None:
        return Span(Decimal(0), Decimal(0), text)
    after = level + sign * value.value
    return Span(min(level, after), max(level, after), text)


def _leader(sheet: Sheet, span: Span, common: Scale) -> None:
    if span.low > 0 and span.beside:
        middle = rounded(sheet.y + HEIGHT / 2)
        sheet.shapes.append(Rule(common.zero, middle, common.place(span.low), middle, dashed=True))
