"""The lane of one value: a bar from zero with its number at the end, or a word where no bar can stand."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from build_tools import texts
from build_tools.charts.draw.picture import (
    FAINT,
    GAP,
    LABEL,
    SMALL,
    WIDTH,
    Bar,
    Rule,
    Sheet,
    Words,
    rounded,
)
from build_tools.charts.draw.scale import Scale, Span
from build_tools.model import Blank, Fact, Kind

UNSAID = frozenset({"personer", "antal"})
"""Units that the heading tells; all others stand beside each value."""
RISE = 0.35
"""How far below its middle a text has its baseline, in sizes."""
OVERHANG = 3


@dataclass(frozen=True, slots=True)
class Look:
    """How a bar is drawn and its number written. `name` tells whose it is where no bar can tell."""

    height: float
    colour: str
    pattern: str = "solid"
    size: float = LABEL
    name: str = ""


def written(value: Fact | Blank, unit: str) -> str:
    """A value with its unit where the unit needs saying, or the word of its mark."""
    return texts.shown(value, "" if unit in UNSAID else unit)


def with_base(value: Fact | Blank, unit: str) -> str:
    """A value as it is written in a sentence: a share of a known number of persons also in persons."""
    if isinstance(value, Fact) and value.kind is Kind.SHARE and isinstance(value.n, Decimal) and value.n > 0:
        return texts.share(texts.rounded(value.value * value.n / 100, 0), value.n)
    return texts.shown(value, unit)


def from_zero(value: Fact | Blank, unit: str, look: Look) -> tuple[Span, ...]:
    """What a value covers, with what is written beside it; nothing where it is a word."""
    if isinstance(value, Blank):
        return ()
    nought = Decimal(0)
    text = written(value, unit) if value.value else _named(value, unit, look)
    return (Span(min(value.value, nought), max(value.value, nought), text, look.size),)


def _named(value: Fact | Blank, unit: str, look: Look) -> str:
    return f"{look.name}: {written(value, unit)}" if look.name else written(value, unit)


def lane(sheet: Sheet, value: Fact | Blank, unit: str, scale: Scale, look: Look) -> None:
    """Draw one value and go below it."""
    spans = from_zero(value, unit, look)
    if not spans:
        word(sheet, _named(value, unit, look), scale, look)
    for span in spans:
        bar(sheet, span, scale, look)


def bar(sheet: Sheet, span: Span, scale: Scale, look: Look) -> None:
    """Draw a span with its text and go below it; a text too wide to stand beside gets its own line."""
    if not span.beside:
        sheet.write(span.text, size=span.size)
    zero_line(sheet, scale, look)
    left, middle = scale.place(span.low), sheet.y + look.height / 2
    if span.high > span.low:
        length = rounded(scale.place(span.high) - left)
        sheet.shapes.append(Bar(left, rounded(sheet.y), length, look.height, look.colour, look.pattern))
    if span.beside:
        x = rounded(scale.place(span.high) + GAP)
        sheet.shapes.append(Words(x, rounded(middle + span.size * RISE), span.text, span.size, strong=True))
    sheet.y += look.height


def word(sheet: Sheet, text: str, scale: Scale, look: Look) -> None:
    """Write a word where the bar would have stood and go below it."""
    zero_line(sheet, scale, look)
    x = min(scale.zero + GAP, WIDTH - Words(0, 0, text, SMALL).width)
    baseline = rounded(sheet.y + look.height / 2 + SMALL * RISE)
    sheet.shapes.append(Words(rounded(x), baseline, text, SMALL, FAINT, slanted=True))
    sheet.y += look.height


def zero_line(sheet: Sheet, scale: Scale, look: Look) -> None:
    """Mark where zero lies beside the bar that begins there."""
    top, bottom = rounded(sheet.y - OVERHANG), rounded(sheet.y + look.height + OVERHANG)
    sheet.shapes.append(Rule(scale.zero, top, scale.zero, bottom))
