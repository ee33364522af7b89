"""What a reader can count on: every sum that holds among the figures of a report.

A relation is written down only where it holds, for a sum that does not hold gives nobody the right
number.
"""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.protect import populations, ratios, sums, surveys, transitions, years
from build_tools.protect.sheets import Sheet
from build_tools.protect.terms import Terms

KINDS = (
    sums.computed,
    sums.distributions,
    sums.groups,
    sums.balance,
    sums.ladder,
    transitions.ways,
    populations.same_persons,
    populations.bases,
    populations.weighted_means,
    ratios.rests,
    surveys.counted,
    years.told_of_earlier,
)


def of_sheet(sheet: Sheet) -> Iterator[Terms]:
    """Every relation within one report."""
    return (terms for kind in KINDS for terms in kind(sheet))
