"""What ties the ways through to the exits: all who went one way are those who left for it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from build_tools.model import Distribution
from build_tools.protect.sheets import Sheet, cell_id, leaves, parent
from build_tools.protect.terms import Terms

EXITS = "avslut"


def ways(sheet: Sheet) -> Iterator[Terms]:
    """Each column of a table of ways makes the exits that are reported so, where it is of the same persons.

    Its rows make the counts of what participants lived on: they are seen as figures for the same persons.
    """
    for asked in sheet.report.distributions:
        for end in asked.groups if asked.crossed else ():
            column = [cell_id(asked.id, code, end) for code in leaves(asked)]
            for exits in sheet.report.distributions:
                if exits.measure == EXITS and exits.population == asked.population:
                    yield from _equal(sheet, column, _reported(sheet, exits, end))


def _reported(sheet: Sheet, exits: Distribution, end: str) -> list[str]:
    """The cells of the reasons that are reported as one."""
    listed = sheet.catalogue.enumerations.get("avslutsorsak")
    known = listed.categories if listed else {}
    told = {code: known[code].reported_as if code in known else "" for code in leaves(exits)}
    return [
        cell_id(exits.id, code) for code, as_one in told.items() if end == (as_one or parent(code) or code)
    ]


def _equal(sheet: Sheet, column: list[str], reasons: list[str]) -> Iterator[Terms]:
    """Both sums, where they are known to be equal."""
    sides = [[sheet.fact(key) for key in side] for side in (column, reasons)]
    if all(side and all(side) for side in sides):
        one, other = (sum((fact.value for fact in side if fact), Decimal(0)) for side in sides)
        if one == other:
            yield {**dict.fromkeys(column, 1), **dict.fromkeys(reasons, -1)}
