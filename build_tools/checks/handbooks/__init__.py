"""Holds every handbook against its rules, as the reports are held against theirs."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.model import Edition, Finding, Handbook, Review, Rule
from build_tools.stages import handbook_check


def review_handbooks(edition: Edition) -> tuple[tuple[Finding, ...], tuple[Review, ...]]:
    """Run every rule on every handbook."""
    findings: list[Finding] = []
    reviews: list[Review] = []
    for handbook in edition.handbooks.values():
        for part in handbook_check.parts():
            verdicts = list(part.run(handbook, edition))
            failed = [verdict for verdict in verdicts if not verdict.holds]
            held = len(verdicts) - len(failed)
            reviews.append(Review(handbook.place, part.id, part.title, held, len(failed)))
            findings += (
                Finding(part.id, part.level, one.message(), one.where, _about(handbook, one.about), one.cells)
                for one in failed
            )
    return tuple(findings), tuple(reviews)


def handbook_rules() -> Iterator[Rule]:
    """Every rule with its Swedish title and what it says."""
    return (Rule(part.id, part.title, " ".join(part.doc.split())) for part in handbook_check.parts())


def _about(handbook: Handbook, about: str) -> str:
    return f"{handbook.place}#{about}" if about else handbook.place
