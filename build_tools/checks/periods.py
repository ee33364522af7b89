"""Periods within the report: meetings, staffing, surveys and money belong to the time it tells of."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from build_tools import texts
from build_tools.checks.relations import claim
from build_tools.checks.wording import name
from build_tools.model import Edition, Fact, Level, Period, Report, Verdict, Where
from build_tools.stages import check

ECONOMY = "ekonomi"
TITLES = {"enkat": "Enkäten", "skattning": "Skattningen", "flode": "Flödet", "avslut": "Avsluten"}
ELSEWHERE = frozenset({ECONOMY, "enkat", "skattning"})
"""Sections whose time is tried as a whole."""


def within(inner: Period, outer: Period) -> bool:
    """Whether every day of one period lies in another."""
    return outer.start <= inner.start and inner.end <= outer.end


@check("R12b", "Delperioder ligger inom rapportens period", level=Level.WARNING)
def parts_lie_within_the_report(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Bemanning, möten, enkäter och enstaka tal med egen tid ska gälla tid inom rapportens period."""
    for section, period in report.section_periods.items():
        if section != ECONOMY:
            yield _lies_within(report, section, period, _first_line(report, section))
    for survey in report.surveys:
        if survey.period:
            yield _lies_within(report, survey.id, survey.period, survey.where)
    for fact, period in _with_own_period(report):
        message = _outside(name(fact.cell, edition.catalogue), period, report)
        yield claim(within(period, report.period), fact, (), message)


def _with_own_period(report: Report) -> Iterator[tuple[Fact, Period]]:
    """The first figure of each row that is told for a time of its own; a series may lie anywhere."""
    seen = set(report.section_periods.items())
    for fact in report.cells.values():
        if isinstance(fact, Fact) and fact.derivation is None and fact.period and fact.cell.point != "serie":
            section = fact.cell.measure.partition(".")[0]
            told = (section, fact.period), (f"{section}.{fact.cell.category}", fact.period)
            if section not in ELSEWHERE and not seen.intersection(told):
                seen.add(told[1])
                yield fact, fact.period


def _first_line(report: Report, section: str) -> Where:
    """The line of a section's first figure."""
    return min(
        (found.where for key, found in report.cells.items() if key.startswith(section)), default=report.where
    )


def _lies_within(report: Report, section: str, period: Period, where: Where) -> Verdict:
    kind, _, survey = section.partition(".")
    message = _outside(f"{TITLES.get(kind, kind.capitalize())} {survey}".strip(), period, report)
    return Verdict(within(period, report.period), section, (), where, message)


def _outside(what: str, period: Period, report: Report) -> Callable[[], str]:
    return lambda: (
        f"{what}: gäller {texts.period(period)}, men rapporten gäller {texts.period(report.period)}. "
        "Kontrollera datumen. Stämmer de hör tiden utanför till en annan rapport."
    )


@check("R12c", "Ekonomin gäller rapportens period", level=Level.NOTICE)
def economy_lies_within_the_report(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Ekonomin får ha en egen period, till exempel kalenderår i en rapport för brutet år.

    Då får läsaren veta det, och kostnaden per deltagare räknas inte ut.
    """
    period = report.section_periods.get(ECONOMY)
    if period:
        holds = within(period, report.period)
        yield Verdict(holds, ECONOMY, (), _first_line(report, ECONOMY), lambda: _other_time(period, report))


def _other_time(period: Period, report: Report) -> str:
    return (
        f"Ekonomin gäller {texts.period(period)}, men rapporten gäller {texts.period(report.period)}. "
        "Kostnad per deltagare räknas därför inte ut. Är det en annan period med avsikt behöver inget göras."
    )
