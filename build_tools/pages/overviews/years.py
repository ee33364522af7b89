"""Each year with the reports of all insatser, and the list of years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import pandas as pd

from build_tools import texts
from build_tools.addresses import peers_path, report_path, roll_up_path, to, year_path
from build_tools.frames import columns_of, pivot
from build_tools.model import File, Peers, Publication, PublishedReport
from build_tools.pages.grids import Grid, Line, value
from build_tools.pages.layout import Link
from build_tools.pages.overviews.key_figures import key_cells, key_measures, unit_of
from build_tools.pages.overviews.parts import (
    PRELIMINARY,
    Gathered,
    Gathering,
    by_name,
    counted,
    crumbs,
    gather,
    grouped,
    list_page,
    period_kind,
)
from build_tools.stages import page

YEARS = "ar/index.md"
LEAD = (
    "Insatserna står i bokstavsordning{last}. Tabellen är ingen rangordning: deltagare, "
    "perioder och definitioner kan skilja sig åt."
)


@page("ar", "År")
def years(publication: Publication) -> Iterator[File]:
    """Varje år med alla insatsers rapporter. Ett brutet år står på det år då det slutar."""
    by_year = grouped(publication.reports.values(), lambda report: report.period.end.year)
    newest_first = sorted(by_year, reverse=True)
    links = [Link(str(y), to(YEARS, year_path(y)), counted(len(by_year[y]))) for y in newest_first]
    yield list_page(YEARS, "År", "Alla rapporter, år för år.", links)
    cells = key_cells(publication, key_measures(publication))
    by_end = dict(list(cells.groupby(cells["end"].str[:4], sort=False)))
    gathered = gather(publication)
    beside = grouped(publication.comparisons.peers, lambda peers: peers.year)
    for year in newest_first:
        own = sorted(by_year[year], key=lambda report: _rank(report, gathered))
        yield _page(year, own, by_end.get(str(year)), beside.get(year, ()), gathered).file()


def _rank(report: PublishedReport, gathered: Gathered) -> tuple[bool, str, str, date]:
    """In order of names, those made up last."""
    team = gathered.publication.interventions[report.intervention]
    return (bool(gathered.marks[team.id]), *by_name(team), report.period.start)


def _page(
    year: int,
    reports: Sequence[PublishedReport],
    cells: pd.DataFrame | None,
    beside: Sequence[Peers],
    gathered: Gathered,
) -> Gathering:
    path = year_path(year)
    made_up = [bool(gathered.marks[report.intervention]) for report in reports]
    last = ", påhittade exempel sist" if any(made_up) and not all(made_up) else ""
    grid = _grid(reports, cells, year, gathered)
    return Gathering(
        path=path,
        title=f"År {year}",
        description=f"Rapporter för {year}.",
        crumbs=crumbs(path, str(year), Link("År", YEARS)),
        lead=LEAD.format(last=last),
        groups=(("Rapporter", "rapporter", [_link(report, path, gathered) for report in reports]),),
        grids=(("Nyckeltal", "nyckeltal", grid),) if grid else (),
        more=tuple(_more(beside, path, gathered.publication)),
    )


def _more(beside: Sequence[Peers], path: str, publication: Publication) -> Iterator[Link]:
    """The ways to each förbund's year: its insatser side by side, and all of it together."""
    for peers in beside:
        association = publication.associations.get(peers.association)
        if association is None:
            continue
        if len(peers.reports) > 1:
            yield Link(f"{association.name}: insatserna sida vid sida", to(path, peers_path(peers)))
        yield Link(f"{association.name} som helhet", to(path, roll_up_path(peers)))


def _link(report: PublishedReport, path: str, gathered: Gathered) -> Link:
    team = gathered.publication.interventions[report.intervention]
    kind = period_kind(report, gathered.publication)
    told = [texts.period(report.period), *([kind.lower()] if kind else [])]
    told += ["preliminär"] if report.status == PRELIMINARY else []
    return Link(team.name, to(path, report_path(report.id)), ", ".join(told), gathered.marks[team.id])


def _grid(
    reports: Sequence[PublishedReport], cells: pd.DataFrame | None, year: int, gathered: Gathered
) -> Grid | None:
    """Reports as rows, named by their insats, and key measures as columns."""
    if cells is None or cells.empty:
        return None
    wide = pivot(cells, "report", "measure")
    known = columns_of(wide)
    publication = gathered.publication
    measures = [measure for measure in key_measures(publication) if measure.id in known]
    lines = tuple(
        Line(
            _name(report, publication),
            tuple(value(wide[report.id].get(measure.id), unit_of(measure)) for measure in measures),
            to(year_path(year), report_path(report.id)),
            badge=gathered.marks[report.intervention],
        )
        for report in reports
        if report.id in wide
    )
    return Grid("Nyckeltal per insats", "Insats", tuple(measure.label for measure in measures), lines)


def _name(report: PublishedReport, publication: Publication) -> str:
    """The insats, with the period where it is not the calendar year of the page."""
    name = publication.interventions[report.intervention].name
    kind = period_kind(report, publication)
    return f"{name}, {texts.period(report.period)}" if kind else name
