"""What a check says of a figure, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from build_tools.model.values import Where


class Level(StrEnum):
    """How much a finding weighs: an error stops the build."""

    ERROR = "fel"
    WARNING = "varning"
    NOTICE = "notis"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value that would make the rules hold, as it is to be written in the file.

    `along` are figures that must be changed with it.
    """

    file: str
    line: int
    cell: str
    value: str
    reason: str
    label: str = ""
    """What the cell is called, in words."""
    column: int = 1
    stated: str = ""
    """What stands there now."""
    along: tuple[Proposal, ...] = ()
    even: bool = False
    """Whether another proposal fits as well."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is said to the writer. `about` is its lasting place (`sater/2021#flode.nya`).

    `cells` are all cells whose values the message gives away: it quotes raw numbers, so it goes to
    the terminal and never to a published page unless every one of them is shown.
    """

    code: str
    level: Level
    message: str
    where: Where
    about: str = ""
    cells: tuple[str, ...] = ()
    proposals: tuple[Proposal, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """One test of one relation. The message is asked for only when the relation does not hold.

    `about` is the cell (or `avsnitt-8.analys`) it concerns, `cells` all cells it touches.
    """

    holds: bool
    about: str
    cells: tuple[str, ...]
    where: Where
    message: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Rule:
    """What a code stands for: its title and what it says, in words for readers."""

    code: str
    title: str
    meaning: str


@dataclass(frozen=True, slots=True, order=True)
class Tied:
    """A figure as a rule binds it: what it is of. `part` is kategori, underkategori or summa."""

    measure: str
    part: str = ""
    group: str = ""
    point: str = ""
    stated: bool = False
    """Whether it is told beside its cell, for control."""
    earlier: bool = False
    """Whether it is that of the report before."""


@dataclass(frozen=True, slots=True)
class Tie:
    """Figures that a rule binds together, with the sign of each; no value is any part of it.

    `relation` is lika (they cancel out), hogst (no more than nothing), andel (what is added in percent
    of what is taken away), kvot (the same, but not in percent) or jamfor (compared in another way).
    """

    relation: str
    terms: tuple[tuple[Tied, int], ...]


@dataclass(frozen=True, slots=True)
class Review:
    """How one rule fared in one report; a rule that met no data was not tried."""

    report: str
    code: str
    title: str
    held: int
    failed: int
    ties: tuple[Tie, ...] = ()
