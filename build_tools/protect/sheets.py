"""A report on its way to publication: its figures, those that joining adds, and its tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from build_tools.model import Blank, Catalogue, Distribution, Fact, Report, Table
from build_tools.protect.limits import Limits

Sizes = Mapping[tuple[str, str], Mapping[str, Decimal]]
"""By population and group: the cells that count all of it, with their number."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A report under protection. `rows` are the cells that tables show, `unseen` those they do not."""

    report: Report
    limits: Limits
    catalogue: Catalogue
    cells: Mapping[str, Fact | Blank]
    tables: Mapping[str, Table] = field(default_factory=dict)
    unseen: frozenset[str] = frozenset()
    rows: frozenset[str] = frozenset()
    sizes: Sizes = field(default_factory=dict)

    def fact(self, cell: str) -> Fact | None:
        """The number of a cell, or None."""
        found = self.cells.get(cell)
        return found if isinstance(found, Fact) else None

    def facts(self) -> Iterator[tuple[str, Fact]]:
        """Every number with its cell id."""
        return ((key, figure) for key, figure in self.cells.items() if isinstance(figure, Fact))


def cell_id(distribution: str, category: str = "", group: str = "") -> str:
    """The id of a category's cell, or of the total where none is given, for a group or everybody."""
    return ".".join(part for part in (distribution, category, group) if part)


def parent(category: str) -> str:
    """The level 1 code of a level 2 code; nothing for level 1."""
    return category.rpartition(".")[0]


def leaves(distribution: Distribution) -> tuple[str, ...]:
    """The categories that together make up a distribution: those that no other one divides."""
    divided = {parent(code) for code in distribution.categories}
    return tuple(code for code in distribution.categories if code not in divided)


def with_everybody(distribution: Distribution) -> tuple[str, ...]:
    """The groups of a distribution, everybody first."""
    return ("", *(group for group in distribution.groups if group))
