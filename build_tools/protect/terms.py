"""A relation: figures that add up to nothing, so that each can be worked out from the others.

Beside the cells stand figures that are told without one: how many are behind a mean (`alder.kvinna~n`),
those whom a share leaves out (`mal.andel_alla~resten`), the share from a step of a question upward
(`enkat.a.b~kumulativt`), and last year's value as a report tells it (`foregaende:alder`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from build_tools.model import Blank, Fact, Kind
from build_tools.protect.sheets import Sheet

Terms = Mapping[str, int]
BASE = "~n"
REST = "~resten"
UPWARD = "~kumulativt"
EARLIER = "foregaende:"
ADDED = (Kind.COUNT, Kind.SUM, Kind.AMOUNT)


def plain(whole: str, parts: Iterable[str]) -> Terms:
    """A whole as the sum of its parts."""
    return weighted(whole, ((part, 1) for part in parts))


def weighted(whole: str, parts: Iterable[tuple[str, int]]) -> Terms:
    """A whole as the weighted sum of its parts; a part may come twice."""
    terms = {whole: -1}
    for part, weight in parts:
        terms[part] = terms.get(part, 0) + weight
    return {key: weight for key, weight in terms.items() if weight}


def adds_up(whole: Decimal, parts: Iterable[Fact | Blank]) -> bool:
    """Whether parts make the whole; a part with a word may be whatever is left."""
    figures = list(parts)
    facts = [figure for figure in figures if isinstance(figure, Fact)]
    left = whole - sum((fact.value for fact in facts), Decimal(0))
    return bool(figures) and (left == 0 if len(facts) == len(figures) else left >= 0)


def sum_of(sheet: Sheet, whole: str, parts: Iterable[str]) -> Iterator[Terms]:
    """The relation of a cell to its parts, where it holds and no computed figure says the same."""
    total, keys = sheet.fact(whole), [key for key in parts if key in sheet.cells]
    if total is None or total.kind not in ADDED:
        return
    how = total.derivation
    said = how is not None and set(how.weights) == {1} and set(how.inputs) == set(keys)
    if not said and adds_up(total.value, (sheet.cells[key] for key in keys)):
        yield plain(whole, keys)
