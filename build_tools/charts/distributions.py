"""Questions answered in categories: who referred the participants, and what they live on."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.charts.rows import by_size, in_order, shown, tables
from build_tools.charts.wording import base, not_shown, ranking, sentences
from build_tools.model import Plot, PlotRow, Publication, PublishedReport, Table
from build_tools.stages import chart

MANY_ANSWERS = "En person kan räknas i flera rader."


@chart("aktualiserad_av", "Vem som aktualiserade deltagarna")
def referrers(report: PublishedReport, publication: Publication) -> Iterator[Plot]:
    """Hur många deltagare som kom från varje part, den största överst."""
    return distribution("aktualiserad_av", report, publication, sort=True)


@chart("forsorjning", "Deltagarnas försörjning")
def support(report: PublishedReport, publication: Publication) -> Iterator[Plot]:
    """Hur många deltagare som hade varje slags försörjning, den vanligaste överst."""
    return distribution("forsorjning", report, publication, sort=True)


def distribution(
    measure: str, report: PublishedReport, publication: Publication, *, sort: bool
) -> Iterator[Plot]:
    """The plots of a measure, one for each of its distributions that has something to show."""
    for name, table in tables(report, measure):
        rows = by_size(report, table, publication.catalogue) if sort else in_order(report, table)
        if shown(rows):
            yield _plot(name, table, rows, report, publication)


def _plot(
    name: str, table: Table, rows: tuple[PlotRow, ...], report: PublishedReport, publication: Publication
) -> Plot:
    catalogue = publication.catalogue
    measure = catalogue.measures.get(table.distribution.measure)
    enumeration = catalogue.enumerations.get(measure.enumeration if measure else "")
    many = MANY_ANSWERS if table.distribution.coding == "flerval" else ""
    return Plot(
        id=name,
        report=report.id,
        form="bars",
        title=measure.label if measure else name,
        subtitle=base(table, report, catalogue),
        description=sentences([ranking(rows), many, not_shown(rows)]),
        unit="personer",
        series=("Antal",),
        rows=rows,
        corner=enumeration.label if enumeration else "",
    )
