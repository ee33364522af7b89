"""Which rule tries which stated number: each number that is told beside its cell is tried by exactly one."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.model import Fact, Kind, Report, Role, Stated

RULES = {
    "flode.totalt": "R02a",
    "grupper": "R03a",
    "fordelning": "R04a",
    "niva1": "R04c",
    "ekonomi.summa": "R09a",
    "medel_grupper": "R19a",
    "medel_summa": "R19a",
    "forandring": "R20a",
}
"""A control is tried by the rule that says how its cell is computed."""
SHARE = ".andel"
DEVIATIONS = frozenset({"ekonomi.avvikelse", "ekonomi.prognos_avvikelse"})


def tried_by(code: str, report: Report) -> Iterator[tuple[Stated, Fact]]:
    """The stated numbers that a rule tries, each with the figure of its cell."""
    for stated in report.stated:
        if (stated.role is Role.CONTROL or code == "R07a") and not _passed_over(stated, report):
            target = report.fact(stated.fact.cell.id)
            if target and _rule(stated, target) == code:
                yield stated, target


def _passed_over(stated: Stated, report: Report) -> bool:
    """Whether a number is no restated figure: last year's, or a percentage that its counts are asked for."""
    return stated.role is Role.PREVIOUS or is_share(stated, report)


def is_share(stated: Stated, report: Report) -> bool:
    """Whether a percentage is stated that its counts can be asked for."""
    if stated.fact.kind is not Kind.SHARE:
        return False
    target = report.fact(place(stated, report))
    if target and target.derivation and target.derivation.rule == "forandring":
        return False
    return stated.role is Role.CONTROL or target is None or target.kind is not Kind.SHARE


def place(stated: Stated, report: Report) -> str:
    """The cell that is told of; a percentage is told of its count."""
    cell = stated.fact.cell.id
    count = cell.removesuffix(SHARE)
    return count if stated.fact.kind is Kind.SHARE and count in report.cells else cell


def shares(report: Report) -> Iterator[Stated]:
    """The stated percentages that their counts can be asked for."""
    for stated in report.stated:
        if stated.role is not Role.PREVIOUS and is_share(stated, report):
            yield stated


def share_target(stated: Stated, report: Report) -> Fact | None:
    """The computed share that a stated percentage is compared with."""
    cell = place(stated, report)
    target = report.fact(cell)
    return target if target and target.kind is Kind.SHARE else report.fact(f"{cell}{SHARE}")


def _rule(stated: Stated, target: Fact) -> str:
    if stated.role is Role.ELSEWHERE or target.derivation is None:
        return "R07a"
    how = target.derivation.rule
    if how == "flode.avslutade":
        return "R01b" if target.cell.group else "R01a"
    if how in DEVIATIONS:
        return "R10b" if target.cell.category == "summa" else "R10a"
    return RULES.get(how, "R07a")
