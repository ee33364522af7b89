"""The same question before and after, category by category."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from build_tools import texts
from build_tools.charts.rows import CHANGES, figure, named
from build_tools.charts.wording import capital, not_shown, period, sentences, who
from build_tools.model import (
    Blank,
    Cell,
    Fact,
    Mark,
    Plot,
    PlotRow,
    Publication,
    PublishedReport,
    Row,
    Table,
    Where,
)
from build_tools.stages import chart

SERIES = ("Före", "Efter")
BEFORE, AFTER = CHANGES
LEAST = 10
"""A change is told in percent only of so many before."""
ENOUGH = 2
MANY_ANSWERS = "En person kan räknas i flera rader."


@dataclass(frozen=True, slots=True)
class Pair:
    """A question asked twice: the tables before and after."""

    before: Table
    after: Table

    @property
    def base(self) -> str:
        """The beginning that the ids of both have."""
        return self.before.distribution.id.removesuffix(f"@{BEFORE}")


@chart("fore_efter", "Före och efter insatsen")
def changes(report: PublishedReport, publication: Publication) -> Iterator[Plot]:
    """Hur många som fanns i varje rad före och efter insatsen, med procent bara när minst tio fanns före."""
    found = [(pair, tuple(_rows(pair, report))) for pair in _pairs(report)]
    told = [(pair, rows) for pair, rows in found if sum(map(_both, rows)) and len(rows) >= ENOUGH]
    keys = (pair.before.distribution.measure for pair, _ in told)
    for name, (pair, rows) in zip(named("fore_efter", keys), told, strict=True):
        yield _plot(name, pair, rows, report, publication)


def _pairs(report: PublishedReport) -> Iterator[Pair]:
    for table in report.tables.values():
        if table.distribution.point == BEFORE:
            base = table.distribution.id.removesuffix(f"@{BEFORE}")
            after = report.tables.get(f"{base}@{AFTER}")
            if after:
                yield Pair(table, after)


def _both(row: PlotRow) -> bool:
    return all(isinstance(value, Fact) for value in row.values)


def _rows(pair: Pair, report: PublishedReport) -> Iterator[PlotRow]:
    """Every row of either table; joined otherwise in the other, it has no number there."""
    before, after = ({row.categories: row for row in table.rows} for table in (pair.before, pair.after))
    for key in dict.fromkeys((*before, *after)):
        row = before.get(key) or after[key]
        values = (
            _value(before.get(key), row, pair.before, report),
            _value(after.get(key), row, pair.after, report),
        )
        yield PlotRow(row.label, values, row.level, note=_change(pair, row, values, report))


def _value(own: Row | None, row: Row, table: Table, report: PublishedReport) -> Fact | Blank:
    if own:
        return figure(report, own.cell)
    cell = f"{table.distribution.id}.{row.categories[0]}" if len(row.categories) == 1 else ""
    if isinstance(report.cells.get(cell), Blank):
        return figure(report, cell)
    joined = any(code in other.categories for code in row.categories for other in table.rows)
    mark = Mark.PROTECTED if joined else Mark.MISSING
    return Blank(Cell(report.id, cell, table.distribution.measure), mark, Where(""))


def _change(pair: Pair, row: Row, values: tuple[Fact | Blank, ...], report: PublishedReport) -> str:
    """The change in percent, where so many were there before that a percentage says something."""
    change = report.fact(f"{pair.base}@forandring.{row.categories[0]}") if len(row.categories) == 1 else None
    before, after = values
    enough = isinstance(before, Fact) and isinstance(after, Fact) and before.value >= LEAST
    if change is None or not enough:
        return ""
    sign = "+" if change.value > 0 else ""
    return f"förändring {sign}{texts.percent(change.value)}"


def _plot(
    name: str, pair: Pair, rows: tuple[PlotRow, ...], report: PublishedReport, publication: Publication
) -> Plot:
    asked = pair.before.distribution
    measure = publication.catalogue.measures.get(asked.measure)
    enumeration = publication.catalogue.enumerations.get(measure.enumeration if measure else "")
    people = who(asked.population, publication.catalogue)
    whole = f"{texts.number(asked.n)} {people}" if asked.n is not None else capital(people)
    many = MANY_ANSWERS if asked.coding == "flerval" else ""
    return Plot(
        id=name,
        report=report.id,
        form="dumbbell",
        title=f"{measure.label if measure else capital(asked.measure)} före och efter",
        subtitle=f"{whole}, {period(report, asked.id)}",
        description=sentences([*_read(rows), many, not_shown(rows, SERIES)]),
        unit="personer",
        series=SERIES,
        rows=rows,
        corner=enumeration.label if enumeration else "",
    )


def _read(rows: tuple[PlotRow, ...]) -> Iterator[str]:
    for row in rows:
        before, after = row.values
        if isinstance(before, Fact) and isinstance(after, Fact):
            yield f"{row.label}: från {texts.shown(before)} till {texts.shown(after)}."
