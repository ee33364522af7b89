"""Joining of small classes, so that the rows which are left can be shown and still add up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from build_tools import texts

AUTHORITIES = ("kassan", "förmedlingen", "verket", "myndigheten")
OTHERS = "ovriga"
REACHED = "i_mal"
MISSED = "inte_i_mal"


@dataclass(frozen=True, slots=True)
class Class:
    """A row to be: some categories with their count. `withheld` tells that a source hides it itself."""

    code: str
    label: str
    categories: tuple[str, ...]
    count: Decimal
    withheld: bool = False

    def small(self, limit: int) -> bool:
        """Whether it may not be shown alone."""
        return self.withheld or 0 < self.count < limit


def others(classes: Sequence[Class], limit: int) -> tuple[Class, ...]:
    """Join what is small, and with it the next smallest until it is enough; () where nothing is left.

    Of two that are equally large the one that stands last is taken.
    """
    joined = [found for found in classes if found.small(limit)]
    rest = [found for found in classes if found not in joined]
    while joined and told(joined, limit):
        large = [found for found in reversed(rest) if found.count]
        if not large:
            return ()
        nearest = min(large, key=lambda found: found.count)
        rest.remove(nearest)
        joined = [found for found in classes if found in joined or found is nearest]
    alone = sum(1 for found in rest if found.count)
    if joined and not alone:
        return ()
    return (*rest, gathered(joined, pair=alone == 1)) if joined else tuple(rest)


def told(joined: Sequence[Class], limit: int) -> bool:
    """Whether the sum of joined classes gives them away.

    It does when the sum itself is small, and when it leaves them no choice: three classes of 1 to 4
    that are 3 together have one each, and 12 together have four each.
    """
    total = sum((found.count for found in joined), Decimal(0))
    if total < limit:
        return True
    only_small = all(found.count < limit for found in joined)
    return only_small and total in (len(joined), len(joined) * (limit - 1))


def by_goal(classes: Sequence[Class], reached: Callable[[str], bool], limit: int) -> tuple[Class, ...]:
    """Join to those who reached the goal and those who did not; () where that is not enough."""
    if not any(found.small(limit) for found in classes):
        return tuple(classes)
    inside = [found for found in classes if reached(found.categories[0])]
    outside = [found for found in classes if not reached(found.categories[0])]
    sides = (_added(REACHED, "I mål", inside), _added(MISSED, "Inte i mål", outside))
    return () if any(side.small(limit) for side in sides) else sides


def gathered(joined: Sequence[Class], *, pair: bool) -> Class:
    """One class of several. Beside a single other row, ”Övriga” would say too little: the names do."""
    names = [found.label for found in joined]
    label = either(names) if pair else f"Övriga ({', '.join(map(in_running_text, names))})"
    return _added(OTHERS, label, joined)


def _added(code: str, label: str, classes: Sequence[Class]) -> Class:
    categories = tuple(category for found in classes for category in found.categories)
    return Class(code, label, categories, sum((found.count for found in classes), Decimal(0)))


def either(names: Sequence[str]) -> str:
    """Write names as a choice: `Stöd från kommunen eller ingen offentlig försörjning`."""
    return texts.listed([*names[:1], *map(in_running_text, names[1:])], "eller")


def in_running_text(label: str) -> str:
    """A label within a sentence: small first letter, but for abbreviations and authorities."""
    first, _, _rest = label.partition(" ")
    if first[1:] != first[1:].lower() or first.endswith(AUTHORITIES):
        return label
    return label[:1].lower() + label[1:]
