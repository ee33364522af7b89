"""The arithmetic of derived figures, on plain numbers and intervals."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from build_tools.model import Interval

HUNDRED = Decimal(100)


def quotient(part: Decimal, whole: Decimal) -> Decimal | None:
    """Part by whole. Nobody has no share, and no whole is negative."""
    return part / whole if whole > 0 else None


def quotient_interval(part: Interval, whole: Interval) -> Interval | None:
    """Every quotient of one number from each."""
    if whole.low <= 0:
        return None
    ends = [end / base for end in (part.low, part.high) for base in (whole.low, whole.high)]
    return Interval(min(ends), max(ends))


def percent(part: Decimal, whole: Decimal) -> Decimal | None:
    """A share in percent."""
    return quotient(HUNDRED * part, whole)


def weighted_sum(values: Sequence[Decimal], weights: Sequence[int]) -> Decimal:
    """Add and subtract."""
    return sum((value * weight for value, weight in zip(values, weights, strict=True)), Decimal(0))


def weighted_sum_interval(intervals: Sequence[Interval], weights: Sequence[int]) -> Interval:
    """Every weighted sum of one number from each."""
    low, high = Decimal(0), Decimal(0)
    for interval, weight in zip(intervals, weights, strict=True):
        first, last = interval.low * weight, interval.high * weight
        low, high = (low + first, high + last) if weight > 0 else (low + last, high + first)
    return Interval(low, high)


def weighted_mean(means: Sequence[Decimal], sizes: Sequence[Decimal]) -> Decimal | None:
    """The mean of all, from the means of groups and how many are in each."""
    if any(size < 0 for size in sizes):
        return None
    added = sum((mean * size for mean, size in zip(means, sizes, strict=True)), Decimal(0))
    return quotient(added, sum(sizes, Decimal(0)))


def weighted_mean_interval(means: Sequence[Interval], sizes: Sequence[Decimal]) -> Interval | None:
    """Every weighted mean of one number from each."""
    low = weighted_mean([mean.low for mean in means], sizes)
    high = weighted_mean([mean.high for mean in means], sizes)
    return None if low is None or high is None else Interval(low, high)
