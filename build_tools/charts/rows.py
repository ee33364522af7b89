"""Picks the rows of a chart from a report, as protection lets them be shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from build_tools.model import Blank, Catalogue, Cell, Fact, Mark, PlotRow, PublishedReport, Row, Table, Where

CHANGES = ("fore", "efter")
"""The points of a question that is asked twice."""


def figure(report: PublishedReport, cell: str) -> Fact | Blank:
    """What may be shown of a cell; where the report has no such cell, that it is missing."""
    found = report.cells.get(cell)
    return Blank(Cell(report.id, cell, cell), Mark.MISSING, Where("")) if found is None else found


def tables(report: PublishedReport, measure: str) -> Iterator[tuple[str, Table]]:
    """The distributions of a measure with the id of their chart: the first goes by the measure's own name."""
    found = {key: table for key, table in report.tables.items() if _asked_once(table, measure)}
    first = measure if measure in found else next(iter(found), "")
    for key in sorted(found, key=lambda key: key != first):
        yield (measure if key == first else f"{measure}-{key.partition('@')[2]}"), found[key]


def _asked_once(table: Table, measure: str) -> bool:
    """Whether a table answers one question at one time; before and after have a chart of their own."""
    asked = table.distribution
    return asked.measure == measure and not asked.crossed and asked.point not in CHANGES


def named(base: str, keys: Iterable[str]) -> Iterator[str]:
    """The ids of several charts of a kind: the first goes by the name of the kind alone."""
    for number, key in enumerate(keys):
        yield f"{base}-{key}" if number else base


def words(code: str) -> str:
    """An id in running text."""
    return code.replace("_", " ")


def in_order(report: PublishedReport, table: Table) -> tuple[PlotRow, ...]:
    """The rows of a table as they stand."""
    return tuple(PlotRow(row.label, (figure(report, row.cell),), row.level) for row in table.rows)


def by_size(report: PublishedReport, table: Table, catalogue: Catalogue) -> tuple[PlotRow, ...]:
    """The rows of a table, largest first, each followed by its parts; what is joined or a word comes last."""
    groups: list[list[Row]] = []
    for row in table.rows:
        if row.level and groups:
            groups[-1].append(row)
        else:
            groups.append([row])

    def rank(row: Row) -> tuple[bool, bool, Decimal]:
        fact = report.fact(row.cell)
        return (fact is None, _joined(row, table, catalogue), -fact.value if fact else Decimal(0))

    rows = (
        row
        for head, *parts in sorted(groups, key=lambda group: rank(group[0]))
        for row in (head, *sorted(parts, key=rank))
    )
    return tuple(PlotRow(row.label, (figure(report, row.cell),), row.level) for row in rows)


def _joined(row: Row, table: Table, catalogue: Catalogue) -> bool:
    """Whether a row gathers categories that have no common head."""
    measure = catalogue.measures.get(table.distribution.measure)
    enumeration = catalogue.enumerations.get(measure.enumeration if measure else "")
    known = enumeration.categories if enumeration else {}
    heads = {known[code].parent or code if code in known else code for code in row.categories}
    return len(heads) > 1


def shown(rows: Iterable[PlotRow]) -> tuple[Fact, ...]:
    """The numbers of some rows."""
    return tuple(value for row in rows for value in row.values if isinstance(value, Fact))
