"""What comes of disturbing the figures of a report on purpose: which slips would be noticed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from build_tools.model.values import Role, Where


class Slip(StrEnum):
    """A way in which a figure is often written wrong."""

    SWAPPED = "två siffror omkastade"
    MORE = "ett för mycket"
    LESS = "ett för lite"
    TEN = "tio gånger för stort"
    THOUSAND = "tusen gånger för stort"
    SIGN = "omvänt tecken"
    SEXES = "kvinnor och män förväxlade"
    LAST_YEAR = "förra årets värde"


@dataclass(frozen=True, slots=True)
class Guard:
    """How well one stated figure is guarded: slips tried and noticed, and those that nothing would notice.

    `guarded` tells whether any rule noticed any of them; what no file may say at all does not count. `beside`
    is set for a number that is told beside its cell.
    """

    cell: str
    where: Where
    tried: int
    noticed: int
    guarded: bool
    missed: tuple[Slip, ...] = ()
    beside: Role | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """How much would be noticed of some figures of a report, and which of their cells no rule guards."""

    report: str
    figures: int
    unguarded: int
    tried: int
    noticed: int
    cells: tuple[tuple[str, bool], ...] = ()
    """Each cell with a number of its own, and whether any rule guards it."""

    @classmethod
    def of(cls, report: str, guards: Sequence[Guard]) -> Score:
        """The counts of some figures."""
        return cls(
            report,
            figures=len(guards),
            unguarded=sum(not guard.guarded for guard in guards),
            tried=sum(guard.tried for guard in guards),
            noticed=sum(guard.noticed for guard in guards),
            cells=tuple((guard.cell, guard.guarded) for guard in guards if guard.beside is None),
        )
