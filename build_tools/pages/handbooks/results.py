"""The reports of those who work by a method, with their own key figures: side by side, never ranked.

Whether two of them may be compared is for the comparability engine to say; what may not says so at its place.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from build_tools import texts
from build_tools.addresses import report_path, to
from build_tools.model import Comparison, Fact, Kind, Measure, PeerRow, Publication, PublishedReport
from build_tools.pages.compare.areas import Notes
from build_tools.pages.grids import Grid, Line, Value, value, with_base
from build_tools.pages.handbooks.view import View
from build_tools.pages.lineage import mark_of
from build_tools.pages.overviews.key_figures import key_measures
from build_tools.pages.report import report_name

MOST = 6
"""How many key figures stand beside each other."""
NOTE = (
    "Siffrorna är rapporternas egna och säger inte vad metoden har betytt. Raderna står i bokstavsordning "
    "och är ingen rangordning. Varje tal prövas mot det första i sin kolumn: en bokstav leder till noten som "
    "säger varför de inte går att jämföra, eller vad man behöver veta."
)


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
    """What each such report itself says of its key figures, and which of them can stand beside each other."""
    publication = view.publication
    reports = reports_by(methods, publication)
    if not reports:
        return None
    measures = [
        measure
        for measure in key_measures(publication)
        if any(report.headline(measure) is not None for report in reports)
    ][:MOST]
    asked = tuple(measure.id for measure in measures)
    beside = publication.comparisons.beside(tuple(one.id for one in reports), asked)
    rows = {row.key: row for row in beside}
    notes = Notes("resultat")
    lines = tuple(_line(report, measures, rows, notes, view) for report in reports)
    columns = tuple(measure.label for measure in measures)
    return Grid("Nyckeltal i rapporterna", "Rapport", columns, lines, NOTE, footnotes=notes.footnotes())


def _line(
    report: PublishedReport,
    measures: Sequence[Measure],
    rows: Mapping[str, PeerRow],
    notes: Notes,
    view: View,
) -> Line:
    publication = view.publication
    return Line(
        report_name(report, publication),
        tuple(_value(report, measure, rows, notes, publication) for measure in measures),
        to(view.path, report_path(report.id)),
        badge=mark_of(
            publication.associations.get(publication.interventions[report.intervention].association)
        ),
    )


def _value(
    report: PublishedReport,
    measure: Measure,
    rows: Mapping[str, PeerRow],
    notes: Notes,
    publication: Publication,
) -> Value:
    figure = report.headline(measure)
    shown = with_base(figure, measure) if measure.kind is Kind.MEAN else value(figure, measure.unit)
    known = (rows[key] for key in measure.whole if key in rows)
    row = next((one for one in known if one.figures[report.id] is not None), None)
    if row is None or not isinstance(figure, Fact) or _first(row) == report.id:
        return shown
    met = row.with_first[report.id]
    said = _said(met, report_name(publication.reports[_first(row)], publication))
    return shown.told(notes.sign(said, "").anchor if said else "", refused=bool(met.refusals))


def _first(row: PeerRow) -> str:
    """The report that the others are compared with."""
    return next(report for report, figure in row.figures.items() if isinstance(figure, Fact))


def _said(met: Comparison, first: str) -> str:
    """Why a figure cannot be compared with the first, or with what reservation."""
    reasons = met.refusals or met.reservations
    told = " ".join(dict.fromkeys(reason.text for reason in reasons))
    if not told:
        return ""
    return f"Kan inte jämföras med {first}. {told}" if met.refusals else f"Jämfört med {first}: {told}"
