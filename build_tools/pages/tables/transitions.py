"""The table of ways through: what participants lived on when they came, and what they left for."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools import texts
from build_tools.model import Mark, Publication, Row, Table
from build_tools.pages.grids import Grid, Line, Value
from build_tools.pages.tables.context import Context

MEASURE = "overgang"


def transitions(context: Context) -> Iterator[Grid]:
    """From a line's support to a column's exit: how many went each way."""
    for table in context.report.tables.values():
        if table.distribution.crossed and table.rows:
            yield _matrix(table, context)


def _matrix(table: Table, context: Context) -> Grid:
    asked = table.distribution
    lines = tuple(
        Line(row.label, tuple(_way(row, end, context) for end in asked.groups), level=row.level)
        for row in table.rows
    )
    heads = tuple(exit_label(end, context.publication) for end in asked.groups)
    caption = f"{context.name(MEASURE)}, {context.label('population', asked.population)}"
    return Grid(caption, "Försörjning vid inskrivningen", heads, lines)


def _way(row: Row, end: str, context: Context) -> Value:
    """How many went one way; a sum of lines that is not told is one that may not be shown."""
    cell = f"{row.cell}.{end}"
    if context.figure(cell) is not None:
        return context.place(cell)
    return Value(texts.MARKS[Mark.PROTECTED], False, texts.MARK_MEANINGS[Mark.PROTECTED])


def exit_label(code: str, publication: Publication) -> str:
    """The name of an exit as it is reported."""
    listed = publication.catalogue.enumerations.get("avslutsorsak")
    found = (listed.reporting.get(code) or listed.categories.get(code)) if listed else None
    return found.label if found else code.replace("_", " ").capitalize()
