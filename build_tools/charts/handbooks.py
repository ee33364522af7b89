"""The figures of a handbook that a drawing says more of: goals, before and after, answers and shares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from build_tools import texts
from build_tools.charts.wording import sentences
from build_tools.model import Blank, Cell, Fact, FigureTable, Handbook, Mark, Plot, PlotRow

WHOLE = (Decimal(0), Decimal(100))
GOAL, OUTCOME = "mal", "utfall"
SHARE = "procent"
FEW = 12
"""With more rows than so a table is easier to read."""


def handbook_plots(handbook: Handbook) -> Iterator[Plot]:
    """A plot for each table that has a drawing of its form and something to draw."""
    for table in handbook.figures.values():
        plot = _plot(table, handbook)
        if plot and any(isinstance(row.values[0], Fact) for row in plot.rows) and len(plot.rows) <= FEW:
            yield replace(plot, description=_described(plot))


def _plot(table: FigureTable, handbook: Handbook) -> Plot | None:
    """The drawing that fits: one kind of number, and as many columns as the form has places."""
    units = {column.unit for column in table.columns.values()}
    shares = units == {SHARE}
    columns = tuple(table.columns)
    if table.form == "mal_utfall" and set(columns) == {GOAL, OUTCOME} and len(units) == 1:
        return _of(table, handbook, "bullet", (OUTCOME, GOAL), min(units))
    if table.form == "fore_efter" and len(columns) == 2 and shares:
        return _of(table, handbook, "dumbbell", columns, SHARE)
    if table.form in ("likert", "andelar") and shares and len(columns) > 1 and table.whole == "rader":
        return _of(table, handbook, "stacked", columns, SHARE)
    if table.form == "andelar" and shares and len(columns) == 1:
        return _of(table, handbook, "bars", columns, SHARE)
    return None


def _of(table: FigureTable, handbook: Handbook, form: str, columns: tuple[str, ...], unit: str) -> Plot:
    rows = (
        PlotRow(row.name, tuple(_value(table, row.id, column, handbook) for column in columns))
        for row in table.rows.values()
    )
    return Plot(
        id=table.id,
        report=f"metoder/{handbook.id}",
        form=form,
        title=table.title,
        subtitle=table.base,
        description="",
        unit="" if form == "bullet" and unit == SHARE else unit,
        series=tuple(table.columns[column].name for column in columns),
        rows=tuple(row for row in rows if any(isinstance(value, Fact) for value in row.values)),
        bounds=None if form == "bullet" else WHOLE,
    )


def _value(table: FigureTable, row: str, column: str, handbook: Handbook) -> Fact | Blank:
    """A figure, or that it is missing; a share is told by itself, as its base stands over the table."""
    found = table.cell(row, column)
    name = f"{table.id}.{row}.{column}"
    if isinstance(found, Fact):
        return replace(found, n=None)
    return found or Blank(Cell(handbook.place, name, name), Mark.MISSING, table.where)


def _described(plot: Plot) -> str:
    told = (
        f"{row.label}: "
        + ", ".join(
            f"{name.lower()} {texts.shown(value, plot.unit)}"
            for name, value in zip(plot.series, row.values, strict=True)
        )
        + "."
        for row in plot.rows
    )
    return sentences([f"{plot.title}.", *told])
