"""Tables of participants: how many came and left, and means of age and time."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from build_tools import texts
from build_tools.model import Blank, Fact, Measure
from build_tools.pages.grids import Grid, Line, group_label, groups_of, remarks_on, value, with_base
from build_tools.pages.tables.context import Context

FLOW = ("flode.ingang", "flode.nya", "flode.totalt", "flode.avslutade", "flode.utgang")
SERIES = "serie"
"""The measuring point of figures that follow each other in time."""


def flow(context: Context) -> Iterator[Grid]:
    """Opening, new, in all, exits and closing, by sex, with the share of women."""
    figures = context.of(*FLOW)
    groups = groups_of(figures)
    lines = tuple(_flow_line(measure, groups, context) for measure in FLOW if context.of(measure))
    shares = ("Andel kvinnor",) if "kvinna" in groups else ()
    if lines:
        yield Grid("Deltagare under perioden", "", tuple(map(group_label, groups)) + shares, lines)


def _flow_line(measure: str, groups: tuple[str, ...], context: Context) -> Line:
    values = [value(context.figure(f"{measure}.{group}" if group else measure)) for group in groups]
    if "kvinna" in groups:
        values.append(value(context.figure(f"{measure}.kvinna.andel")))
    return Line(context.name(measure), tuple(values), context.definition(measure))


def means(measures: tuple[str, ...], caption: str) -> Callable[[Context], Iterator[Grid]]:
    """A table of means, one line for each measure, population and category, by sex."""

    def made(context: Context) -> Iterator[Grid]:
        figures = context.of(*measures)
        groups = groups_of(figures)
        lines = tuple(line for name in measures for line in _mean_lines(name, groups, context))
        columns = tuple(group_label(group) if group else "Alla" for group in groups)
        if lines:
            said = remarks_on((_named(figure, context), figure) for figure in figures)
            yield Grid(caption, "", columns, lines, footnotes=said)

    return made


def _named(figure: Fact | Blank, context: Context) -> str:
    measure = context.measure(figure.cell.measure)
    return qualified(measure, figure, context) if measure else ""


Key = tuple[str, str, str, str]


def _bases(figures: list[Fact | Blank]) -> dict[Key, list[Fact | Blank]]:
    """Figures of one measure by population, point, category and, in a series, time; in their order."""
    found: dict[Key, list[Fact | Blank]] = {}
    for figure in figures:
        cell = figure.cell
        key = (cell.population, cell.point, cell.category, cell.id if cell.point == SERIES else "")
        found.setdefault(key, []).append(figure)
    return found


def _mean_lines(name: str, groups: tuple[str, ...], context: Context) -> Iterator[Line]:
    measure = context.measure(name)
    if measure is None:
        return
    for figures in _bases(context.of(name)).values():
        by_group = {figure.cell.group: figure for figure in figures}
        label = qualified(measure, figures[0], context)
        values = tuple(with_base(by_group.get(group), measure) for group in groups)
        yield Line(label, values, context.definition(name))


def qualified(measure: Measure, figure: Fact | Blank, context: Context) -> str:
    """A measure's label with time, category and population where they are not the measure's own."""
    cell, extra = figure.cell, []
    if cell.point == SERIES and isinstance(figure, Fact) and figure.period:
        extra.append(texts.period(figure.period))
    if cell.category:
        extra.append(context.label("avslutsorsak", cell.category).lower())
    if cell.population and cell.population != measure.population:
        extra.append(context.label("population", cell.population).lower())
    return f"{measure.label}, {texts.listed(extra)}" if extra else measure.label
