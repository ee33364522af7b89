"""How participants rate themselves before and after, area by area."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from build_tools import texts
from build_tools.charts.rows import figure, named, words
from build_tools.charts.wording import answered, capital, not_shown, sentences
from build_tools.model import Fact, Plot, PlotRow, Publication, PublishedReport, Survey
from build_tools.stages import chart

RATED = "skattning."
SERIES = ("Före", "Efter", "Förändring")
COLUMNS = ("medel_fore", "medel_efter", "skillnad")


@chart("skattning", "Deltagarnas egna skattningar före och efter")
def ratings(report: PublishedReport, publication: Publication) -> Iterator[Plot]:
    """Medelvärdet av deltagarnas egna skattningar före och efter, område för område på hela skalan."""
    asked = (survey for survey in report.surveys if survey.id.startswith(RATED))
    found = [plot for survey in asked for plot in _plot(survey, report, publication)]
    for name, plot in zip(named("skattning", (plot.id for plot in found)), found, strict=True):
        yield replace(plot, id=name)


def _plot(survey: Survey, report: PublishedReport, publication: Publication) -> Iterator[Plot]:
    rows = tuple(_rows(survey, report, publication))
    instrument = survey.id.removeprefix(RATED).partition("@")[0]
    if any(isinstance(value, Fact) for row in rows for value in row.values[:2]):
        first = survey.questions[0]
        scale = publication.catalogue.scales.get(first.scale)
        low, high = (scale.minimum, scale.maximum) if scale else (None, None)
        bounds = (low, high) if low is not None and high is not None else None
        yield Plot(
            id=instrument,
            report=report.id,
            form="dumbbell",
            title=f"Egen skattning före och efter: {words(instrument)}",
            subtitle=", ".join(_subtitle(survey, report, scale.label if scale else "")),
            description=sentences([*_read(rows), not_shown(rows, SERIES)]),
            unit="",
            series=SERIES,
            rows=rows,
            corner="Område",
            bounds=bounds,
        )


def _subtitle(survey: Survey, report: PublishedReport, scale: str) -> Iterator[str]:
    yield "Medelvärden"
    yield answered(survey.questions[0].n)
    if scale:
        yield scale
    yield texts.period(survey.period or report.period)


def _rows(survey: Survey, report: PublishedReport, publication: Publication) -> Iterator[PlotRow]:
    for question in survey.questions:
        cells = [f"{question.id}.{column}" for column in COLUMNS]
        if any(cell in report.cells for cell in cells):
            label = question.text or _area(question.id.rpartition(".")[2], publication)
            yield PlotRow(label, tuple(figure(report, cell) for cell in cells))


def _area(code: str, publication: Publication) -> str:
    areas = publication.catalogue.enumerations.get("livsomrade")
    area = areas.categories.get(code) if areas else None
    return area.label if area else capital(words(code))


def _read(rows: tuple[PlotRow, ...]) -> Iterator[str]:
    for row in rows:
        before, after, _ = row.values
        if isinstance(before, Fact) and isinstance(after, Fact):
            yield f"{row.label}: från {texts.shown(before)} till {texts.shown(after)}."
