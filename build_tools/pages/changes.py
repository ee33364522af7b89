"""The newest reports, corrections and handbooks, by the dates that they state: a page and a feed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import NAMESPACE_URL, uuid5

from build_tools import texts
from build_tools.addresses import CHANGES, FEED, file_to, report_path, to
from build_tools.model import File, Handbook, Publication, PublishedReport
from build_tools.pages.handbooks.view import handbook_path
from build_tools.pages.layout import Link, environment, render
from build_tools.pages.lineage import badges
from build_tools.pages.report import report_name
from build_tools.pages.report.corrections import change_text, corrected
from build_tools.pages.tables import Context
from build_tools.stages import page

MOST = 50
"""How many changes the page shows."""
DESCRIPTION = "De senaste rapporterna, rättelserna och versionerna av handböckerna."


@dataclass(frozen=True, slots=True)
class Change:
    """What has come or become different, with the page it stands on. What is undated is the oldest."""

    day: date | None
    what: str
    name: str
    path: str
    text: str
    badge: str = ""

    @property
    def when(self) -> str:
        """The day in words."""
        return texts.day(self.day) if self.day else "Utan datum"

    @property
    def id(self) -> str:
        """What a feed reader knows it by: the same as long as it tells the same."""
        return uuid5(NAMESPACE_URL, f"{self.path} {self.day} {self.what} {self.text}").urn


@page("nytt", "Senaste ändringar")
def changes(publication: Publication) -> Iterator[File]:
    """De senaste rapporterna, rättelserna och handböckerna, efter de datum som de själva anger."""
    found = newest(publication, MOST)
    values = {
        "title": "Senaste ändringar",
        "description": DESCRIPTION,
        "crumbs": (Link("Start", to(CHANGES, "index.md")), Link("Senaste ändringar")),
        "changes": [(one, *ways(one, CHANGES)) for one in found],
        "feed": file_to(CHANGES, FEED),
    }
    yield File(CHANGES, render("changes.md", values))
    yield File(FEED, feed(found))


def feed(found: Sequence[Change]) -> str:
    """The dated changes as an Atom feed; its links are told from where it stands itself."""
    dated = [(one, to(CHANGES, one.path)) for one in found if one.day]
    values = {"changes": dated, "description": DESCRIPTION, "id": uuid5(NAMESPACE_URL, FEED).urn}
    return environment().get_template("feed.xml").render(**values).strip() + "\n"


def ways(change: Change, path: str) -> tuple[str, str]:
    """What has changed is called and the way to it from a page."""
    return change.name, to(path, change.path)


def newest(publication: Publication, most: int) -> list[Change]:
    """The newest changes first; those of one day in the order of their reports, then of the handbooks."""
    marks = badges(publication)
    found = [
        change
        for report in publication.reports.values()
        if not report.is_draft
        for change in _of(report, marks[report.intervention], publication)
    ]
    found += [change for handbook in publication.handbooks.values() for change in _versions(handbook)]
    return sorted(found, key=lambda change: change.day or date.min, reverse=True)[:most]


def _versions(handbook: Handbook) -> Iterator[Change]:
    """The versions of a handbook that is no draft."""
    for one in handbook.changes if handbook.status != "utkast" else ():
        name = f"{handbook.name}, version {one.version}"
        yield Change(one.day, "Handbok", name, handbook_path(handbook.id), one.text)


def _of(report: PublishedReport, mark: str, publication: Publication) -> Iterator[Change]:
    known = "" if report.published or not report.data_date else "Dagen är den då siffrorna togs ut."
    name, path = report_name(report, publication), report_path(report.id)
    yield Change(report.published or report.data_date, "Ny rapport", name, path, known, mark)
    context = Context(report, publication)
    for one in report.corrections:
        text = f"{corrected(one, context)}. {change_text(one)} {one.reason}"
        yield Change(one.day, "Rättelse", name, path, text, mark)
