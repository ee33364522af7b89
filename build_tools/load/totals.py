"""What a förbund tells of all its teams: read like the figures of a report, kept only to compare with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from build_tools.load.cells import find_cell
from build_tools.load.codes import TWICE, UNKNOWN_NAME, WRONG_UNIT, fault
from build_tools.load.periods import read_period
from build_tools.load.report.ledger import Ledger, Names, part, rows
from build_tools.load.values import Slot
from build_tools.load.yaml_file import MapNode, Node
from build_tools.model import Catalogue, Cell, Fact, Finding, Kind, StatedTotal, Where
from build_tools.texts import period as period_text
from build_tools.texts import suggestion

ADDABLE = (Kind.COUNT, Kind.SUM, Kind.AMOUNT)


def read_totals(
    node: MapNode, name: str, catalogue: Catalogue, found: list[Finding]
) -> tuple[StatedTotal, ...]:
    """The numbers of a förbund, by period."""
    totals: dict[tuple[object, object], StatedTotal] = {}
    for row in rows(node.entries.get("uppgifter")):
        period = read_period(row.entries.get("period"), found)
        if period is None:
            continue
        first = totals.get((period.start, period.end))
        if first:
            twice = f"Förbundets tal för {period_text(period)} står redan på rad {first.where.line}."
            found.append(fault(TWICE, row.where, f"{twice} Slå ihop dem."))
            continue
        ledger = Ledger(name, catalogue, period)
        for key, value in part(row, "tal").entries.items():
            _enter(key, value, part(row, "tal").key(key), ledger)
        found.extend(ledger.found)
        told = (*ledger.cells.values(), *(stated.fact for stated in ledger.stated))
        facts = tuple(one for one in told if isinstance(one, Fact) and one.kind in ADDABLE)
        totals[period.start, period.end] = StatedTotal(period, facts, row.where)
    return tuple(totals.values())


def _enter(key: str, value: Node, where: Where, ledger: Ledger) -> None:
    catalogue = ledger.catalogue
    found = find_cell(key, ledger.report, catalogue, {})
    measure = catalogue.measures.get(found[0].measure) if found else None
    if found is None or measure is None:
        if catalogue.measures:
            near = suggestion(key, catalogue.measures)
            message = f"”{key}” finns inte i data/nyckeltal.yml.{near or ' Skriv måttets id.'}"
            ledger.say(UNKNOWN_NAME, where, message)
        return
    cell = found[0]
    if cell.group:
        ledger.say(UNKNOWN_NAME, where, f"{key} är en del av ett mått. Skriv grupperna under måttet.")
    elif found[1] not in ADDABLE:
        message = (
            f"{key} går inte att lägga ihop: bara antal, summor och belopp kan jämföras med rapporterna."
        )
        ledger.say(WRONG_UNIT, where, message)
    else:
        names = Names(measure, cell.population, cell.point, cell.category)
        ledger.enter(value, _slots(ledger, names, cell), measure)


def _slots(ledger: Ledger, names: Names, cell: Cell) -> Callable[[str], Slot]:
    """The place of the number for all and for each group, under the same ids as in a report."""

    def slot_of(group: str) -> Slot:
        name = f"{cell.id}.{group}" if group else cell.id
        return replace(ledger.slot(names, group), cell=replace(cell, id=name, group=group))

    return slot_of
