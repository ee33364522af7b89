"""What a comparison looks like as rows and columns: the same for CSV and for a workbook."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pandas as pd

from build_tools import texts

SHOWN = re.compile(
    rf"(?P<digits>[{texts.MINUS}+]?\d{{1,3}}(?:{texts.NBSP}\d{{3}})*(?:,\d+)?)"
    rf"(?:{texts.NBSP}(?P<unit>[^\d()]+?))?"
    r"(?: \((?P<base>[^()]+)\))?"
)
"""A number as `texts` writes it, with its unit and what it is a share of."""
PLURALS = {one: many for one, many in texts.UNITS.values() if one}


@dataclass(frozen=True, slots=True)
class Number:
    """A number to count with. It has the decimals that are shown and no more."""

    value: Decimal


Value = str | Number


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a name, a heading for each column and a value in every place, empty text for none."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """What is saved of one comparison page: the page's path, what it is about, and its tables.

    The first table holds the figures, and is all that a CSV has. `fingerprint` tells what was published
    when it was made, `day` how new its figures are.
    """

    page: str
    title: str
    day: date
    fingerprint: str
    sheets: tuple[Sheet, ...]


def value(shown: str) -> Value:
    """A shown figure as a number where it is one. It is read from what is shown, so nothing more gets out."""
    found = SHOWN.fullmatch(shown)
    if not found:
        return spaced(shown)
    digits = found["digits"].replace(texts.NBSP, "").replace(texts.MINUS, "-").replace(",", ".")
    return Number(Decimal(digits))


def base(shown: str) -> str:
    """What a shown share is a share of: `39 % (20 av 51)` → `20 av 51`."""
    found = SHOWN.fullmatch(shown)
    return spaced(found["base"] or "") if found else ""


def unit(shown: Iterable[str]) -> str:
    """The unit of the first of some shown figures that has one, in plural."""
    matches = (SHOWN.fullmatch(one) for one in shown)
    words = (found["unit"] for found in matches if found and found["unit"])
    return next((PLURALS.get(word, word) for word in words), "")


def spaced(text: str) -> str:
    """A text with spaces that other programs find when they search."""
    return text.replace(texts.NBSP, " ")


def plain(values: Iterable[Value]) -> tuple[Value, ...]:
    """Values with their texts spaced so."""
    return tuple(spaced(one) if isinstance(one, str) else one for one in values)


def wide(cells: Iterable[tuple[str, str, str]], columns: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Rows of key, column and text laid out with a column each, in the order of keys and columns."""
    long = pd.DataFrame(list(cells), columns=["key", "column", "text"])
    laid = long.pivot(index="key", columns="column", values="text").reindex(columns=list(columns)).fillna("")
    return {str(key): tuple(map(str, row)) for key, row in zip(laid.index, laid.to_numpy(), strict=True)}


def figures(shown: Iterable[str]) -> tuple[Value, ...]:
    """Shown figures as pairs of columns: the figure, and what it is a share of."""
    return tuple(part for one in shown for part in (value(one), base(one)))


def figure_columns(names: Iterable[str]) -> tuple[str, ...]:
    """The headings of `figures`."""
    return tuple(part for name in names for part in (name, f"{name}, antal bakom"))


def distinct(names: Mapping[str, str]) -> tuple[str, ...]:
    """What reports are called at the top of columns; two of one name are told apart by their ids."""
    taken = [name.casefold() for name in names.values()]
    return tuple(
        name if taken.count(name.casefold()) == 1 else f"{name} ({key})" for key, name in names.items()
    )
