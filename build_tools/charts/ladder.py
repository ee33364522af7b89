"""How many a project was meant for, took in and ended with, as each source counts them."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools import texts
from build_tools.charts.rows import figure, words
from build_tools.charts.wording import capital, not_shown, period, sentences
from build_tools.model import Catalogue, Fact, Plot, PlotRow, Publication, PublishedReport
from build_tools.stages import chart

STEPS = (
    ("mal", "Mål"),
    ("inskrivna", "Inskrivna"),
    ("identifierade", "Registrerade med personuppgifter"),
    ("anonyma", "Registrerade utan personuppgifter"),
    ("tidigt_avslutade", "Tidigt avslutade"),
    ("avslutade", "Avslutade"),
    ("pagaende", "Pågående"),
)
TARGET = "mal"
SEVERAL = "Källorna räknar var för sig och ska inte läggas ihop."
ENOUGH = 2


@chart("omfattning", "Hur många det gäller")
def ladder(report: PublishedReport, publication: Publication) -> Iterator[Plot]:
    """Hur många projektet var tänkt för, tog emot och avslutade, enligt varje källa."""
    catalogue = publication.catalogue
    rows = tuple(row for source in _sources(report) for row in _rows(source, report, catalogue))
    if sum(1 for row in rows for value in row.values if isinstance(value, Fact)) >= ENOUGH:
        several = len({row.group for row in rows}) > 1
        yield Plot(
            id="omfattning",
            report=report.id,
            form="ladder",
            title="Hur många det gäller",
            subtitle=period(report, "omfattning"),
            description=sentences([*_read(rows), SEVERAL if several else "", not_shown(rows)]),
            unit="personer",
            series=("Antal",),
            rows=rows,
        )


def _sources(report: PublishedReport) -> tuple[str, ...]:
    """The sources in the order of the report; the one that has a target first."""
    cells = [figure.cell for figure in report.cells.values() if figure.cell.measure.startswith("omfattning.")]
    found = dict.fromkeys(cell.category for cell in cells if cell.category)
    return tuple(sorted(found, key=lambda source: f"omfattning.{source}.{TARGET}" not in report.cells))


def _rows(source: str, report: PublishedReport, catalogue: Catalogue) -> Iterator[PlotRow]:
    group = _heading(source, report, catalogue)
    for step, label in STEPS:
        cell = f"omfattning.{source}.{step}"
        if cell in report.cells:
            mark = TARGET if step == TARGET else ""
            yield PlotRow(label, (figure(report, cell),), group=group, mark=mark)


def _heading(source: str, report: PublishedReport, catalogue: Catalogue) -> str:
    """Whose count it is, and of which day where that is told."""
    sources = catalogue.enumerations.get("kalla")
    known = sources.categories.get(source) if sources else None
    name = known.label if known else capital(words(source))
    facts = (report.fact(f"omfattning.{source}.{step}") for step, _ in STEPS)
    day = next((fact.period.end for fact in facts if fact and fact.period), None)
    return f"{name}, {texts.day(day)}" if day else name


def _read(rows: tuple[PlotRow, ...]) -> Iterator[str]:
    for group in dict.fromkeys(row.group for row in rows):
        told = [
            f"{row.label.lower()} {texts.shown(value)}"
            for row in rows
            for value in row.values
            if row.group == group and isinstance(value, Fact)
        ]
        if told:
            yield f"{group}: {', '.join(told)}."
