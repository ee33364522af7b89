"""What comes of disturbing the figures of a report on purpose: which slips would be noticed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from build_tools.model.values import Where


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

    `guarded` tells whether any rule noticed any of them; what no file may say at all does not count.
    """

    cell: str
    where: Where
    tried: int
    noticed: int
    guarded: bool
    missed: tuple[Slip, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """How much would be noticed in a report: counts alone, for they are shown to everybody."""

    report: str
    figures: int
    unguarded: int
    tried: int
    noticed: int
