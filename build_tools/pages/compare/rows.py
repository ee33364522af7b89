"""The figures of two reports as tables: whole figures at once, what they consist of to open.

Nothing is reckoned here: differences, verdicts and words are those of the comparison.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from build_tools import texts
from build_tools.addresses import measure_path, to
from build_tools.model import (
    Blank,
    Catalogue,
    Chance,
    Comparability,
    Correction,
    Difference,
    Fact,
    Pair,
    PairRow,
    Run,
)
from build_tools.pages.compare.marks import dumbbell, spark
from build_tools.pages.grids import Footnote, figure_text, sign

VERDICTS = {
    Comparability.YES: ("ja", "Kan jämföras"),
    Comparability.RESERVED: ("forbehall", "Förbehåll"),
    Comparability.NO: ("nej", "Kan inte jämföras"),
}
ASKED = "enkat"
SERIES = "serie"
BY_SEX = "Uppdelat på kön"
TOTAL = "Totalt"
SURE = (Chance.UNLIKELY, Chance.NONE)


@dataclass(frozen=True, slots=True)
class Cells:
    """A row as it stands in a table. `sign` leads to what is said below of this row and others."""

    anchor: str
    key: str
    label: str
    href: str
    level: int
    verdict: str
    a: Markup
    b: Markup
    difference: str
    way: str
    percent: str
    percent_sign: str
    drawing: Markup
    word: str
    note: str
    note_signs: tuple[str, ...]
    presence: str


@dataclass(frozen=True, slots=True)
class PairTable:
    """Rows under one caption, with what holds for several of them below."""

    id: str
    caption: str
    rows: tuple[Cells, ...]
    footnotes: tuple[Footnote, ...]
    href: str = ""
    said: str = ""
    """How many rows there are, and of what kinds, for the line that opens them."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a table needs besides its rows: addresses, anchors, and what the reports are called."""

    path: str
    catalogue: Catalogue
    anchors: Mapping[str, str]
    reports: tuple[str, str]
    names: Mapping[str, str]
    runs: Mapping[str, Run] = field(default_factory=dict)

    def href(self, measure: str) -> str:
        """The way to the page of a measure."""
        return to(self.path, measure_path(measure)) if measure in self.catalogue.measures else ""


def anchors(pair: Pair) -> dict[str, str]:
    """The anchor of each row by its key, no two alike."""
    given: dict[str, str] = {}
    taken: Counter[str] = Counter()
    for row in pair.rows():
        name = f"rad-{texts.anchor(row.key)}"
        taken[name] += 1
        given[row.key] = f"{name}--{taken[name]}" if taken[name] > 1 else name
    return given


def tables(rows: Sequence[PairRow], name: str, caption: str, named: Named) -> Iterator[PairTable]:
    """The whole figures of a section, if it has any, and then a table for each that is told in parts."""
    whole: list[PairRow] = []
    parts: dict[str, list[PairRow]] = {}
    for row in rows:
        home = family(row)
        (parts.setdefault(home, []) if home else whole).append(row)
    whole += [own[0] for own in parts.values() if len(own) == 1]
    kept = {home: own for home, own in parts.items() if len(own) > 1}
    order = {row.key: at for at, row in enumerate(rows)}
    if whole:
        yield _table(name, caption, sorted(whole, key=lambda row: order[row.key]), [], named)
    for at, (home, own) in enumerate(kept.items(), 1):
        shared = [] if home == BY_SEX else common([row.label for row in own])
        yield _table(f"{name}-{at}", ", ".join(shared) or home, own, shared, named)


def family(row: PairRow) -> str:
    """What a row is a part of: nothing where it is a whole figure."""
    figure = row.b or row.a
    if figure is None:
        return ""
    if row.measure.startswith(ASKED) and (figure.cell.category or figure.cell.group or row.is_sum):
        return ".".join(row.key.split(".")[:3])
    if figure.cell.category or row.is_sum:
        return f"{row.measure}@{figure.cell.population}"
    if figure.cell.point == SERIES:
        return f"{row.measure}@{SERIES}"
    return BY_SEX if figure.cell.group else ""


def common(labels: Sequence[str]) -> list[str]:
    """The words that all labels of a table share, in their order: they name the table."""
    parted = [label.split(", ") for label in labels]
    return [word for word in parted[0] if all(word in other for other in parted[1:])]


def _table(
    name: str, caption: str, rows: Sequence[PairRow], shared: Sequence[str], named: Named
) -> PairTable:
    signs = _signs(rows)
    cells = tuple(_cells(row, shared, signs, named) for row in rows)
    footnotes = tuple(Footnote(letter, text, f"not-{name}-{letter}") for text, letter in signs.items())
    measures = {row.measure for row in rows}
    href = named.href(measures.pop()) if shared and len(measures) == 1 else ""
    return PairTable(name, caption, cells, footnotes, href, _said(rows))


def _said(rows: Sequence[PairRow]) -> str:
    """`12 rader, 3 med förbehåll`, in the order of the verdicts."""
    found = Counter(row.comparison.verdict for row in rows)
    told = [f"{len(rows)} rader"]
    if found[Comparability.RESERVED]:
        told.append(f"{found[Comparability.RESERVED]} med förbehåll")
    if found[Comparability.NO]:
        told.append(f"{found[Comparability.NO]} kan inte jämföras")
    return ", ".join(told)


def _short(row: PairRow, shared: Sequence[str]) -> str:
    """A label without the words that name its table."""
    own = [word for word in row.label.split(", ") if word not in shared]
    short = ", ".join([TOTAL, *own] if row.is_sum else own) or TOTAL
    return f"{short[:1].upper()}{short[1:]}" if shared else row.label


def _signs(rows: Iterable[PairRow]) -> dict[str, str]:
    """A letter for each text that stands below the table: what several rows share, and why no percent."""
    notes = Counter(text for row in rows for text in _notes(row))
    wanted: dict[str, None] = {}
    for row in rows:
        found = row.comparison.difference
        if found and not found.relative_text:
            wanted.setdefault(found.relative_reason)
        wanted |= dict.fromkeys(text for text in _notes(row) if notes[text] > 1)
    return {text: sign(at) for at, text in enumerate(wanted)}


def _notes(row: PairRow) -> Iterator[str]:
    """What a reader must know of a row: why it cannot be compared, or with what in mind."""
    found = row.comparison
    told = " ".join(one.text for one in found.refusals or found.reservations)
    yield from (text for text in (told, found.difference.note if found.difference else "") if text)


def _cells(row: PairRow, shared: Sequence[str], signs: Mapping[str, str], named: Named) -> Cells:
    found = row.comparison.difference
    verdict, word = VERDICTS[row.comparison.verdict]
    told = tuple(_notes(row))
    return Cells(
        anchor=named.anchors[row.key],
        key=row.key,
        label=_short(row, shared),
        href="" if shared else named.href(row.measure),
        level=row.level,
        verdict=verdict,
        a=_side(row, 0, named),
        b=_side(row, 1, named),
        difference=found.text if found else "",
        way=_way(found),
        percent=found.relative_text if found else "",
        percent_sign=signs.get(found.relative_reason, "") if found else "",
        drawing=_drawing(row, named),
        word=word if row.comparison.reasons else _chance(found),
        note=" ".join(text for text in told if text not in signs),
        note_signs=tuple(signs[text] for text in told if text in signs),
        presence=row.presence_text,
    )


def _way(found: Difference | None) -> str:
    """Whether a difference goes up or down and is more than chance: only such ones are marked."""
    if found is None or not found.value or found.chance not in SURE:
        return ""
    return "sr-upp" if found.value > 0 else "sr-ned"


def _chance(found: Difference | None) -> str:
    if found is None:
        return VERDICTS[Comparability.YES][1]
    if not found.value:
        return ""
    return f"{found.chance.value[:1].upper()}{found.chance.value[1:]}"


def _side(row: PairRow, side: int, named: Named) -> Markup:
    """A figure as its report shows it, with what it was before a correction and what the other says of it."""
    figure = (row.a, row.b)[side]
    word = Markup('<span class="sr-mark">{}</span>')
    value = escape(row.shown[side]) if isinstance(figure, Fact) else word.format(row.shown[side])
    before = Markup("").join(_corrected(one) for one in row.corrections if _about(one, figure))
    if side or row.told is None:
        return before + value
    measure = named.catalogue.measures.get(row.measure)
    told = figure_text(row.told, measure.unit if measure else "")
    later = Markup('<span class="sr-under">{} enligt rapporten för {}</span>')
    return before + value + later.format(told, named.names[named.reports[1]])


def _about(one: Correction, figure: Fact | Blank | None) -> bool:
    """Whether a correction is of a figure, and may tell what stood there first."""
    if figure is None or not one.old:
        return False
    return one.place == f"{figure.cell.report}#{figure.cell.id}"


def _corrected(one: Correction) -> Markup:
    """The number that was published first, struck and said to be so."""
    struck = Markup('<del><span class="sr-dold">publicerades först som </span>{}</del> ').format(one.old)
    return struck + Markup('<span class="sr-dold">rättat till </span>')


def _drawing(row: PairRow, named: Named) -> Markup:
    refused = row.comparison.verdict is Comparability.NO
    dots = Markup("") if refused else dumbbell(row.a, row.b)
    run = named.runs.get(row.key)
    return (spark(run, named.reports, named.names) if run else Markup("")) + dots
