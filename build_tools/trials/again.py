"""Runs the rules that touch a figure once more when it is changed, on the few figures that they look at.

Where the few figures do not give what the whole report gave, the rule gets the whole report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from build_tools import derive
from build_tools.checks.relations import NOTHING, Sum, key
from build_tools.checks.wording import unfolded
from build_tools.model import Edition, Fact, Interval, Kind, Report, Stated, Survey, Verdict, Where
from build_tools.stages import check
from build_tools.trials.links import Link, links
from build_tools.trials.remade import Cells, Remaking
from build_tools.trials.written import DAYS, RATE, Numbers, bare, facts_at, refused, rewritten, touched

COUNTED = (Kind.COUNT, Kind.AMOUNT)
MOST_DAYS = 3660
"""The longest limit for an early dropout that a file may tell of."""

Failing = Counter[tuple[str, Where]]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The part of a report that a rule looks at for some figures, and what fails there as it stands."""

    report: Report
    failing: Failing


@dataclass(frozen=True, slots=True)
class Bare:
    """A part of a report with nothing computed, and what fails by each rule when all that follows is."""

    report: Report
    failing: Mapping[str, Failing]


class Again:
    """One report that is tried over and over."""

    def __init__(self, report: Report, edition: Edition) -> None:
        self.report = report
        self._reports = dict(edition.reports)
        self.edition = replace(edition, reports=self._reports)
        self.links = links(report, edition)
        self.remaking = Remaking(report, edition.catalogue)
        self.beside = touched(report)
        self.facts = facts_at(report)
        self.bare = bare(report)
        self.stated = tuple((key(report, told.fact), told) for told in report.stated)
        self.order = {name: place for place, name in enumerate(report.cells)}
        self.rules = {part.id: part.run for part in check.parts()}
        self._excerpts: dict[tuple[str, tuple[str, ...]], Excerpt] = {}
        self._bare: dict[tuple[tuple[str, ...], bool], list[Bare]] = {}
        self._noticed_by: Counter[str] = Counter()

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
        touching = self.links.of(keys)
        if any(self._breaks(link.verdict, changed) for own in touching.values() for link in own):
            return True
        return any(
            self._fails(code, self._excerpt(code, keys, own), changed) for code, own in touching.items()
        )

    def _breaks(self, verdict: Verdict, changed: Mapping[str, Fact]) -> bool:
        """Whether a sum that holds no longer does, counted on its own terms: most slips are seen so, and
        the rule need not run.
        """
        if type(verdict) is not Sum or not verdict.holds:
            return False
        gap, own = verdict.gap, [(name, weight) for name, weight in verdict.terms if name in changed]
        if len(own) < len(changed) or any(changed[name].kind not in COUNTED for name, _weight in own):
            return False
        for name, weight in own:
            before = self.report.fact(name)
            if before is None:
                return False
            then, now = (fact.interval.scaled(weight) for fact in (before, changed[name]))
            gap = Interval(gap.low - then.low + now.low, gap.high - then.high + now.high)
        others = [name for name, _weight in verdict.terms if name not in changed]
        return not gap.meets(NOTHING) and changed.keys().isdisjoint(unfolded(self.report, others))

    def _eager(self, failing: Mapping[str, Failing]) -> list[tuple[str, Failing]]:
        """Rules with what fails of each already, those that have noticed most so far first."""
        return sorted(failing.items(), key=lambda item: -self._noticed_by[item[0]])

    def _speaks(self, code: str, report: Report, before: Failing) -> bool:
        """Whether something fails in a report that did not fail before."""
        spoke = bool(_failing(self._verdicts(code, report)) - before)
        self._noticed_by[code] += spoke
        return spoke

    def _noticed_beside(self, keys: tuple[str, ...], numbers: Numbers) -> bool:
        """The same for numbers that belong to many cells: all that they come to is derived anew."""
        made = [(part, rewritten(part.report, numbers)) for part in self._parts(keys, others=False)]
        if any(self._fails_bare(part, after) for part, after in made):
            return True
        if all(_kinds(part.report) == _kinds(after) for part, after in made):
            return False
        # What was a count is a share that gives none, and rules that had nothing to say look at shares.
        return any(
            self._fails_bare(part, rewritten(part.report, numbers)) for part in self._parts(keys, others=True)
        )

    def _fails_bare(self, part: Bare, after: Report) -> bool:
        whole = derive.complete(after, self.edition.catalogue)
        return any(self._speaks(code, whole, failing) for code, failing in self._eager(part.failing))

    def _parts(self, keys: tuple[str, ...], *, others: bool) -> list[Bare]:
        if (keys, others) not in self._bare:
            self._bare[keys, others] = list(self._parted(keys, others=others))
        return self._bare[keys, others]

    def _parted(self, keys: tuple[str, ...], *, others: bool) -> Iterator[Bare]:
        """The bare part of the report that rules look at for some numbers, and the whole for those to whom
        that tells less. The rules are those that touch the numbers, or all `others`.
        """
        names = frozenset().union(*(self.beside[place] for place in keys))
        touching = self.links.of((*names, *keys))
        small = self._part(names, [link for own in touching.values() for link in own])
        whole = derive.complete(small, self.edition.catalogue)
        enough: dict[str, Failing] = {}
        less: dict[str, Failing] = {}
        for code in [code for code in self.rules if code not in touching] if others else touching:
            found = self._verdicts(code, whole)
            if _told(link.verdict for link in touching.get(code, ())) <= _told(found):
                enough[code] = _failing(found)
            else:
                less[code] = _failing(self._verdicts(code, self.report))
        yield Bare(small, enough)
        if less:
            yield Bare(self.bare, less)

    def _part(self, names: frozenset[str], own: Sequence[Link]) -> Report:
        """The written figures that the links name, with the tables, questions and goals they belong to."""
        wanted = names.union(*(link.cells for link in own), (link.verdict.about for link in own))
        beside = frozenset().union(*(link.beside for link in own))
        report = self.bare
        cells = self._cells(wanted & report.cells.keys())
        tables = (one for one in report.distributions if one.id in wanted or _within(one.id, cells))
        surveys = (_asked(one, wanted, cells) for one in report.surveys)
        own_told = (told for one, told in self.stated if told.fact.cell.id in names or one in beside)
        return replace(
            report,
            prose=None,
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
        stated = tuple(_retold(self.report, told, changed) for told in report.stated)
        return self._speaks(code, replace(report, cells=cells, stated=stated), excerpt.failing)

    def _excerpt(self, code: str, keys: tuple[str, ...], own: Sequence[Link]) -> Excerpt:
        if (code, keys) not in self._excerpts:
            self._excerpts[code, keys] = self._made(code, own)
        return self._excerpts[code, keys]

    def _made(self, code: str, own: Sequence[Link]) -> Excerpt:
        """The cells and numbers that the links name; the whole report where those give something else."""
        wanted = frozenset().union(*(link.cells for link in own))
        beside = frozenset().union(*(link.beside for link in own))
        stated = tuple(told for one, told in self.stated if one in beside)
        small = replace(self.report, cells=self._cells(wanted & self.order.keys()), stated=stated)
        found = self._verdicts(code, small)
        if not _told(link.verdict for link in own) <= _told(found):
            small = self.report
            found = self._verdicts(code, small)
        return Excerpt(small, _failing(found))

    def _cells(self, names: Collection[str]) -> Cells:
        """Some cells of the report, in its order."""
        return {name: self.report.cells[name] for name in sorted(names, key=self.order.__getitem__)}

    def _verdicts(self, code: str, report: Report) -> list[Verdict]:
        """What a rule says of the report as it is tried; what adds reports up sees it so too."""
        self._reports[report.id] = report
        return list(self.rules[code](report, self.edition))


def _impossible(fact: Fact) -> bool:
    below = fact.kind is Kind.COUNT and fact.value < 0
    days = fact.cell.id == DAYS and not 1 <= fact.value <= MOST_DAYS
    return below or days or (fact.upper is not None and fact.upper <= fact.value)


def _retold(report: Report, told: Stated, changed: Mapping[str, Fact]) -> Stated:
    name = key(report, told.fact)
    return replace(told, fact=changed[name]) if name in changed else told


def _kinds(report: Report) -> list[tuple[str, Kind | None]]:
    """What each cell and each number told beside it is."""
    told = (*report.cells.values(), *(stated.fact for stated in report.stated))
    return [(one.cell.id, one.kind if isinstance(one, Fact) else None) for one in told]


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
