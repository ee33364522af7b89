"""Totals over groups: women and men, and those of another or unknown sex where they are told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from build_tools.derive.facts import ADDITIVE, amount, total, without_group
from build_tools.model import Blank, Catalogue, Cell, Fact, Kind, Report
from build_tools.stages import derived

SEX = "kon"
SEXES = frozenset({"kvinna", "man"})
"""A total of the sexes is known when these two are."""


def whole_groupings(
    figures: Iterable[Fact | Blank], catalogue: Catalogue, size: int = 1
) -> Iterator[tuple[str, Cell, list[Fact]]]:
    """Each grouping's name and the cell of its total, with its figures where every group has a number.

    `size` 2 asks for figures split in two ways (`nord.kvinna`): each way gives totals of the other.
    """
    found: dict[tuple[str, str], tuple[Cell, list[Fact | Blank]]] = {}
    for figure in figures:
        if figure.cell.group and figure.cell.group.count(".") == size - 1:
            for grouping, code in _groupings(figure.cell, catalogue):
                total_cell = _without(figure.cell, code)
                found.setdefault((total_cell.id, grouping), (total_cell, []))[1].append(figure)
    for (_id, grouping), (cell, parts) in found.items():
        facts = [part for part in parts if isinstance(part, Fact)]
        if len(facts) == len(parts) > 1 and _whole(grouping, facts):
            yield grouping, cell, facts


def _groupings(cell: Cell, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """The enumerations that a cell's group is of, among those its measure may be split by, with the codes."""
    measure = catalogue.measures.get(cell.measure)
    for code in cell.group.split("."):
        if code in SEXES:
            yield SEX, code
            continue
        for name in measure.groups if measure else ():
            enumeration = catalogue.enumerations.get(name)
            if enumeration and code in enumeration.categories:
                yield name, code


def _without(cell: Cell, code: str) -> Cell:
    """The cell that a group is added up into, over one of the ways it is split."""
    rest = ".".join(part for part in cell.group.split(".") if part != code)
    whole = without_group(cell)
    if not rest:
        return whole
    before, _, after = cell.id.rpartition(f".{cell.group}")
    return replace(whole, id=f"{before}.{rest}{after}", group=rest)


def _whole(grouping: str, facts: list[Fact]) -> bool:
    return grouping != SEX or {code for fact in facts for code in fact.cell.group.split(".")} >= SEXES


@derived("grupper", "Totalen av grupperna")
def totals(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """Antalet för alla är summan av grupperna, till exempel kvinnor och män."""
    crossed = {found.measure for found in report.distributions if found.crossed}
    figures = {key: figure for key, figure in report.cells.items() if figure.cell.measure not in crossed}
    for size in (2, 1):
        for grouping, cell, facts in list(whole_groupings(figures.values(), catalogue, size)):
            kind = facts[0].kind
            if cell.id not in figures and kind in ADDITIVE and all(fact.kind is kind for fact in facts):
                formula = (
                    "Kvinnor + män (+ annat eller okänt)." if grouping == SEX else "Summan av grupperna."
                )
                made = total(cell, amount(facts), "grupper", formula)
                made = made if kind is Kind.AMOUNT else replace(made, n=_added_n(facts))
                figures[cell.id] = made
                yield made


def _added_n(facts: list[Fact]) -> Decimal | None:
    """How many stand behind a sum, where every part tells of its own.

    Parts of one and the same whole (68 % and 32 % of 66) tell of no base of their own.
    """
    sizes = [fact.n for fact in facts if isinstance(fact.n, Decimal)]
    counted = facts[0].kind is Kind.COUNT and sum((fact.value for fact in facts), Decimal(0))
    if len(sizes) < len(facts) or set(sizes) == {counted}:
        return None
    return sum(sizes, Decimal(0))
