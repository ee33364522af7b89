"""Reports as they may be shown: hidden figures become words, and what stands beside them goes too."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from build_tools.model import Blank, Correction, Distribution, Fact, Mark, PublishedReport, Table
from build_tools.protect import goals, surveys
from build_tools.protect.hiding import falls
from build_tools.protect.reasons import numbers
from build_tools.protect.sheets import Sheet
from build_tools.protect.terms import EARLIER
from build_tools.protect.years import earlier_figures


def published(
    sheet: Sheet, hidden: frozenset[str], corrections: Collection[Correction] = ()
) -> PublishedReport:
    """A report with its figures protected, still without notes."""
    report = sheet.report
    tables = {key: _table(sheet, table, hidden) for key, table in sheet.tables.items()}
    cells = dict(_cells(sheet, hidden))
    return PublishedReport(
        id=report.id,
        intervention=report.intervention,
        kind=report.kind,
        template=report.template,
        period=report.period,
        status=report.status,
        source=report.source,
        data_date=report.data_date,
        goal=report.goal,
        cells=cells,
        tables=tables,
        published=report.published,
        goals=goals.goals(report, cells, _units(sheet)),
        implementation=goals.statements(report, cells),
        previous_stated=dict(_earlier(sheet, hidden)),
        surveys=surveys.shown(sheet, hidden),
        parties=report.parties,
        posts=report.posts,
        section_periods=report.section_periods,
        prices=report.prices,
        prose=report.prose,
        corrections=tuple(_corrections(sheet, cells, corrections)),
    )


def _units(sheet: Sheet) -> dict[str, str]:
    return {key: measure.unit for key, measure in sheet.catalogue.measures.items()}


def veiled(figure: Fact | Blank) -> Blank:
    """A figure that is not shown. A word that the source has instead of a number stands."""
    return figure if isinstance(figure, Blank) else Blank(figure.cell, Mark.PROTECTED, figure.where)


def _cells(sheet: Sheet, hidden: Collection[str]) -> Iterator[tuple[str, Fact | Blank]]:
    """The report's own figures, and those of joined rows that are shown."""
    for key, figure in sheet.cells.items():
        if key not in hidden or isinstance(figure, Blank):
            yield key, figure
        elif key in sheet.report.cells:
            yield key, veiled(figure)


def _table(sheet: Sheet, table: Table, hidden: frozenset[str]) -> Table:
    rows = () if falls(sheet, table, hidden) else table.rows
    named = tuple(dict.fromkeys(code for row in rows for code in row.categories))
    asked = replace(table.distribution, categories=named, n=_n(sheet, table.distribution, hidden))
    return Table(asked, rows, "" if table.total in hidden else table.total)


def _n(sheet: Sheet, asked: Distribution, hidden: Collection[str]) -> Decimal | None:
    """How many answered, unless they are few or their number is hidden as the total."""
    few = asked.n is not None and sheet.limits.small(asked.n, asked.measure)
    return None if few or asked.id in hidden else asked.n


def _earlier(sheet: Sheet, hidden: Collection[str]) -> Iterator[tuple[str, Fact | Blank]]:
    for key, fact in earlier_figures(sheet).items():
        yield key, veiled(fact) if EARLIER + key in hidden else fact


def _corrections(
    sheet: Sheet, cells: Mapping[str, Fact | Blank], corrections: Collection[Correction]
) -> Iterator[Correction]:
    """The changes after publication; without the numbers where either may not be shown."""
    for change in corrections:
        figure = cells.get(change.place.partition("#")[2])
        told = isinstance(figure, Fact) and not _few(sheet, figure, change)
        yield change if told else replace(change, old="", new="")


def _few(sheet: Sheet, figure: Fact, change: Correction) -> bool:
    told = (number for text in (change.old, change.new) for number in numbers(text))
    return any(sheet.limits.refuses(replace(figure, value=number)) for number in told)
