"""Numbers and marks with the place where a source states them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Mark(StrEnum):
    """Why a cell has no number. A missing number is a word, never 0 and never empty."""

    MISSING = "saknas"
    UNREADABLE = "olasligt"
    UNCERTAIN = "osakert"
    NOT_APPLICABLE = "ej_tillampligt"
    NOT_COLLECTED = "ej_insamlat"
    WITHHELD = "utelamnat"
    """Known, but of single persons: never entered."""
    PROTECTED = "skyddad"
    """Set by the build alone, when a small group would show."""


class Kind(StrEnum):
    """What sort of number a figure is; decides its tolerance and how it is written."""

    COUNT = "antal"
    SUM = "summa"
    MEAN = "medel"
    SHARE = "andel"
    AMOUNT = "belopp"


class Hedge(StrEnum):
    """A word before a number that widens the interval it stands for."""

    ABOUT = "cirka"
    JUST_OVER = "drygt"
    JUST_UNDER = "knappt"
    NEARLY = "narmare"
    AT_LEAST = "minst"
    AT_MOST = "hogst"


class Role(StrEnum):
    """Why a number is stated although its cell has its value elsewhere."""

    CONTROL = "kontroll"
    """A sum, mean or deviation beside its parts."""
    ELSEWHERE = "uppgivet"
    """The same fact told in another place of the source."""
    PREVIOUS = "foregaende"
    """Last year's value as this report tells it."""


@dataclass(frozen=True, slots=True, order=True)
class Where:
    """A place in the project: a path relative to its root, with line and column counted from 1."""

    file: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers that a stated figure can stand for, both ends included.

    Sums and differences follow the interval arithmetic of XBRL Calculations 1.1.
    """

    low: Decimal
    high: Decimal

    def __add__(self, other: Interval) -> Interval:
        """Every sum of one number from each."""
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        """Every difference of one number from each."""
        return Interval(self.low - other.high, self.high - other.low)

    def scaled(self, factor: Decimal | int) -> Interval:
        """Every number times a fixed factor."""
        ends = (self.low * factor, self.high * factor)
        return Interval(min(ends), max(ends))

    def meets(self, other: Interval) -> bool:
        """Whether some number lies in both."""
        return self.low <= other.high and other.low <= self.high

    @property
    def exact(self) -> bool:
        """Whether it holds one number only."""
        return self.low == self.high


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A first and a last day, both included, and the kind of period (`kalenderar`, `brutet_ar` …)."""

    start: date
    end: date
    kind: str = ""

    @property
    def days(self) -> int:
        """Its length in days."""
        return (self.end - self.start).days + 1


@dataclass(frozen=True, slots=True)
class Cell:
    """The address of one figure in one report. `id` is made once, by the loader or by derive."""

    report: str
    id: str
    measure: str
    category: str = ""
    group: str = ""
    population: str = ""
    point: str = ""

    @property
    def is_share(self) -> bool:
        """Whether it holds the share of a count (`flode.nya.kvinna.andel`), not a measure that is a share."""
        return self.id.endswith(".andel") and not self.measure.endswith(".andel")


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a computed figure came about.

    `weights` beside `inputs` tell that it is their weighted sum (1 and −1 for plain sums and
    differences); without weights it is a ratio or a mean.
    """

    rule: str
    formula: str
    inputs: tuple[str, ...]
    weights: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure: always a number, with the interval its printed digits imply.

    `value` is in the measure's unit; `decimals` is the precision it was written with; `n` is the
    number of persons or answers behind a mean or a share, or the mark that stands in its place.
    """

    cell: Cell
    value: Decimal
    interval: Interval
    kind: Kind
    where: Where
    decimals: int = 0
    n: Decimal | Mark | None = None
    hedge: Hedge | None = None
    upper: Decimal | None = None
    """The upper end where the source gives a range; `value` is then the lower."""
    period: Period | None = None
    printed_only: bool = False
    """Only the printed result exists (`kalla: tryckt`)."""
    carried: bool = False
    """Taken over from the report before and not yet looked at (`kalla: overford`)."""
    page: str = ""
    note: str = ""
    derivation: Derivation | None = None
    factor: int = 1
    """How many of the measure's unit the source counts in: a thousand, where it tells thousands of kronor."""
    n_where: Where | None = None
    """Where `n` stands, for it can be the number that is wrong."""
    upper_where: Where | None = None
    implied: bool = False
    """Nobody wrote it: where all ways are told, one that is not has nobody."""
    share: Fact | None = None
    """The share that was written, where the count is known from it and `n` alone."""


@dataclass(frozen=True, slots=True)
class Blank:
    """A cell that has a word instead of a number."""

    cell: Cell
    mark: Mark
    where: Where
    note: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """A number that is compared with its cell and never counted with.

    `fact.kind` may differ from the cell's own (a share stated of a count). `value_mark` is set where
    the source states a word.
    """

    fact: Fact
    role: Role
    section: int | None = None
    part: str = ""
