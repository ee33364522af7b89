"""The linear rules as inequalities over what a report states, for HiGHS to find reports that obey or break.

A figure is a variable that takes whole steps: a count is at least nought, and any other number is counted
in its last written digit. Shares, rows and answers keep the interval that their digits imply.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from build_tools import derive
from build_tools.checks.relations import Bound, Sum, base, key
from build_tools.model import (
    Blank,
    Distribution,
    Edition,
    Fact,
    Kind,
    Question,
    Report,
    Verdict,
)
from build_tools.stages import Part
from build_tools.trials.written import is_stated, retyped

FAMILIES = ("R01", "R02", "R03", "R04", "R09", "R10", "R17")
SIZE, LOOSE = " n", " olagda"
"""End the names of the number of persons behind a question or a table, and of answers on no step."""
LARGEST = 10_000
"""How many steps of a figure are tried: enough for every report that the tests have."""
HUNDRED = Decimal(100)

Weights = Mapping[str, Decimal]
Values = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Band:
    """What a verdict asks: a weighted sum of figures within bounds; None is no bound."""

    code: str
    weights: Weights
    low: Decimal | None
    high: Decimal | None

    def holds(self, values: Values) -> bool:
        """Whether figures with some values obey it."""
        added = sum((weight * values[name] for name, weight in self.weights.items()), Decimal(0))
        return (self.low is None or self.low <= added) and (self.high is None or added <= self.high)


@dataclass(frozen=True, slots=True)
class Shape:
    """A report without its values: which figures it states, and what the rules ask of them."""

    report: Report
    edition: Edition
    bands: tuple[Band, ...]
    values: Values
    """What stands in the report that the shape was taken from."""
    steps: Mapping[str, Decimal]
    counts: frozenset[str]

    def filled(self, values: Values) -> Report:
        """The report with other values, derived anew."""
        cells = {name: _filled(name, found, values) for name, found in self._written()}
        stated = tuple(
            replace(told, fact=_filled(key(self.report, told.fact), told.fact, values))
            for told in self.report.stated
        )
        surveys = tuple(
            replace(survey, questions=tuple(_asked(question, values) for question in survey.questions))
            for survey in self.report.surveys
        )
        tables = tuple(
            replace(table, n=values.get(_size(table), table.n)) for table in self.report.distributions
        )
        bare = replace(self.report, cells=cells, stated=stated, surveys=surveys, distributions=tables)
        return derive.complete(bare, self.edition.catalogue)

    def _written(self) -> Iterator[tuple[str, Fact | Blank]]:
        for name, found in self.report.cells.items():
            if isinstance(found, Blank) or is_stated(found):
                yield name, found


def _filled(name: str, found: Fact | Blank, values: Values) -> Any:
    if not isinstance(found, Fact) or name not in values:
        return found
    return retyped(found, values[name] / found.factor)


def _asked(question: Question, values: Values) -> Question:
    """A question with its number of persons and the answers that stand on no step."""
    loose = tuple(values.get(name, number) for name, number in _loose(question))
    return replace(question, n=values.get(_size(question), question.n), unplaced=loose)


def _loose(question: Question) -> Iterator[tuple[str, Decimal]]:
    """Each answer that stands on no step, under a name of its own."""
    return ((f"{question.id}{LOOSE} {place}", number) for place, number in enumerate(question.unplaced))


def shape(report: Report, edition: Edition, rules: Sequence[Part[Any]]) -> Shape:
    """What some rules ask of the figures of a report."""
    verdicts = [(rule.id, verdict) for rule in rules for verdict in rule.run(report, edition)]
    facts = {name: fact for name, fact in report.cells.items() if isinstance(fact, Fact)}
    facts |= {key(report, told.fact): told.fact for told in report.stated}
    sizes = dict(_sizes(report))
    bands = tuple(band for code, one in verdicts if (band := _band(code, one, report, facts, sizes)))
    names = {name for band in bands for name in band.weights}
    return Shape(
        report,
        edition,
        bands,
        {name: facts[name].value if name in facts else sizes[name] for name in names},
        {name: _step(facts[name]) if name in facts else _last_digit(sizes[name]) for name in names},
        frozenset(name for name in names if name not in facts or facts[name].kind is not Kind.AMOUNT),
    )


def _step(fact: Fact) -> Decimal:
    return Decimal(1) if fact.kind is Kind.COUNT else Decimal(1).scaleb(-fact.decimals)


def _last_digit(number: Decimal) -> Decimal:
    exponent = number.as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def _sizes(report: Report) -> Iterator[tuple[str, Decimal]]:
    """What is told of a question or a table beside its cells: how many answered, and answers on no step."""
    for question in _questions(report):
        yield from _loose(question)
    for one in (*_questions(report), *report.distributions):
        if isinstance(one.n, Decimal):
            yield _size(one), one.n


def _size(one: Question | Distribution) -> str:
    """The name of how many answered: where it stands, since two tables can have it in common."""
    return base(one.n_where) or f"{one.id}{SIZE}"


def _band(
    code: str, verdict: Verdict, report: Report, facts: Mapping[str, Fact], sizes: Values
) -> Band | None:
    """A verdict as a band over what was stated; it says the same of the values that stand there now."""
    if isinstance(verdict, Sum):
        weights = _unfolded(verdict.terms, facts)
        now = _added(weights, facts, sizes)
        return Band(code, weights, now - verdict.gap.high, now - verdict.gap.low)
    if isinstance(verdict, Bound):
        weights = _unfolded(verdict.terms, facts)
        return Band(code, weights, None, _added(weights, facts, sizes) + verdict.room)
    question = next((one for one in _questions(report) if one.id == verdict.about), None)
    if question:
        return _answers(code, question, verdict.cells, report)
    return _part_of(code, verdict, report, facts, sizes)


def _questions(report: Report) -> Iterator[Question]:
    return (question for survey in report.surveys for question in survey.questions)


def _answers(code: str, question: Question, cells: Collection[str], report: Report) -> Band:
    """The answers of a question against all who answered, or its shares against a hundred."""
    facts = [fact for name in cells if (fact := report.fact(name))]
    weights = dict.fromkeys((*(fact.cell.id for fact in facts), *dict(_loose(question))), Decimal(1))
    half = sum(map(_half, facts), Decimal(0))
    if question.shares:
        half += sum((_last_digit(one) / 2 for one in question.unplaced), Decimal(0))
    else:
        weights[_size(question)] = Decimal(-1)
    whole = HUNDRED if question.shares else Decimal(0)
    begins = f"{question.id}."
    words = sum(isinstance(one, Blank) and name.startswith(begins) for name, one in report.cells.items())
    complete = words + question.unread <= len(question.unplaced)
    return Band(code, weights, whole - half if complete else None, whole + half)


def _half(fact: Fact) -> Decimal:
    return (fact.interval.high - fact.interval.low) / 2


def _part_of(code: str, verdict: Verdict, report: Report, facts: Mapping[str, Fact], sizes: Values) -> Band:
    """A whole that its known parts may not exceed, or that those who answered may not."""
    whole, *parts = verdict.cells
    terms = [(whole, -1), *((part, 1) for part in parts)]
    weights = _unfolded(terms, facts)
    slack = sum((_half(facts[name]) for name, _weight in terms), Decimal(0))
    size = next((_size(one) for one in report.distributions if one.id == whole), "")
    if not parts and size in sizes:
        weights[size] = Decimal(1)
    return Band(code, weights, None, slack)


def _unfolded(terms: Sequence[tuple[str, int]], facts: Mapping[str, Fact]) -> dict[str, Decimal]:
    """Weights by stated figure: a sum is what it is the sum of."""
    found: dict[str, Decimal] = {}
    for name, weight in terms:
        how = facts[name].derivation if name in facts else None
        inner = tuple(zip(how.inputs, how.weights, strict=True)) if how and how.weights else ()
        parts = _unfolded(inner, facts) if inner else {name: Decimal(1)}
        for part, own in parts.items():
            found[part] = found.get(part, Decimal(0)) + weight * own
    return {name: weight for name, weight in found.items() if weight}


def _added(weights: Weights, facts: Mapping[str, Fact], sizes: Values) -> Decimal:
    values = (
        weight * (facts[name].value if name in facts else sizes[name]) for name, weight in weights.items()
    )
    return sum(values, Decimal(0))


def contradicts(found: Shape) -> bool:
    """Whether no report of this shape, with nobody left uncounted, obeys all the rules."""
    return solution(found, found.bands, least=1) is None


def breaking(found: Shape, code: str, *, alone: bool) -> Values | None:
    """Values that break a rule, while all the other rules hold where it must be alone."""
    others = [band for band in found.bands if band.code != code] if alone else []
    for band in found.bands:
        if band.code == code:
            for broken in _outside(band, found):
                values = solution(found, [*others, broken])
                if values is not None:
                    return values
    return None


def _outside(band: Band, found: Shape) -> Iterator[Band]:
    """What it is to be beyond a band's upper bound, or below its lower one."""
    beyond = min(found.steps[name] for name in band.weights) / 4 if band.weights else Decimal(1)
    if band.high is not None:
        yield replace(band, low=band.high + beyond, high=None)
    if band.low is not None:
        yield replace(band, low=None, high=band.low - beyond)


def solution(found: Shape, bands: Sequence[Band], least: int = 0) -> Values | None:
    """Values in whole steps that keep within all the bands, or None where there are none."""
    names = sorted(found.values)
    if not names:
        return {} if all(band.holds({}) for band in bands) else None
    rows = np.array(
        [[float(band.weights.get(name, 0) * found.steps[name]) for name in names] for band in bands]
    )
    low = [-np.inf if band.low is None else float(band.low) for band in bands]
    high = [np.inf if band.high is None else float(band.high) for band in bands]
    floor = [float(least if name in found.counts else -LARGEST) for name in names]
    answer = milp(
        np.zeros(len(names)),
        integrality=np.ones(len(names)),
        bounds=Bounds(floor, np.full(len(names), float(LARGEST))),
        constraints=[LinearConstraint(rows, low, high)] if bands else [],
    )
    if answer.x is None:
        return None
    values = {name: round(steps) * found.steps[name] for name, steps in zip(names, answer.x, strict=True)}
    assert all(band.holds(values) for band in bands), "the solver's answer is no answer"
    return values
