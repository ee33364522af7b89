"""Tables as the reader meets them: every place holds a number or a word, never nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from build_tools import texts
from build_tools.model import Blank, Fact, Kind, Mark, Measure, Plot, PlotRow

SEXES = {"kvinna": "Kvinnor", "man": "Män", "annat_eller_okant": "Annat eller okänt", "": "Totalt"}
SIGNS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Value:
    """One place of a table. `mark` explains the word that stands there instead of a number."""

    text: str
    number: bool = True
    mark: str = ""
    anchor: str = ""
    href: str = ""
    broken: str = ""
    """The sign of the footnote that tells why it cannot be compared with the value before it."""
    word: bool = False
    """Whether a word with a mark stands among words, and not in the place of a number."""
    noted: str = ""
    """The anchor of the footnote about it; what follows the last hyphen is its sign."""
    refused: bool = False
    """Whether it cannot be compared with the first of its kind in the table."""

    def told(self, noted: str, *, refused: bool = False) -> Value:
        """The same with a footnote."""
        return replace(self, noted=noted, refused=refused)


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its heading, perhaps linked, and its values. `spark` is a small drawing of them.

    `noted` is as that of a value, and about the whole row.
    """

    label: str
    values: tuple[Value, ...]
    href: str = ""
    level: int = 0
    total: bool = False
    badge: str = ""
    spark: str = ""
    noted: str = ""


@dataclass(frozen=True, slots=True)
class Footnote:
    """What is said below a table of one of its lines or values, after a sign or a name."""

    sign: str
    text: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A whole table with caption and column headings; `subheads` stand in small under the headings."""

    caption: str
    corner: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    note: str = ""
    subheads: tuple[str, ...] = ()
    footnotes: tuple[Footnote, ...] = ()


def sign(place: int) -> str:
    """The sign of a footnote: a, b … z, then aa, ab …"""
    more, rest = divmod(place, len(SIGNS))
    return (sign(more - 1) if more else "") + SIGNS[rest]


def remarks_on(figures: Iterable[tuple[str, Fact | Blank | None]]) -> tuple[Footnote, ...]:
    """What the source or the writer says of shown figures, each after the name of its line, once."""
    told = dict.fromkeys(
        (name, figure.note) for name, figure in figures if isinstance(figure, Fact) and figure.note
    )
    return tuple(Footnote(f"{name}:", note) for name, note in told)


def share_text(fact: Fact) -> str:
    """A share as its base deserves; without a known base, and of a change, the percentage alone."""
    if fact.cell.point == "forandring":
        return texts.percent(fact.value)
    if isinstance(fact.n, Decimal) and fact.n > 0:
        return texts.share(texts.rounded(fact.value * fact.n / 100, 0), fact.n)
    return texts.shown(fact)


def figure_text(figure: Fact | Blank | None, unit: str = "") -> str:
    """A figure with its unit, or the word that stands in its place."""
    if figure is None:
        return texts.MARKS[Mark.MISSING]
    if isinstance(figure, Fact) and figure.kind is Kind.SHARE:
        return share_text(figure)
    return texts.shown(figure, unit)


def value(figure: Fact | Blank | None, unit: str = "", anchor: str = "", href: str = "") -> Value:
    """A figure as a place in a table."""
    if isinstance(figure, Fact):
        return Value(figure_text(figure, unit), anchor=anchor, href=href)
    mark = Mark.MISSING if figure is None else figure.mark
    return Value(texts.MARKS[mark], False, texts.MARK_MEANINGS[mark], anchor, href)


def word(text: str, href: str = "") -> Value:
    """A text as a place in a table."""
    return Value(text, False, href=href) if text else value(None)


def groups_of(figures: Iterable[Fact | Blank]) -> tuple[str, ...]:
    """The sexes that some figures are split by, in the order they are shown, the total last."""
    found = {figure.cell.group for figure in figures}
    known = [group for group in SEXES if group in found]
    return (*known[:-1], known[-1]) if known else ()


def group_label(group: str) -> str:
    """The heading of a column of counts for one group."""
    return SEXES.get(group, group.replace("_", " ").replace("+", ", ").capitalize())


def base_text(figure: Fact | Blank | None) -> str:
    """How many stand behind a mean: `n 39`, or that the source does not say."""
    if isinstance(figure, Fact) and figure.kind is Kind.MEAN:
        return f"n{texts.NBSP}{texts.number(figure.n)}" if isinstance(figure.n, Decimal) else "n saknas"
    return ""


def with_base(figure: Fact | Blank | None, measure: Measure, anchor: str = "") -> Value:
    """A figure with its unit and, for a mean, how many stand behind it."""
    place = value(figure, measure.unit if measure.kind is Kind.MEAN else "", anchor)
    base = base_text(figure)
    return Value(f"{place.text} ({base})", True, "", anchor) if base else place


def twin(plot: Plot) -> Grid:
    """The table of a chart, from the chart's own rows."""
    unit = plot.unit if plot.unit not in {"personer", "kr"} else ""
    lines = tuple(_twin_line(row, row.unit or unit, bool(plot.aside)) for row in plot.rows)
    columns = plot.series or (texts.unit_name(plot.unit).capitalize() or "Antal",)
    aside = (plot.aside,) if plot.aside else ()
    return Grid(plot.title, plot.corner or "Uppgift", (*columns, *aside), lines)


def _twin_line(row: PlotRow, unit: str, aside: bool) -> Line:
    """A row of a chart with its group and its note, which has a place of its own or stands in brackets."""
    label = f"{row.group}: {row.label}" if row.group else row.label
    noted = f"{label} ({row.note})" if row.note and not aside else label
    values = tuple(value(figure, unit) for figure in row.values)
    return Line(noted, (*values, *((word(row.note),) if aside else ())), level=row.level)


def present(lines: Sequence[Line | None]) -> Iterator[Line]:
    """The lines that there are."""
    return (line for line in lines if line is not None)
