"""What the gathering pages share: the ways to a page, lists of links, and an insats with its reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from build_tools import texts
from build_tools.addresses import association_path, intervention_path, report_path, to
from build_tools.model import Association, File, Intervention, Publication, PublishedReport
from build_tools.pages.findings import Board
from build_tools.pages.grids import Grid
from build_tools.pages.layout import Link, render
from build_tools.pages.lineage import badges, mark_of

KINDS = {"team": "Team", "projekt": "Projekt"}
PRELIMINARY = "preliminar"
CALENDAR = "kalenderar"

T = TypeVar("T")
K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Entry:
    """An insats as one row of a list: its name and the ways to its reports."""

    link: Link
    reports: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Gathering:
    """A page of lists and tables, in the order they are shown."""

    path: str
    title: str
    description: str
    crumbs: tuple[Link, ...]
    mark: str = ""
    lead: str = ""
    facts: tuple[tuple[str, tuple[Link, ...]], ...] = ()
    said: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    groups: tuple[tuple[str, str, Sequence[Link]], ...] = ()
    grids: tuple[tuple[str, str, Grid], ...] = ()
    more: tuple[Link, ...] = field(default=())
    board: Board | None = None

    def file(self, source: str = "") -> File:
        """The page itself."""
        return File(self.path, render("gathered.md", {"page": self}), source)


@dataclass(frozen=True, slots=True)
class Gathered:
    """The insatser of each förbund and the reports of each insats, found in one walk."""

    publication: Publication
    teams: Mapping[str, Sequence[Intervention]]
    reports: Mapping[str, Sequence[PublishedReport]]
    marks: Mapping[str, str]

    def entry(self, team: Intervention, path: str, *, most: int | None = None, marked: bool = False) -> Entry:
        """A row for an insats; its reports oldest first, at most so many of the newest."""
        own = sorted(self.reports.get(team.id, ()), key=lambda report: report.period)
        shown = own[-most:] if most else own
        mark = self.marks[team.id] if marked else ""
        link = Link(team.name, to(path, intervention_path(team.id)), kind_of(team), mark)
        return Entry(link, tuple(report_link(report, path) for report in shown))


def gather(publication: Publication) -> Gathered:
    """What stands under what."""
    return Gathered(
        publication,
        grouped(sorted(publication.interventions.values(), key=by_name), lambda team: team.association),
        grouped(publication.reports.values(), lambda report: report.intervention),
        badges(publication),
    )


def by_name(team: Intervention) -> tuple[str, str]:
    """Where an insats stands in a list."""
    return (team.name.casefold(), team.id)


def grouped(things: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    """Things by a key, both in their order of appearance."""
    found: dict[K, list[T]] = {}
    for thing in things:
        found.setdefault(key(thing), []).append(thing)
    return found


def real_first(associations: Iterable[Association]) -> list[Association]:
    """The förbund as they stand, those made up last."""
    return sorted(associations, key=lambda association: association.invented)


def list_page(path: str, title: str, lead: str, links: Sequence[Link]) -> File:
    """A page with one list of links."""
    return Gathering(path, title, lead, crumbs(path, title), lead=lead, groups=(("", "", links),)).file()


def crumbs(path: str, title: str, *above: Link) -> tuple[Link, ...]:
    """The way from the start page; the links above are given with the paths of their files."""
    ways = (Link("Start", "index.md"), *above)
    return (*(Link(link.text, to(path, link.href)) for link in ways), Link(title))


def described(text: str, mark: str) -> str:
    """A page's description, which tells of a made-up example at once."""
    return f"{mark}. {text}" if mark else text


def counted(reports: int) -> str:
    """How many reports there are."""
    return "1 rapport" if reports == 1 else f"{reports} rapporter"


def kind_of(team: Intervention) -> str:
    """Team or project."""
    return KINDS.get(team.kind, team.kind.capitalize())


def report_link(report: PublishedReport, path: str) -> Link:
    """The way to a report from a page of its insats."""
    meta = "preliminär" if report.status == PRELIMINARY else ""
    return Link(texts.period(report.period), to(path, report_path(report.id)), meta)


def association_link(association: Association, path: str, meta: str = "") -> Link:
    """The way to a förbund's page."""
    return Link(association.name, to(path, association_path(association.id)), meta, mark_of(association))


def period_kind(report: PublishedReport, publication: Publication) -> str:
    """The kind of a report's period, where it is not a calendar year."""
    kinds = publication.catalogue.enumerations.get("periodtyp")
    found = kinds.categories.get(report.period.kind) if kinds and report.period.kind != CALENDAR else None
    return found.label if found else ""
