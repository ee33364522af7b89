"""Sums within a report: computed figures, distributions, groups, the balance of the flow, the ladder."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from build_tools.model import Cell, Distribution, Kind
from build_tools.protect.sheets import Sheet, cell_id, leaves, parent, with_everybody
from build_tools.protect.terms import Terms, sum_of, weighted

BALANCE = (("flode.ingang", 1), ("flode.nya", 1), ("flode.utgang", -1))
EXITED = "avslutade"
FLOW = "flode."
LADDER = (
    ("inskrivna", ("identifierade", "anonyma")),
    ("inskrivna", ("tidigt_avslutade", "avslutade", "pagaende")),
    ("inskrivna", ("avslutade", "pagaende")),
)
"""How the figures of a project's size may make each other up; which of it holds differs by source."""


def computed(sheet: Sheet) -> Iterator[Terms]:
    """Every figure that is computed as a sum or difference."""
    for key, fact in sheet.facts():
        how = fact.derivation
        if how and how.weights and all(term in sheet.cells for term in how.inputs):
            yield weighted(key, zip(how.inputs, how.weights, strict=True))


def distributions(sheet: Sheet) -> Iterator[Terms]:
    """The categories of a distribution make its total, and those of level 2 their level 1.

    Where a person may give several answers the answers can add up all the same.
    """
    for asked in sheet.report.distributions:
        for group in ("",) if asked.crossed else with_everybody(asked):
            ends = [cell_id(asked.id, code, group) for code in leaves(asked)]
            yield from sum_of(sheet, cell_id(asked.id, "", group), ends)
            yield from _levels(sheet, asked, group)


def _levels(sheet: Sheet, asked: Distribution, group: str) -> Iterator[Terms]:
    for above in dict.fromkeys(filter(None, map(parent, leaves(asked)))):
        below = [cell_id(asked.id, code, group) for code in leaves(asked) if parent(code) == above]
        yield from sum_of(sheet, cell_id(asked.id, above, group), below)


def groups(sheet: Sheet) -> Iterator[Terms]:
    """Women and men (and other groups of one kind) make the total."""
    for whole, parts in grouped(sheet).items():
        yield from sum_of(sheet, whole[0], parts)


def grouped(sheet: Sheet) -> dict[tuple[str, str], list[str]]:
    """Cells of groups, by the cell of their total and the kind of group it is split by."""
    found: dict[tuple[str, str], list[str]] = {}
    for key, figure in sheet.cells.items():
        for code in figure.cell.group.split(".") if figure.cell.group else ():
            found.setdefault((_without(key, figure.cell, code), _kind_of(sheet, code)), []).append(key)
    return found


def _without(key: str, cell: Cell, code: str) -> str:
    """The cell that a group is added up into."""
    before, _, after = key.rpartition(f".{cell.group}")
    rest = ".".join(part for part in cell.group.split(".") if part != code)
    return f"{before}.{rest}{after}" if rest else f"{before}{after}"


def _kind_of(sheet: Sheet, code: str) -> str:
    """The enumeration that the code of a group is of."""
    found = (name for name, listed in sheet.catalogue.enumerations.items() if code in listed.categories)
    return next(found, "")


def balance(sheet: Sheet) -> Iterator[Terms]:
    """Those who were there and those who came, less those who are left, have gone."""
    for (population, group), counts in sheet.sizes.items():
        suffix = f".{group}" if group else ""
        flow = [(sheet.fact(measure + suffix), weight) for measure, weight in BALANCE]
        if population != EXITED or not all(fact for fact, _ in flow):
            continue
        gone = sum((fact.value * weight for fact, weight in flow if fact), Decimal(0))
        for key, count in counts.items():
            if count == gone and not key.startswith(FLOW):
                yield weighted(key, ((measure + suffix, weight) for measure, weight in BALANCE))


def ladder(sheet: Sheet) -> Iterator[Terms]:
    """What a source says of a project's size, where its figures make each other up."""
    for key, fact in sheet.facts():
        if fact.cell.measure == "omfattning.inskrivna" and fact.kind is Kind.COUNT:
            before, _, after = key.rpartition("inskrivna")
            for _whole, parts in LADDER:
                yield from sum_of(sheet, key, [f"{before}{part}{after}" for part in parts])
