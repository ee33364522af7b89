"""Runs the rules that touch a figure once more when it is changed, on the few figures that they look at.

Where the few figures do not give what the whole report gave, the rule gets the whole report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from build_tools import derive
from build_tools.checks.relations import key
from build_tools.model import Edition, Fact, Kind, Report, Survey, Verdict, Where
from build_tools.stages import check
from build_tools.trials.links import Link, links
from build_tools.trials.remade import Cells, Remaking
from build_tools.trials.written import DAYS, RATE, Numbers, bare, facts_at, refused, rewritten, touched

MOST_DAYS = 3660
"""The longest limit for an early dropout that a file may tell of."""

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
        self.beside = touched(report)
        self.facts = facts_at(report)
        self.rules = {part.id: part.run for part in check.parts()}
        self._excerpts: dict[tuple[str, tuple[str, ...]], Excerpt] = {}
        self._bare: dict[tuple[str, ...], list[tuple[Report, dict[str, Failing]]]] = {}

    def refuses(self, changed: Mapping[str, Fact]) -> bool:
        """Whether no file may say so: nobody counts below nought, and some numbers must be more than that."""
        if any(map(_impossible, changed.values())):
            return True
        numbers = {place: fact.value for place, fact in changed.items()}
        around = {id(fact): fact for place in changed for fact in self.facts.get(place, ())}
        return any(refused(fact, numbers, self.edition.catalogue) for fact in around.values())

    def noticed(self, changed: Mapping[str, Fact]) -> bool:
        """Whether any rule fails that did not fail before."""
        keys = tuple(sorted(changed))
        if not self.beside.keys().isdisjoint(keys):
            return self._noticed_beside(keys, {place: fact.value for place, fact in changed.items()})
        touching = self.links.of(keys).items()
        return any(self._fails(code, self._excerpt(code, keys, own), changed) for code, own in touching)

    def _noticed_beside(self, keys: tuple[str, ...], numbers: Numbers) -> bool:
        """The same for numbers that belong to many cells: all that they come to is derived anew."""
        if keys not in self._bare:
            self._bare[keys] = list(self._parted(keys))
        for report, failing in self._bare[keys]:
            after = derive.complete(rewritten(report, numbers), self.edition.catalogue)
            for code, before in failing.items():
                if _failing(self._verdicts(code, after)) - before:
                    return True
        return False

    def _parted(self, keys: tuple[str, ...]) -> Iterator[tuple[Report, dict[str, Failing]]]:
        """The bare part of the report that all rules look at for some numbers; the whole for other rules."""
        names = frozenset().union(*(self.beside[place] for place in keys))
        touching = self.links.of((*names, *keys))
        if any(fact.share for place in keys for fact in self.facts.get(place, ())):
            # What is a count today can become a share that gives none, and other rules look at shares.
            touching = {code: touching.get(code, []) for code in self.rules}
        small = self._part(names, [link for own in touching.values() for link in own])
        whole = derive.complete(small, self.edition.catalogue)
        enough: dict[str, Failing] = {}
        others: dict[str, Failing] = {}
        for code, own in touching.items():
            found = self._verdicts(code, whole)
            if _told(link.verdict for link in own) <= _told(found):
                enough[code] = _failing(found)
            else:
                others[code] = _failing(self._verdicts(code, self.report))
        yield small, enough
        if others:
            yield bare(self.report), others

    def _part(self, names: frozenset[str], own: Sequence[Link]) -> Report:
        """The written figures that the links name, with the tables, questions and goals they belong to."""
        wanted = names.union(*(link.cells for link in own), (link.verdict.about for link in own))
        beside = frozenset().union(*(link.beside for link in own))
        report = bare(self.report)
        cells: Cells = {name: found for name, found in report.cells.items() if name in wanted}
        tables = (one for one in report.distributions if one.id in wanted or _within(one.id, cells))
        surveys = (_asked(one, wanted, cells) for one in report.surveys)
        own_told = (
            told for told in report.stated if told.fact.cell.id in names or key(report, told.fact) in beside
        )
        return replace(
            report,
            cells=cells,
            stated=tuple(own_told),
            distributions=tuple(tables),
            surveys=tuple(survey for survey in surveys if survey.questions),
            posts=tuple(one for one in report.posts if not cells.keys().isdisjoint((one.count, one.percent))),
            goals=tuple(one for one in report.goals if f"mal.{one.id}" in wanted),
        )

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


def _impossible(fact: Fact) -> bool:
    below = fact.kind is Kind.COUNT and fact.value < 0
    days = fact.cell.id == DAYS and not 1 <= fact.value <= MOST_DAYS
    return below or days or (fact.upper is not None and fact.upper <= fact.value)


def _asked(survey: Survey, wanted: Collection[str], cells: Cells) -> Survey:
    """The questions of a survey that are looked at; all of them where it is asked how many answered any."""
    if f"{survey.id}.{RATE}" in wanted:
        return survey
    asked = (one for one in survey.questions if one.id in wanted or _within(one.id, cells))
    return replace(survey, questions=tuple(asked))


def _within(owner: str, cells: Cells) -> bool:
    return any(name.startswith(f"{owner}.") for name in cells)


def _failing(verdicts: Iterable[Verdict]) -> Failing:
    return Counter((verdict.about, verdict.where) for verdict in verdicts if not verdict.holds)


def _told(verdicts: Iterable[Verdict]) -> Counter[tuple[str, Where, bool, type[Verdict]]]:
    return Counter((verdict.about, verdict.where, verdict.holds, type(verdict)) for verdict in verdicts)
