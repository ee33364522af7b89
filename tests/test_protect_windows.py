"""No small group can be worked out of means whose times overlap, in one report or in two."""

from __future__ import annotations

from datetime import date
from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.test_protect import LIMITS, SETTINGS, Made, Rules, publish

QUARTERS = 5
Windows = dict[tuple[int, int], int]
"""How many left in some times, each given as a first quarter and the one after the last."""


def _told(made: Made, windows: Windows) -> Made:
    """A report with a mean for each time."""
    points = [
        {"start": _day(first), "slut": _day(after, last=True), "medel": 7 + first, "n": n}
        for (first, after), n in windows.items()
    ]
    return made.series("genomstromningstid", points)


def _day(quarter: int, *, last: bool = False) -> date:
    year, place = divmod(quarter, 4)
    start = date(2020 + year, 3 * place + 1, 1)
    return date.fromordinal(start.toordinal() - 1) if last else start


def _key(window: tuple[int, int]) -> str:
    return f"genomstromningstid.serie.{_day(window[0])}_{_day(window[1], last=True)}"


@st.composite
def reports(draw: st.DrawFn) -> tuple[list[int], list[Windows], Rules]:
    """How many left in each of five quarters, and two reports that each tell some of the times."""
    left = draw(st.lists(st.integers(0, 9), min_size=QUARTERS, max_size=QUARTERS))
    times = st.tuples(st.integers(0, QUARTERS - 1), st.integers(1, QUARTERS)).filter(lambda w: w[0] < w[1])
    chosen = [draw(st.lists(times, max_size=4, unique=True)) for _ in range(2)]
    told = [{window: sum(left[slice(*window)]) for window in windows} for windows in chosen]
    return left, told, Rules(mean=draw(LIMITS))


@SETTINGS
@given(reports())
def test_no_small_stretch_can_be_solved(drawn: tuple[list[int], list[Windows], Rules]) -> None:
    """A reader who adds and subtracts the windows that she sees gets no group below the limit."""
    left, told, rules = drawn
    names = ("laget/2020", "laget/2021")
    shown = publish([_told(Made(name), windows) for name, windows in zip(names, told, strict=True)], rules)
    seen = {
        window
        for name, windows in zip(names, told, strict=True)
        for window in windows
        if shown.reports[name].fact(_key(window))
    }
    rows = np.array([[first <= q < after for q in range(QUARTERS)] for first, after in sorted(seen)], float)
    rank = np.linalg.matrix_rank(rows) if seen else 0
    for group in product((0, 1), repeat=QUARTERS):
        few = sum(n for n, inside in zip(left, group, strict=True) if inside)
        if seen and 0 < few < rules.mean:
            assert np.linalg.matrix_rank(np.vstack([rows, group])) > rank, (group, seen)
