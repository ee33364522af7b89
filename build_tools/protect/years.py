"""What ties years together: one year's end is the next one's start, also where insatser became one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from build_tools.model import Fact, Role
from build_tools.protect.sheets import Sheet
from build_tools.protect.terms import ADDED, EARLIER, Terms, adds_up, plain

Lineage = Mapping[str, tuple[str, ...]]
"""For each insats, those that it came of."""
Tie = dict[tuple[str, str], int]
"""Cells of different reports, each with its report, that add up to nothing."""
OPENING, CLOSING = "flode.ingang", "flode.utgang"


def earlier_figures(sheet: Sheet) -> dict[str, Fact]:
    """Last year's values as a report tells them, by cell id."""
    return {told.fact.cell.id: told.fact for told in sheet.report.stated if told.role is Role.PREVIOUS}


def pairs(sheets: Sequence[Sheet], lineage: Lineage) -> Iterator[tuple[Sheet, Sheet]]:
    """Each report with the one after it: of the same insats, or of the only one that it came of."""
    for earlier, later in pairwise(sheets):
        if earlier.report.intervention == later.report.intervention:
            yield earlier, later
    for before, first in _firsts(sheets, lineage):
        if len(before) == 1:
            yield before[0], first


def of_years(earlier: Sheet, later: Sheet) -> Iterator[Tie]:
    """Pairs of cells, one in each report, that state the same number of the same persons.

    What a report tells of the year before counts as the same even when the figures differ a little.
    """
    one, other = earlier.report.id, later.report.id
    for key, fact in later.facts():
        before = CLOSING + key.removeprefix(OPENING)
        if fact.cell.measure == OPENING and _equal(earlier.fact(before), fact):
            yield {(one, before): 1, (other, key): -1}
    for key in earlier_figures(later):
        if earlier.fact(key):
            yield {(one, key): 1, (other, EARLIER + key): -1}


def of_mergers(sheets: Sequence[Sheet], lineage: Lineage) -> Iterator[Tie]:
    """Where teams became one, what each had at its end is together what the new one began with."""
    for before, first in _firsts(sheets, lineage):
        for key, fact in first.facts() if len(before) > 1 else ():
            closing = CLOSING + key.removeprefix(OPENING)
            ends = [sheet.fact(closing) for sheet in before] if fact.cell.measure == OPENING else []
            known = [end.value for end in ends if end and end.kind is fact.kind]
            if ends and len(known) == len(ends) and sum(known) == fact.value:
                parts = {(sheet.report.id, closing): 1 for sheet in before}
                yield {**parts, (first.report.id, key): -1}


def _firsts(sheets: Sequence[Sheet], lineage: Lineage) -> Iterator[tuple[list[Sheet], Sheet]]:
    """The first report of each insats that came of others, with the last one of each of those before it."""
    found: set[str] = set()
    for first in sheets:
        name = first.report.intervention
        before = lineage.get(name, ()) if name not in found else ()
        found.add(name)
        last = [
            sheet
            for known in before
            if (sheet := _last(sheets, known, first.report.period.start)) is not None
        ]
        if last and len(last) == len(before):
            yield last, first


def _last(sheets: Sequence[Sheet], insats: str, day: date) -> Sheet | None:
    own = (sheet for sheet in sheets if sheet.report.intervention == insats)
    ended = [sheet for sheet in own if sheet.report.period.end < day]
    return max(ended, key=lambda sheet: (sheet.report.period.end, sheet.report.id), default=None)


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
