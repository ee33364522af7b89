"""Denominators: a share is of so many, and a reader can tell of how many."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from build_tools import texts
from build_tools.checks.relations import claim
from build_tools.checks.stated import place, share_target
from build_tools.checks.wording import EXPLAIN, name, told_where, written
from build_tools.model import (
    Distribution,
    Edition,
    Fact,
    Kind,
    Level,
    Mark,
    Question,
    Report,
    Role,
    Stated,
    Verdict,
)
from build_tools.stages import check

ELSEWHERE = ("ekonomi.", "bemanning.", "enkat")
"""Percentages that are not of persons, and those of surveys, which tell how many answered each question."""
OWN, ALL = "mal.andel", "mal.andel_alla"


@check("R14a", "Andelen säger av hur många", level=Level.WARNING)
def share_tells_of_how_many(report: Report, edition: Edition) -> Iterator[Verdict]:
    """En andel ska stå med antalet som den är av (n), om det inte framgår av talen själva.

    Andelen i mål kan vara av alla avslutade eller av dem som inte hoppade av tidigt. Är de olika många
    ska källan säga vilka som räknas. I ett utkast väntar regeln tills talen är ifyllda.
    """
    yield from _all(report, edition) if not report.is_draft else ()


def _all(report: Report, edition: Edition) -> Iterator[Verdict]:
    for fact in _printed(report).values():
        known = isinstance(fact.n, Decimal) or _counted(report, fact)
        yield claim(known, fact, (), _of_how_many(fact, name(fact.cell, edition.catalogue), "", edition))
    yield from _surveys(report)
    for cell, told in _stated(report).items():
        known = any(isinstance(stated.fact.n, Decimal) for stated in told)
        if known or _ambiguous(report, told[0]):
            fact = told[0].fact
            message = _of_how_many(fact, name(fact.cell, edition.catalogue), told_where(told[0]), edition)
            yield claim(known, fact, (cell,), message)
        elif target := share_target(told[0], report):
            yield claim(True, told[0].fact, (cell, target.cell.id), str)


def _surveys(report: Report) -> Iterator[Verdict]:
    """One verdict for each survey that tells percentages."""
    for survey in report.surveys:
        shares = [one for one in survey.questions if one.shares or one.cumulative]
        unknown = [one for one in shares if not isinstance(one.n, Decimal)]
        if shares:
            where = (unknown or shares)[0].where
            yield Verdict(not unknown, survey.id, (), where, _nobody_knows(unknown))


def _printed(report: Report) -> dict[str, Fact]:
    """The first share of each row that has only percentages, by the table or the line that it is in."""
    found: dict[str, Fact] = {}
    for fact in report.cells.values():
        if isinstance(fact, Fact) and fact.derivation is None and _of_persons(fact):
            table = _table(report, fact)
            found.setdefault(table.id if table else f"{fact.where.line}", fact)
    return found


def _table(report: Report, fact: Fact) -> Distribution | None:
    begins = (one for one in report.distributions if fact.cell.id.startswith(f"{one.id}."))
    return next(begins, None)


def _counted(report: Report, fact: Fact) -> bool:
    """Whether its table tells how many answered."""
    table = _table(report, fact)
    return table is not None and table.n is not None


def _of_persons(fact: Fact) -> bool:
    other = fact.cell.measure.startswith(ELSEWHERE)
    return fact.kind is Kind.SHARE and not other and fact.cell.point != "forandring"


def _row(report: Report, fact: Fact) -> str:
    """The question or the table that a share is in; the line of any other."""
    questions = (question.id for survey in report.surveys for question in survey.questions)
    tables = (distribution.id for distribution in report.distributions)
    rows = (row for row in (*questions, *tables) if fact.cell.id.startswith(f"{row}."))
    return next(rows, f"{fact.where.line}")


def _stated(report: Report) -> dict[str, list[Stated]]:
    """The percentages that are told beside their counts, by what they are told of."""
    found: dict[str, list[Stated]] = {}
    for stated in (one for one in report.stated if one.role is Role.ELSEWHERE):
        if _of_persons(stated.fact):
            found.setdefault(place(stated, report), []).append(stated)
    return found


def _ambiguous(report: Report, stated: Stated) -> bool:
    """Whether a reader may take the share to be of others than the source does; a wrong one R07a tells."""
    target, cell = share_target(stated, report), place(stated, report)
    if target is None:
        return report.fact(cell) is not None
    own, of_all = report.fact(OWN), report.fact(ALL)
    same = target.interval.meets(stated.fact.interval)
    return bool(cell == OWN and same and own and of_all and own.n != of_all.n)


def _of_how_many(fact: Fact, what: str, place_told: str, edition: Edition) -> Callable[[], str]:
    n = f" ({texts.MARKS[fact.n]})" if isinstance(fact.n, Mark) else ""
    return lambda: (
        f"{what}: {written(fact, edition.catalogue)}{place_told} sägs inte av hur många{n}. Skriv antalet "
        f"som n bredvid andelen. {EXPLAIN}"
    )


def _nobody_knows(questions: list[Question]) -> Callable[[], str]:
    told = texts.listed([f"”{one.text or one.id}”" for one in questions])
    return lambda: (
        f"Enkäten: andelarna på {told} sägs inte av hur många. Skriv antalet som svarat som n på frågan. "
        f"{EXPLAIN}"
    )
