"""What the rules bind together, as formulas in words and as drawings of which figures hang together.

A drawing is a table: figures down, equations across, a sign where they meet and a line between the signs.
So it is its own text, follows light and dark, and can be printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from build_tools import texts
from build_tools.model import Catalogue, Publication, Tie, Tied
from build_tools.pages.grids import SEXES
from build_tools.pages.layout import Link

BALANCED = ("lika", "hogst")
"""Relations in which every figure has a sign."""
PARTS = {"kategori": "kategorierna", "underkategori": "underkategorierna", "summa": "summan"}
POINTS = {"fore": "före", "efter": "efter", "forandring": "förändringen"}
SIGNS = {1: "+", -1: "−"}
FEW = 4
"""So many formulas of a rule are told at once; the others are opened."""
NETS = {
    "flode.": (
        "Deltagarna",
        "Hur många som fanns, kom, slutade och blev kvar, och vilka tabeller som gäller dem.",
    ),
    "ekonomi.": ("Pengarna", "Budgeten, utfallet och det som skiljer."),
}
"""Title and lead of a drawing, by how a measure in it begins."""
WITHIN = ("Inom ett och samma nyckeltal", "Det gäller alla nyckeltal som har delar.")
ROWS = {
    Tied(""): "Alla, eller summan",
    Tied("", group="kvinna"): "Kvinnor",
    Tied("", group="man"): "Män",
    Tied("", group="annat_eller_okant"): "Annat eller okänt kön",
    Tied("", part="kategori"): "Kategorierna, eller raderna",
    Tied("", part="underkategori"): "Underkategorierna",
}

Column = tuple[str, tuple[tuple[Tied, int], ...]]
"""An equation of a drawing: its relation, and the sign of each figure."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure meets an equation: its sign, and whether the line goes on above and below."""

    sign: str = ""
    above: bool = False
    below: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: the rules that ask it, and whether one side may be less."""

    rules: tuple[Link, ...]
    bound: bool


@dataclass(frozen=True, slots=True)
class Net:
    """A drawing: its columns, and each figure with its places."""

    title: str
    lead: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[str, tuple[Place, ...]], ...]


def formulas(publication: Publication) -> Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """By rule: its formulas in words, the first few and the others."""
    found: dict[str, dict[str, None]] = {}
    for review in publication.reviews:
        for tie in review.ties:
            found.setdefault(review.code, {})[formula(tie, publication.catalogue)] = None
    return {code: _parted(sorted(told)) for code, told in found.items()}


def _parted(told: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    few = FEW if len(told) > FEW + 1 else len(told)
    return tuple(told[:few]), tuple(told[few:])


def formula(tie: Tie, catalogue: Catalogue) -> str:
    """A tie as Swedish arithmetic, where what all its figures share is left out."""
    named = [(_named(figure, tie, catalogue), sign) for figure, sign in _bare(tie)]
    left, right = (" + ".join(name for name, sign in named if sign == one) for one in (1, -1))
    match tie.relation:
        case "lika":
            told = f"{right} = {left}" if " + " in left and " + " not in right else f"{left} = {right}"
        case "hogst":
            told = f"{left} är högst {right}"
        case "andel":
            told = f"andelen = 100 · {_grouped(left)} / {_grouped(right)}"
        case "kvot":
            told = f"medelvärdet = {_grouped(left)} / {_grouped(right)}"
        case _:
            first, *others = (name for name, _sign in named)
            told = f"{first} jämförs med {texts.listed(others)}"
    return f"{told[:1].upper()}{told[1:]}"


def _grouped(words: str) -> str:
    return f"({words})" if " + " in words else words


def _bare(tie: Tie) -> Iterator[tuple[Tied, int]]:
    """The figures of a tie without what is the same for all of them."""
    first = tie.terms[0][0]
    shared: dict[str, Any] = {
        name: type(getattr(first, name))()
        for name in (one.name for one in fields(Tied))
        if len({getattr(figure, name) for figure, _sign in tie.terms}) == 1
    }
    return ((replace(figure, **shared), sign) for figure, sign in tie.terms)


def _named(figure: Tied, tie: Tie, catalogue: Catalogue) -> str:
    measure = catalogue.measures.get(figure.measure)
    label = measure.label if measure else figure.measure
    own = SEXES.get(figure.group, figure.group).lower() if figure.group else ""
    told = [label if label[1:2].isupper() else f"{label[:1].lower()}{label[1:]}", own]
    told += [PARTS.get(figure.part, ""), POINTS.get(figure.point, "")]
    words = ", ".join(filter(None, told)) or _whole(tie)
    told = ["året före"] * figure.earlier + ["angivet"] * figure.stated
    return f"{words} ({', '.join(told)})" if told else words


def _whole(tie: Tie) -> str:
    """What a figure is called whose parts are the others of a tie."""
    if any(figure.group for figure, _sign in tie.terms):
        return "alla"
    return "summan" if any(figure.part for figure, _sign in tie.terms) else "talet"


def nets(publication: Publication) -> tuple[Net, ...]:
    """Every sum that the rules ask for: between measures that hang together, then within a measure."""
    columns: dict[Column, dict[str, None]] = {}
    for review in publication.reviews:
        for tie in review.ties:
            column = _column(tie)
            if column:
                columns.setdefault(column, {})[review.code] = None
    codes = {column: tuple(sorted(told)) for column, told in columns.items()}
    groups = _together(sorted(codes, key=lambda column: (codes[column], column)))
    return tuple(_net(group, codes, publication.catalogue) for group in groups)


def _column(tie: Tie) -> Column | None:
    """A sum between measures, or the pattern of one within a measure; None where there is neither."""
    if tie.relation not in BALANCED:
        return None
    between = dict.fromkeys((_between(figure), sign) for figure, sign in tie.terms)
    if len({figure for figure, _sign in between}) == 1:
        between = dict.fromkeys((_within(figure), sign) for figure, sign in _bare(tie))
    terms = sorted(between)
    turn = -1 if tie.relation == "lika" and terms[0][1] < 0 else 1
    once = len({figure for figure, _sign in terms}) == len(terms) > 1
    return (tie.relation, tuple((figure, turn * sign) for figure, sign in terms)) if once else None


def _between(figure: Tied) -> Tied:
    return Tied(figure.measure, earlier=figure.earlier)


def _within(figure: Tied) -> Tied:
    return Tied("", "" if figure.part == "summa" else figure.part, figure.group)


def _together(columns: Iterable[Column]) -> list[list[Column]]:
    """The columns that have figures in common, in order; those within a measure last."""
    groups: list[list[Column]] = []
    for column in columns:
        met = [group for group in groups if _figures(group) & _figures([column])]
        groups = [group for group in groups if group not in met]
        groups.append([*(one for group in met for one in group), column])
    return sorted(groups, key=lambda group: (_is_within(group), -len(group), group[0]))


def _figures(group: Iterable[Column]) -> set[Tied]:
    return {figure for _relation, terms in group for figure, _sign in terms}


def _is_within(group: Iterable[Column]) -> bool:
    return any(not figure.measure for figure in _figures(group))


def _net(group: Sequence[Column], codes: Mapping[Column, tuple[str, ...]], catalogue: Catalogue) -> Net:
    order = [Tied(measure, earlier=earlier) for earlier in (True, False) for measure in catalogue.measures]
    known = {figure: place for place, figure in enumerate((*order, *ROWS))}
    figures = sorted(_figures(group), key=lambda figure: (known.get(figure, len(known)), figure))
    columns = sorted(group, key=lambda column: (codes[column], column))
    lines = [_line(_turned(column, figures), figures) for column in columns]
    title, lead = _titled(figures, catalogue)
    return Net(
        title,
        lead,
        tuple(
            Head(tuple(Link(code, f"#{texts.anchor(code)}") for code in codes[column]), column[0] == "hogst")
            for column in columns
        ),
        tuple(
            (_row(figure, catalogue), tuple(line[place] for line in lines))
            for place, figure in enumerate(figures)
        ),
    )


def _titled(figures: Sequence[Tied], catalogue: Catalogue) -> tuple[str, str]:
    if not figures[0].measure:
        return WITHIN
    for start, told in NETS.items():
        if any(figure.measure.startswith(start) for figure in figures):
            return told
    return _row(figures[0], catalogue), ""


def _row(figure: Tied, catalogue: Catalogue) -> str:
    if not figure.measure:
        return ROWS.get(figure, figure.group.replace("_", " ").capitalize())
    measure = catalogue.measures.get(figure.measure)
    label = measure.label if measure else figure.measure
    return f"{label}, året före" if figure.earlier else label


def _turned(column: Column, figures: Sequence[Tied]) -> Mapping[Tied, int]:
    """The signs of a column, so turned that the first figure of a sum is added."""
    relation, terms = column
    signs = dict(terms)
    first = next(figure for figure in figures if figure in signs)
    turn = -1 if relation == "lika" and signs[first] < 0 else 1
    return {figure: turn * sign for figure, sign in signs.items()}


def _line(signs: Mapping[Tied, int], figures: Sequence[Tied]) -> list[Place]:
    """A column from above: the signs, and the line from the first to the last of them."""
    met = [place for place, figure in enumerate(figures) if figure in signs]
    return [
        Place(SIGNS.get(signs.get(figure, 0), ""), met[0] < place <= met[-1], met[0] <= place < met[-1])
        for place, figure in enumerate(figures)
    ]
