"""Populations: a part is never more than the whole, on the ladder of a project and behind a share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from build_tools import texts
from build_tools.checks.relations import Bound, base, claim, within
from build_tools.checks.wording import MEND, name
from build_tools.model import Edition, Fact, Kind, Question, Report, Survey, Verdict
from build_tools.stages import check

HALF, HUNDRED = Decimal("0.5"), Decimal(100)
ASKED = frozenset({"enkat", "skattning"})
ENROLLED = "inskrivna"
PARTS = (
    ("identifierade",),
    ("anonyma",),
    ("tidigt_avslutade",),
    ("avslutade", "pagaende"),
    ("avslutade",),
    ("pagaende",),
)
"""What may not be more than the enrolled, together or alone."""


@check("R18a", "Antalet är högst så många som räknas")
def count_within_its_base(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Ett antal som anges tillsammans med n får inte vara större än n."""
    for fact in report.cells.values():
        n = fact.n if isinstance(fact, Fact) and fact.kind is Kind.COUNT else None
        if isinstance(fact, Fact) and isinstance(n, Decimal) and fact.cell.measure not in ASKED:
            terms = ((fact.cell.id, 1), *(((base(fact.n_where), -1),) if fact.n_where else ()))
            yield within(fact, (), terms, n - fact.interval.low, _beyond(fact, n, edition))


def _beyond(fact: Fact, n: Decimal, edition: Edition) -> Callable[[], str]:
    return lambda: (
        f"{name(fact.cell, edition.catalogue)}: {texts.hedged(fact)} är fler än de {texts.number(n)} som "
        f"räknas. {MEND}"
    )


@check("R18b", "De som svarat är högst så många som fick enkäten")
def answers_within_the_asked(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Antalet svar på en fråga får inte vara större än antalet som fick enkäten."""
    for survey in report.surveys:
        for question in survey.questions:
            if survey.population is not None and isinstance(question.n, Decimal):
                holds = question.n <= survey.population
                message = _more_than_asked(survey, question, question.n)
                yield Verdict(holds, question.id, (), question.where, message)


def _more_than_asked(survey: Survey, question: Question, n: Decimal) -> Callable[[], str]:
    return lambda: (
        f"Frågan ”{question.text or question.id}”: {texts.number(n)} anges ha svarat, men enkäten gick till "
        f"{texts.number(survey.population or 0)}. {MEND}"
    )


@check("R18c", "En följdfråga besvaras av högst så många som fick den")
def follow_up_within_its_filter(report: Report, edition: Edition) -> Iterator[Verdict]:
    """De som svarat på en följdfråga får inte vara fler än de som gav de svar som ledde till den. Är svaren
    på den första frågan andelar räknas så många som avrundningen tillåter.
    """
    for survey in report.surveys:
        questions = {question.id: question for question in survey.questions}
        for question in survey.questions:
            first = questions.get(question.asked_of.question) if question.asked_of else None
            verdict = _follow_up(question, first, report, edition) if first else None
            if verdict:
                yield verdict


def _follow_up(question: Question, first: Question, report: Report, edition: Edition) -> Verdict | None:
    """Whether those who answered a question got it, where both are told as numbers."""
    steps = question.asked_of.steps if question.asked_of else ()
    facts = report.facts(*(f"{first.id}.{step}" for step in steps))
    answered = _answered(question, report)
    if not facts or answered is None:
        return None
    loose = sum(first.unplaced, Decimal(0))
    most = sum((fact.interval.high for fact in facts), loose)
    value = sum((fact.value for fact in facts), loose)
    cells, message = (
        tuple(fact.cell.id for fact in facts),
        _not_asked(question, first, answered, value, edition),
    )
    if not first.shares:
        n = base(question.n_where) if isinstance(question.n, Decimal) else question.id
        terms = ((n, 1), *((cell, -1) for cell in cells))
        room = most - answered
        return Bound(room >= 0, question.id, cells, question.where, message, terms, room)
    if not isinstance(first.n, Decimal):
        return None
    half = HALF * len(first.unplaced)
    holds = answered <= min(most + half, HUNDRED) * first.n / HUNDRED
    return Verdict(holds, question.id, cells, question.where, message)


def _answered(question: Question, report: Report) -> Decimal | None:
    """How many answered, as it is told or as their answers are together."""
    if isinstance(question.n, Decimal):
        return question.n
    fact = report.fact(question.id)
    return fact.interval.low if fact and fact.kind is Kind.COUNT else None


def _not_asked(
    question: Question, first: Question, answered: Decimal, told: Decimal, edition: Edition
) -> Callable[[], str]:
    scale = edition.catalogue.scales.get(first.scale)
    steps = question.asked_of.steps if question.asked_of else ()
    labels = [scale.steps.get(step, step) if scale else step for step in steps]
    share = first.shares and isinstance(first.n, Decimal)
    n = texts.number(first.n) if isinstance(first.n, Decimal) else ""
    few = f"{texts.percent(told, texts.precision(told))} av {n}" if share else texts.number(told)
    return lambda: (
        f"Följdfrågan ”{question.text or question.id}”: {texts.number(answered)} anges ha svarat, men bara "
        f"{few} svarade {texts.listed(labels, 'eller')} på ”{first.text or first.id}”. {MEND}"
    )


@check("R26b", "Omfattningen växer inte nedåt")
def ladder_shrinks(report: Report, edition: Edition) -> Iterator[Verdict]:
    """De som avslutats, pågår, är identifierade eller anonyma får inte vara fler än de inskrivna.

    Det prövas för varje källa för sig.
    """
    for key, whole in report.cells.items():
        if isinstance(whole, Fact) and whole.cell.measure == f"omfattning.{ENROLLED}" and _counted(whole):
            before, _, after = key.rpartition(ENROLLED)
            for parts in PARTS:
                facts = report.facts(*(f"{before}{part}{after}" for part in parts))
                if facts and all(map(_counted, facts)):
                    yield _within(whole, facts, edition)


def _counted(fact: Fact) -> bool:
    return fact.kind is Kind.COUNT


def _within(whole: Fact, parts: tuple[Fact, ...], edition: Edition) -> Verdict:
    added = sum((fact.interval.low for fact in parts), Decimal(0))
    labels = texts.listed([name(fact.cell, edition.catalogue) for fact in parts])
    return claim(
        added <= whole.interval.high,
        parts[0],
        [*(fact.cell.id for fact in parts), whole.cell.id],
        lambda: (
            f"{labels} är {texts.number(added)}, fler än {name(whole.cell, edition.catalogue)}, "
            f"{texts.hedged(whole)}. {MEND}"
        ),
    )
