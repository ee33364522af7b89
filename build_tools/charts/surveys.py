"""What was answered in questionnaires: all steps of a scale, or the share or mean that the source tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from build_tools import texts
from build_tools.charts.rows import figure, named, shown, words
from build_tools.charts.wording import answered, not_shown, sentences
from build_tools.model import (
    Blank,
    Fact,
    Plot,
    PlotRow,
    Publication,
    PublishedReport,
    Question,
    Scale,
    Survey,
)
from build_tools.stages import chart

ASKED = "enkat."
ORDERED = 4
"""From so many steps a scale has a lower and a higher half, and is laid out from its middle."""
WHOLE = (Decimal(0), Decimal(100))


@chart("enkat", "Svar på enkäter")
def surveys(report: PublishedReport, publication: Publication) -> Iterator[Plot]:
    """Hur svaren på varje fråga fördelar sig, med antalet svar vid varje fråga."""
    asked = (survey for survey in report.surveys if survey.id.startswith(ASKED))
    found = [plot for survey in asked for plot in _of(survey, report, publication) if shown(plot.rows)]
    for name, plot in zip(named("enkat", (plot.id for plot in found)), found, strict=True):
        yield replace(plot, id=name)


def _of(survey: Survey, report: PublishedReport, publication: Publication) -> Iterator[Plot]:
    """The plots of one questionnaire: one for each scale and each way that the answers are told."""
    sorts: dict[tuple[str, str], list[Question]] = {}
    for question in survey.questions:
        sorts.setdefault((question.scale, _sort(question, report)), []).append(question)
    for (scale_id, sort), questions in sorts.items():
        scale = publication.catalogue.scales.get(scale_id)
        if scale and sort:
            bare = _bare(survey, scale, sort, report)
            every = _answers(bare, scale, questions, report) if sort == "svar" else None
            yield every or _told(bare, scale, questions, report, sort)


def _sort(question: Question, report: PublishedReport) -> str:
    """How a question's answers are told: step by step, as the share from a step upward, or as a mean."""
    cut = question.cumulative[0] if question.cumulative else ""
    ends = [
        cell.removeprefix(f"{question.id}.") for cell in report.cells if cell.startswith(f"{question.id}.")
    ]
    if any(_is_step(end) for end in ends):
        return "svar"
    upward = [end for end in ends if end.startswith("fran_")]
    if cut or upward:
        return f"fran_{cut}.andel" if cut else upward[0]
    return "medel" if "medel" in ends else ""


def _is_step(end: str) -> bool:
    return end != "medel" and not end.endswith(".andel")


def _bare(survey: Survey, scale: Scale, sort: str, report: PublishedReport) -> Plot:
    """A plot without rows, with what is common to all of a questionnaire's."""
    name = survey.id.removeprefix(ASKED)
    when = texts.period(survey.period or report.period)
    asked = f"{texts.number(survey.population)} fick enkäten" if survey.population is not None else ""
    return Plot(
        id="-".join(part for part in (name, scale.id, "" if sort == "svar" else texts.anchor(sort)) if part),
        report=report.id,
        form="",
        title=f"Svar på enkäten {words(name)}",
        subtitle=", ".join(part for part in (_kind(sort, scale), scale.label, asked, when) if part),
        description="",
        unit="procent",
        series=(),
        rows=(),
        corner="Fråga",
    )


def _kind(sort: str, scale: Scale) -> str:
    """What is told of the answers, where it is not all of them."""
    if sort.startswith("fran_"):
        step = sort.removeprefix("fran_").removesuffix(".andel")
        return f"Andel som svarade {scale.steps.get(step, step)} eller högre"
    return "Medelvärde av svaren" if sort == "medel" else ""


def _answers(bare: Plot, scale: Scale, questions: Sequence[Question], report: PublishedReport) -> Plot:
    """All steps of a scale, question by question."""
    steps = scale.steps or _numbers(scale)
    rows = tuple(
        PlotRow(
            question.text or words(question.id.rpartition(".")[2]),
            tuple(_share(question, step, report) for step in steps),
            note=answered(question.n, report.cells.get(question.id)),
        )
        for question in questions
    )
    names = tuple(steps.values())
    return replace(
        bare,
        form="diverging" if len(steps) >= ORDERED else "stacked",
        series=names,
        rows=rows,
        description=sentences([*_read(rows, names), not_shown(rows, names)]),
    )


def _numbers(scale: Scale) -> dict[str, str]:
    low, high = (int(end) if end is not None else 0 for end in (scale.minimum, scale.maximum))
    return {str(step): str(step) for step in range(low, high + 1)}


def _share(question: Question, step: str, report: PublishedReport) -> Fact | Blank:
    """A step's share; the word that stands in the answer's own place where there is one."""
    cell = f"{question.id}.{step}"
    own = figure(report, cell)
    return own if question.shares or isinstance(own, Blank) else figure(report, f"{cell}.andel")


def _read(rows: Sequence[PlotRow], names: Sequence[str]) -> Iterator[str]:
    """Tell the most common answer to each question."""
    for row in rows:
        found = [(v, name) for v, name in zip(row.values, names, strict=True) if isinstance(v, Fact)]
        if found:
            most, name = max(found, key=lambda pair: pair[0].value)
            among = "" if len(found) == len(row.values) else " av det som visas"
            yield f"{_stop(row.label)} Flest svar{among}: {name} ({texts.percent(most.value)})."


def _stop(question: str) -> str:
    return question if question.endswith((".", "?", "!", ":")) else f"{question}:"


def _told(
    bare: Plot, scale: Scale, questions: Sequence[Question], report: PublishedReport, sort: str
) -> Plot:
    """One figure for each question: a share from a step upward, or a mean on the scale."""
    share = sort != "medel"
    rows = tuple(
        PlotRow(
            f"{question.text or words(question.id.rpartition('.')[2])} "
            f"({answered(question.n, report.cells.get(question.id))})",
            (figure(report, f"{question.id}.{sort}"),),
        )
        for question in questions
    )
    low, high = scale.minimum, scale.maximum
    ends = (low, high) if low is not None and high is not None else None
    return replace(
        bare,
        form="bars" if share else "dumbbell",
        unit="procent" if share else "",
        bounds=WHOLE if share else ends,
        series=("Andel",) if share else ("Medelvärde",),
        rows=rows,
        description=sentences([*_levels(rows), not_shown(rows)]),
    )


def _levels(rows: Sequence[PlotRow]) -> Iterator[str]:
    for row in rows:
        for value in row.values:
            if isinstance(value, Fact):
                yield f"{row.label}: {texts.shown(value)}."
