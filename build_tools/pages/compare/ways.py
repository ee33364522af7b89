"""The ways from other pages to the comparisons, and from a comparison to its files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from build_tools import texts
from build_tools.addresses import (
    COMPARE,
    csv_path,
    file_to,
    measure_path,
    pair_path,
    peers_path,
    report_path,
    run_path,
    saved_as,
    to,
    workbook_path,
)
from build_tools.fingerprints import fingerprints
from build_tools.model import Pairing, Publication, PublishedReport
from build_tools.pages.layout import Link

GUIDE = "om/jamforelser.md"
"""The page on what comparisons mean, where the project has one."""
SEVERAL = 2
"""Fewer reports than so are not beside each other."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file to save: its address, what kind it is, and what it is called where it is saved."""

    href: str
    kind: str
    name: str


def downloads(page: str, reports: Sequence[str], publication: Publication) -> tuple[Download, ...]:
    """The files beside a comparison page of some reports, called by their figures too."""
    kinds = (("Excel", workbook_path(page)), ("CSV", csv_path(page)))
    told = fingerprints(publication, reports)
    return tuple(Download(file_to(page, path), kind, saved_as(path, told)) for kind, path in kinds)


def guide_link(page: str, publication: Publication) -> Link | None:
    """The way to what comparisons mean, where somebody has written it."""
    found = next((one for one in publication.pages if one.path == GUIDE), None)
    return Link(found.title, to(page, found.path)) if found else None


def from_report(report: PublishedReport, publication: Publication) -> Iterator[Link]:
    """What a report can be laid beside: other years, the others of the year, or anything at all."""
    path, compared = report_path(report.id), publication.comparisons
    for pairing in compared.by_report.get(report.id, ()):
        yield Link(f"Jämför med {_other(pairing, report, publication)}", to(path, pair_path(pairing)))
    if report.intervention in compared.long:
        yield Link("Alla år", to(path, run_path(report.intervention)))
    peers = compared.year_of.get(report.id)
    if peers and len(peers.reports) >= SEVERAL:
        yield Link(f"Insatserna i förbundet {peers.year}", to(path, peers_path(peers)))
    yield Link("Välj en annan rapport", f"{to(path, COMPARE)}?a={report.id}")


def from_measure(
    measure: str, reports: Collection[str], publication: Publication
) -> Iterator[tuple[str, tuple[Link, ...]]]:
    """Where a measure stands beside itself: insatser of a year by förbund, and insatser through the years."""
    path = measure_path(measure)
    years: dict[str, list[Link]] = {}
    told = Counter(publication.comparisons.year_of.get(one) for one in reports)
    for peers in publication.comparisons.peers:
        if told[peers] >= SEVERAL and peers.association in publication.associations:
            name = publication.associations[peers.association].name
            years.setdefault(name, []).append(Link(str(peers.year), to(path, peers_path(peers))))
    yield from ((name, tuple(links)) for name, links in years.items())
    told_by = Counter(publication.reports[one].intervention for one in reports)
    runs = tuple(
        Link(team.name, to(path, run_path(team.id)))
        for team in publication.interventions.values()
        if told_by[team.id] >= SEVERAL
    )
    if runs:
        yield "Alla år", runs


def _other(pairing: Pairing, report: PublishedReport, publication: Publication) -> str:
    """The other report of a pair: by its period, and by its name where it is another insats."""
    other = publication.reports[pairing.a if pairing.b == report.id else pairing.b]
    period = texts.period(other.period)
    if other.intervention == report.intervention:
        return period
    return f"{publication.interventions[other.intervention].name} {period}"
