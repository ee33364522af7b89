"""How much would be noticed, told of shown figures alone: which slips there are tells of the number."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from build_tools.model import Fact, Guard, PublishedReport, Role, Score


def of_shown(report: PublishedReport, guards: Sequence[Guard]) -> Score:
    """The score of the figures that a reader sees.

    How many slips a number can be tried with tells its digits, and whether it is nought or last year's. With
    the shown figures known, a total of all would tell that of a hidden one.
    """
    return Score.of(report.id, [guard for guard in guards if _shown(guard, report)])


def _shown(guard: Guard, report: PublishedReport) -> bool:
    """Whether its cell is shown; last year's number has a place of its own, and so has one beside it."""
    owner, _, key = guard.cell.partition("#")
    if guard.beside is Role.PREVIOUS:
        previous = report.previous_stated.get(owner)
        return isinstance(previous, Fact) and (not key or isinstance(previous.n, Decimal))
    return _stands_beside(owner, key, report) if key else report.fact(owner) is not None


def _stands_beside(owner: str, key: str, report: PublishedReport) -> bool:
    """Whether a number beside a figure or a question is shown with it; a goal is shown as it was set."""
    questions = [(survey, one) for survey in report.surveys for one in survey.questions]
    fact = report.fact(owner)
    match key:
        case "n":
            own = [one for survey, one in questions if owner in (survey.id, one.id)]
            table = report.tables.get(owner)
            told = [fact, *own, *([table.distribution] if table else [])]
            return any(one is not None and isinstance(one.n, Decimal) for one in told)
        case "till":
            return fact is not None and fact.upper is not None
        case "population_n":
            return any(survey.id == owner and survey.population is not None for survey in report.surveys)
        case "olagda":
            return any(one.id == owner and one.unplaced for _survey, one in questions)
        case "kumulativt":
            return any(one.id == owner and one.cumulative for _survey, one in questions)
        case _:
            return key == "troskel" and any(
                f"mal.{one.goal.id}" == owner and isinstance(one.figure, Fact) for one in report.goals
            )
