"""Holds every figure against every rule, and every finding against what is already known and explained."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import MAX_EMAX, MIN_EMIN, localcontext

from build_tools import texts
from build_tools.checks.acceptances import EXPIRED, UNUSED, accept
from build_tools.checks.causes import Fault, Spoken, faults
from build_tools.checks.relations import Unasked
from build_tools.checks.ties import ties
from build_tools.checks.wording import unfolded
from build_tools.model import Edition, Finding, Report, Review, Rule
from build_tools.stages import check

__all__ = ["accept", "review", "rules"]
PRECISION = 50


def review(edition: Edition) -> tuple[tuple[Finding, ...], tuple[Review, ...]]:
    """Run every check on every report. No number, however absurd, stops the arithmetic."""
    findings: list[Finding] = []
    reviews: list[Review] = []
    with localcontext(prec=PRECISION, Emax=MAX_EMAX, Emin=MIN_EMIN):
        for report in edition.reports.values():
            spoken, own = _examined(report, edition)
            reviews += own
            found = faults(spoken, report, edition.before(report), edition.catalogue)
            findings += (_finding(report, fault) for fault in found)
    return tuple(findings), tuple(reviews)


def rules() -> Mapping[str, Rule]:
    """Every rule by its code, with its Swedish title and what it says."""
    own = (Rule(part.id, part.title, " ".join(part.doc.split())) for part in check.parts())
    return {rule.code: rule for rule in (*own, EXPIRED, UNUSED)}


def _examined(report: Report, edition: Edition) -> tuple[list[Spoken], list[Review]]:
    """All verdicts on a report, and how each rule fared."""
    spoken: list[Spoken] = []
    reviews: list[Review] = []
    for part in check.parts():
        verdicts = [one for one in part.run(report, edition) if not isinstance(one, Unasked)]
        held = sum(verdict.holds for verdict in verdicts)
        bound = ties(report, verdicts)
        reviews.append(Review(report.id, part.id, part.title, held, len(verdicts) - held, bound))
        spoken += (Spoken(part.id, part.level, verdict) for verdict in verdicts)
    return spoken, reviews


def _finding(report: Report, fault: Fault) -> Finding:
    """What is said of a relation that does not hold, and which rules fail with it for the same reason."""
    verdict = fault.spoken.verdict
    message = verdict.message()
    if fault.follows:
        codes = texts.listed(tuple(dict.fromkeys(fault.follows)))
        message = f"{message} Samma fel ger {len(fault.follows)} utslag till: {codes}."
    return Finding(
        code=fault.spoken.code,
        level=fault.spoken.level,
        message=message,
        where=verdict.where,
        about=f"{report.id}#{verdict.about}",
        cells=unfolded(report, verdict.cells),
        proposals=fault.proposals,
    )
