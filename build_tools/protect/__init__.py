"""Edition → publication: small groups are protected, and what is left still adds up.

Small classes are joined before anything is hidden; then whatever would give a hidden figure back is
hidden too, year upon year of an insats. Nothing is rounded and no noise is added: a team of 39 would
drown in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import MAX_EMAX, MIN_EMIN, localcontext
from itertools import groupby
from types import MappingProxyType

from build_tools.model import (
    Acceptance,
    Catalogue,
    Edition,
    Fact,
    Finding,
    Guard,
    Period,
    Publication,
    PublishedReport,
    Report,
    Review,
    Rule,
)
from build_tools.protect.handbooks import shown_handbooks
from build_tools.protect.hiding import hidden_in
from build_tools.protect.limits import Limits, limits_of
from build_tools.protect.notes import about, by_report, general_notes, notes, report_of
from build_tools.protect.populations import sizes
from build_tools.protect.published import published
from build_tools.protect.reasons import TELLING, telling, with_numbers
from build_tools.protect.scores import of_shown
from build_tools.protect.sheets import Sheet
from build_tools.protect.tables import with_tables
from build_tools.protect.years import Lineage

__all__ = ["protect", "protected_cells", "rules", "telling_reasons"]

PRECISION = 50
"""No number, however absurd, stops the arithmetic; it is that of `derive`."""


def protect(
    edition: Edition,
    accepted: Sequence[tuple[Finding, Acceptance]],
    reviews: Sequence[Review],
    rules: Mapping[str, Rule],
    *,
    guards: Mapping[str, Sequence[Guard]] = MappingProxyType({}),
    findings: Sequence[Finding] = (),
    drafts: bool = False,
) -> Publication:
    """Everything that may be shown. Drafts and findings are for the preview."""
    shown = {key: found for key, found in edition.reports.items() if drafts or not found.is_draft}
    reports = {}
    known = by_report(accepted)
    with localcontext(prec=PRECISION, Emax=MAX_EMAX, Emin=MIN_EMIN):
        protected = tuple(_protected(edition, shown.values()))
    for report in protected:
        own = edition.reports[report.id]
        told = notes(own, known.get(report.id, ()), rules)
        reports[report.id] = replace(report, notes=told, findings=about(own, findings))
    handbooks = shown_handbooks(edition, drafts=drafts)
    placed = {finding for report in reports.values() for finding in report.findings}
    return Publication(
        catalogue=edition.catalogue,
        associations=edition.associations,
        interventions=edition.interventions,
        reports={key: reports[key] for key in shown},
        previous={one: other for one, other in edition.previous.items() if {one, other} <= shown.keys()},
        terms=edition.terms,
        pages=edition.pages,
        rules=tuple(rules[code] for code in sorted(rules)),
        reviews=tuple(review for review in reviews if review.report in shown),
        scores={key: of_shown(reports[key], found) for key, found in guards.items() if key in shown},
        findings=tuple(finding for finding in findings if finding not in placed),
        handbooks=handbooks,
        handbook_notes={
            key: general_notes(known.get(handbook.place, ()), rules) for key, handbook in handbooks.items()
        },
        newest=edition.newest,
        drafts=_drafts(edition),
    )


def _drafts(edition: Edition) -> Mapping[tuple[str, int], int]:
    """How many reports of each förbund and year are still being written."""
    drafts = (report for report in edition.reports.values() if report.is_draft)
    teams = edition.interventions
    return Counter((teams[one.intervention].association, one.period.end.year) for one in drafts)


def _protected(edition: Edition, reports: Iterable[Report]) -> Iterator[PublishedReport]:
    """Every report, those of one insats and of those it came of weighed together."""
    limits = limits_of(edition)
    lineage = {key: found.predecessors for key, found in edition.interventions.items()}
    families = _families(lineage)

    def place(report: Report) -> tuple[str, str, Period, str]:
        family = families.get(report.intervention, report.intervention)
        return (family, report.intervention, report.period, report.id)

    for _family, own in groupby(sorted(reports, key=place), key=lambda report: place(report)[0]):
        sheets = [_opened(report, limits[report.intervention], edition.catalogue) for report in own]
        hidden = hidden_in(sheets, lineage)
        for sheet in sheets:
            cells = frozenset(cell for report, cell in hidden if report == sheet.report.id)
            yield published(sheet, cells, edition.corrections.get(sheet.report.id, ()))


def _families(lineage: Lineage) -> dict[str, str]:
    """For each insats the name of its family: itself, or the first by name of all that are tied to it."""
    family = {name: name for name in lineage}
    for name, before in sorted(lineage.items()):
        tied = {family[one] for one in (name, *before) if one in family}
        family = {one: min(tied) if known in tied else known for one, known in family.items()}
    return family


def _opened(report: Report, limits: Limits, catalogue: Catalogue) -> Sheet:
    """A report with its limits, and with the tables that joining leaves."""
    sheet = with_tables(Sheet(report, limits, catalogue, report.cells))
    return replace(sheet, sizes=sizes(sheet))


def rules() -> Mapping[str, Rule]:
    """The rules that only protection can try."""
    return {TELLING.code: TELLING}


def telling_reasons(edition: Edition, accepted: Sequence[tuple[Finding, Acceptance]]) -> tuple[Finding, ...]:
    """What is said of published reasons that state a protected figure.

    It is asked before anything is published, so only the insatser with such reasons are protected for it.
    """
    told = with_numbers(edition, accepted)
    families = _families({key: found.predecessors for key, found in edition.interventions.items()})

    def family(report: Report) -> str:
        return families.get(report.intervention, report.intervention)

    named = {report_of(one.place) for one in told}
    asked = {family(report) for name, report in edition.reports.items() if name in named}
    own = {key: report for key, report in edition.reports.items() if family(report) in asked}
    publication = protect(replace(edition, reports=own), (), (), {})
    return tuple(finding for one in told for finding in telling(one, publication, edition))


def protected_cells(publication: Publication, edition: Edition) -> Mapping[str, Mapping[str, Fact]]:
    """By report: the figures that the sources state and the publication does not show.

    For tests that look for them in what is written; no page may be handed it.
    """
    return {
        key: {
            cell: figure
            for cell, figure in edition.reports[key].cells.items()
            if isinstance(figure, Fact) and report.fact(cell) is None
        }
        for key, report in publication.reports.items()
    }
