"""Tables of figures: each value by the one grammar, with the page, the base and the time that it is about."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date

from build_tools.load.codes import BAD_DATE, UNKNOWN_NAME, fault
from build_tools.load.handbooks.shelf import Shelf, entries
from build_tools.load.report.ledger import part, rows, word
from build_tools.load.shapes import day_of
from build_tools.load.values import Slot, read_value
from build_tools.load.yaml_file import MapNode, ScalarNode
from build_tools.model import (
    Blank,
    Cell,
    Fact,
    FigureColumn,
    FigureRow,
    FigureShare,
    FigureSum,
    FigureTable,
    Kind,
    Period,
    Where,
)
from build_tools.texts import suggestion

UNITS = {Kind.COUNT: "personer", Kind.SHARE: "procent"}
OWN_KEYS = frozenset({"namn", "bas", "galler", "sida", "not"})
MONTH_LENGTH = 7


def read_table(name: str, node: MapNode, shelf: Shelf) -> FigureTable:
    """A table; what its sums and shares name must be rows and columns of it."""
    kinds = {key: _kind(child) for key, child in part(node, "kolumner").entries.items()}
    columns = {key: _column(key, child) for key, child in part(node, "kolumner").entries.items()}
    bare = FigureTable(
        id=name,
        title=word(node, "titel", name),
        form=word(node, "form", "tabell"),
        about=word(node, "raknar", "deltagare"),
        where=node.where,
        definition=word(node, "definition"),
        base=word(node, "bas"),
        as_of=word(node, "galler"),
        page=word(node, "sida"),
        columns=columns,
        rows={key: _row(key, row) for key, row in entries(node, "rader")},
        cells={},
        sums=_sums(node, name, shelf),
        shares=_shares(node, name, shelf),
        whole=word(node, "hundra"),
        neutral=word(node, "neutral"),
        note=word(node, "not"),
    )
    cells: dict[str, Fact | Blank] = {}
    for key, row in entries(node, "rader"):
        cells.update({figure.cell.id: figure for figure in _figures(bare, bare.rows[key], row, kinds, shelf)})
    return replace(bare, cells=cells)


def _kind(node: object) -> Kind:
    return Kind(word(node, "storhet", Kind.COUNT)) if isinstance(node, MapNode) else Kind.COUNT


def _column(name: str, node: object) -> FigureColumn:
    if not isinstance(node, MapNode):
        return FigureColumn(name, node.text if isinstance(node, ScalarNode) else name, UNITS[Kind.COUNT])
    return FigureColumn(name, word(node, "namn", name), word(node, "enhet", UNITS.get(_kind(node), "")))


def _row(name: str, node: MapNode) -> FigureRow:
    return FigureRow(
        id=name,
        name=word(node, "namn", name),
        where=node.where,
        base=word(node, "bas"),
        as_of=word(node, "galler"),
        page=word(node, "sida"),
        note=word(node, "not"),
    )


def _figures(
    table: FigureTable, row: FigureRow, node: MapNode, kinds: dict[str, Kind], shelf: Shelf
) -> list[Fact | Blank]:
    found: list[Fact | Blank] = []
    for key, child in node.entries.items():
        if key in OWN_KEYS:
            continue
        if key not in kinds:
            near = suggestion(key, kinds)
            message = f"Kolumnen {key} finns inte bland tabellens kolumner.{near}"
            shelf.found.append(fault(UNKNOWN_NAME, node.key(key), message))
            continue
        cell = Cell(shelf.place, f"{table.id}.{row.id}.{key}", f"{table.id}.{key}")
        when = _period(row.as_of or table.as_of, row.where, shelf)
        slot = Slot(cell, kinds[key], whole=kinds[key] is Kind.COUNT, period=when)
        figure = read_value(child, slot, shelf.found)
        if isinstance(figure, Fact):
            found.append(replace(figure, page=figure.page or row.page or table.page, cell=cell))
        elif figure:
            found.append(figure)
    return found


def _period(as_of: str, where: Where, shelf: Shelf) -> Period | None:
    """The time that a figure is about, where the source tells it."""
    first, _, last = as_of.partition("/")
    start, end = day_of(first) if first else None, _last_day(last or first)
    if start is None or end is None:
        return None
    if end < start:
        message = f"Tiden {as_of} slutar innan den börjar. Skriv den tidigaste dagen först."
        finding = fault(BAD_DATE, where, message)
        if finding not in shelf.found:
            shelf.found.append(finding)
        return None
    return Period(start, end)


def _last_day(text: str) -> date | None:
    day = day_of(text) if text else None
    if day is None or len(text) > MONTH_LENGTH:
        return day
    return day.replace(day=monthrange(day.year, day.month)[1])


def _sums(node: MapNode, table: str, shelf: Shelf) -> tuple[FigureSum, ...]:
    found = []
    for row in rows(node.entries.get("summor")):
        axis = word(row, "axel", "rad")
        kind = f"siffror.{table}.{'rader' if axis == 'rad' else 'kolumner'}"
        total = shelf.name(row, "summa", kind, f"siffror.{table}")
        parts = shelf.names(row, "av", kind, f"siffror.{table}")
        found.append(FigureSum(axis, total, parts, row.where))
    return tuple(found)


def _shares(node: MapNode, table: str, shelf: Shelf) -> tuple[FigureShare, ...]:
    kind, owner = f"siffror.{table}.kolumner", f"siffror.{table}"
    return tuple(
        FigureShare(
            shelf.name(row, "kolumn", kind, owner),
            shelf.name(row, "del", kind, owner),
            shelf.name(row, "av", kind, owner),
            row.where,
        )
        for row in rows(node.entries.get("andelar"))
    )
