"""Hides what may not be shown and then, figure by figure, whatever would give it back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from build_tools.model import Blank, Kind, Mark, Table
from build_tools.protect import audit, surveys
from build_tools.protect.ledger import Quantity, quantities
from build_tools.protect.limits import SINGLE
from build_tools.protect.populations import too_few
from build_tools.protect.ratios import of_hidden, rests
from build_tools.protect.relations import of_sheet
from build_tools.protect.sheets import Sheet, cell_id
from build_tools.protect.terms import EARLIER, Terms
from build_tools.protect.windows import Overlaps, overlaps
from build_tools.protect.years import Lineage, earlier_figures, of_mergers, of_years, pairs

ASKED = frozenset({"enkat", "skattning"})
"""Measures whose every answer is told: those who are left stand among them."""
Place = tuple[str, str]
"""A report, and a cell in it or a figure beside a cell (see `terms`)."""
Hidden = frozenset[Place]


@dataclass(frozen=True, slots=True)
class Book:
    """All relations of an insats with the figures they speak of, each key with its report before it."""

    relations: tuple[Terms, ...]
    quantities: Mapping[str, Quantity]
    owners: Mapping[str, Place]
    """What is hidden with a figure, where anything can be."""

    def unknown(self, hidden: Hidden) -> frozenset[str]:
        """The figures that a reader does not see when some cells are hidden."""
        figures = self.quantities.items()
        return frozenset(
            key for key, figure in figures if figure.value is None or self.owners.get(key) in hidden
        )


def _key(report: str, cell: str) -> str:
    return f"{report}#{cell}"


def hidden_in(sheets: Sequence[Sheet], lineage: Lineage) -> Hidden:
    """What is hidden in the reports of one insats and those it came of, each insats in order of periods."""
    hidden = frozenset((sheet.report.id, key) for sheet in sheets for key in _refused(sheet))
    windows = overlaps(sheets, lineage)
    asked = hidden or windows.stretches or any(map(_keeps, sheets))
    book = _book(sheets, lineage, windows) if asked else Book((), {}, {})
    while True:
        more = hidden | {(s.report.id, key) for s in sheets for key in _following(s, _of(s, hidden))}
        more |= _next(book, more)
        if more == hidden:
            return hidden
        hidden = more


def _of(sheet: Sheet, hidden: Hidden) -> frozenset[str]:
    return frozenset(cell for report, cell in hidden if report == sheet.report.id)


def _refused(sheet: Sheet) -> Iterator[str]:
    """What may not be shown for what it says by itself."""
    yield from sheet.unseen
    yield from surveys.refused(sheet)
    yield from (key for key, fact in sheet.facts() if sheet.limits.refuses(fact) or too_few(sheet, fact))
    yield from (EARLIER + key for key, fact in earlier_figures(sheet).items() if sheet.limits.refuses(fact))
    yield from _left_over(sheet)


def _left_over(sheet: Sheet) -> Iterator[str]:
    """What all but a few of those asked answered, or of those counted have in common."""
    for key, fact in sheet.facts():
        n = fact.n if fact.kind is Kind.COUNT and fact.cell.measure not in ASKED else None
        if isinstance(n, Decimal) and sheet.limits.small(n - fact.value, fact.cell.measure):
            yield key
    for asked in sheet.report.distributions:
        n = asked.n if asked.coding == "flerval" else None
        for code in asked.categories if n is not None else ():
            answer = sheet.fact(cell_id(asked.id, code))
            if n is not None and answer and sheet.limits.small(n - answer.value, asked.measure):
                yield answer.cell.id


def _keeps(sheet: Sheet) -> bool:
    """Whether a report has few in a place that no cell shows: kept back by its source, or left by a share."""
    kept = (
        figure.cell
        for figure in sheet.cells.values()
        if isinstance(figure, Blank) and figure.mark is Mark.WITHHELD
    )
    return any(not cell.measure.endswith(SINGLE) for cell in kept) or any(True for _ in rests(sheet))


def _following(sheet: Sheet, hidden: frozenset[str]) -> Iterator[str]:
    """What falls with that which is hidden: ratios of it, and tables that would lose a row."""
    yield from of_hidden(sheet, hidden)
    for table in sheet.tables.values():
        if falls(sheet, table, hidden):
            yield from _categories(sheet, table)


def falls(sheet: Sheet, table: Table, hidden: frozenset[str]) -> bool:
    """Whether a table loses its rows: with one row hidden, or the total, the others are hidden too."""
    rows = [row.cell for row in table.rows if sheet.fact(row.cell)]
    added = table.distribution.coding == "enval"
    return added and (table.total in hidden or any(cell in hidden for cell in rows))


def _categories(sheet: Sheet, table: Table) -> Iterator[str]:
    start, measure = f"{table.distribution.id}.", table.distribution.measure
    for key, fact in sheet.facts():
        if key.startswith(start) and fact.cell.measure == measure and fact.cell.category:
            yield key


def _book(sheets: Sequence[Sheet], lineage: Lineage, windows: Overlaps) -> Book:
    relations: list[Terms] = []
    spoken: dict[str, set[str]] = {sheet.report.id: set() for sheet in sheets}
    told = (tie for earlier, later in pairs(sheets, lineage) for tie in of_years(earlier, later))
    for tie in (*told, *of_mergers(sheets, lineage), *windows.ties):
        relations.append({_key(*place): weight for place, weight in tie.items()})
        for report, cell in tie.keys() - windows.stretches.keys():
            spoken[report].add(cell)
    for sheet in sheets:
        for terms in of_sheet(sheet):
            relations.append({_key(sheet.report.id, key): weight for key, weight in terms.items()})
            spoken[sheet.report.id].update(terms)
    figures, owners = _figures(sheets, spoken)
    stretches = {_key(*place): stretch for place, stretch in windows.stretches.items()}
    return Book(tuple(relations), figures | stretches, owners)


def _figures(
    sheets: Sequence[Sheet], spoken: Mapping[str, set[str]]
) -> tuple[dict[str, Quantity], dict[str, Place]]:
    figures: dict[str, Quantity] = {}
    owners: dict[str, Place] = {}
    for sheet in sheets:
        name = sheet.report.id
        for key, figure in quantities(sheet, spoken[name]).items():
            figures[_key(name, key)] = figure
            if figure.owner:
                owners[_key(name, key)] = (name, figure.owner)
    return figures, owners


def _next(book: Book, hidden: Hidden) -> Hidden:
    """One more cell for each report whose hidden figures can be worked out."""
    unknown = book.unknown(hidden)
    chosen: dict[str, Place] = {}
    for leak in audit.leaks(book.relations, book.quantities, unknown):
        report = leak.hidden[0].partition("#")[0]
        able = [key for key in leak.by if key in book.owners]
        if able and report not in chosen:
            cheapest = min(able, key=lambda key: (book.quantities[key].rank, key))
            chosen[report] = book.owners[cheapest]
    return frozenset(chosen.values())
