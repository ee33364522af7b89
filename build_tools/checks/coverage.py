"""Coverage: what is told for a time of its own tells of the whole period, and no time is told of twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise

from build_tools import texts
from build_tools.checks.periods import within
from build_tools.checks.wording import EXPLAIN, name
from build_tools.model import Edition, Fact, Level, Period, Report, Verdict, Where
from build_tools.stages import check

STAFF, MEETINGS, ECONOMY = "bemanning", "moten", "ekonomi"
SERIES, ROLLING = "serie", "rullande"
MONTH = 31
"""So many days may be left out before the rest is told of as if it were all."""
FINAL = "slutlig"


@check("R13a", "Bemanning, möten och enkäter gäller hela perioden", level=Level.WARNING)
def parts_cover_the_report(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Bemanning, möten och enkäter med egen tid ska inte lämna mer än en månad av rapportens period utanför.

    Då ser läsaren om talen gäller hela tiden eller bara en del av den.
    """
    staff = report.section_periods.get(STAFF)
    if staff:
        yield _covers(report, STAFF, "Bemanningen", staff, _first_line(report, STAFF))
    for period, fact in _meetings(report).items():
        yield _covers(report, fact.cell.id, "Mötena", period, fact.where)
    for survey in report.surveys:
        if survey.period:
            yield _covers(report, survey.id, "Enkäten", survey.period, survey.where)


def _first_line(report: Report, section: str) -> Where:
    """The line of a section's first figure."""
    return min(
        (found.where for found in report.cells.values() if found.cell.measure.startswith(section)),
        default=report.where,
    )


def _meetings(report: Report) -> dict[Period, Fact]:
    """The first figure of each time of their own that meetings are told for."""
    found: dict[Period, Fact] = {}
    for fact in report.cells.values():
        if isinstance(fact, Fact) and fact.period and fact.cell.measure.startswith(f"{MEETINGS}."):
            found.setdefault(fact.period, fact)
    return found


def _covers(report: Report, about: str, what: str, period: Period, where: Where) -> Verdict:
    """The verdict on a time of its own; one that reaches outside is told by R12b, and that is enough."""
    holds = not within(period, report.period) or report.period.days - period.days <= MONTH
    return Verdict(holds, about, (), where, _covers_less(report, what, period))


def _covers_less(report: Report, what: str, period: Period) -> Callable[[], str]:
    whole = report.period
    return lambda: (
        f"{what} gäller {texts.period(period)}, {texts.number(period.days)} av de {texts.number(whole.days)} "
        f"dagarna i rapportens period, {texts.period(whole)}. Fyll i hela perioden. {EXPLAIN}"
    )


@check("R13b", "Ekonomin gäller hela perioden", level=Level.WARNING)
def economy_covers_the_report(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Ekonomi med egen tid inom rapportens period ska inte lämna mer än en månad utanför. Annars jämförs en
    del av årets pengar med hela årets deltagare.
    """
    period = report.section_periods.get(ECONOMY)
    if period:
        yield _covers(report, ECONOMY, "Ekonomin", period, _first_line(report, f"{ECONOMY}."))


@check("R13c", "Seriens perioder överlappar inte", level=Level.NOTICE)
def points_of_a_series_follow(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Punkterna i en tidsserie ska gälla var sin tid. Rullande perioder, som överlappar med avsikt, skrivs
    med typ: rullande_12.
    """
    for points in _series(report).values():
        for one, other in pairwise(points):
            before, after = one.period, other.period
            if before and after:
                rolling = before.kind.startswith(ROLLING) and after.kind.startswith(ROLLING)
                holds = rolling or after.start > before.end
                cells = (other.cell.id, one.cell.id)
                message = _overlap(name(other.cell, edition.catalogue), before, after)
                yield Verdict(holds, other.cell.id, cells, other.where, message)


def _series(report: Report) -> dict[str, list[Fact]]:
    """The points of each series, in the order of time."""
    found: dict[str, list[Fact]] = {}
    for fact in report.cells.values():
        if isinstance(fact, Fact) and fact.cell.point == SERIES and fact.period and fact.derivation is None:
            found.setdefault(f"{fact.cell.measure}@{fact.cell.population}", []).append(fact)
    return {key: sorted(points, key=_time) for key, points in found.items()}


def _time(fact: Fact) -> tuple[date, date]:
    return (fact.period.start, fact.period.end) if fact.period else (date.min, date.min)


def _overlap(what: str, before: Period, after: Period) -> Callable[[], str]:
    return lambda: (
        f"{what}: {texts.period(after)} överlappar {texts.period(before)}, så samma tid räknas två gånger. "
        "Rätta start eller slut, eller skriv typ: rullande_12 om perioderna rullar."
    )


@check("R12e", "Uppgifterna är hämtade när perioden är slut", level=Level.WARNING)
def data_is_younger_than_the_period(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Dagen då uppgifterna hämtades ska inte ligga före periodens sista dag.

    Bara en slutlig rapport prövas.
    """
    if report.data_date and report.status == FINAL:
        day, last = texts.day(report.data_date), texts.day(report.period.end)
        yield Verdict(
            report.data_date >= report.period.end,
            "rapport.datadatum",
            (),
            report.where,
            lambda: (
                f"Uppgifterna är hämtade {day}, men perioden slutar {last}. Rätta datadatum, eller hämta "
                "uppgifterna på nytt."
            ),
        )
