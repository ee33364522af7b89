"""Goals: the verdict of the source follows from the outcome and rests on enough; what is meant is tested."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial

from build_tools import texts
from build_tools.checks.wording import EXPLAIN, written
from build_tools.model import Edition, Fact, Goal, Kind, Level, Report, Verdict
from build_tools.stages import check

MET, MISSED = "uppfyllt", "ej_uppfyllt"
BOUNDS = {"minst": "minst", "hogst": "högst"}
HALF = Decimal(50)
SURVEY = "enkat"
PERCENT = re.compile(r"\bprocent\b|%", re.IGNORECASE)


def _judged(report: Report) -> Iterator[tuple[Goal, Fact]]:
    """The goals that the source gives a verdict on, with their outcomes."""
    for goal in report.goals:
        outcome = _outcome(goal, report)
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


@check("R32a", "Målet mäts med det som det handlar om", level=Level.WARNING)
def goal_is_what_is_measured(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Ett mål som källan dömer av ska ha ett mått, ett mål i procent ska mätas med en andel, och samma mål
    ska mätas på samma sätt som året före. Annars ska det stå under stallforetradande vad som mäts i stället.
    """
    before = edition.before(report)
    last = {goal.id: goal for goal in before.goals} if before else {}
    for goal in report.goals:
        then = last.get(goal.id)
        fault = "" if goal.proxy else _not_measured(goal, report) or _measured_otherwise(goal, then)
        if goal.cell or goal.own_verdict in (MET, MISSED):
            outcome = _outcome(goal, report)
            cells = (outcome.cell.id,) if outcome else ()
            yield Verdict(
                not fault, f"mal.{goal.id}", cells, goal.where, partial(_other_measure, goal, fault)
            )


def _outcome(goal: Goal, report: Report) -> Fact | None:
    return report.fact(goal.cell) or report.fact(f"{goal.cell}.andel")


def _not_measured(goal: Goal, report: Report) -> str:
    """What is wrong with the measure of a goal, in words."""
    if not goal.cell:
        return "källan säger om det nåddes, men det står inte vad som mättes. Skriv måttet under matt."
    outcome = _outcome(goal, report)
    percent = PERCENT.search(goal.text) is not None
    if percent and outcome and outcome.kind not in (Kind.SHARE, Kind.COUNT):
        return f"målet är i procent, men måttet {goal.cell} är ingen andel. Rätta matt."
    return ""


def _measured_otherwise(goal: Goal, then: Goal | None) -> str:
    if then is None or then.proxy or not then.cell or then.text != goal.text or _asked(then) == _asked(goal):
        return ""
    return f"året före mättes samma mål med {then.cell}, nu med {goal.cell}. Rätta matt."


def _asked(goal: Goal) -> str:
    """What a goal is measured by; the same question may be asked in a new questionnaire each year."""
    measure, _, rest = goal.cell.partition(".")
    return f"{measure}.{rest.partition('.')[2]}" if measure == SURVEY else goal.cell


def _other_measure(goal: Goal, fault: str) -> str:
    return (
        f"Målet ”{goal.text}”: {fault} Mäts målet med något annat än det handlar om, skriv varför under "
        "stallforetradande."
    )
