"""Pages that people have written besides the reports, and the start page with its list of reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from build_tools.addresses import CHANGES, status_path, to
from build_tools.model import Association, File, FreePage, Heading, Placement, Publication
from build_tools.pages.changes import newest, ways
from build_tools.pages.explained import explainer
from build_tools.pages.findings import START, of_page, of_start
from build_tools.pages.layout import Link, heading_text, render, safe
from build_tools.pages.overviews.parts import (
    Entry,
    Gathered,
    association_link,
    counted,
    gather,
    real_first,
)
from build_tools.pages.report import licence
from build_tools.stages import page

NEWEST = 5
"""How many changes the start page shows."""
LATEST = 6
"""How many reports of an insats the start page leads to."""
FEW_ENOUGH = 40
"""With more insatser than so, the start page leads to the förbund instead."""


@dataclass(frozen=True, slots=True)
class Home:
    """A förbund on the start page, with its insatser where they are few enough to be listed."""

    link: Link
    status: Link
    anchor: str
    entries: tuple[Entry, ...]


@page("fri", "Fria sidor")
def free_pages(publication: Publication) -> Iterator[File]:
    """Sidor om webbplatsen och annat som skrivits för hand."""
    known = {written.path: written for written in publication.pages}
    for written in publication.pages:
        if written.path != START:
            values = {
                "page": written,
                "crumbs": _crumbs(written, known),
                "pieces": tuple(_pieces(written, publication)),
                "board": of_page(publication, written.path, f"content/{written.path}"),
            }
            yield File(written.path, render("free.md", values), f"content/{written.path}")


@page("start", "Startsidan")
def start_page(publication: Publication) -> Iterator[File]:
    """Startsidan: vad webbplatsen är, rapporterna under sina förbund och det senaste."""
    known = {written.path: written for written in publication.pages}
    written = known.get(START)
    licensed = licence(known)
    values = {
        "title": written.title if written else "Rapporter",
        "description": written.description if written else "Samverkansteamens rapporter.",
        "pieces": tuple(_pieces(written, publication)) if written else (),
        "homes": tuple(_homes(publication)),
        "changes": [(one, *ways(one, START)) for one in newest(publication, NEWEST)],
        "all_changes": to(START, CHANGES),
        "board": of_start(publication, known),
        "licence": Link(licensed.title, to(START, licensed.path)) if licensed else None,
    }
    yield File(START, render("start.md", values), f"content/{START}" if written else "")


def _homes(publication: Publication) -> Iterator[Home]:
    """The förbund with their insatser, real ones before those made up."""
    gathered = gather(publication)
    few = len(publication.interventions) <= FEW_ENOUGH
    for association in real_first(publication.associations.values()):
        yield _home(association, gathered, few)


def _home(association: Association, gathered: Gathered, few: bool) -> Home:
    teams = gathered.teams.get(association.id, ())
    total = sum(len(gathered.reports.get(team.id, ())) for team in teams)
    insatser = "1 insats" if len(teams) == 1 else f"{len(teams)} insatser"
    return Home(
        link=association_link(association, START, f"{insatser}, {counted(total)}"),
        status=Link("Läget", to(START, status_path(association.id))),
        anchor=f"forbund-{association.id}",
        entries=tuple(gathered.entry(team, START, most=LATEST, marked=True) for team in teams) if few else (),
    )


def _pieces(written: FreePage, publication: Publication) -> Iterator[Markup]:
    """The page's own blocks: headings as Markdown, text as HTML. A report's chart has no place here."""
    reader = explainer(publication, written.path)
    for piece in written.body:
        if isinstance(piece, Heading):
            signs = "#" * piece.level
            yield Markup("{} {} {{: #{} }}").format(signs, heading_text(piece.text), piece.anchor)
        elif not isinstance(piece, Placement):
            yield Markup('<div class="sr-text">\n{}\n</div>').format(reader.explain(safe(piece)))


def _crumbs(written: FreePage, known: Mapping[str, FreePage]) -> tuple[Link, ...]:
    """The way to a free page: over the first page of its folder, where there is one."""
    folder = written.path.rpartition("/")[0]
    parent = known.get(f"{folder}/index.md")
    above = [Link(parent.title, to(written.path, parent.path))] if parent and parent is not written else []
    return (Link("Start", to(written.path, START)), *above, Link(written.title))
