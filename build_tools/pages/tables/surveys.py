"""Tables of what was asked: answers step by step, and ratings before and after."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from build_tools import texts
from build_tools.model import Fact, Mark, Question, Survey
from build_tools.pages.grids import Footnote, Grid, Line, Value, remarks_on, value
from build_tools.pages.tables.context import Context, readable
from build_tools.pages.tables.distributions import percentage

YEARS = re.compile(r"(_\d{4})+$")
"""What a questionnaire's id ends in, which its period tells better."""
SURVEY, RATING = "enkat.", "skattning."
RATED = (
    ("medel_fore", "Före"),
    ("medel_efter", "Efter"),
    ("skillnad", "Skillnad"),
    ("okat", "Ökat"),
    ("oforandrat", "Oförändrat"),
    ("minskat", "Minskat"),
)


def answers(context: Context) -> Iterator[Grid]:
    """Every questionnaire, its questions as lines and the steps of their scale as columns."""
    for survey in context.report.surveys:
        if survey.id.startswith(SURVEY):
            for scale, asked in groupby(survey.questions, key=lambda question: question.scale):
                yield _Asked(survey, scale, tuple(asked), context).grid()


@dataclass(frozen=True, slots=True)
class _Asked:
    """Questions of a questionnaire that follow each other on one scale."""

    survey: Survey
    scale: str
    questions: tuple[Question, ...]
    context: Context

    def grid(self) -> Grid:
        """Steps that nobody was asked to choose are left out, and so are columns with nothing to show."""
        steps = [step for step in self._steps() if self._told(step)]
        mean = any(f"{question.id}.medel" in self.context.report.cells for question in self.questions)
        cut = any(question.cumulative or self._cut(question) for question in self.questions)
        columns = ["Svar", *(self._step(step) for step in steps)]
        columns += ["Medelvärde"] * mean + ["Från en gräns"] * cut
        lines = tuple(
            Line(
                question.text or readable(question.id.rpartition(".")[2]),
                (
                    self._base(question),
                    *(self._place(question, step) for step in steps),
                    *[self.context.place(f"{question.id}.medel")] * mean,
                    *[self._from(question)] * cut,
                ),
            )
            for question in self.questions
        )
        return Grid(self._caption(), "Fråga", tuple(columns), lines, footnotes=tuple(self._loose()))

    def _steps(self) -> tuple[str, ...]:
        """The steps of the scale, or the numbers between its ends."""
        known = self.context.publication.catalogue.scales.get(self.scale)
        if known is None or known.steps:
            return tuple(known.steps) if known else ()
        low, high = known.minimum, known.maximum
        ends = (int(low), int(high)) if low is not None and high is not None else (0, -1)
        return tuple(map(str, range(ends[0], ends[1] + 1))) if ends[1] - ends[0] <= 10 else ()

    def _step(self, step: str) -> str:
        known = self.context.publication.catalogue.scales.get(self.scale)
        return known.steps.get(step, step) if known else step

    def _told(self, step: str) -> bool:
        return any(f"{question.id}.{step}" in self.context.report.cells for question in self.questions)

    def _base(self, question: Question) -> Value:
        """How many answered: as the source says, or all the answers together."""
        if isinstance(question.n, Decimal):
            return Value(texts.number(question.n))
        if isinstance(question.n, Mark):
            return Value(texts.MARKS[question.n], False, texts.MARK_MEANINGS[question.n])
        return self.context.place(question.id)

    def _place(self, question: Question, step: str) -> Value:
        """A step's count with its share where enough people answered."""
        cell = f"{question.id}.{step}"
        figure = self.context.figure(cell)
        if figure is None:
            return Value("inget svar redovisat", False, "Källan anger inget tal för svaret.")
        place = self.context.place(cell)
        part = self.context.figure(f"{cell}.andel")
        if isinstance(part, Fact) and isinstance(part.n, Decimal) and part.n >= texts.FEW:
            return Value(f"{place.text} ({percentage(part).text})", True, "", place.anchor)
        return place

    def _cut(self, question: Question) -> str:
        """The cell of the share from the cut point upward, where there is one."""
        start = f"{question.id}.fran_"
        return next((key for key in self.context.report.cells if key.startswith(start)), "")

    def _from(self, question: Question) -> Value:
        """The share from the cut point upward, with the step it begins at."""
        cell = self._cut(question)
        if not cell and question.cumulative is None:
            return Value("ingen gräns", False, "Källan lägger inte ihop svaren på frågan.", word=True)
        step = cell.removeprefix(f"{question.id}.fran_").removesuffix(".andel") if cell else ""
        if question.cumulative:
            step = question.cumulative[0]
        figure = self.context.figure(cell)
        told = Value(texts.percent(question.cumulative[1])) if question.cumulative else value(None)
        place = self.context.place(cell) if figure is not None else told
        if not place.number:
            return place
        return Value(f"{place.text} från ”{self._step(step)}”", False, "", place.anchor)

    def _caption(self) -> str:
        """The questionnaire's name, its time and how many of those asked who answered."""
        name = readable(YEARS.sub("", self.survey.id.removeprefix(SURVEY))).lower()
        when = f", {texts.period(self.survey.period or self.context.report.period)}"
        rate = _rate(self.survey, self.context)
        return f"Enkät: {name}{when}" + (f". Svarsfrekvens {rate}" if rate else "")

    def _loose(self) -> Iterator[Footnote]:
        """Answers that can be read in the source but tied to no step."""
        for question in self.questions:
            if question.unplaced:
                name = question.text or readable(question.id.rpartition(".")[2])
                told = texts.listed([texts.number(loose) for loose in question.unplaced])
                yield Footnote(name, f"{told} går att läsa i källan men inte att knyta till ett svar.")


def _rate(survey: Survey, context: Context) -> str:
    """How many answered of those who were asked, where it was computed and may be shown."""
    found = (
        figure
        for key, figure in context.report.cells.items()
        if key.startswith(f"{survey.id}.") and figure.cell.measure == "enkat.svarsfrekvens"
    )
    figure = next(found, None)
    return value(figure).text if figure is not None else ""


def ratings(context: Context) -> Iterator[Grid]:
    """Every instrument, its areas as lines, with the means before and after."""
    for survey in context.report.surveys:
        if survey.id.startswith(RATING) and survey.questions:
            yield _rated(survey, survey.questions, context)


def _rated(survey: Survey, areas: Sequence[Question], context: Context) -> Grid:
    cells = context.report.cells
    columns = [(key, label) for key, label in RATED if any(f"{area.id}.{key}" in cells for area in areas)]
    lines = tuple(
        Line(
            area.text or context.label("livsomrade", area.id.rpartition(".")[2]),
            tuple(context.place(f"{area.id}.{key}") for key, _ in columns),
        )
        for area in areas
    )
    head, _, population = survey.id.removeprefix(RATING).partition("@")
    scale = context.publication.catalogue.scales.get(areas[0].scale)
    told = [f"Skattning: {readable(head)}", *([scale.label.lower()] if scale else [])]
    told += [context.label("population", population)] if population else []
    told += [f"{texts.number(areas[0].n)} personer"] if isinstance(areas[0].n, Decimal) else []
    said = remarks_on(
        (line.label, context.figure(f"{area.id}.{key}"))
        for line, area in zip(lines, areas, strict=True)
        for key in ("summa_fore", "summa_efter", "medel_fore", "medel_efter")
    )
    return Grid(", ".join(told), "Område", tuple(label for _, label in columns), lines, footnotes=said)
