"""The section about ways through: what participants lived on when they came, and what they left for."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from build_tools import texts
from build_tools.load.cells import REASONS
from build_tools.load.codes import TWICE, UNKNOWN_NAME
from build_tools.load.report.ledger import Ledger, Names, part
from build_tools.load.report.participants import may_stand
from build_tools.load.values import Slot
from build_tools.load.yaml_file import MapNode
from build_tools.model import Distribution, Fact, Interval, Kind, Period, Where

MEASURE = "overgang"
SUPPORT = "forsorjning"


def read_transitions(nodes: tuple[MapNode, ...], ledger: Ledger) -> None:
    """Each way is a cell: its row is the category, and what it leads to the group."""
    for node in nodes:
        measure = ledger.fixed(MEASURE, Kind.COUNT, node.where)
        names = Names(measure, ledger.known("population", node.entries.get("population")))
        whole = ledger.slot(names).cell
        first = ledger.distributions.get(whole.id)
        if first:
            message = f"{whole.id} står redan på rad {first.where.line}. Slå ihop dem."
            ledger.say(TWICE, node.where, message)
            continue
        cells = part(node, "celler")
        rows = tuple(code for code in cells.entries if may_stand(code, cells, ledger, SUPPORT))
        ends = _ends(cells, rows, ledger)
        _enter(cells, rows, ends, names, ledger.item_period(node), ledger)
        ledger.distributions[whole.id] = Distribution(
            id=whole.id,
            measure=measure.id,
            population=whole.population,
            coding="enval",
            categories=rows,
            where=node.where,
            groups=ends,
            crossed=True,
        )


def _ends(cells: MapNode, rows: tuple[str, ...], ledger: Ledger) -> tuple[str, ...]:
    """All that any row leads to, in the order that exits are reported."""
    listed = ledger.catalogue.enumerations.get(REASONS)
    known = tuple(listed.reporting or listed.categories) if listed else ()
    told: dict[str, None] = {}
    for row in (part(cells, code) for code in rows):
        for end in row.entries:
            if known and end not in known:
                near = texts.suggestion(end, known) or f" Skriv {texts.listed(known, 'eller')}."
                message = f"”{end}” är inget slag av avslut under redovisning i data/kategorier.yml.{near}"
                ledger.say(UNKNOWN_NAME, row.key(end), message)
            else:
                told[end] = None
    return tuple(end for end in known or told if end in told)


def _enter(
    cells: MapNode,
    rows: tuple[str, ...],
    ends: tuple[str, ...],
    names: Names,
    period: Period | None,
    ledger: Ledger,
) -> None:
    """Enter every way. Where all that is told has numbers, a way that is not told has nobody.

    Each person goes one way only.
    """
    untold: list[Fact] = []
    figures = []
    for code, row in ((code, part(cells, code)) for code in rows):
        for end in ends:
            slot = ledger.slot(replace(names, category=code), end, period)
            if end in row.entries:
                figures.append(ledger.put(row.entries[end], slot))
            else:
                untold.append(_nobody(slot, cells.key(code)))
    if all(isinstance(figure, Fact) for figure in figures):
        ledger.cells.update((fact.cell.id, fact) for fact in untold if fact.cell.id not in ledger.cells)


def _nobody(slot: Slot, where: Where) -> Fact:
    none = Decimal(0)
    return Fact(slot.cell, none, Interval(none, none), Kind.COUNT, where, period=slot.period, implied=True)
