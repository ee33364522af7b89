"""Pages that people have written besides the reports, and the start page with its list of reports."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from build_tools import texts
from build_tools.model import File, FreePage, Heading, Placement, Publication
from build_tools.pages.layout import (
    Link,
    association_path,
    heading_text,
    render,
    report_path,
    safe,
    to,
)
from build_tools.stages import page

START = "index.md"
LATEST = 12
"""How many reports the start page shows."""


@page("fri", "Fria sidor")
def free_pages(publication: Publication) -> Iterator[File]:
    """Sidor om webbplatsen och annat som skrivits för hand."""
    for written in publication.pages:
        if written.path != START:
            values = {
                "page": written,
                "crumbs": _crumbs(written, publication),
                "pieces": tuple(_pieces(written)),
            }
            yield File(written.path, render("free.md", values), f"content/{written.path}")


@page("start", "Startsidan")
def start_page(publication: Publication) -> Iterator[File]:
    """Startsidan: vad webbplatsen är, de senaste rapporterna och vägarna vidare."""
    written = next((p for p in publication.pages if p.path == START), None)
    title = written.title if written else "Rapporter"
    values = {
        "title": title,
        "description": written.description if written else "Samverkansteamens rapporter.",
        "pieces": tuple(_pieces(written)) if written else (),
        "reports": tuple(_latest(publication)),
        "associations": tuple(_associations(publication)),
        "findings": publication.findings,
        "counts": (len(publication.reports), len(publication.interventions), len(publication.associations)),
    }
    yield File(START, render("start.md", values), f"content/{START}" if written else "")


def _pieces(written: FreePage) -> Iterator[Markup]:
    """The page's own blocks: headings as Markdown, text as HTML. A report's chart has no place here."""
    for piece in written.body:
        if isinstance(piece, Heading):
            signs = "#" * piece.level
            yield Markup("{} {} {{: #{} }}").format(signs, heading_text(piece.text), piece.anchor)
        elif not isinstance(piece, Placement):
            yield Markup('<div class="sr-text">\n{}\n</div>').format(safe(piece))


def _crumbs(written: FreePage, publication: Publication) -> tuple[Link, ...]:
    folder = written.path.rsplit("/", 1)[0]
    parent = next((p for p in publication.pages if p.path == f"{folder}/index.md" and p is not written), None)
    above = [Link(parent.title, to(written.path, parent.path))] if parent else []
    return (Link("Start", to(written.path, START)), *above, Link(written.title))


def _latest(publication: Publication) -> Iterator[Link]:
    """The newest reports first; of the same period, in the order of their insatser."""
    newest = sorted(publication.reports.values(), key=lambda report: report.period.end, reverse=True)
    for report in newest[:LATEST]:
        name = publication.interventions[report.intervention].name
        yield Link(name, to(START, report_path(report.id)), f"Rapport för {texts.period(report.period)}")


def _associations(publication: Publication) -> Iterator[Link]:
    for association in publication.associations.values():
        teams = [i for i in publication.interventions.values() if i.association == association.id]
        meta = teams[0].name if len(teams) == 1 else f"{len(teams)} insatser"
        yield Link(association.name, to(START, association_path(association.id)), meta)
