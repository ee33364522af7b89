"""Questionnaires: a question with few answers is not shown, nor one whose printed shares tell of few, nor a
follow-up question that bounds how few did not get it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from build_tools.model import Kind, Mark, Question, Survey
from build_tools.protect.sheets import Sheet
from build_tools.protect.terms import BASE, UPWARD, Terms, adds_up, plain

EVERYBODY = Decimal(100)


def questions(sheet: Sheet) -> Iterator[Question]:
    """Every question of every questionnaire."""
    return (question for survey in sheet.report.surveys for question in survey.questions)


def answers(sheet: Sheet, question: Question) -> tuple[str, ...]:
    """The cells of a question's answers as the source states them, in its order."""
    start, kind = f"{question.id}.", Kind.SHARE if question.shares else Kind.COUNT
    return tuple(
        key
        for key, figure in sheet.report.cells.items()
        if key.startswith(start)
        and figure.cell.category
        and (getattr(figure, "kind", kind) is kind and not getattr(figure, "derivation", None))
    )


def cuts(sheet: Sheet, question: Question) -> tuple[str, ...]:
    """The cell of the share from a step upward, where the question has one."""
    key = f"{question.id}.fran_{question.cumulative[0]}.andel" if question.cumulative else ""
    return (key,) if key in sheet.cells else ()


def refused(sheet: Sheet) -> Iterator[str]:
    """What may not be shown because of the question it belongs to."""
    for question in questions(sheet):
        few = _too_few(sheet, question)
        if _bounds_others(sheet, question):
            few = True
            yield question.id
        if few or (question.shares and _tells(sheet, question)):
            yield from (key for key, fact in sheet.facts() if key.startswith(f"{question.id}."))
            yield question.id + UPWARD
        if few:
            yield question.id + BASE


def _too_few(sheet: Sheet, question: Question) -> bool:
    n = _answered(sheet, question)
    return n is not None and sheet.limits.small(n, question.id)


def _bounds_others(sheet: Sheet, question: Question) -> bool:
    """Whether the answers to a follow-up question tell that few were not asked it.

    Nobody is asked it who did not give the answers that led there: with 28 answers after a question that 30
    answered, at most two gave another one.
    """
    answered = _answered(sheet, question)
    return answered is not None and any(
        _few_others(sheet, first, steps, answered) for first, steps in _before(sheet, question)
    )


def _before(sheet: Sheet, question: Question) -> Iterator[tuple[Question, tuple[str, ...]]]:
    """The questions that led to one, the nearest first, each with the answers that did."""
    known = {one.id: one for one in questions(sheet)}
    found = question.asked_of
    while found and (first := known.pop(found.question, None)):
        yield first, found.steps
        found = first.asked_of


def _few_others(sheet: Sheet, first: Question, steps: Sequence[str], answered: Decimal) -> bool:
    """Whether so many answers leave room for few others, where there are others."""
    n = _answered(sheet, first)
    facts = (sheet.fact(f"{first.id}.{step}") for step in steps)
    asked = sum((fact.value for fact in facts if fact), Decimal(0))
    some_others = n is not None and asked < (EVERYBODY if first.shares else n)
    return n is not None and some_others and sheet.limits.small(n - answered, first.id)


def _answered(sheet: Sheet, question: Question) -> Decimal | None:
    """How many answered, as it is told or as their answers are together."""
    if isinstance(question.n, Decimal):
        return question.n
    counted = [fact.value for key in answers(sheet, question) if (fact := sheet.fact(key))]
    return sum(counted, Decimal(0)) if counted and not question.shares else None


def _tells(sheet: Sheet, question: Question) -> bool:
    """Whether any printed share is of few. Then all are hidden, for printed shares add up to 100."""
    shares = [fact.value for key in answers(sheet, question) if (fact := sheet.fact(key))]
    upward = [question.cumulative[1]] if question.cumulative else []
    every = [*shares, *question.unplaced, *upward]
    return any(sheet.limits.lopsided(share, question.n, question.id) for share in every)


def counted(sheet: Sheet) -> Iterator[Terms]:
    """The answers to a question are as many as those who answered."""
    for question in questions(sheet):
        given = () if question.shares else answers(sheet, question)
        n = question.n if isinstance(question.n, Decimal) else None
        loose = sum(question.unplaced, Decimal(0))
        if given and n is not None and adds_up(n - loose, (sheet.cells[key] for key in given)):
            yield plain(question.id + BASE, given)
        steps = [key.removeprefix(f"{question.id}.") for key in given]
        if question.cumulative and question.cumulative[0] in steps:
            yield plain(question.id + UPWARD, given[steps.index(question.cumulative[0]) :])


def shown(sheet: Sheet, hidden: Collection[str]) -> tuple[Survey, ...]:
    """The questionnaires without what may not be told beside the answers."""
    return tuple(_survey(sheet, survey, hidden) for survey in sheet.report.surveys)


def _survey(sheet: Sheet, survey: Survey, hidden: Collection[str]) -> Survey:
    asked = tuple(_shown(sheet, question, hidden) for question in survey.questions)
    few = survey.population is not None and sheet.limits.small(survey.population, survey.id)
    return replace(survey, population=None if few else survey.population, questions=asked)


def _shown(sheet: Sheet, question: Question, hidden: Collection[str]) -> Question:
    loose = any(sheet.limits.small(number, question.id) for number in question.unplaced)
    few = _tells(sheet, question) if question.shares else loose
    told = (*answers(sheet, question), *cuts(sheet, question))
    closed = few or any(key in hidden for key in told)
    return replace(
        question,
        n=Mark.PROTECTED if question.id + BASE in hidden else question.n,
        unplaced=() if closed else question.unplaced,
        cumulative=None if closed or question.id + UPWARD in hidden else question.cumulative,
    )
