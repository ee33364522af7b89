"""What must hold between the figures of a made report, told by whoever made it and not by the checks.

An equation knows its figures by where they stand in the file. It holds when some numbers that round to what
is written make it exact: counts are exact, everything else is as wide as half its last printed digit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

Place = tuple[str | int, ...]
"""The way to a figure in the file: keys of mappings and places in lists."""
HALF, HUNDRED = Decimal("0.5"), Decimal(100)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written, and how far from it the real one may be."""

    value: Decimal
    half: Decimal = Decimal(0)


Numbers = Mapping[Place, Number]
Terms = tuple[tuple[Place, int], ...]


class Equation(Protocol):
    """An equality that whoever made the report gave it."""

    @property
    def places(self) -> tuple[Place, ...]:
        """The figures that take part."""

    def holds(self, numbers: Numbers) -> bool:
        """Whether the figures, rounded as they are, can be right together."""


def _span(terms: Terms, numbers: Numbers) -> tuple[Decimal, Decimal]:
    """The least and the most that a weighted sum can be."""
    middle = sum((weight * numbers[place].value for place, weight in terms), Decimal(0))
    slack = sum((abs(weight) * numbers[place].half for place, weight in terms), Decimal(0))
    return middle - slack, middle + slack


@dataclass(frozen=True, slots=True)
class Adds:
    """A weighted sum is a number that stands elsewhere: nought, or a figure of the year before."""

    terms: Terms
    target: Number = Number(Decimal(0))

    @property
    def places(self) -> tuple[Place, ...]:
        """The figures that take part."""
        return tuple(place for place, _weight in self.terms)

    def holds(self, numbers: Numbers) -> bool:
        """Whether the sum can be the target."""
        low, high = _span(self.terms, numbers)
        return low <= self.target.value + self.target.half and self.target.value - self.target.half <= high


@dataclass(frozen=True, slots=True)
class Percent:
    """A stated percentage is a sum in percent of another, less what it is told from: 100 for a change."""

    stated: Place
    part: Terms
    whole: Terms
    less: Decimal = Decimal(0)

    @property
    def places(self) -> tuple[Place, ...]:
        """The figures that take part."""
        return (self.stated, *dict.fromkeys(place for place, _weight in (*self.part, *self.whole)))

    def holds(self, numbers: Numbers) -> bool:
        """Whether the counts can give the percentage."""
        stated = numbers[self.stated]
        part, whole = _span(self.part, numbers), _span(self.whole, numbers)
        if whole[0] <= 0:
            return False
        ends = [HUNDRED * end / base - self.less for end in part for base in whole]
        return min(ends) <= stated.value + stated.half and stated.value - stated.half <= max(ends)


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean is those of groups, each weighed by how many are in it."""

    stated: Place
    groups: tuple[tuple[Place, Place], ...]
    """The mean and the n of each group."""

    @property
    def places(self) -> tuple[Place, ...]:
        """The figures that take part."""
        return (self.stated, *(place for pair in self.groups for place in pair))

    def holds(self, numbers: Numbers) -> bool:
        """Whether the groups can give the mean."""
        sizes = [numbers[n].value for _mean, n in self.groups]
        n, stated = sum(sizes, Decimal(0)), numbers[self.stated]
        if n <= 0 or min(sizes) < 0:
            return False
        middle, slack = Decimal(0), Decimal(0)
        for (mean, _n), size in zip(self.groups, sizes, strict=True):
            middle += numbers[mean].value * size / n
            slack += numbers[mean].half * size / n
        return abs(middle - stated.value) <= slack + stated.half


@dataclass(frozen=True, slots=True)
class Ratio:
    """A mean is a sum by the number behind it."""

    stated: Place
    added: Place
    n: Place

    @property
    def places(self) -> tuple[Place, ...]:
        """The figures that take part."""
        return (self.stated, self.added, self.n)

    def holds(self, numbers: Numbers) -> bool:
        """Whether the sum can give the mean."""
        stated, added, n = (numbers[place] for place in self.places)
        return n.value > 0 and abs(added.value / n.value - stated.value) <= stated.half + added.half / n.value
