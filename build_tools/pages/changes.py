"""The newest reports and corrections, by the dates that they themselves state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from build_tools import texts
from build_tools.addresses import CHANGES, report_path, to
from build_tools.model import File, Publication, PublishedReport
from build_tools.pages.layout import Link, render
from build_tools.pages.lineage import badges
from build_tools.pages.report import report_name
from build_tools.pages.report.corrections import change_text, corrected
from build_tools.pages.tables import Context
from build_tools.stages import page

MOST = 50
"""How many changes the page shows."""


@dataclass(frozen=True, slots=True)
class Change:
    """A report that has come, or a figure that was corrected. An undated report is the oldest."""

    day: date | None
    what: str
    report: str
    text: str
    badge: str

    @property
    def when(self) -> str:
        """The day in words."""
        return texts.day(self.day) if self.day else "Utan datum"


@page("nytt", "Senaste ändringar")
def changes(publication: Publication) -> Iterator[File]:
    """De senaste rapporterna och rättelserna, efter de datum som de själva anger."""
    values = {
        "title": "Senaste ändringar",
        "description": "De senaste rapporterna och rättelserna.",
        "crumbs": (Link("Start", to(CHANGES, "index.md")), Link("Senaste ändringar")),
        "changes": [(one, *ways(one, CHANGES, publication)) for one in newest(publication, MOST)],
    }
    yield File(CHANGES, render("changes.md", values))


def ways(change: Change, path: str, publication: Publication) -> tuple[str, str]:
    """What a changed report is called and the way to it from a page."""
    report = publication.reports[change.report]
    return report_name(report, publication), to(path, report_path(change.report))


def newest(publication: Publication, most: int) -> list[Change]:
    """The newest changes first; those of one day in the order of their reports."""
    marks = badges(publication)
    found = [
        change
        for report in publication.reports.values()
        if not report.is_draft
        for change in _of(report, marks[report.intervention], publication)
    ]
    return sorted(found, key=lambda change: change.day or date.min, reverse=True)[:most]


def _of(report: PublishedReport, mark: str, publication: Publication) -> Iterator[Change]:
    known = "" if report.published or not report.data_date else "Dagen är den då siffrorna togs ut."
    yield Change(report.published or report.data_date, "Ny rapport", report.id, known, mark)
    context = Context(report, publication)
    for one in report.corrections:
        text = f"{corrected(one, context)}. {change_text(one)} {one.reason}"
        yield Change(one.day, "Rättelse", report.id, text, mark)
