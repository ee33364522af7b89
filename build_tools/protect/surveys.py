"""Questionnaires: a question with few answers is not shown, nor one whose printed shares tell of few."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from decimal import Decimal

from build_tools.model import Kind, Mark, Question, Survey
from build_tools.protect.sheets import Sheet
from build_tools.protect.terms import BASE, UPWARD, Terms, adds_up, plain


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
        if few or (question.shares and _tells(sheet, question)):
            yield from (key for key, fact in sheet.facts() if key.startswith(f"{question.id}."))
            yield question.id + UPWARD
        if few:
            yield question.id + BASE


def _too_few(sheet: Sheet, question: Question) -> bool:
    counted = [fact.value for key in answers(sheet, question) if (fact := sheet.fact(key))]
    added = sum(counted, Decimal(0)) if counted and not question.shares else None
    n = question.n if isinstance(question.n, Decimal) else added
    return n is not None and sheet.limits.small(n, question.id)


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
