"""Every figure that protection weighs, whether it stands in a cell or beside one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal

from build_tools.model import Blank, Fact, Kind, Mark
from build_tools.protect.limits import COMPARED
from build_tools.protect.populations import base
from build_tools.protect.sheets import Sheet
from build_tools.protect.surveys import questions
from build_tools.protect.terms import BASE, EARLIER, REST, UPWARD
from build_tools.protect.years import earlier_figures

NOBODY = Decimal(0)
Rank = tuple[int, int, int, int, Decimal]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure as the audit sees it.

    It has no `value` where none is ever shown. `guarded` figures must not be possible to work out once
    they are hidden. `owner` is what is hidden with it, empty where nothing can be. The least `rank` is
    given up first.
    """

    value: Decimal | None
    persons: bool
    limit: int = 0
    guarded: bool = False
    owner: str = ""
    rank: Rank = (0, 0, 0, 0, NOBODY)


def quantities(sheet: Sheet, keys: Collection[str]) -> dict[str, Quantity]:
    """The figures of a report that any relation speaks of, by their key."""
    earlier = {EARLIER + key: fact for key, fact in earlier_figures(sheet).items()}
    found = {key: _quantity(sheet, key, earlier.get(key) or sheet.cells.get(key)) for key in keys}
    for key in _told_by_others(sheet):
        if key in found:
            found[key] = replace(found[key], limit=0, guarded=False)
    return found


def _quantity(sheet: Sheet, key: str, figure: Fact | Blank | None) -> Quantity:
    if isinstance(figure, Fact):
        return _stated(sheet, key, figure)
    if isinstance(figure, Blank):
        limit = sheet.limits.of(figure.cell.measure).count
        return Quantity(None, True, limit, figure.mark is Mark.WITHHELD)
    behind = sheet.fact(key.removesuffix(BASE))
    if behind is not None:
        return replace(
            _stated(sheet, key.removesuffix(BASE), behind),
            value=base(behind),
            persons=True,
            limit=0,
            guarded=False,
        )
    rest = sheet.fact(key.removesuffix(REST))
    return _rest(sheet, rest) if rest else _question(sheet, key)


def _stated(sheet: Sheet, key: str, fact: Fact) -> Quantity:
    measure, rank = fact.cell.measure, _rank(sheet, fact)
    persons = fact.kind is Kind.COUNT and fact.cell.point not in COMPARED
    if sheet.limits.opens(measure):
        owner = key if fact.derivation else ""
        return Quantity(fact.value, persons, owner=owner, rank=rank)
    guarded = not persons or sheet.limits.small(fact.value, measure)
    return Quantity(fact.value, persons, sheet.limits.of(measure).count, guarded, key, rank)


def _rank(sheet: Sheet, fact: Fact) -> Rank:
    """How dear a figure is: rows of tables, totals and key measures last, computed ones and parts first."""
    measure, cell = sheet.catalogue.measures.get(fact.cell.measure), fact.cell
    whole = not cell.category and not cell.group
    total = 3 if measure and measure.key else 2
    dear = total if whole else 1 if cell.id in sheet.rows else 0
    stated = 0 if fact.derivation else 1
    part = 0 if cell.category else 1 if cell.group else 2
    return (dear, stated, part, 0 if fact.value else 1, abs(fact.value))


def _rest(sheet: Sheet, share: Fact) -> Quantity:
    """Those whom a share leaves out: never shown themselves."""
    return Quantity(None, True, sheet.limits.of(share.cell.measure).count, guarded=True)


def _question(sheet: Sheet, key: str) -> Quantity:
    """How many answered a question, or how many answered so or more: told beside the answers."""
    question = next(asked for asked in questions(sheet) if key in (asked.id + BASE, asked.id + UPWARD))
    n = question.n if isinstance(question.n, Decimal) else None
    limit = sheet.limits.of(question.id).count
    guarded = n is not None and sheet.limits.small(n, question.id)
    return Quantity(n, key.endswith(BASE), limit, guarded, key, (2, 0, 0, 0, n or NOBODY))


def _told_by_others(sheet: Sheet) -> set[str]:
    """Small populations whose number another figure may show: the most open limit decides."""
    found = set()
    for sizes in sheet.sizes.values():
        small = {key: size for key, size in sizes.items() if _small(sheet, key)}
        shown = {size for key, size in sizes.items() if key not in small}
        found |= {key for key, size in small.items() if size in shown}
    return found


def _small(sheet: Sheet, key: str) -> bool:
    fact = sheet.fact(key)
    return fact is not None and sheet.limits.small(fact.value, fact.cell.measure)
