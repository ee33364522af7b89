"""Plausibility: whether a figure is like those of the years before, and like those of other teams."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import partial
from itertools import islice

from build_tools import texts
from build_tools.checks.expected import LARGEST, Spread, limits
from build_tools.checks.relations import Likened, claim
from build_tools.checks.wording import name, written
from build_tools.model import Edition, Fact, Kind, Level, Report, Verdict
from build_tools.stages import check

FEWEST_YEARS, MOST_YEARS = 3, 5
"""How many earlier reports there must be, and how many are looked at."""
FEWEST_PEERS, MOST_PEERS = 8, 24
"""How many others there must be, and how many are looked at: of the same template and kind, about the same
time. Those of the own förbund come first.
"""
OVER_YEARS = Spread(counts=0.30, shares=0.20, means=0.20, money=0.30, weight=20)
"""A team from one year to another: a third more or less is nothing to tell of. Both were chosen on drawn
reports (seeds 1–9 of `tests.bench.rimligt`) as the narrowest that keep the promise; others are reported.
"""
BETWEEN_TEAMS = Spread(counts=0.50, shares=0.35, means=0.35, money=0.50, weight=12)
"""Teams of like work beside each other, for as many participants."""
DRAFT, SERIES = "utkast", "serie"
MONTH = 31
MOST_TIMES = 4
"""Periods that differ more than this in length tell nothing of each other."""
SIZES = ("flode.totalt", "omfattning.projektet.inskrivna")
"""How many participants a report is about."""
UNSCALED = (Kind.MEAN, Kind.SHARE)
"""Figures that do not grow with time or with how many participants there are."""
ADDED = ("grupper", "flode.totalt")
WORDS = {3: "tre", 4: "fyra", 5: "fem"}
DONE = "Kontrollera talet. Stämmer det behöver inget göras."


@dataclass(frozen=True, slots=True)
class Beside:
    """A number to judge by: as it stands, and for as long a time or as many participants."""

    value: Decimal
    scaled: Decimal


@check("R26f", "Talet liknar tidigare års", level=Level.NOTICE)
def figure_is_like_the_years_before(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Ett tal som ligger långt från de senaste årens är ovanligt, och kan vara felskrivet. Gränserna följer
    av hur talen brukar variera; färre än ett rätt tal av 5 000 hamnar utanför. Prövas när minst tre
    rapporter före har talet.
    """
    earlier = _earlier(report, edition)
    for fact in _written(report) if len(earlier) >= FEWEST_YEARS else ():
        found = [beside for one in earlier if (beside := _then(fact, report, one, edition))]
        if len(found) >= FEWEST_YEARS:
            bounds = _bounds(fact, found, OVER_YEARS)
            if bounds:
                told = f"I de {WORDS[len(found)]} rapporterna före"
                yield claim(_within(fact, bounds), fact, (), _unlike(told, fact, found, bounds, edition))


def _earlier(report: Report, edition: Edition) -> list[Report]:
    """The insats's own finished reports before this one, the newest first."""
    before = islice(edition.line(report), 1, None)
    return list(islice((one for one in before if one.status != DRAFT), MOST_YEARS))


def _written(report: Report) -> Iterator[Fact]:
    """The figures that somebody has written, in their own place; a series tells of other times."""
    for fact in report.cells.values():
        if isinstance(fact, Fact) and fact.cell.point != SERIES and _own(fact):
            yield fact


def _own(fact: Fact) -> bool:
    """Whether a figure was written; a count that its share alone gives was, as that share."""
    return fact.derivation is None or not fact.derivation.inputs


def _then(fact: Fact, report: Report, earlier: Report, edition: Edition) -> Beside | None:
    """The same figure of an earlier report, where it means the same."""
    measure, then = edition.catalogue.measures.get(fact.cell.measure), earlier.fact(fact.cell.id)
    if then is None or then.kind is not fact.kind:
        return None
    if measure and measure.changed_between(earlier.period.end, report.period.end):
        return None
    days, before = (fact.period or report.period).days, (then.period or earlier.period).days
    if abs(days - before) <= MONTH or fact.kind in UNSCALED:
        return Beside(then.value, then.value)
    near = before <= MOST_TIMES * days and days <= MOST_TIMES * before
    return Beside(then.value, then.value * days / before) if near else None


@check("R26g", "Talet liknar andra teams", level=Level.NOTICE)
def figure_is_like_that_of_others(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Ett tal som ligger långt från dem som andra team med samma mall har samma år är ovanligt, och kan vara
    felskrivet. Antal och belopp jämförs också för lika många deltagare. Prövas när minst åtta andra har
    talet.
    """
    size = _size(report)
    sized = [(other, _size(other)) for other in peers(report, edition)]
    for fact in _whole(report, edition) if sized else ():
        found = [beside for other, its in sized if (beside := _there(fact, other, size, its))]
        if len(found) >= FEWEST_PEERS:
            bounds = _bounds(fact, found, BETWEEN_TEAMS)
            if bounds:
                told = f"I {texts.number(len(found))} andra rapporter för samma tid"
                message = _unlike(told, fact, found, bounds, edition)
                by = () if fact.kind in UNSCALED else tuple(cell for cell in SIZES if report.fact(cell))
                cells = (fact.cell.id,)
                yield Likened(_within(fact, bounds), fact.cell.id, cells, fact.where, message, by)


def peers(report: Report, edition: Edition) -> tuple[Report, ...]:
    """The others that a report is held against, the nearest first; none where they are few."""
    near = sorted(_peers(report, edition), key=partial(_far, _association(report, edition), edition))
    return tuple(near[:MOST_PEERS]) if len(near) >= FEWEST_PEERS else ()


def looked_at(report: Report, edition: Edition) -> frozenset[str]:
    """The cells of others that the figures of a report are held against, each as a count and as a share."""
    own = [fact.cell.id for fact in _whole(report, edition)]
    return frozenset((*own, *(f"{name}.andel" for name in own), *SIZES))


def _peers(report: Report, edition: Edition) -> Iterator[Report]:
    """One report of each other insats with the same template and kind, for about the same time."""
    seen = {report.intervention}
    kind, template, period = report.kind, report.template, report.period
    for other in edition.reports.values():
        if other.template == template and other.kind == kind and other.intervention not in seen:
            start, end = max(period.start, other.period.start), min(period.end, other.period.end)
            shared = (end - start).days + 1
            as_long = abs(other.period.days - period.days) <= MONTH
            if as_long and 2 * shared > period.days and other.status != DRAFT:
                seen.add(other.intervention)
                yield other


def _far(association: str, edition: Edition, other: Report) -> bool:
    """Whether a report is of another förbund."""
    return _association(other, edition) != association


def _association(report: Report, edition: Edition) -> str:
    team = edition.interventions.get(report.intervention)
    return team.association if team else ""


def _size(report: Report) -> Decimal | None:
    sizes = (report.fact(cell) for cell in SIZES)
    return next((fact.value for fact in sizes if fact and 0 < fact.value < LARGEST), None)


def _whole(report: Report, edition: Edition) -> Iterator[Fact]:
    """The figures for all: what is told by category is different from team to team."""
    for fact in report.cells.values():
        if isinstance(fact, Fact) and not fact.cell.category and not fact.cell.group:
            measure = edition.catalogue.measures.get(fact.cell.measure)
            how = fact.derivation
            if measure and fact.cell.point != SERIES and (how is None or how.rule in ADDED):
                yield fact


def _there(fact: Fact, other: Report, size: Decimal | None, its: Decimal | None) -> Beside | None:
    there = other.fact(fact.cell.id)
    if there is None or there.kind is not fact.kind:
        return None
    if fact.kind in UNSCALED or size is None or its is None:
        return Beside(there.value, there.value)
    return Beside(there.value, there.value * size / its)


def _bounds(fact: Fact, found: Sequence[Beside], spread: Spread) -> tuple[Decimal, Decimal] | None:
    """The limits: over years the widest, for it is not known which figures grow with time; between teams
    those by which the others are most alike.
    """
    plain = limits(fact, [float(one.value) for one in found], spread)
    if plain is None or all(one.scaled is one.value for one in found):
        return plain and _exact(*plain)
    scaled = limits(fact, [float(one.scaled) for one in found], spread)
    if scaled is None:
        return None
    if spread is OVER_YEARS:
        return _exact(min(plain[0], scaled[0]), max(plain[1], scaled[1]))
    return _exact(*min(plain, scaled, key=lambda ends: (ends[1] + 1) / (ends[0] + 1)))


def _exact(low: float, high: float) -> tuple[Decimal, Decimal]:
    return Decimal(low), Decimal(min(high, LARGEST))


def _two_digits(limit: Decimal, rounding: str, decimals: int) -> Decimal:
    """Two digits are enough of what is a judgement; rounded inwards, so that what is told of lies outside."""
    step = max(limit.adjusted() - 1, -decimals) if limit else 0
    return limit.quantize(Decimal(1).scaleb(step), rounding)


def _within(fact: Fact, bounds: tuple[Decimal, Decimal]) -> bool:
    return fact.interval.high >= bounds[0] and fact.interval.low <= bounds[1]


def _unlike(
    told: str, fact: Fact, found: Sequence[Beside], bounds: tuple[Decimal, Decimal], edition: Edition
) -> Callable[[], str]:
    def message() -> str:
        low, high = min(one.value for one in found), max(one.value for one in found)
        own = texts.number(low, fact.decimals) if low == high else texts.span(low, high, fact.decimals)
        digits = 0 if fact.kind is Kind.COUNT or bounds[0] >= 10 else 1
        least = _two_digits(bounds[0], ROUND_CEILING, digits)
        usual = texts.span(least, _two_digits(bounds[1], ROUND_FLOOR, digits), digits)
        return (
            f"{name(fact.cell, edition.catalogue)}: {written(fact, edition.catalogue)} är ovanligt. {told} "
            f"är talet {own}, och ett sådant tal hamnar nästan alltid inom {usual}. {DONE}"
        )

    return message
