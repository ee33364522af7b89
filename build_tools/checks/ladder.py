"""The ladder of a project: those whom a register knows have either left or are still there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from build_tools import texts
from build_tools.checks.relations import cancels
from build_tools.checks.wording import MEND, name
from build_tools.model import Edition, Fact, Kind, Report, Verdict
from build_tools.stages import check

KNOWN, LEFT, THERE = "identifierade", "avslutade", "pagaende"


@check("R02c", "De identifierade är avslutade eller pågående")
def known_have_left_or_stay(report: Report, edition: Edition) -> Iterator[Verdict]:
    """De som en källa kan identifiera, till exempel i SUS, ska vara avslutade + pågående i samma källa, för
    alla och för varje kön.
    """
    for key, known in report.cells.items():
        if isinstance(known, Fact) and known.cell.measure == f"omfattning.{KNOWN}":
            before, _, after = key.rpartition(KNOWN)
            facts = report.facts(key, f"{before}{LEFT}{after}", f"{before}{THERE}{after}")
            if facts and all(fact.kind is Kind.COUNT for fact in facts):
                terms = tuple(zip(facts, (1, -1, -1), strict=True))
                yield cancels(report, key, known.where, terms, _differ(facts, edition))


def _differ(facts: tuple[Fact, ...], edition: Edition) -> Callable[[], str]:
    known, left, there = facts
    return lambda: (
        f"{name(known.cell, edition.catalogue)}: {texts.hedged(known)} anges, men {texts.hedged(left)} "
        f"avslutade + {texts.hedged(there)} pågående blir {texts.number(left.value + there.value)}. {MEND}"
    )
