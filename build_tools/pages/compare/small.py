"""A small line of one figure through the years, by hand: many stand on a page, all on one axis of time.

The line stops where a year cannot be compared with the one before, and the gap is hatched. It begins at
zero and has no colours of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html import escape
from itertools import pairwise

from markupsafe import Markup

WIDTH, HEIGHT, EDGE, FOOT = 220, 84, 8, 16
STRIPE = 5
"""Between the lines of a hatch."""


@dataclass(frozen=True, slots=True)
class Year:
    """A year of a figure: the middle of its period, its label, its number, and if a line stops before it."""

    day: date
    label: str
    value: Decimal | None
    broken: bool


@dataclass(frozen=True, slots=True)
class _Point:
    x: float
    y: float
    anew: bool


def svg(years: Sequence[Year], name: str, title: str, description: str) -> Markup:
    """The years as one SVG element with a title and a description."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-labelledby="{name}-titel" aria-describedby="{name}-om">'
        f'<title id="{name}-titel">{_plain(title)}</title><desc id="{name}-om">{_plain(description)}</desc>'
    )
    return Markup("".join([head, *_shapes(years), "</svg>"]))  # noqa: S704 - every text is escaped above


def _plain(text: str) -> str:
    """Text that neither HTML nor a template language reads as anything else."""
    return escape(text).replace("{", "&#123;").replace("}", "&#125;")


def _shapes(years: Sequence[Year]) -> Iterator[str]:
    placed = tuple(_points(years))
    ground = HEIGHT - FOOT
    yield f'<path class="sr-axel" d="M{EDGE} {_height(Decimal(0), years):g}H{WIDTH - EDGE}"/>'
    for before, after in pairwise(placed):
        if after.anew:
            yield f'<path class="sr-skraffering" d="{_hatch(before.x, after.x, ground)}"/>'
        else:
            yield f'<path class="sr-linje" d="M{before.x:g} {before.y:g}L{after.x:g} {after.y:g}"/>'
    for point in placed:
        yield f'<circle class="sr-punkt" cx="{point.x:g}" cy="{point.y:g}" r="3"/>'
    for year, anchor in ((years[0], "start"), (years[-1], "end")):
        x = EDGE if anchor == "start" else WIDTH - EDGE
        yield f'<text x="{x}" y="{HEIGHT - 3}" text-anchor="{anchor}">{_plain(year.label)}</text>'


def _hatch(left: float, right: float, ground: int) -> str:
    """Slanting lines in the gap between two years."""
    middle, half = (left + right) / 2, min(9.0, (right - left) / 2 - 4)
    if half <= 0:
        return f"M{middle:g} {EDGE}V{ground}"
    rows = range(EDGE + STRIPE, ground, STRIPE)
    return "".join(f"M{middle - half:g} {row:g}L{middle + half:g} {row - STRIPE:g}" for row in rows)


def _points(years: Sequence[Year]) -> Iterator[_Point]:
    first, last = years[0].day, years[-1].day
    span = max((last - first).days, 1)
    anew = False
    for year in years:
        anew = anew or year.broken
        if year.value is None:
            anew = True
        else:
            x = EDGE + (WIDTH - 2 * EDGE) * (year.day - first).days / span
            yield _Point(round(x, 1), _height(year.value, years), anew)
            anew = False


def _height(value: Decimal, years: Sequence[Year]) -> float:
    """How far down a value lies, on a scale with zero on it."""
    values = [Decimal(0), *(year.value for year in years if year.value is not None)]
    low, high = min(values), max(values)
    up = float((value - low) / (high - low)) if high > low else 0.0
    return round(HEIGHT - FOOT - up * (HEIGHT - FOOT - EDGE), 1)
