"""The linear rules as one set: all can hold at once, each says something of its own, each can be reached.

A verdict on a sum is an equation over stated figures. The equations are eliminated exactly, in fractions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cache

import pytest

from build_tools.checks.relations import Sum
from build_tools.model import Edition, Report, Verdict
from build_tools.stages import check
from tests.casefiles import Case
from tests.test_checks import ALL, demo, outcome

FAMILIES = ("R01", "R02", "R03", "R04", "R09", "R10", "R17")
CODES = [part.id for part in check.parts() if part.id.startswith(FAMILIES)]
ACROSS = "R04d"
"""Adds the figures of several reports, so that it is no equation within one."""
FILES = {"flode", "summor", "ekonomi", "enkater", "helhet", "uppgivet", "populationer"}
COMPLETE = """
flode:
  ingang: {kvinna: 12, man: 15, alla: 27}
  nya: {kvinna: 10, man: 11, alla: 21}
  utgang: {kvinna: 9, man: 14, alla: 23}
  totalt: {kvinna: 22, man: 26, alla: 48}
  avslutade: {kvinna: 13, man: 12, alla: 25}
avslut: {population: avslutade, summa: 25, celler: {arbete: 13, studier: 12}}
fordelningar:
  - matt: aktualiserad_av
    population: alla_under_perioden
    kodning: enval
    celler: {forsakringskassan: 30, kommun.socialtjanst: 18}
"""

Row = dict[str, Fraction]


def rows(report: Report, edition: Edition) -> Iterator[tuple[str, Row]]:
    """Each linear verdict on a report as an equation over what was stated."""
    for part in check.parts():
        if part.id in CODES:
            for verdict in part.run(report, edition):
                row = equation(verdict, report, part.id)
                if row:
                    yield part.id, row


def equation(verdict: Verdict, report: Report, code: str) -> Row:
    """Weights by figure; the number behind a survey question is a figure of its own."""
    found: Row = {}
    if isinstance(verdict, Sum):
        for cell, weight in verdict.terms:
            add(found, cell, Fraction(weight), report)
    elif code.startswith("R17"):
        found[f"{verdict.about} n"] = Fraction(-1)
        for cell in verdict.cells:
            add(found, cell, Fraction(1), report)
    return {cell: weight for cell, weight in found.items() if weight}


def add(row: Row, cell: str, weight: Fraction, report: Report) -> None:
    """Add a figure, or what it is the sum of."""
    fact = report.fact(cell)
    how = fact.derivation if fact else None
    if how is None or not how.weights:
        row[cell] = row.get(cell, Fraction(0)) + weight
        return
    for part, own in zip(how.inputs, how.weights, strict=True):
        add(row, part, weight * own, report)


def reduced(row: Row, basis: dict[str, Row]) -> Row:
    """What is left of an equation when those before it are taken away."""
    left = dict(row)
    for pivot, known in basis.items():
        factor = left.get(pivot, Fraction(0))
        if factor:
            for cell, weight in known.items():
                left[cell] = left.get(cell, Fraction(0)) - factor * weight
    return {cell: weight for cell, weight in left.items() if weight}


def follows(row: Row, others: Iterable[Row]) -> bool:
    """Whether an equation holds whenever the others do."""
    basis: dict[str, Row] = {}
    for other in others:
        left = reduced(other, basis)
        if left:
            pivot = min(left)
            basis[pivot] = {cell: weight / left[pivot] for cell, weight in left.items()}
    return not reduced(row, basis)


@cache
def systems() -> tuple[tuple[tuple[str, Row], ...], ...]:
    """The equations of every report in the cases of sums, and in the demo."""
    editions = [outcome(case.written).edition for case in ALL if case.file.stem in FILES]
    found = [(report, own) for own in (*editions, demo()) for report in own.reports.values()]
    return tuple(tuple(rows(report, own)) for report, own in found)


def test_an_equation_that_follows_is_seen() -> None:
    """a = b and b = c give a = c, and never a = d."""
    one, other = {"a": Fraction(1), "b": Fraction(-1)}, {"b": Fraction(1), "c": Fraction(-1)}
    assert follows({"a": Fraction(2), "c": Fraction(-2)}, [one, other])
    assert not follows({"a": Fraction(1), "d": Fraction(-1)}, [one, other])


def test_no_linear_rules_contradict_each_other() -> None:
    """One report with all its totals stated, every number above nought, fulfils them all."""
    found = outcome(COMPLETE)
    failed = {one.code for one in found.reviews if one.failed and one.code in CODES}
    tried = {one.code for one in found.reviews if one.held and one.code in CODES}
    assert failed == set()
    assert {"R01a", "R01b", "R02a", "R02b", "R03a", "R04a", "R04b"} <= tried


@pytest.mark.parametrize("code", [code for code in CODES if code != ACROSS])
def test_no_linear_rule_is_redundant(code: str) -> None:
    """In some report a rule says what does not follow from all the others."""
    own = [
        (row, [other for name, other in system if name != code])
        for system in systems()
        for name, row in system
        if name == code
    ]
    assert own, "ingen likning i något fall"
    assert any(not follows(row, others) for row, others in own)


def alone(case: Case, code: str) -> bool:
    """Whether a rule fails in a case while every other linear rule holds."""
    failed = {one.code for one in outcome(case.written).reviews if one.failed and one.code in CODES}
    return failed == {code}


@pytest.mark.parametrize("code", CODES)
def test_every_linear_rule_can_be_reached(code: str) -> None:
    """In some case it fails although all other linear rules hold."""
    assert any(alone(case, code) for case in ALL)
