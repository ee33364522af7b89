"""From what participants lived on when they came, to what they left for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from build_tools import texts
from build_tools.charts.rows import figure, named
from build_tools.charts.wording import base, not_shown, sentences
from build_tools.model import Catalogue, Fact, Plot, PlotRow, Publication, PublishedReport, Table
from build_tools.stages import chart

EXITS = "avslutsorsak"
SHORT = {"annan_rehab": "Annan rehab", "ovriga_utfall": "Övriga avslut"}
"""Headings that are too long for a column."""
TOLD = 3


@chart("overgangar", "Från försörjning till avslut")
def transitions(report: PublishedReport, publication: Publication) -> Iterator[Plot]:
    """Hur många som gick från varje försörjning till varje slags avslut; små tal visas inte."""
    crossed = [table for table in report.tables.values() if table.distribution.crossed]
    found = [plot for table in crossed for plot in _plot(table, report, publication)]
    keys = (plot.id for plot in found)
    for name, plot in zip(named("overgangar", keys), found, strict=True):
        yield replace(plot, id=name)


def _plot(table: Table, report: PublishedReport, publication: Publication) -> Iterator[Plot]:
    catalogue = publication.catalogue
    exits = tuple(_exits(table, report, catalogue))
    rows = tuple(
        PlotRow(row.label, tuple(figure(report, f"{row.cell}.{code}") for code, _, _ in exits), row.level)
        for row in table.rows
    )
    names = tuple(name for _, name, _ in exits)
    if sum(1 for row in rows for value in row.values if isinstance(value, Fact) and value.value):
        yield Plot(
            id=table.distribution.population,
            report=report.id,
            form="matrix",
            title="Från försörjning till avslut",
            subtitle=base(table, report, catalogue),
            description=sentences([*_read(rows, exits), not_shown(rows, names)]),
            unit="personer",
            series=names,
            rows=rows,
            corner="Försörjning vid start",
        )


def _exits(table: Table, report: PublishedReport, catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    """The exits that any row has, each with the heading of its column and its whole name."""
    known = catalogue.enumerations.get(EXITS)
    labels = {code: category.label for code, category in known.reporting.items()} if known else {}
    for code in dict.fromkeys((*labels, *table.distribution.groups)):
        cells = [report.cells.get(f"{row.cell}.{code}") for row in table.rows]
        if any(cell is not None and not (isinstance(cell, Fact) and not cell.value) for cell in cells):
            label = labels.get(code, code)
            yield code, SHORT.get(code, label), label


def _read(rows: tuple[PlotRow, ...], exits: tuple[tuple[str, str, str], ...]) -> Iterator[str]:
    """Tell the largest numbers, and what a shortened heading stands for."""
    found = [
        (value, f"från {row.label} till {label.lower()}")
        for row in rows
        for value, (_, _, label) in zip(row.values, exits, strict=True)
        if isinstance(value, Fact) and value.value
    ]
    most = sorted(found, key=lambda pair: -pair[0].value)[:TOLD]
    yield f"Flest: {texts.listed([f'{way} ({texts.shown(fact)})' for fact, way in most])}."
    for _, short, label in exits:
        if short.lower() != label.lower():
            yield f"{short} är {label.lower()}."
