"""Surveys: answers add up to those who answered, printed shares to a hundred."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from build_tools import texts
from build_tools.checks.relations import base, sums_to
from build_tools.checks.wording import MEND
from build_tools.model import Blank, Edition, Fact, Interval, Kind, Question, Report, Verdict
from build_tools.stages import check

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers to one question: those on a step, how many steps have a word, and what all should be."""

    question: Question
    facts: tuple[Fact, ...]
    blanks: int
    whole: Decimal

    @property
    def added(self) -> Interval:
        """All readable numbers together, with those that stand on no step."""
        half = Decimal("0.5").scaleb(-self.digits) if self.question.shares else Decimal(0)
        count, loose = len(self.question.unplaced), sum(self.question.unplaced, Decimal(0))
        low = sum((fact.interval.low for fact in self.facts), loose - half * count)
        return Interval(low, sum((fact.interval.high for fact in self.facts), loose + half * count))

    @property
    def digits(self) -> int:
        """How many decimals the numbers that stand on no step are written with."""
        return max((texts.precision(number) for number in self.question.unplaced), default=0)

    @property
    def complete(self) -> bool:
        """Whether every step is told, on its place or beside."""
        return self.blanks + self.question.unread <= len(self.question.unplaced)

    def verdict(self) -> Verdict:
        """The verdict that the answers are all there, or no more than all where some cannot be read."""
        n = "" if self.question.shares else base(self.question.n_where)
        if self.complete and not self.question.unplaced and (n or self.question.shares):
            terms = [(fact.cell.id, fact) for fact in self.facts]
            question = self.question
            return sums_to(question.id, question.where, terms, self.whole, n, self.message)
        added = self.added
        holds = added.low <= self.whole and (added.high >= self.whole or not self.complete)
        cells = tuple(fact.cell.id for fact in self.facts)
        return Verdict(holds, self.question.id, cells, self.question.where, self.message)

    def message(self) -> str:
        """What the answers add up to and what they should be."""
        value = sum((fact.value for fact in self.facts), sum(self.question.unplaced, Decimal(0)))
        told = texts.listed([texts.number(number) for number in self.question.unplaced])
        loose = f" med {told} som inte går att placera" if told else ""
        if self.question.shares:
            lost = "En svarskategori kan ha tappats." if value < HUNDRED else "Ett tal kan vara felläst."
            added = texts.percent(value, texts.precision(value))
            text = f"andelarna blir {added}{loose}, inte {texts.percent(HUNDRED)}. {lost}"
        else:
            text = (
                f"svaren blir {texts.number(value)}{loose}, men {texts.number(self.whole)} anges ha svarat."
            )
        return f"Frågan ”{self.question.text or self.question.id}”: {text} {MEND}"


def _answers(report: Report, edition: Edition) -> Iterator[Answers]:
    for survey in report.surveys:
        for question in survey.questions:
            told = _told(report, edition, question)
            kind = Kind.SHARE if question.shares else Kind.COUNT
            facts = tuple(found for found in told if isinstance(found, Fact) and found.kind is kind)
            blanks = sum(isinstance(found, Blank) for found in told)
            whole = HUNDRED if question.shares else question.n
            if isinstance(whole, Decimal) and (facts or question.unplaced):
                yield Answers(question, facts, blanks, whole)


def _told(report: Report, edition: Edition, question: Question) -> list[Fact | Blank | None]:
    """The answers of each step; of a rating scale, each whole number is a step."""
    scale = edition.catalogue.scales.get(question.scale)
    if scale and scale.steps:
        return [report.cells.get(f"{question.id}.{step}") for step in scale.steps]
    begins = f"{question.id}."
    return [
        found
        for key, found in report.cells.items()
        if key.startswith(begins) and key[len(begins) :].isdecimal()
    ]


@check("R17a", "Svaren blir antalet som svarat")
def answers_make_n(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Svaren på en fråga ska tillsammans vara antalet som svarat; går något inte att läsa, högst så många."""
    for answers in _answers(report, edition):
        if not answers.question.shares and not answers.question.unplaced:
            yield answers.verdict()


@check("R17b", "Svarens andelar blir hundra")
def shares_make_a_hundred(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Andelarna på en fråga ska tillsammans bli 100 inom avrundningen; går någon inte att läsa, högst 100."""
    for answers in _answers(report, edition):
        if answers.question.shares and not answers.question.unplaced:
            yield answers.verdict()


@check("R17c", "Svar utan plats fyller luckan")
def unplaced_fill_the_gap(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Tal som går att läsa men inte att placera på ett svarssteg ska tillsammans med de andra bli alla."""
    for answers in _answers(report, edition):
        if answers.question.unplaced:
            yield answers.verdict()
