"""Pages that gather reports: a förbund, an insats through its years, a year, and the lists of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

import pandas as pd

from build_tools import texts
from build_tools.frames import columns_of, frame, pivot
from build_tools.model import Association, File, Intervention, Measure, Publication, PublishedReport
from build_tools.pages.grids import Grid, Line, value
from build_tools.pages.layout import (
    Link,
    association_path,
    intervention_path,
    measure_path,
    render,
    report_path,
    to,
    year_path,
)
from build_tools.stages import page

KINDS = {"team": "Team", "projekt": "Projekt"}
ASSOCIATIONS = "forbund/index.md"
INTERVENTIONS = "insatser/index.md"
YEARS = "ar/index.md"

T = TypeVar("T")
K = TypeVar("K")


def gathered(things: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    """Things by a key, both in their order of appearance."""
    found: dict[K, list[T]] = {}
    for thing in things:
        found.setdefault(key(thing), []).append(thing)
    return found


@page("forbund", "Förbund")
def associations(publication: Publication) -> Iterator[File]:
    """Varje samordningsförbund med sina insatser, och listan över förbund."""
    links = [
        Link(a.name, to(ASSOCIATIONS, association_path(a.id)), a.county)
        for a in publication.associations.values()
    ]
    yield _list_page(ASSOCIATIONS, "Förbund", "Samordningsförbund vars insatser redovisas här.", links)
    reports = gathered(publication.reports.values(), lambda report: report.intervention)
    teams = gathered(publication.interventions.values(), lambda team: team.association)
    for association in publication.associations.values():
        path = association_path(association.id)
        own = teams.get(association.id, [])
        yield File(path, render("gathered.md", _association(association, own, reports)))


def _association(
    association: Association, teams: Sequence[Intervention], reports: dict[str, list[PublishedReport]]
) -> dict[str, object]:
    path = association_path(association.id)
    years = sorted({r.period.end.year for team in teams for r in reports.get(team.id, [])}, reverse=True)
    facts = [("Län", association.county), ("Kommuner", texts.listed(association.municipalities))]
    team_links = [_intervention_link(team, path, len(reports.get(team.id, []))) for team in teams]
    year_links = [Link(str(year), to(path, year_path(year)), "Alla rapporter det året") for year in years]
    return {
        "title": association.name,
        "description": f"{association.name}: insatser och rapporter.",
        "crumbs": _crumbs(path, association.name, Link("Förbund", ASSOCIATIONS)),
        "lead": "",
        "facts": [(term, text, "") for term, text in facts if text],
        "groups": [("Insatser", "insatser", team_links), ("År", "ar", year_links)],
        "grids": [],
    }


@page("insats", "Insatser")
def interventions(publication: Publication) -> Iterator[File]:
    """Varje insats genom åren, och listan över insatser."""
    reports = gathered(publication.reports.values(), lambda report: report.intervention)
    teams = publication.interventions.values()
    links = [_intervention_link(team, INTERVENTIONS, len(reports.get(team.id, []))) for team in teams]
    yield _list_page(INTERVENTIONS, "Insatser", "Team och projekt som redovisar sitt arbete här.", links)
    cells = dict(list(_key_cells(publication).groupby("intervention", sort=False)))
    for team in teams:
        own = reports.get(team.id, [])
        grid = _years_grid(own, cells.get(team.id), team.id, publication)
        yield File(
            intervention_path(team.id),
            render("gathered.md", _intervention(team, own, grid, publication)),
            f"data/insatser/{team.id}.yml",
        )


def _intervention(
    team: Intervention, reports: Sequence[PublishedReport], grid: Grid | None, publication: Publication
) -> dict[str, object]:
    path = intervention_path(team.id)
    association = publication.associations.get(team.association)
    above = [Link(association.name, association_path(association.id))] if association else []
    home = to(path, association_path(association.id)) if association else ""
    facts = [
        ("Typ", KINDS.get(team.kind, team.kind.capitalize()), ""),
        ("Samordningsförbund", association.name if association else "", home),
        ("Parter", texts.listed([_owner(owner, publication) for owner in team.owners]), ""),
        ("Start", texts.since(team.start), ""),
        ("Slut", texts.since(team.end), ""),
    ]
    newest_first = sorted(reports, key=lambda report: report.period, reverse=True)
    return {
        "title": team.name,
        "description": f"{team.name}: rapporter och nyckeltal år för år.",
        "crumbs": _crumbs(path, team.name, *above),
        "lead": team.summary,
        "facts": [fact for fact in facts if fact[1]],
        "groups": [("Rapporter", "rapporter", [_report_link(report, path) for report in newest_first])],
        "grids": [("Nyckeltal", "nyckeltal", grid)] if grid else [],
    }


def _owner(owner: str, publication: Publication) -> str:
    """The name of a party that owns an insats, or the organisation as it was written."""
    parties = publication.catalogue.enumerations.get("aktualiserande_part")
    known = parties.categories.get(owner) if parties else None
    return known.label if known else owner


@page("ar", "År")
def years(publication: Publication) -> Iterator[File]:
    """Varje år med alla insatsers rapporter. Ett brutet år står på det år då det slutar."""
    by_year = gathered(publication.reports.values(), lambda report: report.period.end.year)
    newest_first = sorted(by_year, reverse=True)
    links = [Link(str(y), to(YEARS, year_path(y)), _count(len(by_year[y]))) for y in newest_first]
    yield _list_page(YEARS, "År", "Alla rapporter, år för år.", links)
    cells = _key_cells(publication)
    by_end = dict(list(cells.groupby(cells["end"].str[:4], sort=False)))
    for year in newest_first:
        path = year_path(year)
        reports = by_year[year]
        grid = _teams_grid(reports, by_end.get(str(year)), year, publication)
        names = {team.id: team.name for team in publication.interventions.values()}
        values = {
            "title": f"År {year}",
            "description": f"Rapporter för {year}.",
            "crumbs": _crumbs(path, str(year), Link("År", YEARS)),
            "lead": "Insatserna står i bokstavsordning. Tabellen är ingen rangordning: deltagare, "
            "perioder och definitioner kan skilja sig åt.",
            "facts": [],
            "groups": [("Rapporter", "rapporter", _named_links(reports, names, path))],
            "grids": [("Nyckeltal", "nyckeltal", grid)] if grid else [],
        }
        yield File(path, render("gathered.md", values))


def _named_links(reports: Sequence[PublishedReport], names: dict[str, str], path: str) -> list[Link]:
    return [
        Link(names[report.intervention], to(path, report_path(report.id)), texts.period(report.period))
        for report in reports
    ]


def _list_page(path: str, title: str, lead: str, links: Sequence[Link]) -> File:
    values = {
        "title": title,
        "description": lead,
        "crumbs": _crumbs(path, title),
        "lead": lead,
        "facts": [],
        "groups": [("", "", links)],
        "grids": [],
    }
    return File(path, render("gathered.md", values))


def _crumbs(path: str, title: str, *above: Link) -> tuple[Link, ...]:
    """The way from the start page; the links above are given with the paths of their files."""
    ways = (Link("Start", "index.md"), *above)
    return (*(Link(link.text, to(path, link.href)) for link in ways), Link(title))


def _count(reports: int) -> str:
    return "1 rapport" if reports == 1 else f"{reports} rapporter"


def _intervention_link(team: Intervention, path: str, reports: int) -> Link:
    kind = KINDS.get(team.kind, team.kind.capitalize())
    return Link(team.name, to(path, intervention_path(team.id)), f"{kind}, {_count(reports)}")


def _report_link(report: PublishedReport, path: str) -> Link:
    meta = f"{texts.day(report.period.start)}–{texts.day(report.period.end)}"
    return Link(texts.period(report.period), to(path, report_path(report.id)), meta)


def _key_measures(publication: Publication) -> list[Measure]:
    return [measure for measure in publication.catalogue.measures.values() if measure.key]


def _key_cells(publication: Publication) -> pd.DataFrame:
    """The totals of all key measures in all reports."""
    names = {measure.id for measure in _key_measures(publication)}
    cells = frame(publication, names)
    return cells[(cells["cell"] == cells["measure"]) | (cells["category"] == "summa")]


def _years_grid(
    reports: Sequence[PublishedReport], cells: pd.DataFrame | None, team: str, publication: Publication
) -> Grid | None:
    """Key measures as rows and the team's reports as columns, oldest first."""
    if cells is None or cells.empty:
        return None
    wide = pivot(cells, "measure", "report")
    path = intervention_path(team)
    lines = tuple(
        Line(
            measure.label,
            tuple(value(wide[measure.id].get(report.id), measure.unit) for report in reports),
            to(path, measure_path(measure.id)),
        )
        for measure in _key_measures(publication)
        if measure.id in wide
    )
    columns = tuple(texts.period(report.period) for report in reports)
    return Grid("Nyckeltal år för år", "Nyckeltal", columns, lines)


def _teams_grid(
    reports: Sequence[PublishedReport], cells: pd.DataFrame | None, year: int, publication: Publication
) -> Grid | None:
    """Reports as rows, named by their insats, and key measures as columns."""
    if cells is None or cells.empty:
        return None
    wide = pivot(cells, "report", "measure")
    known = columns_of(wide)
    measures = [measure for measure in _key_measures(publication) if measure.id in known]
    lines = tuple(
        Line(
            publication.interventions[report.intervention].name,
            tuple(value(wide[report.id].get(measure.id), _unit(measure)) for measure in measures),
            to(year_path(year), report_path(report.id)),
        )
        for report in reports
        if report.id in wide
    )
    return Grid("Nyckeltal per insats", "Insats", tuple(measure.label for measure in measures), lines)


def _unit(measure: Measure) -> str:
    """The unit to write in a column whose heading already tells that it counts people."""
    return "" if measure.unit == "personer" else measure.unit
