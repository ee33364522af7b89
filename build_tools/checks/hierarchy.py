"""Teams and their förbund: what the teams report is together what the förbund tells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from build_tools import texts
from build_tools.checks.relations import NOTHING, Joined
from build_tools.checks.wording import EXPLAIN, MEND, name
from build_tools.model import Association, Edition, Fact, Intervention, Period, Report, StatedTotal, Verdict
from build_tools.stages import check

DRAFT = "utkast"


@dataclass(frozen=True, slots=True)
class Teams:
    """Those who should be in a total: the reports that are, and the names of the others."""

    reports: tuple[Report, ...]
    missing: tuple[str, ...]


@check("R04d", "Teamens tal blir förbundets")
def teams_make_the_total(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Det som förbundet anger för alla sina insatser under en period ska vara summan av deras rapporter för
    samma period. Saknas någon rapport får de andra inte bli mer än förbundets tal.
    """
    association = _association(report, edition)
    for total in association.totals if association else ():
        teams = _teams(association, total.period, edition) if _about(report, total.period) else None
        if teams and teams.reports[0].id == report.id:
            yield from (
                _added(total, stated, teams, edition) for stated in total.facts if _any(stated, teams)
            )


def others(report: Report, edition: Edition) -> dict[str, frozenset[str]]:
    """The reports whose figures are added to those of a report, and the cells that the förbund tells of."""
    association = _association(report, edition)
    found: dict[str, frozenset[str]] = {}
    for total in association.totals if association else ():
        cells = frozenset(fact.cell.id for fact in total.facts)
        for one in _teams(association, total.period, edition).reports if _about(report, total.period) else ():
            found[one.id] = found.get(one.id, frozenset()) | cells
    return found


def _association(report: Report, edition: Edition) -> Association | None:
    team = edition.interventions.get(report.intervention)
    return edition.associations.get(team.association) if team else None


def _about(report: Report, period: Period) -> bool:
    """Whether a finished report tells of exactly that time."""
    same = (report.period.start, report.period.end) == (period.start, period.end)
    return same and report.status != DRAFT


def _teams(association: Association | None, period: Period, edition: Edition) -> Teams:
    """The insatser of a förbund that went on some time in a period."""
    own = {
        key: found
        for key, found in edition.interventions.items()
        if association and found.association == association.id and _went_on(found, period)
    }
    reports = tuple(
        one for one in edition.reports.values() if one.intervention in own and _about(one, period)
    )
    there = {one.intervention for one in reports}
    return Teams(reports, tuple(found.name for key, found in own.items() if key not in there))


def _went_on(team: Intervention, period: Period) -> bool:
    return (not team.start or _month(period.end) >= team.start[:7]) and (
        not team.end or team.end[:7] >= _month(period.start)
    )


def _month(day: date) -> str:
    return day.isoformat()[:7]


def _any(stated: Fact, teams: Teams) -> bool:
    return any(report.fact(stated.cell.id) for report in teams.reports)


def _added(total: StatedTotal, stated: Fact, teams: Teams, edition: Edition) -> Verdict:
    """Whether the teams' numbers are the förbund's; no more than it where somebody's is missing."""
    cell = stated.cell.id
    told = [(report, fact) for report in teams.reports if (fact := report.fact(cell))]
    without = [
        *teams.missing,
        *(_team(report, edition) for report in teams.reports if report.fact(cell) is None),
    ]
    added = NOTHING
    for _report, fact in told:
        added += fact.interval
    gap = added - stated.interval
    holds = gap.low <= 0 and (bool(without) or gap.high >= 0)
    own = (cell,) if teams.reports[0].fact(cell) else ()
    message = _differs(total, stated, told, without, edition)
    others = tuple(fact.cell for _report, fact in told)
    return Joined(holds, cell, own, stated.where, message, others, gap, bool(without))


def _team(report: Report, edition: Edition) -> str:
    found = edition.interventions.get(report.intervention)
    return found.name if found else report.intervention


def _differs(
    total: StatedTotal, stated: Fact, told: list[tuple[Report, Fact]], without: list[str], edition: Edition
) -> Callable[[], str]:
    def message() -> str:
        terms = texts.listed([f"{_team(report, edition)} {texts.hedged(fact)}" for report, fact in told])
        added = texts.number(sum((fact.value for _report, fact in told), NOTHING.low))
        first = f"{name(stated.cell, edition.catalogue)} {texts.period(total.period)}: {terms}"
        own = f"förbundet anger {texts.hedged(stated)}"
        if without:
            least = f"Tal saknas från {texts.listed(without)}, så summan kan bara prövas som minst så stor."
            return f"{first} blir redan {added}, men {own}. {least} {MEND} {EXPLAIN}"
        return f"{first} blir {added}, men {own}. {MEND} {EXPLAIN}"

    return message
