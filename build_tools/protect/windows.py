"""Means told for times of their own: the same time told twice, and times that overlap.

One who comes or leaves does so on one day. The windows of such people are therefore sums of the
stretches of time that they are cut into by each other's ends, and two windows that share all but a
stretch give the number and the mean of those in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise

from build_tools.model import Fact, GoalDefinition, Kind, Period
from build_tools.protect.audit import solved
from build_tools.protect.ledger import NOBODY, Quantity
from build_tools.protect.sheets import Sheet
from build_tools.protect.terms import BASE
from build_tools.protect.years import Lineage, Tie

SERIES = "serie"
IN_GOAL = "avslutade_i_mal"
CAME_OR_LEFT = frozenset({"nya", "avslutade", "avslutade_utan_tidiga_avhopp", IN_GOAL, "till_arbete"})
"""Populations that a person joins on one day, so that longer times have those of the shorter ones."""
TIME = "~tid"
UNSEEN = Quantity(None, persons=False)

Line = tuple[str, str, str, str, str, str]
"""An insats, and the measure, population, point, category and group of means that follow each other."""
Span = tuple[int, int]
"""A first day and the day after the last one, both counted from the year 1: any date has a day after it."""


@dataclass(frozen=True, slots=True)
class Window:
    """A mean in a report, with the time it is told for."""

    sheet: Sheet
    fact: Fact
    span: Span

    @property
    def place(self) -> tuple[str, str]:
        """Its report and its cell."""
        return self.sheet.report.id, self.fact.cell.id

    @property
    def size(self) -> Decimal:
        """How many it is the mean of, nobody where that is not told."""
        return self.fact.n if isinstance(self.fact.n, Decimal) else NOBODY

    @property
    def goal(self) -> GoalDefinition | None:
        """What counts as reaching the goal, where that decides who is counted."""
        return self.sheet.report.goal if self.fact.cell.population == IN_GOAL else None


@dataclass(frozen=True, slots=True)
class Overlaps:
    """What ties windows together, with the stretches they are made of, which are shown nowhere."""

    ties: tuple[Tie, ...] = ()
    stretches: Mapping[tuple[str, str], Quantity] = field(default_factory=dict)


def overlaps(sheets: Sequence[Sheet], lineage: Lineage) -> Overlaps:
    """Every tie between means of the same measure and people whose times are the same or overlap."""
    ties: list[Tie] = []
    stretches: dict[tuple[str, str], Quantity] = {}
    for line, windows in _lines(sheets, lineage).items():
        ties += _same(windows)
        for place, alike in enumerate(_counted_alike(windows)):
            name = f"{'|'.join(line)}|{place}"
            people, times = _people(name, alike), _times(name, alike)
            ties += (*people, *times)
            stretches |= _stretches(people, alike)
            stretches |= {place: UNSEEN for tie in times for place in tie if place[0] == name}
    return Overlaps(tuple(ties), stretches)


def _lines(sheets: Sequence[Sheet], lineage: Lineage) -> dict[Line, list[Window]]:
    """Means by what they are told of, in the order of the reports."""
    found: dict[Line, list[Window]] = {}
    for sheet in sheets:
        own = sheet.report.period
        for _key, fact in sheet.facts():
            cell, time = fact.cell, fact.period or own
            if fact.kind is Kind.MEAN and not sheet.limits.opens(cell.measure):
                insats = _origin(sheet.report.intervention, lineage)
                of = (insats, cell.measure, cell.population, _point(sheet, fact), cell.category, cell.group)
                found.setdefault(of, []).append(Window(sheet, fact, _span(time)))
    return found


def _span(period: Period) -> Span:
    return period.start.toordinal(), period.end.toordinal() + 1


def _origin(insats: str, lineage: Lineage) -> str:
    """The first name of an insats that has only changed its name: it came of one, which became it alone."""
    seen = {insats}
    while len(before := lineage.get(insats, ())) == 1 and before[0] not in seen:
        if sum(before[0] in others for others in lineage.values()) > 1:
            break
        insats = before[0]
        seen.add(insats)
    return insats


def _point(sheet: Sheet, fact: Fact) -> str:
    """The measuring point. A point of a series is told for the measure's own."""
    measure = sheet.catalogue.measures.get(fact.cell.measure)
    own = measure.point if measure else ""
    return own if fact.cell.point == SERIES else fact.cell.point


def _same(windows: Sequence[Window]) -> Iterator[Tie]:
    """A time that is told again: the same mean, also where the figures differ a little."""
    first: dict[Span, Window] = {}
    for window in windows:
        told = first.setdefault(window.span, window)
        if told is not window:
            yield {told.place: 1, window.place: -1}


def _counted_alike(windows: Sequence[Window]) -> Iterator[list[Window]]:
    """Windows that overlap others, of people who came or left, counted in the same way."""
    goals: list[GoalDefinition | None] = []
    for window in windows:
        if window.goal not in goals:
            goals.append(window.goal)
    for goal in goals:
        alike = [window for window in windows if window.goal == goal and _added(window.fact)]
        spans = sorted({window.span for window in alike})
        if any(later[0] < earlier[1] for earlier, later in pairwise(spans)):
            yield alike


def _added(fact: Fact) -> bool:
    whole = isinstance(fact.n, Decimal) and fact.n == fact.n.to_integral_value()
    return whole and fact.cell.population in CAME_OR_LEFT


def _cut(windows: Sequence[Window]) -> Iterator[Span]:
    """The stretches that the windows' ends cut time into."""
    bounds = {bound for window in windows for bound in window.span}
    for stretch in pairwise(sorted(bounds)):
        if any(_within(stretch, window) for window in windows):
            yield stretch


def _within(stretch: Span, window: Window) -> bool:
    return window.span[0] <= stretch[0] and stretch[1] <= window.span[1]


def _parts(name: str, windows: Sequence[Window], what: str) -> Iterator[tuple[Window, Tie]]:
    """Each window with the stretches that make it up."""
    stretches = tuple(_cut(windows))
    for window in windows:
        inside = (stretch for stretch in stretches if _within(stretch, window))
        yield window, {(name, f"{first}_{last}{what}"): 1 for first, last in inside}


def _people(name: str, windows: Sequence[Window]) -> list[Tie]:
    """Those of a window are those of its stretches."""
    return [{_behind(window): -1, **parts} for window, parts in _parts(name, windows, BASE)]


def _times(name: str, windows: Sequence[Window]) -> list[Tie]:
    """All the time that those of a window took is that of its stretches."""
    told = _parts(name, windows, TIME)
    return [{window.place: -int(window.size), **parts} for window, parts in told if window.size]


def _behind(window: Window) -> tuple[str, str]:
    report, cell = window.place
    return report, cell + BASE


def _stretches(people: Sequence[Tie], windows: Sequence[Window]) -> dict[tuple[str, str], Quantity]:
    """How many each stretch has, shown nowhere; guarded where all windows together tell of few."""
    sizes = {_behind(window): window.size for window in windows}
    limit = max(map(_limit, windows))
    found = {place: Quantity(None, True, limit) for tie in people for place in tie.keys() - sizes.keys()}
    for row in solved(people, found.keys()).values():
        unknown = [place for place in row if place in found]
        added = sum((weight * sizes[place] for place, weight in row.items() if place in sizes), NOBODY)
        if len(unknown) == 1 and 0 < -added / row[unknown[0]] < limit:
            found[unknown[0]] = replace(found[unknown[0]], guarded=True)
    return found


def _limit(window: Window) -> int:
    cell = window.fact.cell
    return window.sheet.limits.of(f"{cell.measure}@{cell.population}").mean
