"""Each samordningsförbund with its insatser and their reports, and the list of förbund."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from build_tools import texts
from build_tools.addresses import association_path, peers_path, roll_up_path, status_path, to, year_path
from build_tools.model import Association, File, Peers, Publication
from build_tools.pages.layout import Link
from build_tools.pages.lineage import mark_of
from build_tools.pages.overviews.parts import (
    Gathered,
    Gathering,
    association_link,
    counted,
    crumbs,
    described,
    gather,
    grouped,
    list_page,
    real_first,
)
from build_tools.stages import page

ASSOCIATIONS = "forbund/index.md"
STATUS = "Läget: vilka rapporter som finns och vad som saknas"


@page("forbund", "Förbund")
def associations(publication: Publication) -> Iterator[File]:
    """Varje samordningsförbund med sina insatser, och listan över förbund."""
    all_of_them = real_first(publication.associations.values())
    links = [association_link(one, ASSOCIATIONS, one.county) for one in all_of_them]
    yield list_page(ASSOCIATIONS, "Förbund", "Samordningsförbund vars insatser redovisas här.", links)
    gathered = gather(publication)
    years = grouped(publication.comparisons.peers, lambda peers: peers.association)
    for association in publication.associations.values():
        yield _page(association, years.get(association.id, ()), gathered).file("data/forbund.yml")


def _page(association: Association, own: Sequence[Peers], gathered: Gathered) -> Gathering:
    path = association_path(association.id)
    mark = mark_of(association)
    teams = gathered.teams.get(association.id, ())
    years = {r.period.end.year for team in teams for r in gathered.reports.get(team.id, ())}
    facts = [
        ("Län", (Link(association.county),)),
        ("Kommuner", (Link(texts.listed(association.municipalities)),)),
        ("År", tuple(Link(str(year), to(path, year_path(year))) for year in sorted(years))),
    ]
    return Gathering(
        path=path,
        title=association.name,
        description=described(f"{association.name}: insatser och rapporter.", mark),
        crumbs=crumbs(path, association.name, Link("Förbund", ASSOCIATIONS)),
        mark=mark,
        facts=tuple((term, links) for term, links in facts if any(link.text for link in links)),
        entries=tuple(gathered.entry(team, path) for team in teams),
        groups=tuple(_years(path, own)),
        more=(Link(STATUS, to(path, status_path(association.id))),),
    )


def _years(path: str, own: Sequence[Peers]) -> Iterator[tuple[str, str, Sequence[Link]]]:
    """The förbund as a whole, and its insatser side by side, the newest year first."""
    told = [(one, str(one.year), counted(len(one.reports))) for one in reversed(own)]
    whole = [Link(year, to(path, roll_up_path(one)), meta) for one, year, meta in told]
    beside = [Link(year, to(path, peers_path(one)), meta) for one, year, meta in told if len(one.reports) > 1]
    if whole:
        yield "Förbundet som helhet", "som-helhet", whole
    if beside:
        yield "Insatserna sida vid sida", "sida-vid-sida", beside
