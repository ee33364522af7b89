"""All figures of a report in one place, with the anchors by which texts and links can point to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from build_tools import texts
from build_tools.model import Blank, Fact, Measure
from build_tools.pages.grids import Grid, Line, Value, group_label, groups_of, value
from build_tools.pages.tables import Context, readable, tables

ASKED = ("enkat", "skattning", "overgang")
"""Measures whose cells are told apart by their ids alone: they keep tables of their own."""
ASKED_TABLES = ("enkat", "skattning", "overgangar")
POINTS = {"fore": "före", "efter": "efter", "skillnad": "skillnad", "forandring": "förändring"}
HOMES = {"ekonomi.": "budgetrad", "bemanning.": "roll", "moten.": "forum", "omfattning.": "kalla"}
"""The lists whose codes stand after the measures of a section."""
RATE = "enkat.svarsfrekvens"
SERIES = "serie"

Row = tuple[str, str, str, str, str]


def all_figures(context: Context) -> tuple[Grid, ...]:
    """Every published figure, first those split by sex."""
    joined = {found.distribution.id for found in context.report.tables.values()}
    figures = [f for f in context.figures() if f.cell.measure not in ASKED and _row_id(f) not in joined]
    split = {_row(f) for f in figures if f.cell.group}
    groups = groups_of(f for f in figures if _row(f) in split)
    by_sex = tuple(_lines([f for f in figures if _row(f) in split], groups, context))
    others = (
        *_lines([f for f in figures if _row(f) not in split], ("",), context),
        *_distribution_lines(context),
    )
    grids = (
        Grid("Siffror uppdelade på kön", "Uppgift", tuple(map(group_label, groups)), by_sex),
        Grid("Övriga siffror", "Uppgift", ("Värde",), others),
    )
    anchored = replace(context, anchored=True)
    asked = (grid for name in ASKED_TABLES for grid in tables(name, anchored))
    return (*(grid for grid in grids if grid.lines), *asked)


def anchors(grids: Sequence[Grid]) -> frozenset[str]:
    """The anchors that some tables have."""
    return frozenset(place.anchor for grid in grids for line in grid.lines for place in line.values)


def figure_label(figure: Fact | Blank, context: Context) -> str:
    """What a figure is called where it stands alone: its measure and everything it is told of."""
    measure = context.measure(figure.cell.measure)
    label = _label(measure, figure, context) if measure else readable(figure.cell.id)
    return f"{label}, {group_label(figure.cell.group).lower()}" if figure.cell.group else label


def _row(figure: Fact | Blank) -> Row:
    """Figures of one line differ in their group only."""
    cell = figure.cell
    apart = cell.id if cell.point == SERIES or cell.measure == RATE else ""
    share = "andel" if cell.is_share else ""
    return (cell.measure, cell.population, cell.point, cell.category, apart or share)


def _row_id(figure: Fact | Blank) -> str:
    cell = figure.cell
    return cell.id.removesuffix(f".{cell.group}" if cell.group else "").removesuffix(
        f".{cell.category}" if cell.category else ""
    )


def _lines(figures: Sequence[Fact | Blank], groups: tuple[str, ...], context: Context) -> Iterator[Line]:
    rows: dict[Row, list[Fact | Blank]] = {}
    for figure in figures:
        rows.setdefault(_row(figure), []).append(figure)
    for found in rows.values():
        measure = context.measure(found[0].cell.measure)
        if measure is not None:
            by_group = {figure.cell.group: figure for figure in found}
            yield _line(_label(measure, found[0], context), measure, by_group, groups, context)


def _label(measure: Measure, figure: Fact | Blank, context: Context) -> str:
    cell = figure.cell
    extra = [context.label(_enumeration(measure), cell.category)] if cell.category else []
    if cell.measure == RATE:
        extra.append(readable(cell.id.split(".")[1]))
    if cell.point == SERIES and isinstance(figure, Fact) and figure.period:
        extra.append(texts.period(figure.period))
    if cell.population and cell.population != measure.population:
        extra.append(context.label("population", cell.population))
    if cell.point in POINTS:
        extra.append(POINTS[cell.point])
    if cell.is_share:
        extra.append("andel")
    return ": ".join([measure.label, *extra])


def _enumeration(measure: Measure) -> str:
    """The list whose codes stand after a measure in its cells."""
    home = next((home for start, home in HOMES.items() if measure.id.startswith(start)), "avslutsorsak")
    return measure.enumeration or home


def _line(
    label: str,
    measure: Measure,
    by_group: dict[str, Fact | Blank],
    groups: tuple[str, ...],
    context: Context,
) -> Line:
    unit = "" if measure.unit == "personer" else measure.unit
    values = tuple(_anchored(by_group.get(group), unit) for group in groups)
    return Line(label, values, context.definition(measure.id))


def _anchored(figure: Fact | Blank | None, unit: str) -> Value:
    return value(figure, unit, texts.anchor(figure.cell.id) if figure else "")


def _distribution_lines(context: Context) -> Iterator[Line]:
    for found in context.report.tables.values():
        asked = found.distribution
        measure = None if asked.measure in ASKED else context.measure(asked.measure)
        for row in found.rows if measure else ():
            figure = context.figure(row.cell)
            if measure and figure is not None:
                told = f" {POINTS[asked.point]}" if asked.point in POINTS else ""
                yield _line(f"{measure.label}{told}: {row.label}", measure, {"": figure}, ("",), context)
