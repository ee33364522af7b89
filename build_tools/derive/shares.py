"""Shares of counts: a group of its total, a category of its distribution; their cells end in `.andel`."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from build_tools.derive.facts import Amount, amount, moved, share, without_group
from build_tools.derive.sums import cell_id, level_one
from build_tools.model import Catalogue, Cell, Distribution, Fact, Interval, Kind, Report
from build_tools.stages import derived

COUNTS_READY = ("flode.totalt", "flode.avslutade", "fordelning", "mal.antal", "enkat_svar")


def share_cell(cell: Cell) -> Cell:
    """The address of the share that a count is."""
    return moved(cell, f"{cell.id}.andel", cell.category, cell.group)


ASKED = frozenset({"enkat", "skattning"})
"""Measures whose shares are told with their questions."""


@derived("andel_av_n", "Andelen av dem som räknas", after=("grupper", "omfattning.andel"))
def of_base(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """Står antalet som räknas (n) bredvid ett antal är andelen antalet delat med n."""
    for figure in report.cells.values():
        n = figure.n if isinstance(figure, Fact) and figure.kind is Kind.COUNT else None
        if isinstance(figure, Fact) and isinstance(n, Decimal) and figure.cell.measure not in ASKED:
            whole = Amount(n, Interval(n, n), (), ())
            yield from _share(figure, whole, "andel_av_n", "Antalet delat med dem som räknas.")


@derived("andel_grupp", "Gruppens andel", after=(*COUNTS_READY, "andel_av_n"))
def of_groups(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """Gruppens andel är antalet i gruppen delat med antalet för alla."""
    for figure in report.cells.values():
        if isinstance(figure, Fact) and figure.cell.group and figure.kind is Kind.COUNT:
            whole = report.fact(without_group(figure.cell).id)
            if whole and whole.kind is Kind.COUNT:
                formula = "Antalet i gruppen delat med antalet för alla."
                yield from _share(figure, amount((whole,)), "andel_grupp", formula)


@derived("andel_kategori", "Kategorins andel", after=COUNTS_READY)
def of_categories(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """Kategorins andel är antalet i kategorin delat med antalet personer i fördelningen."""
    for distribution in report.distributions:
        for category in _categories(distribution, catalogue):
            fact = report.fact(cell_id(distribution, category, ""))
            whole = base(report, distribution)
            if fact and whole and fact.kind is Kind.COUNT:
                formula = "Antalet i kategorin delat med antalet personer i fördelningen."
                yield from _share(fact, whole, "andel_kategori", formula)


def _categories(distribution: Distribution, catalogue: Catalogue) -> Iterator[str]:
    """The categories that are told, and the level 1 ones above them."""
    return iter(dict.fromkeys((*distribution.categories, *level_one(distribution, catalogue))))


def base(report: Report, distribution: Distribution) -> Amount | None:
    """How many persons a distribution is of: those who answered, or all its categories together."""
    if distribution.n is not None:
        return Amount(distribution.n, Interval(distribution.n, distribution.n), (), ())
    if distribution.coding == "enval":
        total = report.fact(distribution.id)
        return amount((total,)) if total else None
    return None


def _share(part: Fact, whole: Amount, rule: str, formula: str) -> Iterator[Fact]:
    made = share(share_cell(part.cell), amount((part,)), whole, rule, formula)
    if made:
        yield made
