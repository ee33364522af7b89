"""Tables of what is answered in categories: once, and before beside after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from build_tools import texts
from build_tools.model import Blank, Fact, Kind, Measure, Row, Table
from build_tools.pages.grids import Grid, Line, Value, value
from build_tools.pages.tables.context import Context

MANY_ANSWERS = "En person kan räknas i flera rader."
BEFORE, AFTER = "fore", "efter"
CHANGES = (("skillnad", "Skillnad"), ("forandring", "Förändring"))
TOO_FEW = "för få"
TOO_FEW_MEANING = "Under 20 personer anges ingen förändring i procent."
JOINED = "på annan rad"
JOINED_MEANING = "Få personer: antalet räknas in i en annan rad."


def distribution(name: str, context: Context) -> Iterator[Grid]:
    """A question answered in categories, as protection lets it be shown; each population by itself."""
    for found in context.report.tables.values():
        asked = found.distribution
        told_once = asked.point not in (BEFORE, AFTER) and not asked.crossed
        if asked.measure == name and found.rows and told_once:
            yield _one(found, context)


def _one(found: Table, context: Context) -> Grid:
    measure = context.measure(found.distribution.measure)
    shares = any(f"{row.cell}.andel" in context.report.cells for row in found.rows)
    wide = shares and _base(found, context) >= texts.FEW
    lines = [*(_category_line(row, wide, context) for row in found.rows), *_total_line(found, wide, context)]
    columns = ("Antal", "Andel") if wide else ("Antal",)
    note = MANY_ANSWERS if found.distribution.coding == "flerval" else ""
    return Grid(_caption(found, context), _corner(measure, context), columns, tuple(lines), note)


def _caption(found: Table, context: Context) -> str:
    """The measure's name, with its population where the report has several tables of it."""
    asked = found.distribution
    label = context.name(asked.measure)
    alike = [t for t in context.report.tables.values() if t.distribution.measure == asked.measure]
    return f"{label}, {context.label('population', asked.population)}" if len(alike) > 1 else label


def _corner(measure: Measure | None, context: Context) -> str:
    found = context.publication.catalogue.enumerations.get(measure.enumeration if measure else "")
    return found.label if found else ""


def _base(found: Table, context: Context) -> Decimal:
    total = context.report.fact(found.total)
    return total.value if total else Decimal(0)


def _category_line(row: Row, wide: bool, context: Context) -> Line:
    values = [value(context.figure(row.cell))]
    if wide:
        values.append(percentage(context.figure(f"{row.cell}.andel")))
    return Line(row.label, tuple(values), level=row.level)


def percentage(figure: Fact | Blank | None) -> Value:
    """A share whose base stands elsewhere in the table: the percentage alone."""
    if isinstance(figure, Fact) and isinstance(figure.n, Decimal):
        return Value(texts.percent(figure.value, 0 if figure.n < texts.MANY else 1))
    return value(figure)


def _total_line(found: Table, wide: bool, context: Context) -> Iterator[Line]:
    total = context.report.fact(found.total)
    if total:
        whole = (Value(texts.percent(Decimal(100))),) if wide else ()
        yield Line("Totalt", (value(total), *whole), total=True)


def _change(figure: Fact | Blank | None) -> Value:
    """A difference, or a change in percent where it is of enough people."""
    if isinstance(figure, Fact) and figure.kind is Kind.SHARE and isinstance(figure.n, Decimal):
        return percentage(figure) if figure.n >= texts.FEW else Value(TOO_FEW, False, TOO_FEW_MEANING)
    return value(figure)


def before_after(context: Context) -> Iterator[Grid]:
    """The same question before and after, line by line, with the change where it could be computed."""
    for key, before in context.report.tables.items():
        base = key.removesuffix(f"@{BEFORE}")
        after = context.report.tables.get(f"{base}@{AFTER}")
        if base != key and after and (before.rows or after.rows):
            yield _Pair(base, before, after, context).grid()


@dataclass(frozen=True, slots=True)
class _Pair:
    """The two tables of one question, and how the ids of its cells begin."""

    base: str
    before: Table
    after: Table
    context: Context

    def grid(self) -> Grid:
        asked, context = self.before.distribution, self.context
        rows = {row.categories: row for row in (*self.before.rows, *self.after.rows)}
        changes = [(point, label) for point, label in CHANGES if self._known(point, rows)]
        lines = tuple(self._line(row, [point for point, _ in changes]) for row in rows.values())
        who = context.label("population", asked.population)
        n = f" ({texts.number(asked.n)} personer)" if asked.n is not None else ""
        return Grid(
            f"{context.name(asked.measure)} före och efter, {who}{n}",
            _corner(context.measure(asked.measure), context),
            ("Före", "Efter", *(label for _, label in changes)),
            lines,
            MANY_ANSWERS if asked.coding == "flerval" else "",
        )

    def _known(self, point: str, rows: Mapping[tuple[str, ...], Row]) -> bool:
        """Whether every line has a figure for a point of the question."""
        return all(self._cell(point, row) in self.context.report.cells for row in rows.values())

    def _cell(self, point: str, row: Row) -> str:
        return f"{self.base}@{point}.{row.categories[0] if len(row.categories) == 1 else ''}"

    def _line(self, row: Row, points: Sequence[str]) -> Line:
        sides = tuple(self._side(table, row) for table in (self.before, self.after))
        changes = tuple(_change(self.context.figure(self._cell(point, row))) for point in points)
        return Line(row.label, (*sides, *changes), level=row.level)

    def _side(self, table: Table, row: Row) -> Value:
        """The count of a line before or after; where it was joined with others, that it was."""
        found = next((one for one in table.rows if one.categories == row.categories), None)
        if found:
            return value(self.context.figure(found.cell))
        joined = any(set(row.categories) & set(one.categories) for one in table.rows)
        return Value(JOINED, False, JOINED_MEANING) if joined else value(None)
