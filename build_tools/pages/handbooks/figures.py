"""The figures of a handbook: tables with base, time and page, drawn where that helps."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from build_tools import texts
from build_tools.addresses import measure_path, to
from build_tools.model import Blank, Fact, FigureRow, FigureTable, Kind, Mark
from build_tools.pages.grids import Footnote, Grid, Line, Value, value
from build_tools.pages.handbooks.pieces import Piece, block
from build_tools.pages.handbooks.view import View, part_anchor
from build_tools.pages.layout import Link

UNTOLD = texts.MARKS[Mark.MISSING]


def figure_pieces(table: FigureTable, view: View) -> Iterator[Piece]:
    """A table of figures with its definition, base and time, and a note at each figure that has one."""
    drawings = view.publication.handbook_drawings.get(view.handbook.id, {})
    values = {
        "table": table,
        "facts": tuple(_facts(table)),
        "grid": grid(table),
        "drawing": drawings.get(table.id),
        "defines": tuple(measures(table.defines, view)),
    }
    yield Piece(table.title, part_anchor("siffror", table.id), block("siffror", values))


def measures(ids: tuple[str, ...], view: View) -> Iterator[Link]:
    """The ways to the pages of measures."""
    known = view.publication.catalogue.measures
    for one in ids:
        if one in known:
            yield Link(known[one].label, to(view.path, measure_path(one)))


def _facts(table: FigureTable) -> Iterator[tuple[str, str]]:
    yield "Bas", table.base or "Står vid varje rad."
    yield "Gäller", as_of(table.as_of) or "Står vid varje rad."


def as_of(told: str) -> str:
    """A day, a month or a period in words; a word where the source does not say."""
    if told == Mark.MISSING:
        return UNTOLD
    return "–".join(texts.since(part) for part in told.split("/")) if told else ""


def grid(table: FigureTable) -> Grid:
    """The table as it is read, with what is said of its rows and figures below it."""
    lines = tuple(
        Line(row.name, tuple(_value(table, row.id, column) for column in table.columns))
        for row in table.rows.values()
    )
    names = tuple(column.name for column in table.columns.values())
    return Grid(table.title, "", names, lines, footnotes=tuple(_footnotes(table)))


def _value(table: FigureTable, row: str, column: str) -> Value:
    """A share as it is written, with its base beside: how many it was is for the source to say."""
    figure, unit = table.cell(row, column), table.columns[column].unit
    if isinstance(figure, Fact) and figure.kind is Kind.SHARE:
        base = f" (n{texts.NBSP}{texts.number(figure.n)})" if isinstance(figure.n, Decimal) else ""
        return Value(f"{texts.shown(figure, unit)}{base}")
    return value(figure, unit)


def _footnotes(table: FigureTable) -> Iterator[Footnote]:
    for row in table.rows.values():
        told = " ".join(_told(row, table))
        if told:
            yield Footnote(f"{row.name}:", told)


def _told(row: FigureRow, table: FigureTable) -> Iterator[str]:
    """What holds of a row alone, and the notes of its figures."""
    if row.base and row.base != table.base:
        yield f"Bas: {row.base.rstrip('.')}."
    if row.as_of and row.as_of != table.as_of:
        yield f"Gäller {as_of(row.as_of).rstrip('.')}."
    if row.page and row.page != table.page:
        yield f"Källan, {texts.source_pages(row.page)}."
    if row.note:
        yield row.note
    for column in table.columns.values():
        figure = table.cell(row.id, column.id)
        if isinstance(figure, Fact | Blank) and figure.note:
            yield f"{column.name}: {figure.note}"
