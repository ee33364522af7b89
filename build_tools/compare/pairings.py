"""Which reports stand beside each other: found once, in one walk through all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from build_tools.model import Pairing, Peers, Publication, PublishedReport, Shape

Years = Mapping[str, tuple[PublishedReport, ...]]


def pairings(publication: Publication, known: Years) -> tuple[Pairing, ...]:
    """Each year with the one before, the first with the last, and a merged insats with those it came of.

    Two or three for each report at the most: never all with all.
    """
    made: list[Pairing] = []
    for name, own in known.items():
        made += [Pairing(one.id, other.id, Shape.NEXT) for one, other in pairwise(own)]
        if len(own) > 2:
            made.append(Pairing(own[0].id, own[-1].id, Shape.ENDS))
        before = publication.interventions[name].predecessors
        made += [Pairing(known[one][-1].id, own[0].id, Shape.LINEAGE) for one in before if one in known]
    return tuple(made)


def by_report(found: Iterable[Pairing]) -> dict[str, tuple[Pairing, ...]]:
    """The pairings of each report, those where it is the later first."""
    own: dict[str, list[Pairing]] = {}
    for pairing in found:
        own.setdefault(pairing.b, []).append(pairing)
        own.setdefault(pairing.a, []).append(pairing)
    return {key: tuple(sorted(some, key=lambda one: one.b != key)) for key, some in own.items()}


def peers(publication: Publication) -> tuple[Peers, ...]:
    """The reports of each förbund and year; a period stands in the year when it ends."""
    found: dict[tuple[str, int], list[PublishedReport]] = {}
    for report in publication.reports.values():
        team = publication.interventions[report.intervention]
        found.setdefault((team.association, report.period.end.year), []).append(report)

    def place(report: PublishedReport) -> tuple[str, str]:
        return publication.interventions[report.intervention].name, report.id

    known = publication.years()
    return tuple(
        Peers(association, year, tuple(report.id for report in sorted(own, key=place)), without)
        for (association, year), own in sorted(found.items())
        for without in (tuple(_without(association, year, known, publication)),)
    )


def _without(association: str, year: int, known: Years, publication: Publication) -> Iterator[str]:
    """The insatser that went on during a year but have no report that ends in it, by name."""
    teams = (one for one in publication.interventions.values() if one.association == association)
    for team in sorted(teams, key=lambda one: (one.name, one.id)):
        periods = [report.period for report in known.get(team.id, ())]
        around = any(one.start.year <= year <= one.end.year for one in periods)
        if (around or team.goes_on(year)) and all(one.end.year != year for one in periods):
            yield team.id
