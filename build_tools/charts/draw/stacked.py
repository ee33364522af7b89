"""Answers as parts of a whole: each row is 100 % wide, with the number of each part below it.

A part that may not be shown has neither length nor place: the row says in words which it is. What stands
before it is laid from the left end, what stands after it from the right; what has such parts on both sides
has no known place and is told in words too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from build_tools import texts
from build_tools.charts.draw.lane import Look
from build_tools.charts.draw.picture import (
    FAINT,
    LEADING,
    SERIES,
    SMALL,
    WIDTH,
    Bar,
    Sheet,
    Words,
    rounded,
)
from build_tools.charts.draw.scale import EDGE
from build_tools.charts.draw.words import width, wrapped
from build_tools.model import Blank, Fact, Plot, PlotRow

HEIGHT = 20
PATTERNS = ("solid", "striped", "lined", "open", "crossed", "backstriped")
BELOW_KEY, BELOW_LABEL, BELOW_BAR, BEFORE_ROW = 12, 5, 2, 15
SEAM = 1.5
"""Between two parts."""
APART = 8
"""Between two numbers on one line."""
WHOLE = 100


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a row: where it begins and how long it is, in percent, and what it says."""

    start: float
    length: float
    look: Look
    text: str


def looks(names: Sequence[str]) -> tuple[Look, ...]:
    """A colour and a pattern for each answer; beyond six the patterns are moved one step on."""
    count = len(SERIES)
    return tuple(
        Look(HEIGHT, SERIES[n % count], PATTERNS[(n + n // count) % count], SMALL, name)
        for n, name in enumerate(names)
    )


def draw(plot: Plot, sheet: Sheet) -> None:
    """Draw the key, then the rows from the top down."""
    styles = looks(plot.series)
    sheet.key([(look.name, look.colour, look.pattern) for look in styles])
    sheet.y += BELOW_KEY
    factor = WIDTH / max([WHOLE, *map(told_share, plot.rows)])
    for number, row in enumerate(plot.rows):
        sheet.y += BEFORE_ROW if number else 0
        heading(sheet, row)
        strip(sheet, segments(row, styles), 0, factor)
        unseen(sheet, row, plot.series)


def heading(sheet: Sheet, row: PlotRow) -> None:
    """The question, and how many answered it."""
    sheet.write(f"{row.label} ({row.note})" if row.note else row.label)
    sheet.y += BELOW_LABEL


def segments(row: PlotRow, styles: Sequence[Look], start: float = 0) -> tuple[Segment, ...]:
    """The parts of a row that have a number above zero and a known place, one after the other."""
    found: list[Segment] = []
    first, last = _gap(row)
    for place, (value, look) in enumerate(zip(row.values, styles, strict=True)):
        if place == last:
            start = max(start, WHOLE - sum(size(one) for one in row.values[place:]))
        if isinstance(value, Fact) and value.value > 0 and not first < place < last:
            share = size(value)
            found.append(Segment(start, share, look, part_text(value)))
            start += share
    return tuple(found)


def _gap(row: PlotRow) -> tuple[int, int]:
    """The places of the first and the last part without a number; beyond the row where all have one."""
    blank = [place for place, value in enumerate(row.values) if isinstance(value, Blank)]
    return (blank[0], blank[-1]) if blank else (len(row.values), len(row.values))


def told_share(row: PlotRow) -> float:
    """How many percent the parts of a row are together; printed shares may be a little more than all."""
    return sum(size(value) for value in row.values)


def size(value: Fact | Blank) -> float:
    """How much of a row a value takes, in percent; a word and what is below zero take nothing."""
    return max(0.0, float(value.value)) if isinstance(value, Fact) else 0.0


def part_text(fact: Fact) -> str:
    """A part's number as its source words it: of few answers how many they are, otherwise percent."""
    if isinstance(fact.n, Decimal) and fact.n < texts.FEW:
        few = texts.with_unit(texts.rounded(fact.value * fact.n / WHOLE, 0), "svar")
        return f"{texts.HEDGES[fact.hedge]}{texts.NBSP}{few}" if fact.hedge else few
    return texts.shown(fact, decimals=0)


def strip(sheet: Sheet, parts: Sequence[Segment], left: float, factor: float) -> None:
    """Draw the parts side by side and their numbers below."""
    for part in parts:
        x, length = rounded(left + part.start * factor), part.length * factor
        drawn = rounded(max(min(length, 1), length - SEAM))
        x = max(0.0, rounded(min(x, WIDTH - drawn - EDGE / 2)))
        sheet.shapes.append(Bar(x, rounded(sheet.y), drawn, HEIGHT, part.look.colour, part.look.pattern))
    sheet.y += HEIGHT + BELOW_BAR
    under(sheet, [(left + (part.start + part.length / 2) * factor, part.text) for part in parts])


def under(sheet: Sheet, texts_at: Sequence[tuple[float, str]]) -> None:
    """Write each text below its place; on a further line where the one before it is too near."""
    ends: list[float] = []
    for middle, text in texts_at:
        room = width(text, SMALL)
        x = max(0.0, min(middle - room / 2, WIDTH - EDGE / 2 - room))
        line = next((n for n, end in enumerate(ends) if end + APART <= x), len(ends))
        ends[line:] = [x + room] if line == len(ends) else [x + room, *ends[line + 1 :]]
        baseline = rounded(sheet.y + SMALL + line * SMALL * LEADING)
        sheet.shapes.append(Words(rounded(x), baseline, text, SMALL))
    sheet.y += SMALL * LEADING * len(ends)


def unseen(sheet: Sheet, row: PlotRow, names: Sequence[str]) -> None:
    """Tell in words which answers have no number, and those whose place between them nobody knows."""
    first, last = _gap(row)
    between = [
        f"{name} {part_text(value)}"
        for place, (value, name) in enumerate(zip(row.values, names, strict=True))
        if isinstance(value, Fact) and first < place < last
    ]
    if between:
        _say(sheet, f"Utan känd plats i stapeln: {texts.listed(between)}")
    told: dict[str, list[str]] = {}
    for value, name in zip(row.values, names, strict=True):
        if isinstance(value, Blank):
            told.setdefault(texts.MARKS[value.mark].capitalize(), []).append(name)
    for word, which in told.items():
        whole = "alla svar" if len(which) == len(names) else texts.listed(which)
        _say(sheet, f"{word}: {whole}")


def _say(sheet: Sheet, told: str) -> None:
    for line in wrapped(told, SMALL, WIDTH):
        sheet.shapes.append(Words(0, rounded(sheet.y + SMALL), line, SMALL, FAINT, slanted=True))
        sheet.y += SMALL * LEADING
