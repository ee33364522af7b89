"""Each samordningsförbund with its insatser and their reports, and the list of förbund."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools import texts
from build_tools.addresses import association_path, status_path, to, year_path
from build_tools.model import Association, File, Publication
from build_tools.pages.layout import Link
from build_tools.pages.lineage import mark_of
from build_tools.pages.overviews.parts import (
    Gathered,
    Gathering,
    association_link,
    crumbs,
    described,
    gather,
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
    for association in publication.associations.values():
        yield _page(association, gathered).file("data/forbund.yml")


def _page(association: Association, gathered: Gathered) -> Gathering:
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
        more=(Link(STATUS, to(path, status_path(association.id))),),
    )
