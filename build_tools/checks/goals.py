"""Goals: the verdict of the source follows from the outcome, and rests on enough of those it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from build_tools import texts
from build_tools.checks.wording import EXPLAIN, written
from build_tools.model import Edition, Fact, Goal, Level, Report, Verdict
from build_tools.stages import check

MET, MISSED = "uppfyllt", "ej_uppfyllt"
BOUNDS = {"minst": "minst", "hogst": "högst"}
HALF = Decimal(50)


def _judged(report: Report) -> Iterator[tuple[Goal, Fact]]:
    """The goals that the source gives a verdict on, with their outcomes."""
    for goal in report.goals:
        outcome = report.fact(goal.cell) or report.fact(f"{goal.cell}.andel")
        if goal.own_verdict in (MET, MISSED) and outcome:
            yield goal, outcome


@check("R22a", "Målets dom följer av utfallet", level=Level.WARNING)
def verdict_follows(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Säger källan att ett mål nåddes, eller inte nåddes, ska utfallet jämfört med gränsen säga detsamma.

    Är utfallet så ungefärligt att det kan vara på båda sidor om gränsen säger regeln inte emot.
    """
    for goal, outcome in _judged(report):
        met = goal.met_by(outcome)
        holds = met in (None, goal.own_verdict == MET)
        message = _other_verdict(goal, outcome, edition)
        yield Verdict(holds, f"mal.{goal.id}", (outcome.cell.id,), goal.where, message)


def _other_verdict(goal: Goal, outcome: Fact, edition: Edition) -> Callable[[], str]:
    said = "nåddes" if goal.own_verdict == MET else "inte nåddes"
    limit = f"{BOUNDS.get(goal.direction, '')} {texts.number(goal.threshold or 0)}"
    return lambda: (
        f"Målet ”{goal.text}”: källan säger att det {said}, men utfallet är "
        f"{written(outcome, edition.catalogue)} och gränsen {limit}. Rätta dom, troskel eller matt. {EXPLAIN}"
    )


@check("R22b", "Målets dom gäller de flesta", level=Level.WARNING)
def verdict_rests_on_enough(report: Report, edition: Edition) -> Iterator[Verdict]:
    """En dom om ett mål ska bygga på minst hälften av dem som målet handlar om."""
    for goal, outcome in _judged(report):
        whole = report.fact(goal.coverage)
        if whole and isinstance(outcome.n, Decimal) and whole.value > 0:
            holds = 100 * outcome.n / whole.value >= HALF
            message = _too_few(goal, outcome.n, whole.value)
            cells = (outcome.cell.id, whole.cell.id)
            yield Verdict(holds, f"mal.{goal.id}", cells, goal.where, message)


def _too_few(goal: Goal, n: Decimal, whole: Decimal) -> Callable[[], str]:
    return lambda: (
        f"Målet ”{goal.text}”: källan dömer av, men utfallet gäller {texts.number(n)} av "
        f"{texts.number(whole)}, mindre än hälften. Ingen dom visas. {EXPLAIN}"
    )
