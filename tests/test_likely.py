"""Plausibility: hardly any correct figure is told of, and the limits are those of the distribution."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

from build_tools.checks.expected import Spread, limits, quantile
from build_tools.model import Cell, Fact, Interval, Kind, Where
from tests.bench.rimligt import RULES, tried

SPREAD = Spread(counts=0.3, shares=0.2, means=0.2, money=0.3, weight=20)
SEEDS = (11, 12)


def fact(kind: Kind, value: str, n: int | None = None) -> Fact:
    """A figure of a kind."""
    number = Decimal(value)
    behind = None if n is None else Decimal(n)
    return Fact(Cell("nord/2024", "x", "x"), number, Interval(number, number), kind, Where("x"), n=behind)


def test_fewer_than_one_correct_figure_of_5000_is_told_of() -> None:
    """Teams that grow, figures that vary more than chance, changes that stay: what is right stays silent."""
    found = sum((tried(seed) for seed in SEEDS), Counter[tuple[str, str]]())
    for code in RULES:
        assert found[code, "prövade"] > 15_000
        assert found[code, "falska"] * 5_000 <= found[code, "prövade"]
        assert found[code, "funna"] * 2 > found[code, "tiofaldiga"]


@pytest.mark.parametrize(
    ("freedom", "expected"), [(1, 10610.33), (2, 129.0936), (3, 33.2125), (22, 4.9463), (40, 4.4855)]
)
def test_the_tail_of_students_t(freedom: int, expected: float) -> None:
    """The quantiles are those of the tables, for odd and even degrees of freedom."""
    assert quantile(freedom) == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize("kind", [Kind.COUNT, Kind.MEAN, Kind.SHARE, Kind.SUM, Kind.AMOUNT])
def test_limits_lie_around_the_others(kind: Kind) -> None:
    """Numbers alike give limits below and above them, and wider ones where they differ."""
    narrow = limits(fact(kind, "40", 50), [38, 40, 42], SPREAD)
    wide = limits(fact(kind, "40", 50), [10, 40, 70], SPREAD)
    assert narrow
    assert wide
    assert wide[0] < narrow[0] < 38 < 42 < narrow[1] < wide[1]


def test_small_numbers_have_wide_limits() -> None:
    """Chance alone makes three of none and none of three."""
    found = limits(fact(Kind.COUNT, "0"), [0, 0, 0], SPREAD)
    assert found
    assert found[0] == 0
    assert found[1] > 5


@pytest.mark.parametrize("kind", [Kind.MEAN, Kind.SUM, Kind.AMOUNT])
def test_what_has_no_logarithm_tells_nothing(kind: Kind) -> None:
    """Nothing, and what is below nothing, is no measure of how large money or time usually is."""
    assert limits(fact(kind, "40"), [0, 40, 42], SPREAD) is None
    assert limits(fact(kind, "40"), [-40, 40, 42], SPREAD) is None


def test_a_share_of_nobody_knows_how_many_is_not_judged() -> None:
    """Half of two and half of two thousand do not vary alike."""
    assert limits(fact(Kind.SHARE, "50"), [48, 50, 52], SPREAD) is None


def test_absurd_numbers_blur_nothing() -> None:
    """A number that is no figure is passed over among the others; alone it gives no limits."""
    assert limits(fact(Kind.COUNT, "1e400"), [38, 40, 42, 1e300], SPREAD) == limits(
        fact(Kind.COUNT, "40"), [38, 40, 42], SPREAD
    )
    assert limits(fact(Kind.COUNT, "40"), [float("inf"), 1e300, -1e300], SPREAD) is None
