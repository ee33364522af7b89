"""What ties the years of an insats together: one year's end is the next one's start."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.model import Fact, Role
from build_tools.protect.sheets import Sheet
from build_tools.protect.terms import ADDED, EARLIER, Terms, adds_up, plain

OPENING, CLOSING = "flode.ingang", "flode.utgang"


def earlier_figures(sheet: Sheet) -> dict[str, Fact]:
    """Last year's values as a report tells them, by cell id."""
    return {told.fact.cell.id: told.fact for told in sheet.report.stated if told.role is Role.PREVIOUS}


def of_years(earlier: Sheet, later: Sheet) -> Iterator[tuple[str, str]]:
    """Pairs of cells, one in each report, that state the same number of the same persons.

    What a report tells of the year before counts as the same even when the figures differ a little.
    """
    for key, fact in later.facts():
        before = CLOSING + key.removeprefix(OPENING)
        if fact.cell.measure == OPENING and _equal(earlier.fact(before), fact):
            yield before, key
    for key in earlier_figures(later):
        if earlier.fact(key):
            yield key, EARLIER + key


def _equal(one: Fact | None, other: Fact) -> bool:
    return one is not None and one.kind is other.kind and one.value == other.value


def told_of_earlier(sheet: Sheet) -> Iterator[Terms]:
    """Sums among last year's values: of groups, and of categories."""
    told = earlier_figures(sheet)
    for key, whole in told.items():
        below = [
            fact for other, fact in told.items() if other.startswith(f"{key}.") and fact.kind is whole.kind
        ]
        by_group = [f for f in below if f.cell.group and f.cell.category == whole.cell.category]
        by_category = [f for f in below if f.cell.category and f.cell.group == whole.cell.group]
        for parts in (by_group, by_category):
            if whole.kind in ADDED and adds_up(whole.value, parts):
                yield plain(EARLIER + key, [EARLIER + part.cell.id for part in parts])
