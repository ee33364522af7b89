"""The status board of a förbund: which reports there are, how finished they are, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from build_tools import texts
from build_tools.addresses import (
    CHANGES,
    association_path,
    intervention_path,
    quality_path,
    report_path,
    status_path,
    to,
)
from build_tools.model import Association, File, Intervention, Part, Publication, PublishedReport
from build_tools.pages.grids import Grid, Line, Value
from build_tools.pages.layout import Link
from build_tools.pages.lineage import mark_of
from build_tools.pages.overviews.associations import ASSOCIATIONS
from build_tools.pages.overviews.parts import Gathered, Gathering, crumbs, described, gather
from build_tools.pages.report import STATUSES
from build_tools.stages import page

LEAD = "Vilka rapporter som finns, hur färdiga de är och vad som saknas i dem."
MISSING = Value("saknas", False, "Insatsen pågick men har ingen publicerad rapport för året.", word=True)
NOT_YET = Value("inte igång", False, "Insatsen hade inte börjat, eller hade slutat.", word=True)
NOTES = "anmarkningar"
"""Where the notes stand on the quality page."""
COLUMNS = ("Status", "Siffrorna uttagna", "Publicerad", "Anmärkningar", "Rättelser", "Saknar text")


@page("lage", "Läget i ett förbund")
def boards(publication: Publication) -> Iterator[File]:
    """Varje förbunds rapporter med status, datum, anmärkningar, rättelser och det som saknas."""
    gathered = gather(publication)
    for association in publication.associations.values():
        yield _page(association, gathered).file()


def _page(association: Association, gathered: Gathered) -> Gathering:
    path = status_path(association.id)
    mark = mark_of(association)
    teams = gathered.teams.get(association.id, ())
    reports = [report for team in teams for report in gathered.reports.get(team.id, ())]
    grids = (
        ("År för år", "ar-for-ar", _years(teams, reports, path, gathered)),
        ("Rapport för rapport", "rapport-for-rapport", _reports(reports, path, gathered)),
    )
    return Gathering(
        path=path,
        title=f"Läget i {association.name}",
        description=described(f"{association.name}: vilka rapporter som finns och vad som saknas.", mark),
        crumbs=crumbs(
            path,
            "Läget",
            Link("Förbund", ASSOCIATIONS),
            Link(association.name, association_path(association.id)),
        ),
        mark=mark,
        lead=LEAD,
        said=(drafts_told(_drafts(association, gathered)),),
        grids=grids if reports else (),
        more=(Link("Senaste ändringar", to(path, CHANGES)),),
    )


def _drafts(association: Association, gathered: Gathered) -> int:
    """How many drafts a förbund has, of all years."""
    drafts = gathered.publication.drafts
    return sum(count for (own, _year), count in drafts.items() if own == association.id)


def drafts_told(count: int, year: int | None = None) -> str:
    """Drafts are counted, never named: those of a förbund, or those of its reports that end in a year."""
    ending = f" som slutar under {year}" if year else ""
    if not count:
        return f"Inga rapporter{ending} är utkast." if year else "Inga utkast väntar på att publiceras."
    told = f"1 rapport{ending} är ett" if count == 1 else f"{texts.number(count)} rapporter{ending} är"
    return f"{told} utkast och har ännu inte publicerats."


def _years(
    teams: Sequence[Intervention], reports: Sequence[PublishedReport], path: str, gathered: Gathered
) -> Grid:
    """Insatser as lines and years as columns, from the first year that any of them tells of to the last."""
    first = min((report.period.start.year for report in reports), default=0)
    last = max((report.period.end.year for report in reports), default=-1)
    span = range(first, last + 1)
    lines = tuple(
        Line(
            team.name,
            tuple(_year(team, gathered.reports.get(team.id, ()), year, path) for year in span),
            to(path, intervention_path(team.id)),
        )
        for team in teams
    )
    return Grid("Rapporter år för år", "Insats", tuple(map(str, span)), lines)


def _year(team: Intervention, reports: Sequence[PublishedReport], year: int, path: str) -> Value:
    """The reports that end in a year; else one that it is a part of; else that there is none."""
    ending = [report for report in reports if report.period.end.year == year]
    if len(ending) == 1:
        return Value(_status(ending[0]), False, href=to(path, report_path(ending[0].id)))
    if ending:
        return Value(f"{len(ending)} rapporter", False, href=to(path, intervention_path(team.id)))
    part = next((r for r in reports if r.period.start.year <= year <= r.period.end.year), None)
    if part:
        return Value(f"ingår i {texts.period(part.period)}", False, href=to(path, report_path(part.id)))
    return MISSING if team.goes_on(year) else NOT_YET


def _status(report: PublishedReport) -> str:
    return STATUSES.get(report.status, report.status)


def _reports(reports: Sequence[PublishedReport], path: str, gathered: Gathered) -> Grid:
    names = gathered.publication.interventions
    lines = tuple(
        Line(
            f"{names[report.intervention].name} {texts.period(report.period)}",
            (
                Value(_status(report), False),
                _day(report.data_date),
                _day(report.published),
                _notes(report, path),
                Value(_number(len(report.corrections)), False),
                Value(gaps(report, gathered.publication), False),
            ),
            to(path, report_path(report.id)),
        )
        for report in reports
    )
    return Grid("Rapporter med status", "Rapport", COLUMNS, lines)


def _notes(report: PublishedReport, path: str) -> Value:
    """How many notes there are, and the way to them."""
    count = len(set(report.notes))
    told = "1 anmärkning" if count == 1 else f"{count} anmärkningar"
    return (
        Value(told, False, href=to(path, quality_path(report.id), NOTES)) if count else Value("inga", False)
    )


def _day(day: date | None) -> Value:
    return Value(texts.day(day).replace(" ", texts.NBSP), False) if day else Value("inte angivet", False)


def _number(count: int) -> str:
    return str(count) if count else "inga"


def gaps(report: PublishedReport, publication: Publication) -> str:
    """The required sections and parts that have no text: `avsnitt 10, Analys i 8`, or `inga`."""
    template = publication.catalogue.templates.get(report.template)
    sections = report.prose.sections if report.prose else ()
    written = {section.number: {part.id: part for part in section.parts} for section in sections}
    wanted = template.sections if template else ()
    empty = [str(one.number) for one in wanted if one.required and one.number not in written]
    parts = [
        f"{part.title} i {section.number}"
        for section in wanted
        if section.number in written
        for part in section.parts
        if part.required and not _has_text(written[section.number].get(part.id))
    ]
    told = [f"avsnitt {texts.listed(empty)}"] * bool(empty) + parts
    return ", ".join(told) or "inga"


def _has_text(part: Part | None) -> bool:
    return part is not None and bool(part.paragraphs or part.body)
