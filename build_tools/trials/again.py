"""Runs the rules that touch a figure once more when it is changed, on the few figures that they look at.

Where the few figures do not give what the whole report gave, the rule gets the whole report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from build_tools.checks.relations import key
from build_tools.model import Edition, Fact, Report, Verdict, Where
from build_tools.stages import check
from build_tools.trials.links import Link, links
from build_tools.trials.remade import Cells, Remaking

Failing = Counter[tuple[str, Where]]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The part of a report that a rule looks at for some figures, and what fails there as it stands."""

    report: Report
    failing: Failing


class Again:
    """One report that is tried over and over."""

    def __init__(self, report: Report, edition: Edition) -> None:
        self.report = report
        self.edition = edition
        self.links = links(report, edition)
        self.remaking = Remaking(report, edition.catalogue)
        self.rules = {part.id: part.run for part in check.parts()}
        self._excerpts: dict[tuple[str, tuple[str, ...]], Excerpt] = {}

    def noticed(self, changed: Mapping[str, Fact]) -> bool:
        """Whether any rule fails that did not fail before."""
        keys = tuple(sorted(changed))
        touching = self.links.of(keys).items()
        return any(self._fails(code, self._excerpt(code, keys, own), changed) for code, own in touching)

    def _fails(self, code: str, excerpt: Excerpt, changed: Mapping[str, Fact]) -> bool:
        report = excerpt.report
        cells = self.remaking.after(report.cells, changed)
        stated = tuple(
            replace(told, fact=changed[name]) if (name := key(self.report, told.fact)) in changed else told
            for told in report.stated
        )
        found = self._verdicts(code, replace(report, cells=cells, stated=stated))
        return bool(_failing(found) - excerpt.failing)

    def _excerpt(self, code: str, keys: tuple[str, ...], own: Sequence[Link]) -> Excerpt:
        if (code, keys) not in self._excerpts:
            self._excerpts[code, keys] = self._made(code, own)
        return self._excerpts[code, keys]

    def _made(self, code: str, own: Sequence[Link]) -> Excerpt:
        """The cells and numbers that the links name; the whole report where those give something else."""
        wanted = frozenset().union(*(link.cells for link in own))
        beside = frozenset().union(*(link.beside for link in own))
        cells: Cells = {name: found for name, found in self.report.cells.items() if name in wanted}
        stated = tuple(told for told in self.report.stated if key(self.report, told.fact) in beside)
        small = replace(self.report, cells=cells, stated=stated)
        found = self._verdicts(code, small)
        if not _told(link.verdict for link in own) <= _told(found):
            small = self.report
            found = self._verdicts(code, small)
        return Excerpt(small, _failing(found))

    def _verdicts(self, code: str, report: Report) -> list[Verdict]:
        return list(self.rules[code](report, self.edition))


def _failing(verdicts: Iterable[Verdict]) -> Failing:
    return Counter((verdict.about, verdict.where) for verdict in verdicts if not verdict.holds)


def _told(verdicts: Iterable[Verdict]) -> Counter[tuple[str, Where, bool, type[Verdict]]]:
    return Counter((verdict.about, verdict.where, verdict.holds, type(verdict)) for verdict in verdicts)
