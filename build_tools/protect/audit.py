"""The reader's arithmetic: what can be worked out of that which is shown, by solving every sum at once.

Exact elimination over whole numbers. Shown figures stay in the rows as they are, so each row that is
left says both what it gives away and by which shown figures. Two things count as given away: a guarded
figure alone in its row, and hidden figures of one sign whose sum is that of a small group.

It does not cover: bounds (hidden counts that cannot be negative and may leave one choice only), what
follows from knowing the rules of hiding, rounding of printed shares, sums over several insatser or
förbund, counts of periods that overlap (means are weighed, see `windows`), and comparison with earlier
builds of the site.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import gcd
from typing import TypeVar

from build_tools.protect.ledger import Quantity
from build_tools.protect.terms import Terms

K = TypeVar("K", str, tuple[str, str])
"""What names a figure: its key, or its report and its cell."""


@dataclass(frozen=True, slots=True)
class Leak:
    """Hidden figures, and the shown ones by which a reader gets them or their sum."""

    hidden: tuple[str, ...]
    by: tuple[str, ...]


def leaks(
    relations: Sequence[Terms], quantities: Mapping[str, Quantity], hidden: Collection[str]
) -> Iterator[Leak]:
    """Everything that is given away, in an order that is always the same."""
    open_ones = [relation for relation in relations if any(key in hidden for key in relation)]
    for row in (*solved(open_ones, hidden).values(), *open_ones):
        unknown = [key for key in row if key in hidden]
        if _tells(row, unknown, quantities):
            yield Leak(tuple(sorted(unknown)), tuple(sorted(key for key in row if key not in hidden)))


def _tells(row: Terms, unknown: Sequence[str], quantities: Mapping[str, Quantity]) -> bool:
    """Whether a row gives away one guarded figure, or a sum that is small and not shown by itself."""
    if len(unknown) == 1:
        return quantities[unknown[0]].guarded
    weights = {row[key] for key in unknown}
    if len(weights) > 1 or not all(quantities[key].persons for key in row):
        return False
    known = [key for key in row if key not in unknown]
    added = sum((row[key] * _value(quantities[key]) for key in known), Decimal(0))
    limit = max(quantities[key].limit for key in unknown)
    return len(known) > 1 and 0 < -added / weights.pop() < limit


def _value(quantity: Quantity) -> Decimal:
    return quantity.value or Decimal(0)


def solved(relations: Sequence[Mapping[K, int]], hidden: Collection[K]) -> dict[K, Mapping[K, int]]:
    """The relations solved for the hidden figures: each row has one that no other row has."""
    rows: dict[K, Mapping[K, int]] = {}
    for relation in relations:
        row = relation
        for key in [key for key in relation if key in rows]:
            row = without(key, row, rows[key])
        pivot = min((key for key in row if key in hidden), default=None)
        if pivot is not None:
            rows = {
                key: without(pivot, other, row) if pivot in other else other for key, other in rows.items()
            }
            rows[pivot] = row
    return rows


def without(key: K, row: Mapping[K, int], other: Mapping[K, int]) -> Mapping[K, int]:
    """A row with one figure eliminated by means of another row that has it."""
    mine, theirs = row[key], other[key]
    added = {term: weight * theirs for term, weight in row.items()}
    for term, weight in other.items():
        added[term] = added.get(term, 0) - weight * mine
    shared = gcd(*added.values()) or 1
    return {term: weight // shared for term, weight in added.items() if weight}
