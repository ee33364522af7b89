"""What follows from the figures of a handbook: sums and shares that its tables declare and nobody states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from build_tools.derive.facts import amount, share, total
from build_tools.model import Blank, Cell, Fact, FigureSum, FigureTable, Handbook


def completed(handbook: Handbook) -> Handbook:
    """The handbook with its tables complete; what is stated, a number or a word, stands."""
    return replace(handbook, figures={key: _whole(table) for key, table in handbook.figures.items()})


def _whole(table: FigureTable) -> FigureTable:
    """Sums in the order they are declared, then shares: each sees those before it."""
    for declared in table.sums:
        for target, parts in lines(table, declared):
            table = _with(table, _sum(table, target, parts))
    return _with_shares(table)


def lines(table: FigureTable, declared: FigureSum) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each sum that a declaration means, once for every column or row it runs through."""
    if declared.axis == "rad":
        for column in table.columns:
            yield f"{declared.total}.{column}", tuple(f"{part}.{column}" for part in declared.parts)
        return
    for row in table.rows:
        yield f"{row}.{declared.total}", tuple(f"{row}.{part}" for part in declared.parts)


def _sum(table: FigureTable, target: str, parts: tuple[str, ...]) -> Fact | None:
    facts = [table.cells.get(f"{table.id}.{part}") for part in parts]
    known = [fact for fact in facts if isinstance(fact, Fact)]
    if not known or len(known) < len(facts) or len({fact.kind for fact in known}) > 1:
        return None
    cell = replace(known[0].cell, id=f"{table.id}.{target}", measure=_measure(table, target))
    return _placed(total(cell, amount(known), "summa", "Summan av delarna."), known[0])


def _with_shares(table: FigureTable) -> FigureTable:
    for declared in table.shares:
        for row in table.rows:
            part, whole = table.cell(row, declared.part), table.cell(row, declared.whole)
            if isinstance(part, Fact) and isinstance(whole, Fact):
                made = _share(table, f"{row}.{declared.column}", part, whole)
                table = _with(table, made)
    return table


def _share(table: FigureTable, target: str, part: Fact, whole: Fact) -> Fact | None:
    cell = Cell(part.cell.report, f"{table.id}.{target}", _measure(table, target))
    made = share(cell, amount((part,)), amount((whole,)), "andel", "Delen av det hela, i procent.")
    return _placed(made, part) if made else None


def _measure(table: FigureTable, target: str) -> str:
    return f"{table.id}.{target.rpartition('.')[2]}"


def _placed(made: Fact, first: Fact) -> Fact:
    """A computed figure is of the same time as those it comes from."""
    return replace(made, period=first.period, page=first.page)


def _with(table: FigureTable, figure: Fact | None) -> FigureTable:
    stated: Fact | Blank | None = table.cells.get(figure.cell.id) if figure else None
    row = figure.cell.id.split(".")[1] if figure else ""
    if figure is None or stated is not None or row not in table.rows:
        return table
    return replace(table, cells={**table.cells, figure.cell.id: figure})
