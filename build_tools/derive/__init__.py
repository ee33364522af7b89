"""Edition → edition with everything that follows from the stated figures, report by report."""

from __future__ import annotations

from dataclasses import replace
from decimal import MAX_EMAX, MIN_EMIN, localcontext

from build_tools.derive.handbooks import completed
from build_tools.model import Catalogue, Edition, Report
from build_tools.stages import derived

PRECISION = 50


def derive(edition: Edition) -> Edition:
    """Complete every report and handbook. No number, however absurd, stops the arithmetic."""
    with localcontext(prec=PRECISION, Emax=MAX_EMAX, Emin=MIN_EMIN):
        reports = {key: complete(report, edition.catalogue) for key, report in edition.reports.items()}
        handbooks = {key: completed(handbook) for key, handbook in edition.handbooks.items()}
    return replace(edition, reports=reports, handbooks=handbooks)


def complete(report: Report, catalogue: Catalogue) -> Report:
    """Run every part in order; each sees the report with the facts of those before it.

    What is stated, a number or a word, stands.
    """
    cells = dict(report.cells)
    growing = replace(report, cells=cells)
    for part in derived.parts():
        # A part has made all its facts before any of them is seen.
        new = {fact.cell.id: fact for fact in part.run(growing, catalogue) if fact.cell.id not in cells}
        cells.update(new)
    return growing
