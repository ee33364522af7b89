"""Coverage: staffing, meetings and surveys tell of the whole period, and what was fetched late is late."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from build_tools import texts
from build_tools.checks.periods import within
from build_tools.checks.wording import EXPLAIN
from build_tools.model import Edition, Fact, Level, Period, Report, Verdict, Where
from build_tools.stages import check

STAFF, MEETINGS = "bemanning", "moten"
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
