"""The size of a project: how large a part each figure is of the number that was planned for."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.derive.facts import amount, share
from build_tools.derive.shares import share_cell
from build_tools.model import Catalogue, Fact, Kind, Report
from build_tools.stages import derived

MEASURES = "omfattning."
PLANNED = "mal"
RULE = "omfattning.andel"


@derived("omfattning.andel", "Andel av målet för antalet deltagare", after=("grupper",))
def of_planned(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """Andelen är antalet delat med målet, så som samma källa anger det, eller den enda källa som gör det."""
    for figure in list(report.cells.values()):
        measure = figure.cell.measure
        if isinstance(figure, Fact) and figure.kind is Kind.COUNT and measure.startswith(MEASURES):
            planned = _planned(report, figure) if measure != f"{MEASURES}{PLANNED}" else None
            if planned:
                formula = "Antalet delat med målet för antalet deltagare."
                made = share(share_cell(figure.cell), amount((figure,)), amount((planned,)), RULE, formula)
                yield from () if made is None else (made,)


def _planned(report: Report, figure: Fact) -> Fact | None:
    """The goal for the same group, by the same source; or by the only source that tells one."""
    told = {
        found.cell.category: found
        for found in report.cells.values()
        if isinstance(found, Fact)
        and found.cell.measure == f"{MEASURES}{PLANNED}"
        and found.cell.group == figure.cell.group
        and found.kind is Kind.COUNT
    }
    only = next(iter(told.values())) if len(told) == 1 else None
    return told.get(figure.cell.category, only)
