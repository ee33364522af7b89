"""How many at each step, a group of bars for each source, with the source's target as a line across them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from build_tools.charts.draw.lane import RISE, Look, from_zero, word, written
from build_tools.charts.draw.picture import GAP, SERIES, SMALL, TEXT, Bar, Rule, Sheet, Words, rounded
from build_tools.charts.draw.scale import Scale, Span, scale
from build_tools.model import Fact, Plot, PlotRow

TARGET = "mal"
STEP = Look(18, SERIES[0])
OVERHANG = 4
MARK = 3
BELOW_HEADING, BELOW_LABEL, BEFORE_ROW, BEFORE_GROUP = 6, 6, 13, 22


def draw(plot: Plot, sheet: Sheet) -> None:
    """Draw the groups from the top down on one scale."""
    groups = [(name, tuple(rows)) for name, rows in groupby(plot.rows, key=lambda row: row.group)]
    common = scale(span for _, rows in groups for span in _spans(rows, plot.unit))
    for number, (name, rows) in enumerate(groups):
        sheet.y += BEFORE_GROUP if number else 0
        target = _target(rows)
        if name:
            sheet.write(name, strong=True)
        if target:
            sheet.write(f"{target.label}: {written(target.values[0], plot.unit)}, strecket", size=SMALL)
        sheet.y += BELOW_HEADING if name or target else 0
        for place, row in enumerate(row for row in rows if row.mark != TARGET):
            sheet.y += BEFORE_ROW if place else 0
            sheet.write(row.label)
            sheet.y += BELOW_LABEL
            _lane(sheet, row, plot.unit, common, _value(target))


def _target(rows: tuple[PlotRow, ...]) -> PlotRow | None:
    return next((row for row in rows if row.mark == TARGET and isinstance(row.values[0], Fact)), None)


def _value(target: PlotRow | None) -> Fact | None:
    value = target.values[0] if target else None
    return value if isinstance(value, Fact) else None


def _spans(rows: tuple[PlotRow, ...], unit: str) -> Iterator[Span]:
    """What the bars cover; a number has room also where it must stand after the target."""
    target = _value(_target(rows))
    for row in rows:
        for span in from_zero(row.values[0], unit, STEP):
            yield replace(span, high=max(span.high, target.value)) if target else span


def _lane(sheet: Sheet, row: PlotRow, unit: str, common: Scale, target: Fact | None) -> None:
    spans = from_zero(row.values[0], unit, STEP)
    if not spans:
        word(sheet, written(row.values[0], unit), common, STEP)
    for span in spans:
        if not span.beside:
            sheet.write(span.text, size=span.size)
        top, end = rounded(sheet.y), common.place(span.high)
        if span.high > 0:
            sheet.shapes.append(Bar(common.zero, top, common.length(span.high), STEP.height, STEP.colour))
        mark = common.place(target.value) if target else 0.0
        if target:
            sheet.shapes.append(
                Rule(mark, top - OVERHANG, mark, top + STEP.height + OVERHANG, TEXT, width=MARK)
            )
        if span.beside:
            x = mark + GAP if end - GAP < mark < end + span.room + GAP else end + GAP
            baseline = rounded(sheet.y + STEP.height / 2 + span.size * RISE)
            sheet.shapes.append(Words(rounded(x), baseline, span.text, span.size, strong=True))
        sheet.y += STEP.height
