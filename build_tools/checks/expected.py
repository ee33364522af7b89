"""What a figure may be, judging by others like it: limits that hardly any correct figure passes.

Numbers are taken to a scale where their spread does not hang on their size: counts by the transformation for
the negative binomial (Anscombe 1948), shares by the arcsine, means and money by the logarithm. There a new
number follows Student's t around the mean of the others. The variance is moderated (Smyth 2004): a usual
spread weighs as much as `weight` numbers would, so that three numbers alike by chance give no narrow limits.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from build_tools.model import Fact, Kind

TAIL = 0.00003
"""What may fall outside on each side. Together it is a third of the one in 5 000 that is promised: figures
have longer tails than the model, and one may be judged by two rules.
"""
LARGEST = 1e15
"""Beyond this a number is no figure, and would only blur the others."""
MOST_SPREAD = 1e9


@dataclass(frozen=True, slots=True)
class Spread:
    """How much like figures usually differ, as standard deviations, and how many numbers that weighs as."""

    counts: float
    shares: float
    means: float
    money: float
    weight: int


@dataclass(frozen=True, slots=True)
class Scale:
    """A way to a scale of even spread and back."""

    forward: Callable[[float], float]
    back: Callable[[float], float]
    spread: float


def limits(fact: Fact, others: Sequence[float], spread: Spread) -> tuple[float, float] | None:
    """The least and the most that a figure should be beside others; None where they tell nothing."""
    scale = _scale(fact, spread)
    usable = [value for value in others if abs(value) < LARGEST]
    if (
        scale is None
        or not usable
        or (fact.kind in (Kind.MEAN, Kind.SUM, Kind.AMOUNT) and min(usable, default=0) <= 0)
    ):
        return None
    moved = [scale.forward(value) for value in usable]
    count, centre = len(moved), sum(moved) / len(moved)
    freedom = spread.weight + count - 1
    own = sum((value - centre) ** 2 for value in moved)
    variance = (spread.weight * scale.spread**2 + own) / freedom
    reach = quantile(freedom) * math.sqrt(variance * (1 + 1 / count))
    return scale.back(centre - reach), scale.back(centre + reach)


def _scale(fact: Fact, spread: Spread) -> Scale | None:
    n = float(fact.n) if isinstance(fact.n, Decimal) and 0 < fact.n < LARGEST else None
    match fact.kind:
        case Kind.COUNT:
            return _counts(spread.counts)
        case Kind.SHARE:
            return _shares(math.sqrt(spread.shares**2 + 1 / n)) if n else None
        case Kind.MEAN:
            return Scale(math.log, math.exp, math.sqrt(spread.means**2 + (1 / n if n else 0)))
        case Kind.SUM | Kind.AMOUNT:
            return Scale(math.log, math.exp, spread.money)


def _counts(spread: float) -> Scale:
    size = spread**2
    return Scale(
        lambda value: 2 * math.asinh(math.sqrt(size * (max(value, 0) + 0.375))),
        lambda moved: max(0.0, math.sinh(max(moved, 0.0) / 2) ** 2 / size - 0.375),
        spread,
    )


def _shares(spread: float) -> Scale:
    return Scale(
        lambda value: 2 * math.asin(math.sqrt(min(max(value / 100, 0.0), 1.0))),
        lambda moved: 100 * math.sin(min(max(moved, 0.0), math.pi) / 2) ** 2,
        spread,
    )


@lru_cache
def quantile(freedom: int) -> float:
    """How many standard deviations from the middle the tail of Student's t begins."""
    low, high = 0.0, MOST_SPREAD
    while high - low > 1e-9 * high:
        middle = (low + high) / 2
        low, high = (middle, high) if _above(middle, freedom) > TAIL else (low, middle)
    return high


def _above(value: float, freedom: int) -> float:
    """How much of Student's t lies above a number: the finite series for whole degrees of freedom."""
    angle = math.atan(value / math.sqrt(freedom))
    cosine = math.cos(angle)
    odd = freedom % 2
    term = cosine if odd else 1.0
    added = 0.0 if freedom == 1 else term
    for step in range(3 if odd else 2, freedom - 1, 2):
        term *= cosine**2 * (step - 1) / step
        added += term
    within = math.sin(angle) * added
    return 0.5 - (0.5 * within if not odd else (angle + within) / math.pi)
