"""Small drawings beside the figures of two reports: from A to B, and all years with both marked.

They are written by hand, since there are hundreds on a page. Every value stands in words beside them.
`jamfor.js` draws the same of any two reports, sign for sign; a test holds that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import groupby, pairwise
from math import floor

from markupsafe import Markup

from build_tools.model import Blank, Fact, Kind, Run, Step

WIDTH, EDGE = 120, 7
LINE, LANE = 34, 14
WHOLE = Decimal(100)
NUDGE = 1e-7
"""Hides how doubles write tenths, as in the differences beside."""


def dumbbell(a: Fact | Blank | None, b: Fact | Blank | None) -> Markup:
    """A ring for A, a disc for B and the way between; nothing where either has no number.

    Shares lie between 0 and 100 percent, all else between zero and the larger.
    """
    if not isinstance(a, Fact) or not isinstance(b, Fact):
        return Markup("")
    share = a.kind is Kind.SHARE and a.value <= WHOLE >= b.value
    ends = _ends([a.value, b.value, *([WHOLE] if share else [])])
    first, second = _across(a.value, ends), _across(b.value, ends)
    return Markup(
        '<svg class="sr-vag" viewBox="0 0 120 14" aria-hidden="true"><path d="M7 7H113"/>'
        '<path class="sr-vag-mellan" d="M{0:g} 7H{1:g}"/><circle class="sr-a" cx="{0:g}" cy="7" r="4.5"/>'
        '<circle class="sr-b" cx="{1:g}" cy="7" r="3.2"/></svg>'
    ).format(first, second)


def spark(run: Run, pair: tuple[str, str], names: Mapping[str, str]) -> Markup:
    """All years of a figure, A as a ring and B as a disc; hatched where two years cannot be compared."""
    shown = [step for step in run.steps if isinstance(step.figure, Fact)]
    if len(shown) < 2:
        return Markup("")
    places = _places(run.steps)
    lines = Markup("").join(
        Markup('<path class="sr-linje" d="M{}"/>').format("L".join(places[at] for at in stretch))
        for stretch in _stretches(run.steps)
        if len(stretch) > 1
    )
    parts = (told(run, names), _breaks(run.steps), lines, _points(run.steps, places, pair))
    frame = Markup('<svg class="sr-serie" viewBox="0 0 120 34" role="img"><title>{}</title>{}{}{}</svg>')
    return frame.format(*parts) + _span(run, names)


def _span(run: Run, names: Mapping[str, str]) -> Markup:
    """The first and the last year, under the ends of the line; a screen reader has them in the title."""
    ends = (names[run.steps[at].report] for at in (0, -1))
    told = Markup('<span class="sr-serie-ar" aria-hidden="true"><span>{}</span> <span>{}</span></span>')
    return told.format(*ends)


def told(run: Run, names: Mapping[str, str]) -> str:
    """The drawing in words: every year with its value, and where the years part."""
    years = ", ".join(f"{names[step.report]}: {step.shown}" for step in run.steps)
    parted = [
        f" Går inte att jämföra: {names[before.report]} och {names[after.report]}."
        for before, after in pairwise(run.steps)
        if _parted(before, after)
    ]
    return f"{years}.{''.join(parted)}"


def _parted(before: Step, after: Step) -> bool:
    """Whether two years both have a number, and these cannot be compared."""
    return after.broken and isinstance(before.figure, Fact) and isinstance(after.figure, Fact)


def _stretches(steps: Sequence[Step]) -> list[list[int]]:
    """The years that one line goes through."""
    number, marks = 0, []
    for at, step in enumerate(steps):
        number += step.broken or not isinstance(step.figure, Fact)
        marks.append((number, at))
    shown = [mark for mark in marks if isinstance(steps[mark[1]].figure, Fact)]
    return [[at for _, at in stretch] for _, stretch in groupby(shown, key=lambda mark: mark[0])]


def _breaks(steps: Sequence[Step]) -> Markup:
    """A few slanting lines in each gap between years that cannot be compared."""
    drawn = Markup("")
    for at, (before, after) in enumerate(pairwise(steps)):
        if _parted(before, after):
            middle = _tenth((_column(at, steps) + _column(at + 1, steps)) / 2)
            slants = "".join(f"M{middle + x - 3:g} 31L{middle + x + 3:g} 3" for x in (-5, 0, 5))
            drawn += Markup('<path class="sr-glapp" d="{}"/>').format(slants)
    return drawn


def _points(steps: Sequence[Step], places: Mapping[int, str], pair: tuple[str, str]) -> Markup:
    """A dot for each year, a ring for A and a disc for B."""
    years = "".join(f"M{place}h0" for at, place in places.items() if steps[at].report not in pair)
    drawn = Markup('<path class="sr-ar" d="{}"/>').format(years) if years else Markup("")
    mark = Markup('<circle class="sr-{}" cx="{}" cy="{}" r="{}"/>')
    for name, report, size in (("a", pair[0], "4"), ("b", pair[1], "3.4")):
        for at, place in places.items():
            if steps[at].report == report:
                x, y = place.split(" ")
                drawn += mark.format(name, x, y, size)
    return drawn


def _places(steps: Sequence[Step]) -> dict[int, str]:
    ends = _ends([step.figure.value for step in steps if isinstance(step.figure, Fact)])
    return {
        at: f"{_column(at, steps):g} {_down(step.figure.value, ends):g}"
        for at, step in enumerate(steps)
        if isinstance(step.figure, Fact)
    }


def _column(at: int, steps: Sequence[Step]) -> float:
    return _tenth(EDGE + at * (WIDTH - 2 * EDGE) / max(1, len(steps) - 1))


def _ends(values: Sequence[Decimal]) -> tuple[float, float]:
    low, high = float(min([Decimal(0), *values])), float(max([Decimal(0), *values]))
    return low, high if high > low else low + 1


def _across(value: Decimal, ends: tuple[float, float]) -> float:
    return _tenth(EDGE + _part(value, ends) * (WIDTH - 2 * EDGE))


def _down(value: Decimal, ends: tuple[float, float]) -> float:
    return _tenth(LINE - 5 - _part(value, ends) * (LINE - 10))


def _part(value: Decimal, ends: tuple[float, float]) -> float:
    return (float(value) - ends[0]) / (ends[1] - ends[0])


def _tenth(value: float) -> float:
    """A tenth of a pixel, as the browser's script rounds it."""
    return floor(value * 10 + 0.5 + NUDGE) / 10
