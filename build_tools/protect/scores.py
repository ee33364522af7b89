"""How much would be noticed, told of shown figures alone: which slips there are tells of the number."""

from __future__ import annotations

from collections.abc import Sequence

from build_tools.model import Fact, Guard, PublishedReport, Role, Score


def of_shown(report: PublishedReport, guards: Sequence[Guard]) -> Score:
    """The score of the figures that a reader sees.

    How many slips a number can be tried with tells its digits, and whether it is nought or last year's. With
    the shown figures known, a total of all would tell that of a hidden one.
    """
    return Score.of(report.id, [guard for guard in guards if _shown(guard, report)])


def _shown(guard: Guard, report: PublishedReport) -> bool:
    """Whether its cell is shown; last year's number has a place of its own."""
    if guard.beside is Role.PREVIOUS:
        return isinstance(report.previous_stated.get(guard.cell), Fact)
    return report.fact(guard.cell) is not None
