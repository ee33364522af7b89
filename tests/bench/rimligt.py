"""How often plausibility is wrong, and how often it helps: `python -m tests.bench.rimligt [frön …]`.

Correct reports are drawn: teams that grow or shrink, figures that vary more than chance, whole years that are
better or worse, and now and then a change that stays. Each figure that has something to be judged by is tried
as it is (an alarm is false) and ten times as large, as when the point is lost.
"""

from __future__ import annotations

import math
import random
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from build_tools.checks.likely import figure_is_like_that_of_others, figure_is_like_the_years_before
from build_tools.model import (
    Catalogue,
    Cell,
    Edition,
    Fact,
    Interval,
    Kind,
    Measure,
    Period,
    Report,
    Verdict,
    Where,
)

TEAMS, YEARS, FIRST = 24, 8, 2016
FIGURES = {Kind.COUNT: 40, Kind.MEAN: 12, Kind.SHARE: 8, Kind.AMOUNT: 12}
JUMPS = 0.01
"""How many figures a year change for good, to between half and double."""
RULES = {
    "R26f": ("tidigare år", figure_is_like_the_years_before),
    "R26g": ("andra team", figure_is_like_that_of_others),
}


@dataclass(slots=True)
class Course:
    """How one figure of a team goes: its level, and how much it varies beyond chance from year to year."""

    kind: Kind
    level: float
    varies: float
    grows: bool

    def year(self, growth: float, shock: float, chance: random.Random) -> tuple[float, int | None]:
        """The number of a year, with the number behind it, and then the level of the next."""
        if chance.random() < JUMPS:
            self.level *= math.exp(chance.uniform(-0.7, 0.7))
        if self.grows:
            self.level *= growth
        number, n = self._drawn(self.level * (shock if self.grows else 1), chance)
        return number, n

    def _drawn(self, level: float, chance: random.Random) -> tuple[float, int | None]:
        shape = 1 / self.varies**2
        varied = chance.gammavariate(shape, level / shape)
        if self.kind is Kind.COUNT:
            return _poisson(varied, chance), None
        n = chance.randint(15, 90)
        if self.kind is Kind.SHARE:
            part = min(0.98, level / 100)
            within = chance.betavariate(part * shape, (1 - part) * shape)
            return round(100 * sum(chance.random() < within for _ in range(n)) / n), n
        if self.kind is Kind.MEAN:
            return round(max(0.1, sum(chance.expovariate(1 / varied) for _ in range(n)) / n), 1), n
        return round(varied, -3) + 1000, None


def _poisson(mean: float, chance: random.Random) -> int:
    count, waited = 0, chance.expovariate(1)
    while waited < mean:
        count, waited = count + 1, waited + chance.expovariate(1)
    return count


def edition(seed: int) -> Edition:
    """Teams with correct reports over some years."""
    chance = random.Random(seed)  # noqa: S311 - figures for a bench, not secrets
    typical = {
        (kind, place): math.exp(chance.uniform(*_span(kind)))
        for kind, many in FIGURES.items()
        for place in range(many)
    }
    reports: dict[str, Report] = {}
    previous: dict[str, str] = {}
    for team in range(TEAMS):
        for before, report in _team(f"team-{team:02d}", typical, chance):
            reports[report.id] = report
            previous |= {report.id: before} if before else {}
    cells = {cell for report in reports.values() for cell in report.cells}
    where = Where("data/nyckeltal.yml")
    measures = {cell: Measure(cell, cell, "", "", Kind.COUNT, where) for cell in sorted(cells)}
    return Edition(Catalogue(measures, {}, {}, {}), reports=reports, previous=previous)


def _span(kind: Kind) -> tuple[float, float]:
    """The logarithms between which typical levels lie."""
    spans = {Kind.COUNT: (0.5, 80), Kind.MEAN: (2, 45), Kind.SHARE: (5, 90), Kind.AMOUNT: (2e4, 3e6)}
    low, high = spans[kind]
    return math.log(low), math.log(high)


def _team(
    slug: str, typical: Mapping[tuple[Kind, int], float], chance: random.Random
) -> Iterator[tuple[str, Report]]:
    """The years of a team, each with the report before it."""
    size, growth = math.exp(chance.gauss(0, 0.4)), chance.uniform(0.9, 1.25)
    courses = {
        f"{kind.value}.nr_{place}": Course(
            kind,
            level * (size if kind in (Kind.COUNT, Kind.AMOUNT) else 1) * math.exp(chance.gauss(0, 0.3)),
            chance.uniform(0.05, 0.4) if kind is Kind.COUNT else chance.uniform(0.05, 0.25),
            kind in (Kind.COUNT, Kind.AMOUNT),
        )
        for (kind, place), level in typical.items()
    }
    participants, before = 60 * size, ""
    for year in range(FIRST, FIRST + YEARS):
        shock = math.exp(chance.gauss(0, 0.1))
        participants *= growth
        name, period = f"{slug}/{year}", Period(date(year, 1, 1), date(year, 12, 31), "kalenderar")
        cells = {
            cell: _fact(name, cell, course.kind, *course.year(growth, shock, chance))
            for cell, course in courses.items()
        }
        whole = _fact(name, "flode.totalt", Kind.COUNT, _poisson(participants * shock, chance) + 1, None)
        cells["flode.totalt"] = whole
        where = Where(f"data/rapporter/{name}.yml")
        yield before, Report(name, slug, "arsrapport", "team", period, "slutlig", where, cells=cells)
        before = name


def _fact(report: str, cell: str, kind: Kind, number: float, n: int | None) -> Fact:
    value = Decimal(str(number))
    half = Decimal("0.05") if kind is Kind.MEAN else Decimal(0)
    span = Interval(value - half, value + half)
    behind = None if n is None else Decimal(n)
    return Fact(Cell(report, cell, cell), value, span, kind, Where(f"data/rapporter/{report}.yml"), n=behind)


def tried(seed: int) -> Counter[tuple[str, str]]:
    """By rule: figures tried, false alarms, tenfold figures tried and found."""
    found: Counter[tuple[str, str]] = Counter()
    drawn = edition(seed)
    for report in drawn.reports.values():
        large = replace(report, cells={cell: _tenfold(fact) for cell, fact in report.cells.items()})
        for code, (_what, rule) in RULES.items():
            for verdict in rule(report, drawn):
                found[code, "prövade"] += 1
                found[code, "falska"] += not verdict.holds
            for verdict in rule(_with_size(large, report), drawn):
                if _grown(verdict, report):
                    found[code, "tiofaldiga"] += 1
                    found[code, "funna"] += not verdict.holds
    return found


def _tenfold(fact: object) -> Fact:
    if not isinstance(fact, Fact):
        raise TypeError(fact)
    value, span = fact.value * 10, fact.interval
    return replace(fact, value=value, interval=Interval(span.low * 10, span.high * 10))


def _with_size(large: Report, report: Report) -> Report:
    """One figure is wrong at a time: the number of participants is right when the others are not."""
    return replace(large, cells={**large.cells, "flode.totalt": report.cells["flode.totalt"]})


def _grown(verdict: Verdict, report: Report) -> bool:
    """Whether the figure is another that could be written: a share over a hundred is seen elsewhere."""
    fact = report.fact(verdict.about)
    if fact is None or verdict.about == "flode.totalt" or not fact.value:
        return False
    return fact.kind is not Kind.SHARE or fact.value <= 10


def main(seeds: list[int]) -> None:
    """Print the counts for all seeds together."""
    found = sum((tried(seed) for seed in seeds), Counter[tuple[str, str]]())
    sys.stdout.write("| regel | jämför med | tal prövade | falska larm | ett på | tio gånger: funna |\n")
    sys.stdout.write("| --- | --- | --: | --: | --: | --: |\n")
    for code, (what, _rule) in RULES.items():
        figures, alarms = found[code, "prövade"], found[code, "falska"]
        power = 100 * found[code, "funna"] / max(1, found[code, "tiofaldiga"])
        rate = f"{figures // alarms}" if alarms else "–"
        sys.stdout.write(f"| {code} | {what} | {figures} | {alarms} | {rate} | {power:.0f} % |\n")


if __name__ == "__main__":
    main([int(seed) for seed in sys.argv[1:]] or list(range(201, 213)))
