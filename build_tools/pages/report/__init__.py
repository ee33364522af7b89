"""The page of a report: key figures, the sections with text, tables and charts, and all figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from build_tools import texts
from build_tools.addresses import (
    association_path,
    intervention_path,
    quality_path,
    report_path,
    to,
    year_path,
)
from build_tools.model import File, FreePage, Publication, PublishedReport
from build_tools.pages.compare.ways import from_report
from build_tools.pages.explained import explainer
from build_tools.pages.findings import Board, board, counted
from build_tools.pages.handbooks.methods import method_links
from build_tools.pages.layout import Link, render
from build_tools.pages.lineage import Lineage, lineage, mark_of
from build_tools.pages.report.cards import cards
from build_tools.pages.report.chapters import Chapter, by_section, chapters, remarks
from build_tools.pages.report.corrections import corrections
from build_tools.pages.report.figures import all_figures, anchors
from build_tools.pages.tables import Context
from build_tools.stages import page

GUIDE = "om/siffrorna.md"
"""The page on how to read the figures, where the project has one."""
LICENCES = ("om/licens/index.md", "om/licens.md")
"""Where the licence of the content may stand."""
STATUSES = {"utkast": "Utkast", "preliminar": "Preliminär", "slutlig": "Slutlig"}


@dataclass(frozen=True, slots=True)
class Around:
    """What a report's page needs of the rest of the site, found once for all reports."""

    publication: Publication
    lineage: Lineage
    guide: str
    licence: FreePage | None


@page("rapport", "Rapporter")
def reports(publication: Publication) -> Iterator[File]:
    """Varje rapport med sin text, sina tabeller och sina diagram."""
    written = {one.path: one for one in publication.pages}
    guide = GUIDE if GUIDE in written else ""
    around = Around(publication, lineage(publication), guide, licence(written))
    for report in publication.reports.values():
        path = report_path(report.id)
        yield File(path, render("report.md", _values(report, around)), f"content/rapporter/{report.id}.md")


def licence(written: dict[str, FreePage]) -> FreePage | None:
    """The page on what others may do with the content, where somebody has written it."""
    return next((written[path] for path in LICENCES if path in written), None)


def _values(report: PublishedReport, around: Around) -> dict[str, object]:
    publication = around.publication
    context = Context(report, publication)
    intervention = publication.interventions[report.intervention]
    association = publication.associations.get(intervention.association)
    path = report_path(report.id)
    period = texts.period(report.period)
    figures = all_figures(context)
    mark = mark_of(association)
    told = tuple(chapters(context))
    said = f"{intervention.name}: rapport för {period} med text, tabeller och diagram."
    return {
        "title": report_title(report, publication),
        "description": f"{mark}. {said}" if mark else said,
        "mark": mark,
        "crumbs": _crumbs(report, publication),
        "report": report,
        "status": STATUSES.get(report.status, report.status),
        "facts": tuple(_facts(report, publication)),
        "corrections": corrections(context, anchors(figures)),
        "compare": tuple(from_report(report, publication)),
        "cards": tuple(cards(context)),
        "notes": tuple(remarks(None, context)),
        "chapters": told,
        "keywords": explainer(publication, path).other_words(_text(told)),
        "board": _board(told, context),
        "figures": figures,
        "before": _neighbours(around.lineage.before.get(report.id, ()), report, publication),
        "after": _neighbours(around.lineage.after.get(report.id, ()), report, publication),
        "guide": to(path, around.guide) if around.guide else "",
        "licence": Link(around.licence.title, to(path, around.licence.path)) if around.licence else None,
    }


def _text(told: tuple[Chapter, ...]) -> str:
    """What somebody has written, chapter after chapter."""
    bodies = (body for chapter in told for body in chapter.bodies)
    return "\n".join(str(piece) for body in bodies for piece in body.pieces if isinstance(piece, Markup))


def _board(told: tuple[Chapter, ...], context: Context) -> Board | None:
    """In the preview: the ways to what is said of each section, and what is said of none that is shown."""
    said = by_section(context)
    shown = [chapter for chapter in told if chapter.board]
    links = [
        counted(chapter.title, f"#{chapter.board.anchor}", said[chapter.number])
        for chapter in shown
        if chapter.board
    ]
    numbers = {chapter.number for chapter in shown}
    rest = [one for number, found in said.items() if number not in numbers for one in found]
    own = context.report.findings
    return board(rest, report_path(context.report.id), context.publication, links, of=own)


def _facts(report: PublishedReport, publication: Publication) -> Iterator[tuple[str, tuple[Link, ...]]]:
    """What a report is about, in pairs of term and text."""
    path = report_path(report.id)
    team = publication.interventions[report.intervention]
    association = publication.associations.get(team.association)
    year = report.period.end.year
    yield "Insats", (Link(team.name, to(path, intervention_path(team.id))),)
    if association:
        yield "Samordningsförbund", (Link(association.name, to(path, association_path(association.id))),)
    if team.methods:
        yield "Arbetssätt", method_links(team, path, publication)
    yield "Period", (Link(days(report)),)
    yield "År", (Link(str(year), to(path, year_path(year))),)
    if report.data_date:
        yield "Siffrorna uttagna", (Link(texts.day(report.data_date)),)
    if report.published:
        yield "Publicerad", (Link(texts.day(report.published)),)
    yield "Kvalitet", (Link("Vad som är prövat", to(path, quality_path(report.id))),)


def days(report: PublishedReport) -> str:
    """A report's first and last day."""
    return f"{texts.day(report.period.start)}–{texts.day(report.period.end)}"


def report_title(report: PublishedReport, publication: Publication) -> str:
    """What a report is called: its own heading, or its insats and period."""
    return report.prose.title if report.prose else report_name(report, publication)


def report_name(report: PublishedReport, publication: Publication) -> str:
    """A report's insats and period."""
    return f"{publication.interventions[report.intervention].name} {texts.period(report.period)}"


def _crumbs(report: PublishedReport, publication: Publication) -> tuple[Link, ...]:
    path = report_path(report.id)
    intervention = publication.interventions[report.intervention]
    association = publication.associations.get(intervention.association)
    above = [Link(association.name, to(path, association_path(association.id)))] if association else []
    return (
        Link("Start", to(path, "index.md")),
        *above,
        Link(intervention.name, to(path, intervention_path(intervention.id))),
        Link(texts.period(report.period)),
    )


def _neighbours(ids: tuple[str, ...], report: PublishedReport, publication: Publication) -> tuple[Link, ...]:
    """Links to the reports next in time; those of another insats are called by its name."""
    others = (publication.reports[key] for key in ids if key in publication.reports)
    return tuple(
        Link(
            texts.period(other.period)
            if other.intervention == report.intervention
            else report_name(other, publication),
            to(report_path(report.id), report_path(other.id)),
        )
        for other in others
    )
