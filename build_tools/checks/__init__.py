"""Holds every figure against every rule, and every finding against what is already known and explained."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Mapping, Sequence
from decimal import MAX_EMAX, MIN_EMIN, localcontext
from pathlib import Path

from build_tools import texts
from build_tools.checks.acceptances import EXPIRED, UNUSED, accept
from build_tools.checks.causes import Fault, Spoken, faults
from build_tools.checks.consequences import Told, by_report, hung
from build_tools.checks.handbooks import handbook_rules, review_handbooks
from build_tools.checks.relations import Unasked
from build_tools.checks.ties import ties
from build_tools.checks.wording import unfolded
from build_tools.model import Edition, Finding, Level, Proposal, Report, Review, Rule, Verdict
from build_tools.stages import check

__all__ = ["accept", "review", "rules"]
PRECISION = 50
BROKEN = Rule(
    "F53",
    "En kontroll gick sönder",
    "Ett fel i programmet gör att en kontroll inte kan köras. Det säger inget om rapportens siffror.",
)
PLAUSIBLE = ("R26f", "R26g")
"""Rules that guess: where a sum has already told which figure is wrong, they add nothing."""


def review(edition: Edition) -> tuple[tuple[Finding, ...], tuple[Review, ...]]:
    """Run every check on every report and handbook. No number, however absurd, stops the arithmetic."""
    findings: list[Finding] = []
    reviews: list[Review] = []
    told: list[Told] = []
    with localcontext(prec=PRECISION, Emax=MAX_EMAX, Emin=MIN_EMIN):
        for report in edition.reports.values():
            broken: list[Finding] = []
            spoken, own = _examined(report, edition, broken)
            reviews += own
            found = faults(spoken, report, edition.before(report), edition.catalogue)
            told += (Told(report, fault) for fault in found)
            findings += broken
        for report, own_faults in by_report(hung(told)):
            findings += _unless_told([_finding(report, fault) for fault in own_faults])
        of_handbooks, tried = review_handbooks(edition)
    return (*findings, *of_handbooks), (*reviews, *tried)


def rules() -> Mapping[str, Rule]:
    """Every rule by its code, with its Swedish title and what it says."""
    own = (Rule(part.id, part.title, " ".join(part.doc.split())) for part in check.parts())
    return {rule.code: rule for rule in (*own, *handbook_rules(), EXPIRED, UNUSED, BROKEN)}


def _examined(report: Report, edition: Edition, broken: list[Finding]) -> tuple[list[Spoken], list[Review]]:
    """All verdicts on a report, and how each rule fared; what we did wrong is told as our own fault."""
    spoken: list[Spoken] = []
    reviews: list[Review] = []
    for part in check.parts():
        try:
            verdicts = _asked(part.run(report, edition))
        # Whatever a rule of ours does wrong, the other rules are still to be heard.
        except Exception as error:  # noqa: BLE001
            verdicts = []
            broken.append(_our_fault(report, part.id, part.title, error))
        held = sum(verdict.holds for verdict in verdicts)
        bound = ties(report, verdicts)
        reviews.append(Review(report.id, part.id, part.title, held, len(verdicts) - held, bound))
        spoken += (Spoken(part.id, part.level, verdict) for verdict in verdicts)
    return spoken, reviews


def _asked(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """The verdicts of a rule, with every message asked for once: what goes wrong there goes wrong here."""
    found = [verdict for verdict in verdicts if not isinstance(verdict, Unasked)]
    for verdict in found:
        if not verdict.holds:
            verdict.message()
    return found


def _our_fault(report: Report, code: str, title: str, error: Exception) -> Finding:
    """A rule that could not be run: which, and where in our own code."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    told = f"{type(error).__name__}, {Path(place.filename).name} rad {place.lineno}"
    message = (
        f"Kontrollen {code}, ”{title}”, gick inte att köra på {report.id}. Det är ett fel i Samrapport, inte "
        f"i rapporten ({told}). Allt annat är prövat. Rapporten går att publicera; tala om felet för den som "
        "sköter Samrapport."
    )
    return Finding(BROKEN.code, Level.WARNING, message, report.where, f"{report.id}#{code}")


def _unless_told(findings: Sequence[Finding]) -> list[Finding]:
    """The findings without guesses about figures that another finding proposes to change."""
    named = {cell for found in findings for one in found.proposals for cell in _cells(one)}
    return [
        found for found in findings if found.code not in PLAUSIBLE or named.isdisjoint((*found.cells[:1],))
    ]


def _cells(proposal: Proposal) -> tuple[str, ...]:
    return (proposal.cell, *(one.cell for one in proposal.along))


def _finding(report: Report, fault: Fault) -> Finding:
    """What is said of a relation that does not hold, and which rules fail with it for the same reason."""
    verdict = fault.spoken.verdict
    message = verdict.message()
    if fault.follows:
        codes = texts.listed(tuple(dict.fromkeys(fault.follows)))
        message = f"{message} Samma fel ger {len(fault.follows)} utslag till: {codes}."
    if fault.elsewhere:
        places = [
            f"{one.code} på {one.verdict.where.file}:{one.verdict.where.line}" for one in fault.elsewhere
        ]
        told = texts.listed(list(dict.fromkeys(places)))
        message = f"{message} Samma fel ger utslag i andra filer: {told}."
    message = f"{message} {fault.note}".strip()
    return Finding(
        code=fault.spoken.code,
        level=fault.spoken.level,
        message=message,
        where=verdict.where,
        about=f"{report.id}#{verdict.about}",
        cells=unfolded(report, verdict.cells),
        proposals=fault.proposals,
    )
