"""Ratios, means and differences that are computed: shown only where all they are computed of is shown."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal

from build_tools.model import Fact, Kind
from build_tools.protect.limits import COMPARED, OF_NO_PERSONS
from build_tools.protect.sheets import Sheet
from build_tools.protect.terms import ADDED, REST, Terms, plain

CHANGE, BEFORE, AFTER = "forandring", "fore", "efter"


def of_hidden(sheet: Sheet, hidden: Collection[str]) -> Iterator[str]:
    """The computed figures, other than sums, that have a hidden or unknown figure among their inputs.

    Sums of counts, and of amounts with a known number behind them, have a limit of their own and are
    left to the audit. Here open measures have no exception: the cost of each participant tells how many
    there were.
    """
    for key, fact in sheet.facts():
        if any(term in hidden or sheet.fact(term) is None for term in _inputs(key, fact)):
            yield key


def _inputs(key: str, fact: Fact) -> tuple[str, ...]:
    how, point = fact.derivation, fact.cell.point
    if how is None:
        stated = (key.replace(f"@{CHANGE}", f"@{other}", 1) for other in (BEFORE, AFTER))
        return tuple(stated) if point == CHANGE else ()
    known = fact.kind is Kind.COUNT or (fact.kind in ADDED and isinstance(fact.n, Decimal))
    return () if how.weights and known and point not in COMPARED else how.inputs


def share_of(sheet: Sheet, fact: Fact) -> tuple[Fact, Fact] | None:
    """The count and the whole that a computed share is of, where it is of just those."""
    how = fact.derivation
    if fact.kind is not Kind.SHARE or how is None or len(how.inputs) != 2 or fact.cell.point == CHANGE:
        return None
    if how.rule in OF_NO_PERSONS:
        return None
    part, whole = (sheet.fact(key) for key in how.inputs)
    return (part, whole) if part and whole and part.kind is whole.kind is Kind.COUNT else None


def rests(sheet: Sheet) -> Iterator[Terms]:
    """Those whom a share leaves out, where they are few."""
    for key, fact in sheet.facts():
        pair = share_of(sheet, fact)
        if pair and sheet.limits.small(pair[1].value - pair[0].value, fact.cell.measure):
            part, whole = (found.cell.id for found in pair)
            yield plain(whole, (part, key + REST))
