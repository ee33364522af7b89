"""A small line through the years, without axes: written by hand, since there are thousands of them.

The line begins anew where a year is missing or counted otherwise than the year before it (a row whose
mark is `brott`), and a dashed line stands between the two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

from build_tools.charts.draw.picture import Picture, rounded
from build_tools.charts.draw.svg import COLOURS, STAND_INS
from build_tools.model import Fact, Plot

BREAK = "brott"
WIDTH, HEIGHT, EDGE = 120, 32, 5
LINE, END, GRID = (COLOURS[STAND_INS[name]] for name in ("serie-1", "serie-1", "rutnat"))


@dataclass(frozen=True, slots=True)
class Point:
    """A year at its place; `anew` tells that the line does not come from the year before."""

    x: float
    y: float
    anew: bool


def svg(plot: Plot, name: Picture) -> str:
    """The line as one SVG element; `name` has its id, title and description."""
    title, told_as = quoteattr(f"{name.id}-titel"), quoteattr(f"{name.id}-beskrivning")
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f"aria-labelledby={title} aria-describedby={told_as}>"
    )
    told = (
        f"<title id={title}>{escape(name.title)}</title>",
        f"<desc id={told_as}>{escape(name.description)}</desc>",
    )
    return "\n".join([head, *told, *_shapes(plot), "</svg>"])


def _shapes(plot: Plot) -> Iterator[str]:
    placed = points(plot)
    floor = HEIGHT - EDGE
    zero = height(Decimal(0), *ends(plot))
    ground = f"M {EDGE} {zero:g} L {WIDTH - EDGE} {zero:g}"
    yield f'<path d="{ground}" style="fill:none;stroke:{GRID};stroke-width:1"/>'
    for before, after in pairwise(placed):
        if after.anew:
            x = rounded((before.x + after.x) / 2)
            yield (
                f'<path d="M {x:g} 2 L {x:g} {floor}" '
                f'style="fill:none;stroke:{GRID};stroke-width:1.5;stroke-dasharray:2,2"/>'
            )
    for run in runs(placed):
        line = " L ".join(f"{point.x:g} {point.y:g}" for point in run)
        if len(run) > 1:
            yield f'<path d="M {line}" style="fill:none;stroke:{LINE};stroke-width:2"/>'
    for point in placed:
        yield _dot(point, 3.5 if point is placed[-1] else 2)


def _dot(point: Point, radius: float) -> str:
    turn = f"a {radius:g} {radius:g} 0 1 0"
    path = f"M {rounded(point.x - radius):g} {point.y:g} {turn} {2 * radius:g} 0 {turn} {-2 * radius:g} 0 z"
    return f'<path d="{path}" style="fill:{END};stroke:none"/>'


def runs(placed: Sequence[Point]) -> Iterator[tuple[Point, ...]]:
    """The points that one line goes through."""
    run: list[Point] = []
    for point in placed:
        if point.anew and run:
            yield tuple(run)
            run = []
        run.append(point)
    if run:
        yield tuple(run)


def ends(plot: Plot) -> tuple[Decimal, Decimal]:
    """The lowest and the highest value, with zero among them."""
    values = [value.value for row in plot.rows for value in row.values[:1] if isinstance(value, Fact)]
    return min([Decimal(0), *values]), max([Decimal(0), *values])


def height(value: Decimal, low: Decimal, high: Decimal) -> float:
    """How far down a value lies."""
    up = float((value - low) / (high - low)) if high > low else 0.0
    return rounded(HEIGHT - EDGE - up * (HEIGHT - 2 * EDGE))


def points(plot: Plot) -> tuple[Point, ...]:
    """The years that have a number, at even distances."""
    low, high = ends(plot)
    step = (WIDTH - 2 * EDGE) / max(1, len(plot.rows) - 1)
    found: list[Point] = []
    anew = False
    for number, row in enumerate(plot.rows):
        value = row.values[0]
        anew = anew or row.mark == BREAK
        if isinstance(value, Fact):
            x, y = rounded(EDGE + number * step), height(value.value, low, high)
            found.append(Point(x, y, anew and bool(found)))
            anew = False
        else:
            anew = True
    return tuple(found)
