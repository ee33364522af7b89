"""Tables of single figures: those that have no table of their own, and how many reached the goal."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.model import Blank, Fact, Kind, Measure
from build_tools.pages.grids import Grid, Line, Value, remarks_on, value, with_base
from build_tools.pages.tables.context import Context

ELSEWHERE = (
    "flode.", "mal.", "ekonomi.", "bemanning.", "moten.", "avslut", "inskrivna.", "omfattning.",
    "enkat", "skattning", "overgang", "genomstromningstid", "ar_i_offentlig_forsorjning", "alder",
)  # fmt: skip
"""How the measures begin that have a table or a place of their own."""


def others(context: Context) -> Iterator[Grid]:
    """The figures of a section that have no table of their own."""
    found = [
        (measure, figure)
        for measure in context.publication.catalogue.measures.values()
        if context.home(measure) == context.section and not measure.enumeration
        for figure in context.of(measure.id)
        if _stands_alone(figure)
    ]
    if found:
        lines = tuple(
            Line(measure.label, (_value(figure, measure),), context.definition(measure.id))
            for measure, figure in found
        )
        said = remarks_on((measure.label, figure) for measure, figure in found)
        yield Grid("Fler uppgifter", "Uppgift", ("Värde",), lines, footnotes=said)


def _value(figure: Fact | Blank, measure: Measure) -> Value:
    return with_base(figure, measure) if measure.kind is Kind.MEAN else value(figure, measure.unit)


def _stands_alone(figure: Fact | Blank) -> bool:
    cell = figure.cell
    return not cell.category and not cell.group and not cell.measure.startswith(ELSEWHERE)


def goals(context: Context) -> Iterator[Grid]:
    """How many reached the goal, by the team's own definition and by the common ones."""
    lines = tuple(
        Line(measure.label, (value(figure),), context.definition(measure.id))
        for measure in context.publication.catalogue.measures.values()
        if measure.id.startswith("mal.")
        for figure in context.of(measure.id)
    )
    if lines:
        yield Grid("Måluppfyllelse", "Mått", ("Värde",), lines)
