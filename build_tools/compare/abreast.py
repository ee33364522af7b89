"""The same year in several insatser: each figure in all of them, and a mean where one has a meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

import pandas as pd

from build_tools.compare.engine import compared, mean
from build_tools.compare.lines import is_sum, label, lines, shown
from build_tools.compare.rules import Rules
from build_tools.compare.together import Together
from build_tools.compare.traits import Reading, Side
from build_tools.frames import pivot
from build_tools.model import Blank, Comparison, Fact, PeerRow, whole_keys

Table = Mapping[str, Mapping[str, Side]]


def table_of(readings: Sequence[Reading]) -> Table:
    """The figures of some reports by key, and under it by report; a report without the figure is left out."""
    found = [(line.key, one.report.id, line.figure) for one in readings for line in lines(one)]
    if not found:
        return {}
    wide = pivot(pd.DataFrame(found, columns=["key", "report", "figure"]), "key", "report")
    known = {one.report.id: one for one in readings}
    order = {measure: at for at, measure in enumerate(readings[0].catalogue.measures)}

    def place(key: str) -> int:
        return order.get(next(iter(wide[key].values())).cell.measure, len(order))

    return {
        key: {report: Side(figure, known[report].traits(figure)) for report, figure in wide[key].items()}
        for key in sorted(wide, key=place)
    }


def matrix(readings: Sequence[Reading], rules: Rules, *, only: Set[str] = frozenset()) -> tuple[PeerRow, ...]:
    """Every figure that any of the reports has, or what stands for only some whole measures."""
    wanted = {key for measure in only for key in whole_keys(measure)}
    table = table_of(readings)
    return tuple(_row(key, own, readings, rules) for key, own in table.items() if not only or key in wanted)


def _row(key: str, own: Mapping[str, Side], readings: Sequence[Reading], rules: Rules) -> PeerRow:
    known = {one.report.id: one for one in readings}
    figures: dict[str, Fact | Blank | None] = {
        report: own[report].figure if report in own else None for report in known
    }
    first, figure = next((report, side.figure) for report, side in own.items() if side.figure is not None)
    name = figure.cell.measure
    measure = readings[0].catalogue.measures.get(name)
    template = readings[0].catalogue.templates.get(known[first].report.template)
    together = Together(own, readings, rules)
    told = [side for _, side in together.told]
    return PeerRow(
        key=key,
        measure=name,
        label=label(figure, known[first]),
        section=template.home(measure) if template and measure else None,
        figures=figures,
        shown={report: shown(found, measure) for report, found in figures.items()},
        with_first=_with_first(told, own, readings, name, rules),
        mean=mean([side for _, side in together.counted], rules) if told else None,
        is_sum=is_sum(figure, known[first]),
    )


def _with_first(
    told: Sequence[Side],
    own: Mapping[str, Side],
    readings: Sequence[Reading],
    measure: str,
    rules: Rules,
) -> dict[str, Comparison]:
    """Each report's figure with that of the first report that has a number."""
    if not told:
        return {}
    return {
        one.report.id: compared(told[0], own.get(one.report.id) or one.side("", measure), rules)
        for one in readings
    }
