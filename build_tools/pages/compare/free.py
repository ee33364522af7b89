"""The page where any report is laid beside any other; without scripts it leads to all that is laid out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from build_tools import texts
from build_tools.addresses import COMPARE, pair_path, peers_path, run_path, to
from build_tools.model import File, Pairing, Publication, Shape
from build_tools.pages.compare.ways import guide_link
from build_tools.pages.layout import Link, render
from build_tools.pages.report import report_name
from build_tools.stages import page


@dataclass(frozen=True, slots=True)
class Laid:
    """An insats with its years laid out: all in a row, and two and two."""

    name: str
    run: Link | None
    pairs: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A förbund with what is laid out of it."""

    name: str
    years: tuple[Link, ...]
    teams: tuple[Laid, ...]


@page("jamfor", "Jämför rapporter")
def free(publication: Publication) -> Iterator[File]:
    """Två valfria rapporter bredvid varandra, och vägar till de jämförelser som redan är gjorda."""
    values = {
        "title": "Jämför rapporter sida vid sida",
        "description": "Lägg två rapporter sida vid sida, siffra för siffra och text för text.",
        "crumbs": (Link("Start", to(COMPARE, "index.md")), Link("Jämför rapporter")),
        "groups": tuple(_groups(publication)),
        "guide": guide_link(COMPARE, publication),
    }
    yield File(COMPARE, render("compare.md", values))


def _groups(publication: Publication) -> Iterator[Group]:
    comparisons = publication.comparisons
    teams = sorted(
        publication.interventions.values(), key=lambda team: (team.association, team.name, team.id)
    )
    own: dict[str, list[Pairing]] = {}
    for pairing in comparisons.pairings:
        own.setdefault(publication.reports[pairing.b].intervention, []).append(pairing)
    reports = {publication.reports[one].intervention for peers in comparisons.peers for one in peers.reports}
    for association, some in groupby(teams, key=lambda team: team.association):
        known = publication.associations.get(association)
        years = tuple(
            Link(str(one.year), to(COMPARE, peers_path(one)), texts.number(len(one.reports)))
            for one in comparisons.peers
            if one.association == association and len(one.reports) > 1
        )
        laid = (
            _laid(team.id, team.name, own.get(team.id, ()), publication)
            for team in some
            if team.id in reports
        )
        found = tuple(one for one in laid if one.pairs or one.run)
        if years or found:
            yield Group(known.name if known else association, years, found)


def _laid(name: str, called: str, pairs: Sequence[Pairing], publication: Publication) -> Laid:
    several = any(one.shape is Shape.NEXT for one in pairs)
    run = Link("Alla år", to(COMPARE, run_path(name))) if several else None
    return Laid(called, run, tuple(_link(one, publication) for one in pairs))


def _link(pairing: Pairing, publication: Publication) -> Link:
    """A pair by its years, or by its insats where that is another."""
    a, b = publication.reports[pairing.a], publication.reports[pairing.b]
    first = texts.period(a.period) if a.intervention == b.intervention else report_name(a, publication)
    return Link(f"{first} och {texts.period(b.period)}", to(COMPARE, pair_path(pairing)))
