"""The key figures at the top of a report, each with the same figure a year before."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from build_tools import texts
from build_tools.model import Blank, Comparability, Fact, Measure
from build_tools.pages.grids import base_text, figure_text
from build_tools.pages.tables import Context


@dataclass(frozen=True, slots=True)
class Card:
    """A key figure: its value, what it rests on, and the same a year before."""

    label: str
    href: str
    text: str
    mark: str
    base: str
    before: str


def cards(context: Context) -> Iterator[Card]:
    """A card for every key measure that the report has."""
    measures = [one for one in context.publication.catalogue.measures.values() if one.key]
    refused = _refused([one.id for one in measures], context)
    for measure in measures:
        figure = context.report.headline(measure)
        if figure is not None:
            mark = texts.MARK_MEANINGS[figure.mark] if isinstance(figure, Blank) else ""
            text = figure_text(figure, measure.unit)
            base = base_text(figure) if isinstance(figure, Fact) else ""
            before = _before(measure, context, apart=measure.id in refused)
            yield Card(measure.label, context.definition(measure.id), text, mark, base, before)


def _refused(measures: Collection[str], context: Context) -> Collection[str]:
    """The measures that cannot be compared with the report before."""
    earlier = context.publication.before(context.report)
    if earlier is None:
        return ()
    ends = (earlier.id, context.report.id)
    return {measure for measure, _ in context.publication.comparisons.breaks(ends, frozenset(measures))}


def _before(measure: Measure, context: Context, *, apart: bool) -> str:
    """The same figure a year before, from that report or as this one tells it; never a difference."""
    earlier = context.publication.before(context.report)
    then = earlier.headline(measure) if earlier else None
    if earlier and then:
        text = f"{texts.period(earlier.period)}: {figure_text(then, measure.unit)}"
        return f"{text}, {Comparability.NO}" if apart else text
    told = context.report.previous_stated.get(measure.id)
    return f"Året före, enligt denna rapport: {figure_text(told, measure.unit)}" if told else ""
