"""Surveys: how many answered, the share of each step, the share from a step upward, and means of ratings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from build_tools.derive.facts import Amount, amount, cell_of, percent_of, share, total
from build_tools.derive.means import mean_of_sum
from build_tools.derive.shares import share_cell
from build_tools.model import Catalogue, Fact, Interval, Question, Report
from build_tools.stages import derived

RATE = "enkat.svarsfrekvens"
RATING_DECIMALS = 2


def questions(report: Report) -> Iterator[Question]:
    """All questions of all surveys."""
    return (question for survey in report.surveys for question in survey.questions)


def answers(report: Report, question: Question, steps: tuple[str, ...]) -> tuple[Fact, ...]:
    """The figures of some steps; none at all where any of them has a word."""
    return report.facts(*(f"{question.id}.{step}" for step in steps)) or ()


def _steps(report: Report, question: Question, catalogue: Catalogue) -> tuple[str, ...]:
    """The steps that are told, in the order of the scale."""
    scale = catalogue.scales.get(question.scale)
    if scale and scale.steps:
        return tuple(step for step in scale.steps if f"{question.id}.{step}" in report.cells)
    told = (key.removeprefix(f"{question.id}.") for key in report.cells if key.startswith(f"{question.id}."))
    return tuple(sorted((step for step in told if step.isdecimal()), key=int))


@derived("enkat_svar", "Antal svar")
def all_answers(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """Antalet svar är summan av svaren på alla steg, även de som inte går att placera på ett steg."""
    for question in questions(report):
        facts = answers(report, question, _steps(report, question, catalogue))
        if facts and not question.shares:
            cell = replace(facts[0].cell, id=question.id, category="")
            made = total(cell, amount(facts), "enkat_svar", "Summan av svaren.")
            yield _with_unplaced(made, question.unplaced)


def _with_unplaced(fact: Fact, unplaced: tuple[Decimal, ...]) -> Fact:
    """The answers with those that stand in no cell: then it is no longer the sum of its inputs."""
    extra = sum(unplaced, Decimal(0))
    if not unplaced or fact.derivation is None:
        return fact
    interval = Interval(fact.interval.low + extra, fact.interval.high + extra)
    how = replace(fact.derivation, weights=())
    return replace(fact, value=fact.value + extra, interval=interval, derivation=how)


def _base(report: Report, question: Question) -> Amount | None:
    """How many answered: as the source states it, or all answers together."""
    if isinstance(question.n, Decimal):
        return Amount(question.n, Interval(question.n, question.n), (), ())
    everybody = report.fact(question.id)
    return amount((everybody,)) if everybody else None


@derived("enkat.svarsfrekvens", "Svarsfrekvens", after=("enkat_svar",))
def response_rates(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """Svarsfrekvensen är dem som svarat, delat med dem som fick enkäten.

    Har olika många svarat på frågorna räknas den fråga som flest svarat på.
    """
    measure = catalogue.measures.get(RATE)
    for survey in report.surveys if measure else ():
        bases = [base for question in survey.questions if (base := _base(report, question))]
        if measure and survey.population is not None and bases:
            most = max(bases, key=lambda base: base.value)
            asked = Interval(survey.population, survey.population)
            cell = cell_of(report, measure, f"{survey.id}.svarsfrekvens")
            made = percent_of(cell, most, Amount(survey.population, asked, (), ()), RATE, survey.where)
            yield from () if made is None else (made,)


@derived("enkat_andel", "Svarets andel", after=("enkat_svar",))
def step_shares(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """Svarets andel är antalet svar på steget delat med alla svar på frågan."""
    for question in questions(report):
        base = None if question.shares else _base(report, question)
        for step in _steps(report, question, catalogue) if base else ():
            fact = report.fact(f"{question.id}.{step}")
            if fact and base:
                formula = "Svaren på steget delat med alla svar på frågan."
                made = share(share_cell(fact.cell), amount((fact,)), base, "enkat_andel", formula)
                if made:
                    yield made


@derived("enkat_fran", "Andel från en gräns", after=("enkat_svar",))
def shares_from(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """Andelen från en gräns är svaren på det steget och alla högre, delat med alla svar på frågan."""
    for question in questions(report):
        facts = _from(report, question, _steps(report, question, catalogue))
        made = _share_from(report, question, facts) if facts else None
        if made:
            yield made


def _from(report: Report, question: Question, steps: tuple[str, ...]) -> tuple[Fact, ...]:
    """The answers from the question's cut point upward."""
    first = question.cumulative[0] if question.cumulative else ""
    return answers(report, question, steps[steps.index(first) :]) if first in steps else ()


def _share_from(report: Report, question: Question, facts: tuple[Fact, ...]) -> Fact | None:
    """Of counts a share of all answers; of printed shares their sum."""
    formula = "Svaren från gränsen och uppåt delat med alla svar på frågan."
    cell = replace(facts[0].cell, id=cut_id(question), category="")
    if question.shares:
        return replace(total(cell, amount(facts), "enkat_fran", formula), n=question.n)
    base = _base(report, question)
    return share(cell, amount(facts), base, "enkat_fran", formula) if base else None


def cut_id(question: Question) -> str:
    """The cell of the share from a question's cut point upward."""
    return f"{question.id}.fran_{question.cumulative[0] if question.cumulative else ''}.andel"


@derived("skattning_medel", "Skattningens medelvärde")
def rating_means(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """Skattningens medelvärde är summan av skattningarna delad med antalet som skattat."""
    for question in questions(report):
        for when in ("fore", "efter"):
            added = report.fact(f"{question.id}.summa_{when}")
            made = mean_of_sum(added, f"{question.id}.medel_{when}", RATING_DECIMALS) if added else None
            if made:
                yield made


@derived("skattning_skillnad", "Skattningens förändring", after=("skattning_medel",))
def rating_changes(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """Skattningens förändring är medelvärdet efter minus medelvärdet före."""
    for question in questions(report):
        facts = report.facts(f"{question.id}.medel_efter", f"{question.id}.medel_fore")
        if facts:
            cell = replace(facts[0].cell, id=f"{question.id}.skillnad")
            made = total(cell, amount(facts, (1, -1)), "skattning_skillnad", "Medelvärdet efter − före.")
            yield replace(made, n=facts[0].n if facts[0].n == facts[1].n else None)
