"""The figures of a handbook: tables with base, time and page, drawn where that helps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from types import MappingProxyType

from build_tools import texts
from build_tools.model import Blank, Fact, FigureRow, FigureTable, Kind, Mark, Note
from build_tools.pages.grids import Footnote, Grid, Line, Value, sign, value
from build_tools.pages.handbooks.notes import at_figures
from build_tools.pages.handbooks.pieces import Piece, block
from build_tools.pages.handbooks.view import View, part_anchor

NEUTRAL = {
    "med": "Är inräknade bland de positiva.",
    "utan": "Är inte inräknade bland de positiva.",
    "egen": "Står för sig.",
    "inget": "Frågan har inget neutralt svar.",
    "saknas": "Källan säger inte om de är inräknade.",
}
"""How those who answered in the middle are counted."""
UNTOLD = texts.MARKS[Mark.MISSING]
NO_NOTES: Mapping[str, tuple[Note, ...]] = MappingProxyType({})


def figure_pieces(table: FigureTable, view: View) -> Iterator[Piece]:
    """A table of figures with its definition, base and time, and a note at each figure that has one."""
    drawings = view.publication.handbook_drawings.get(view.handbook.id, {})
    values = {
        "table": table,
        "facts": tuple(_facts(table)),
        "grid": grid(table, at_figures(table.id, view)),
        "drawing": drawings.get(table.id),
    }
    yield Piece(table.title, part_anchor("siffror", table.id), block("siffror", values))


def _facts(table: FigureTable) -> Iterator[tuple[str, str]]:
    yield "Bas", table.base or "Står vid varje rad."
    yield "Gäller", as_of(table.as_of) or "Står vid varje rad."
    if table.neutral:
        yield "Neutrala svar", NEUTRAL[table.neutral]


def as_of(told: str) -> str:
    """A day, a month or a period in words; a word where the source does not say."""
    if told == Mark.MISSING:
        return UNTOLD
    return "–".join(texts.since(part) for part in told.split("/")) if told else ""


def grid(table: FigureTable, accepted: Mapping[str, tuple[Note, ...]] = NO_NOTES) -> Grid:
    """The table as it is read. What is said of a row or a figure stands below, with a sign at the figure."""
    signs = _Signs(table.id)
    lines = tuple(_line(table, row, signs, accepted) for row in table.rows.values())
    for note in accepted.get("", ()):
        signs.at(table.title, (_reason(note),))
    names = tuple(column.name for column in table.columns.values())
    return Grid(table.title, "", names, lines, footnotes=tuple(signs.footnotes))


@dataclass(slots=True)
class _Signs:
    """The footnotes of a table as they come."""

    table: str
    footnotes: list[Footnote] = field(default_factory=list)

    def at(self, name: str, said: Iterable[str]) -> str:
        """The anchor of what is said of something; nothing where nothing is said."""
        told = " ".join(said)
        if not told:
            return ""
        mark = sign(len(self.footnotes))
        anchor = f"not-{texts.anchor(self.table)}-{mark}"
        self.footnotes.append(Footnote(mark, f"{name}: {told}", anchor))
        return anchor


def _line(
    table: FigureTable, row: FigureRow, signs: _Signs, accepted: Mapping[str, tuple[Note, ...]]
) -> Line:
    noted = signs.at(row.name, _told(row, table))
    values = []
    for column in table.columns.values():
        figure = table.cell(row.id, column.id)
        said = [figure.note] if isinstance(figure, Fact | Blank) and figure.note else []
        said += [_reason(note) for note in accepted.get(f"{table.id}.{row.id}.{column.id}", ())]
        place = signs.at(f"{row.name}, {column.name}", said)
        values.append(replace(_value(table, row.id, column.id), noted=place))
    return Line(row.name, tuple(values), noted=noted)


def _reason(note: Note) -> str:
    """What somebody answered the rule that remarked on a figure."""
    return f"{note.reason} (Granskad anmärkning, regel {note.code}.)"


def _value(table: FigureTable, row: str, column: str) -> Value:
    """A share as it is written, with its base beside: how many it was is for the source to say."""
    figure, unit = table.cell(row, column), table.columns[column].unit
    if isinstance(figure, Fact) and figure.kind is Kind.SHARE:
        base = f" (n{texts.NBSP}{texts.number(figure.n)})" if isinstance(figure.n, Decimal) else ""
        return Value(f"{texts.shown(figure, unit)}{base}")
    return value(figure, unit)


def _told(row: FigureRow, table: FigureTable) -> Iterator[str]:
    """What holds of a row alone."""
    if row.base and row.base != table.base:
        yield f"Bas: {row.base.rstrip('.')}."
    if row.as_of and row.as_of != table.as_of:
        yield f"Gäller {as_of(row.as_of).rstrip('.')}."
    if row.page and row.page != table.page:
        yield f"Källan, {texts.source_pages(row.page)}."
    if row.note:
        yield row.note
