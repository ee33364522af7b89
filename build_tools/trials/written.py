"""The numbers that figures are measured by, each by its place in the file, and the report with others there.

The `n` of a table belongs to many cells, and a goal's bound to none: they are known by line and column. What
only tells where something stands or how it is written (dates, sections, pages, decimals) is no figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from build_tools import texts
from build_tools.checks.relations import base
from build_tools.load.report.ledger import TIMES
from build_tools.load.values import SMALLEST_GROUP, counted, spread
from build_tools.model import (
    Blank,
    Catalogue,
    Cell,
    Distribution,
    Fact,
    Goal,
    GoalDefinition,
    Interval,
    Kind,
    Question,
    Report,
    Role,
    Survey,
    Where,
)

Numbers = Mapping[str, Decimal]
"""What stands at places, by their keys."""
RATE = "svarsfrekvens"
DAYS = "definitioner#inom_dagar"


def is_stated(fact: Fact) -> bool:
    """Whether a figure was written; a count that its share alone gives was, as that share."""
    return _is_read(fact) and not fact.implied


def _is_read(fact: Fact) -> bool:
    return fact.derivation is None or fact.share is not None


def bare(report: Report) -> Report:
    """The report as it is read, with nothing that was computed from it."""
    cells = {name: one for name, one in report.cells.items() if isinstance(one, Blank) or _is_read(one)}
    return replace(report, cells=cells)


def numbers_beside(report: Report) -> dict[str, Fact]:
    """Every number that stands beside a figure or a question, by its place; the first to tell of it names it.

    The name is what it belongs to and the key it is written under: `alder.kvinna#n`, `mal.vantetid#troskel`.
    """
    found: dict[str, Fact] = {}
    for where, fact in (*_asked(report), *_of_figures(report), *_of_goals(report)):
        if where:
            found.setdefault(base(where), replace(fact, where=where))
    return found


def _asked(report: Report) -> Iterator[tuple[Where | None, Fact]]:
    """What tables and questionnaires are measured by."""
    for table in report.distributions:
        if table.n is not None:
            yield table.n_where, _number(Cell(report.id, f"{table.id}#n", table.measure), table.n)
    for survey in report.surveys:
        if survey.population is not None:
            cell = Cell(report.id, f"{survey.id}#population_n", "enkat")
            yield survey.population_where, _number(cell, survey.population)
        same = len({question.n_where for question in survey.questions}) == 1 < len(survey.questions)
        for question in survey.questions:
            yield from _of_question(question, survey.id if same else question.id, report)


def _of_question(question: Question, owner: str, report: Report) -> Iterator[tuple[Where | None, Fact]]:
    if isinstance(question.n, Decimal):
        yield question.n_where, _number(Cell(report.id, f"{owner}#n", "enkat"), question.n)
    for number, where in zip(question.unplaced, question.unplaced_where, strict=True):
        yield where, _number(Cell(report.id, f"{question.id}#olagda", "enkat"), number, Kind.SUM)
    if question.cumulative:
        cell = Cell(report.id, f"{question.id}#kumulativt", "enkat")
        yield question.cumulative_where, _number(cell, question.cumulative[1], Kind.SUM)


def _of_figures(report: Report) -> Iterator[tuple[Where | None, Fact]]:
    """How many stand behind figures, the upper end of ranges, and the shares that counts were told as."""
    told = (*report.cells.values(), *(stated.fact for stated in report.stated))
    for fact in told:
        if isinstance(fact, Fact) and is_stated(fact):
            if isinstance(fact.n, Decimal):
                yield fact.n_where, _number(_of(fact, "#n"), fact.n)
            if fact.upper is not None:
                yield fact.upper_where, _number(_of(fact, "#till"), fact.upper / fact.factor, Kind.SUM)
            if fact.share:
                yield fact.where, replace(fact.share, cell=fact.cell)


def _of_goals(report: Report) -> Iterator[tuple[Where | None, Fact]]:
    for goal in report.goals:
        if goal.threshold is not None:
            cell = Cell(report.id, f"mal.{goal.id}#troskel", goal.cell)
            yield goal.threshold_where, _number(cell, goal.threshold, Kind.SUM)
    days = report.goal.early_dropout_days
    if isinstance(days, int):
        yield report.goal.days_where, _number(Cell(report.id, DAYS, ""), Decimal(days))


def _of(fact: Fact, key: str) -> Cell:
    return replace(fact.cell, id=f"{fact.cell.id}{key}")


def _number(cell: Cell, value: Decimal, kind: Kind = Kind.COUNT) -> Fact:
    return Fact(cell, value, Interval(value, value), kind, Where(""), texts.precision(value))


def touched(report: Report) -> dict[str, frozenset[str]]:
    """The cells, tables, questions and goals that each number beside figures belongs to, by its place."""
    found: dict[str, set[str]] = {}
    for name, where in _belongings(report):
        if where:
            found.setdefault(base(where), set()).add(name)
    return {place: frozenset(names) for place, names in found.items()}


def _belongings(report: Report) -> Iterator[tuple[str, Where | None]]:
    for fact in (*report.cells.values(), *(stated.fact for stated in report.stated)):
        if isinstance(fact, Fact) and is_stated(fact):
            own = fact.where if fact.share else None
            yield from ((fact.cell.id, where) for where in (fact.n_where, fact.upper_where, own))
    for table in report.distributions:
        yield from ((name, table.n_where) for name in (table.id, *_under(table.id, report)))
    for survey in report.surveys:
        rate = f"{survey.id}.{RATE}"
        yield rate, survey.population_where
        for question in survey.questions:
            yield question.id, survey.population_where
            for where in (question.n_where, question.cumulative_where, *question.unplaced_where):
                yield from ((name, where) for name in (rate, question.id, *_under(question.id, report)))
    yield from ((f"mal.{goal.id}", goal.threshold_where) for goal in report.goals)


def _under(owner: str, report: Report) -> Iterator[str]:
    return (name for name in report.cells if name.startswith(f"{owner}."))


def rewritten(report: Report, numbers: Numbers) -> Report:
    """A bare report as it would be with other numbers at some places."""
    made = {name: _figure(found, numbers) for name, found in report.cells.items()}
    cells = {found.cell.id: found for found in made.values()}
    uncounted = {name.replace(f".{one.cell.group}", "") for name, one in made.items() if one.cell.id != name}
    stated = [replace(told, fact=_fact(told.fact, numbers)) for told in report.stated]
    # A total beside a group that gives no count is no control: it is the only one who tells of all.
    moved = [told for told in stated if told.role is Role.CONTROL and told.fact.cell.id in uncounted]
    return replace(
        report,
        goal=_definition(report.goal, numbers),
        cells={**cells, **{told.fact.cell.id: told.fact for told in moved}},
        stated=tuple(told for told in stated if told not in moved),
        distributions=tuple(_table(table, numbers) for table in report.distributions),
        surveys=tuple(_survey(survey, numbers) for survey in report.surveys),
        goals=tuple(_goal(goal, numbers) for goal in report.goals),
    )


def _figure(found: Fact | Blank, numbers: Numbers) -> Fact | Blank:
    return _fact(found, numbers) if isinstance(found, Fact) else found


def _fact(fact: Fact, numbers: Numbers) -> Fact:
    own, n, upper = (numbers.get(base(where)) for where in (fact.where, fact.n_where, fact.upper_where))
    if own is n is upper is None:
        return fact
    told = fact.share or fact
    if n is not None:
        told = replace(told, n=n)
    if upper is not None:
        told = replace(told, upper=upper * fact.factor)
    made = retyped(told, typed(told) if own is None else own)
    return counted(made, fact.cell) if fact.share else made


def typed(fact: Fact) -> Decimal:
    """A figure as it is written in its file, in thousands where it is told so."""
    return fact.value if fact.factor == 1 else fact.value / fact.factor


def retyped(fact: Fact, number: Decimal) -> Fact:
    """The figure with another number written in its place, with as many decimals."""
    upper = None if fact.upper is None else fact.upper / fact.factor
    span = spread(number, upper, digits(fact), fact.hedge, exact=fact.kind is Kind.COUNT)
    return replace(fact, value=number * fact.factor, interval=span.scaled(fact.factor))


def digits(fact: Fact) -> int:
    """How many decimals a figure is written with."""
    return fact.decimals if fact.factor == 1 else texts.precision(typed(fact).normalize())


def _definition(goal: GoalDefinition, numbers: Numbers) -> GoalDefinition:
    days = numbers.get(base(goal.days_where))
    return goal if days is None else replace(goal, early_dropout_days=int(days))


def _table(table: Distribution, numbers: Numbers) -> Distribution:
    return replace(table, n=numbers.get(base(table.n_where), table.n))


def _survey(survey: Survey, numbers: Numbers) -> Survey:
    return replace(
        survey,
        population=numbers.get(base(survey.population_where), survey.population),
        questions=tuple(_question(question, numbers) for question in survey.questions),
    )


def _question(question: Question, numbers: Numbers) -> Question:
    loose = zip(question.unplaced, question.unplaced_where, strict=True)
    cut = question.cumulative
    return replace(
        question,
        n=numbers.get(base(question.n_where), question.n),
        unplaced=tuple(numbers.get(base(where), number) for number, where in loose),
        cumulative=cut and (cut[0], numbers.get(base(question.cumulative_where), cut[1])),
    )


def _goal(goal: Goal, numbers: Numbers) -> Goal:
    return replace(goal, threshold=numbers.get(base(goal.threshold_where), goal.threshold))


def facts_at(report: Report) -> dict[str, tuple[Fact, ...]]:
    """The figures that each number beside them is told with, by its place."""
    found: dict[str, list[Fact]] = {}
    for fact in (*report.cells.values(), *(stated.fact for stated in report.stated)):
        if isinstance(fact, Fact) and is_stated(fact):
            for where in (fact.n_where, fact.upper_where, fact.where if fact.share else None):
                if where:
                    found.setdefault(base(where), []).append(fact)
    return {place: tuple(facts) for place, facts in found.items()}


def refused(fact: Fact, numbers: Numbers, catalogue: Catalogue) -> bool:
    """Whether no file may say so of a figure: a mean or a share of nobody, a time of one or two persons, a
    range that ends before it begins.
    """
    n, upper = numbers.get(base(fact.n_where)), numbers.get(base(fact.upper_where))
    if upper is not None and upper * fact.factor <= fact.value:
        return True
    measure = catalogue.measures.get(fact.cell.measure)
    personal = measure is not None and measure.kind is Kind.MEAN and measure.unit in TIMES
    kind = fact.share.kind if fact.share else fact.kind
    return n is not None and (
        (n == 0 and kind in (Kind.MEAN, Kind.SHARE)) or (personal and n < SMALLEST_GROUP)
    )
