"""Which rules touch which stated figures, found by the cells of their verdicts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from build_tools.checks.relations import Likened, Sum, key
from build_tools.checks.wording import unfolded
from build_tools.model import Edition, Report, Verdict
from build_tools.stages import check


@dataclass(frozen=True, slots=True)
class Link:
    """What a rule looked at for one verdict: the cells with all they come from, and what is told beside."""

    code: str
    verdict: Verdict
    cells: frozenset[str]
    beside: frozenset[str]


@dataclass(frozen=True, slots=True)
class Links:
    """All links of a report by the key of each figure."""

    by_figure: Mapping[str, tuple[Link, ...]]

    def of(self, keys: Collection[str]) -> dict[str, list[Link]]:
        """The links of some figures by rule; those of sums first, for they notice most."""
        found: dict[str, list[Link]] = {}
        links = {id(link): link for figure in keys for link in self.by_figure.get(figure, ())}
        for link in sorted(links.values(), key=lambda link: not isinstance(link.verdict, Sum)):
            found.setdefault(link.code, []).append(link)
        return found


def links(report: Report, edition: Edition) -> Links:
    """Run every rule once and note what its verdicts touch."""
    found: dict[str, list[Link]] = {}
    places = {told.fact.where: key(report, told.fact) for told in report.stated}
    told_of: dict[str, list[str]] = {}
    for told in report.stated:
        told_of.setdefault(told.fact.cell.id, []).append(key(report, told.fact))
    for part in check.parts():
        for verdict in part.run(report, edition):
            beside = {*_beside(verdict), *(one for cell in verdict.cells for one in told_of.get(cell, ()))}
            beside |= {places[verdict.where]} if verdict.where in places else set()
            scaled_by = verdict.by if isinstance(verdict, Likened) else ()
            cells = frozenset(unfolded(report, (*verdict.cells, *scaled_by)))
            link = Link(part.id, verdict, cells, frozenset(beside))
            for figure in sorted(link.cells | link.beside | {verdict.about}):
                found.setdefault(figure, []).append(link)
    return Links({figure: tuple(own) for figure, own in found.items()})


def _beside(verdict: Verdict) -> Iterator[str]:
    """The numbers told beside their cells that a sum is of."""
    if isinstance(verdict, Sum):
        yield from (term for term, _weight in verdict.terms if "=" in term)
