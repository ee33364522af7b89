"""The reports of those who work by a method, with their own key figures: side by side, never ranked."""

from __future__ import annotations

from collections.abc import Collection

from build_tools import texts
from build_tools.addresses import report_path, to
from build_tools.model import Kind, Publication, PublishedReport
from build_tools.pages.grids import Grid, Line, value, with_base
from build_tools.pages.handbooks.view import View
from build_tools.pages.lineage import mark_of
from build_tools.pages.overviews.key_figures import key_measures
from build_tools.pages.report import report_name

MOST = 6
"""How many key figures stand beside each other."""


def reports_by(methods: Collection[str], publication: Publication) -> list[PublishedReport]:
    """The reports whose insats names one of some methods, by insats and year."""
    wanted = {texts.anchor(method) for method in methods}
    teams = {
        key
        for key, team in publication.interventions.items()
        if wanted & {texts.anchor(method) for method in team.methods}
    }
    found = [report for report in publication.reports.values() if report.intervention in teams]
    return sorted(found, key=lambda report: (report_name(report, publication).casefold(), report.period))


def results(view: View, methods: Collection[str]) -> Grid | None:
    """What each such report itself says of its key figures."""
    publication = view.publication
    reports = reports_by(methods, publication)
    measures = [
        measure
        for measure in key_measures(publication)
        if any(report.headline(measure) is not None for report in reports)
    ][:MOST]
    if not reports:
        return None
    lines = tuple(
        Line(
            report_name(report, publication),
            tuple(
                with_base(report.headline(measure), measure)
                if measure.kind is Kind.MEAN
                else value(report.headline(measure), measure.unit)
                for measure in measures
            ),
            to(view.path, report_path(report.id)),
            badge=mark_of(
                publication.associations.get(publication.interventions[report.intervention].association)
            ),
        )
        for report in reports
    )
    note = (
        "Siffrorna är rapporternas egna. De säger inte vad metoden har betytt, och insatserna räknar inte "
        "alltid på samma sätt: läs rapporten innan du ställer dem bredvid varandra."
    )
    return Grid("Nyckeltal i rapporterna", "Rapport", tuple(m.label for m in measures), lines, note)
