"""What comes before and after: a report's neighbours in time, also where teams have merged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from build_tools.model import Association, Publication
from build_tools.pages.layout import INVENTED


@dataclass(frozen=True, slots=True)
class Lineage:
    """Reports before and after each report, and what each insats became; all by id."""

    before: Mapping[str, tuple[str, ...]]
    after: Mapping[str, tuple[str, ...]]
    became: Mapping[str, tuple[str, ...]]


def lineage(publication: Publication) -> Lineage:
    """The neighbours of all reports, found in one walk through them."""
    last = {report.intervention: key for key, report in publication.reports.items()}
    became: dict[str, list[str]] = {}
    before: dict[str, tuple[str, ...]] = {}
    for team in publication.interventions.values():
        for predecessor in team.predecessors:
            became.setdefault(predecessor, []).append(team.id)
    for key, report in publication.reports.items():
        own = publication.previous.get(key)
        team = publication.interventions[report.intervention]
        before[key] = (own,) if own else tuple(last[one] for one in team.predecessors if one in last)
    return Lineage(before, _turned(before), {key: tuple(teams) for key, teams in became.items()})


def _turned(before: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """The same ways in the other direction."""
    after: dict[str, list[str]] = {}
    for key, earlier in before.items():
        for one in earlier:
            after.setdefault(one, []).append(key)
    return {key: tuple(later) for key, later in after.items()}


def mark_of(association: Association | None) -> str:
    """The badge that everything of a förbund bears, if any."""
    return INVENTED if association and association.invented else ""


def badges(publication: Publication) -> Mapping[str, str]:
    """The badge of each insats, by its id."""
    return {
        team.id: mark_of(publication.associations.get(team.association))
        for team in publication.interventions.values()
    }
