"""Planted errors are found and named: a small sample of the bench, and what the bench itself must hold to."""

from __future__ import annotations

from decimal import Decimal

import pytest

from build_tools.model import Level
from tests.bench import errors
from tests.bench.controlled import at, pair, with_changes
from tests.bench.planted import REPORTED, TUNED, Bench, Trials, surroundings
from tests.bench.truths import Adds, Mean, Number, Percent

SEED, COUNT = "stickprov", 20
"""Neither the seeds that the rules were tuned on nor those of the README's table."""


@pytest.fixture(scope="module")
def bench() -> Bench:
    """Twenty reports with one trial of each class."""
    assert SEED not in (TUNED, REPORTED)
    made = Bench(surroundings(), SEED)
    made.run(COUNT)
    return made


def together(bench: Bench, kinds: tuple[str, ...]) -> Trials:
    """The trials of several classes as one: twenty a class are too few to hold each class to its share."""
    return bench.together(kinds)


def test_every_planted_error_is_found(bench: Bench) -> None:
    """At least 98 percent of what breaks an equation is found; in a sample this small all of it."""
    own = together(bench, errors.CLASSES)
    assert own.tried == COUNT * len(errors.CLASSES)
    assert own.found == own.tried


def test_gross_slips_are_named(bench: Bench) -> None:
    """Among the three proposals at least 95 percent, alone on top at least 85, all gross classes together."""
    own = together(bench, errors.GROSS)
    assert own.named >= 0.95 * own.tried
    assert own.top >= 0.85 * own.tried


def test_small_slips_are_named_nearly_as_often_as_can_be(bench: Bench) -> None:
    """At least 90 percent of what an ideal reader reaches on the same trials."""
    own = together(bench, errors.SMALL)
    assert own.ceiling <= own.tried
    assert own.named >= 0.9 * own.ceiling


def test_correct_reports_are_left_alone(bench: Bench) -> None:
    """No error, and at most two warnings on a hundred reports."""
    assert bench.reports == 2 * COUNT
    assert not bench.alarms[Level.ERROR]
    assert bench.alarms[Level.WARNING] <= 0.02 * bench.reports


def test_a_made_report_holds_by_its_own_equations() -> None:
    """The bench's equations hold in a correct report; each figure breaks one when it is absurd.

    The number behind a group's mean is an exception where both means are alike: then it weighs nothing.
    """
    _before, now = pair("sann")
    assert errors.holds(now, {})
    assert len(now.figures) > 80
    for place in (one for one in now.figures if one[0] not in ("alder", "varaktighet") or one[-1] != "n"):
        assert not errors.holds(now, {place: at(now.tree, place) + 10**9}), place


def test_a_change_is_made_in_a_copy() -> None:
    """Planting leaves the correct report as it was."""
    _before, now = pair("kopia")
    place = ("flode", "nya", "kvinna")
    right = at(now.tree, place)
    assert at(with_changes(now.tree, {place: right + 1}), place) == right + 1
    assert at(now.tree, place) == right


PLACES = a, b, c, d, e = tuple((name,) for name in "abcde")


def numbers(*written: str, rounded: bool = True) -> dict[tuple[str, ...], Number]:
    """Figures with the width of their digits."""
    values = [Decimal(text) for text in written]
    halves = [Decimal("0.5") * Decimal(1).scaleb(int(value.as_tuple().exponent)) for value in values]
    wide = [half if rounded else Decimal(0) for half in halves]
    return {place: Number(*pair_) for place, *pair_ in zip(PLACES, values, wide, strict=False)}  # type: ignore[arg-type]


def test_the_bench_judges_by_what_the_digits_can_stand_for() -> None:
    """A sum, a share and a mean hold within their rounding and not beyond it."""
    added = Adds(((a, 1), (b, 1), (c, -1)))
    assert added.holds(numbers("1.4", "2.4", "3.7"))
    assert not added.holds(numbers("1.4", "2.4", "3.6"))
    assert not added.holds(numbers("1", "2", "4", rounded=False))
    counts = numbers("7", "13", rounded=False)
    share = Percent(c, ((a, 1),), ((b, 1),))
    assert share.holds({**counts, c: Number(Decimal("53.8"), Decimal("0.05"))})
    assert not share.holds({**counts, c: Number(Decimal("53.7"), Decimal("0.05"))})
    groups = numbers("36", "1", "41", "1", rounded=False)
    mean = Mean(e, ((a, b), (c, d)))
    assert mean.holds({**groups, e: Number(Decimal(38), Decimal("0.5"))})
    assert not mean.holds({**groups, e: Number(Decimal(37), Decimal("0.5"))})


def test_a_slip_is_made_as_a_hand_makes_it() -> None:
    """What each way to write wrong can make of a number."""
    assert errors.swapped(Decimal("45.5")) == [Decimal("54.5")]
    assert errors.dropped(Decimal("120")) == [Decimal(20), Decimal(10), Decimal(12)]
    assert errors.doubled(Decimal("7.5")) == [Decimal("77.5"), Decimal("7.55")]
    assert errors.times(10)(Decimal("3.25")) == [Decimal("32.5")]
    assert errors.beside(Decimal(10)) == [Decimal(19), Decimal(20)]
    assert errors.one_off(Decimal("0.1")) == [Decimal("0.2"), Decimal("0.0")]


def test_the_ceiling_shares_what_nothing_tells_apart() -> None:
    """Four figures of one sum that are one more than they should be leave three places for four."""
    assert errors.first_three(0.5, [0.5, 0.5, 0.5, 0.5]) == 0.75
    assert errors.first_three(0.5, [0.9, 0.5]) == 1.0
    assert errors.first_three(0.1, [0.9, 0.5, 0.5, 0.1]) == 0.0
