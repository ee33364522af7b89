"""Edition → edition with everything that follows from the stated figures, report by report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import MAX_EMAX, MIN_EMIN, localcontext

from build_tools.derive.handbooks import completed
from build_tools.model import Catalogue, Edition, Fact, Report
from build_tools.stages import derived

PRECISION = 50


def derive(edition: Edition) -> Edition:
    """Complete every report and handbook. No number, however absurd, stops the arithmetic."""
    with localcontext(prec=PRECISION, Emax=MAX_EMAX, Emin=MIN_EMIN):
        reports = {key: complete(report, edition.catalogue) for key, report in edition.reports.items()}
        handbooks = {key: completed(handbook) for key, handbook in edition.handbooks.items()}
    return replace(edition, reports=reports, handbooks=handbooks)


def complete(report: Report, catalogue: Catalogue) -> Report:
    """Run every part in order; each sees the report with the facts of those before it."""
    for part in derived.parts():
        report = _with(report, part.run(report, catalogue))
    return report


def _with(report: Report, facts: Iterable[Fact]) -> Report:
    """The report with more facts; what is stated, a number or a word, stands."""
    new = {fact.cell.id: fact for fact in facts if fact.cell.id not in report.cells}
    return replace(report, cells={**report.cells, **new}) if new else report
