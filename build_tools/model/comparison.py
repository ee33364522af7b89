"""What may be said of two figures side by side. Made by `compare` alone; pages write it out as it stands.

No page subtracts. A `Difference`, a `Trend` and a `GroupMean` ask for the `SEAL` when they are made, and a
test holds that nobody but the comparability engine uses it: so there is no way past the conditions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import InitVar, dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from build_tools.model.passages import Alignment
from build_tools.model.project import Correction
from build_tools.model.values import Blank, Fact

Trait = str | int | float | bool
Traits = Mapping[str, Trait]
"""What decides whether a figure can stand beside another, under Swedish names: see `villkor.json`."""


class Comparability(StrEnum):
    """Whether two figures mean the same thing, so that their difference means something."""

    YES = "jämförbar"
    RESERVED = "jämförbar med förbehåll"
    NO = "går inte att jämföra"


class Chance(StrEnum):
    """Whether a difference may be nothing but chance."""

    LIKELY = "kan bero på slump"
    UNLIKELY = "större än vad som brukar bero på slump"
    UNKNOWN = "går inte att bedöma"
    """As of a mean whose spread nobody tells."""
    NONE = "beror inte på slump"
    """Decided or booked, as money and posts."""


class Seal:
    """Held by the comparability engine, and asked for by everything that only it may make."""


SEAL = Seal()


def _sealed(seal: Seal) -> None:
    if seal is not SEAL:
        raise TypeError("skillnader, trender och medel görs bara av compare")


@dataclass(frozen=True, slots=True)
class Reason:
    """A condition that met two figures: its code in `villkor.json`, what follows, and why in Swedish."""

    code: str
    verdict: Comparability
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """B minus A, rounded once and as the figures deserve, with the words that stand in its place.

    `unit` is procentenheter for shares, otherwise that of the measure. `text` is the difference with its
    sign and unit (`+8`, `−3 procentenheter`), `relative_text` the same in percent; where it has none,
    `relative_reason` tells why. `chance_text` tells in a sentence what `chance` says.
    `low` and `high` bound the true difference between shares at 95 percent. `note` is what a reader who
    subtracts the shown figures must know.
    """

    value: Decimal
    decimals: int
    unit: str
    text: str
    relative: Decimal | None
    relative_text: str
    relative_reason: str
    chance: Chance
    chance_text: str
    p: float | None = None
    """How often chance alone would give as much (mid-p, both ways); None where it cannot be judged."""
    effect: float = 0.0
    """How large it is from 0 to 1, so that differences of different kinds can be put in order."""
    low: Decimal | None = None
    high: Decimal | None = None
    note: str = ""
    seal: InitVar[Seal] = field(kw_only=True)

    def __post_init__(self, seal: Seal) -> None:
        _sealed(seal)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two figures, whether they can be compared, every reason that holds, and their difference if they can.

    `a` or `b` is None where its report does not have the figure at all. `difference` is None where they
    cannot be compared, and also where there is nothing to subtract.
    """

    a: Fact | Blank | None
    b: Fact | Blank | None
    verdict: Comparability
    reasons: tuple[Reason, ...] = ()
    difference: Difference | None = None

    @property
    def refusals(self) -> tuple[Reason, ...]:
        """Why they cannot be compared."""
        return tuple(reason for reason in self.reasons if reason.verdict is Comparability.NO)

    @property
    def reservations(self) -> tuple[Reason, ...]:
        """What must be known by whoever compares them."""
        return tuple(reason for reason in self.reasons if reason.verdict is Comparability.RESERVED)


@dataclass(frozen=True, slots=True)
class Trend:
    """The way of a figure through the years that can be compared, the newest unbroken stretch.

    `direction` is ökar, minskar or ingen tydlig riktning; never told of fewer than `fewest` years.
    """

    first: str
    last: str
    years: int
    direction: str
    chance: Chance
    text: str
    seal: InitVar[Seal] = field(kw_only=True)

    def __post_init__(self, seal: Seal) -> None:
        _sealed(seal)


@dataclass(frozen=True, slots=True)
class GroupMean:
    """A mean or a share of several reports together, each weighed by those behind it.

    `bands` are for each report the ends between which chance alone would leave its share.
    """

    value: Decimal
    decimals: int
    n: Decimal
    reports: tuple[str, ...]
    text: str
    bands: Mapping[str, tuple[Decimal, Decimal]] = field(default_factory=dict)
    seal: InitVar[Seal] = field(kw_only=True)

    def __post_init__(self, seal: Seal) -> None:
        _sealed(seal)


class Presence(StrEnum):
    """In which of two reports a figure is found."""

    BOTH = "båda"
    ONLY_A = "bara A"
    ONLY_B = "bara B"


@dataclass(frozen=True, slots=True)
class PairRow:
    """One figure in two reports. `label` names it without its measure's section; `level` as in a table.

    `presence_text` is what stands beside a figure that only one has (`nytt i år`, `finns inte längre`).
    `corrections` are changes after publication, with the value that was published first; `told` is what
    B says of A's year where that is another value than A's own. `shown` are the texts of A and B. `is_sum`
    tells that it is only what the parts of a distribution add up to, and no measure of its own.
    """

    key: str
    measure: str
    label: str
    level: int
    a: Fact | Blank | None
    b: Fact | Blank | None
    shown: tuple[str, str]
    comparison: Comparison
    presence: Presence = Presence.BOTH
    presence_text: str = ""
    corrections: tuple[Correction, ...] = ()
    told: Fact | Blank | None = None
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """A section of the template with its rows; `number` is None where two templates share no sections."""

    number: int | None
    title: str
    rows: tuple[PairRow, ...]


@dataclass(frozen=True, slots=True)
class Bound:
    """A figure within a sentence, with the report and cell that it is taken from."""

    text: str
    report: str
    cell: str


@dataclass(frozen=True, slots=True)
class Highlight:
    """A line of *det viktigaste*: words, and figures that lead back to their cells.

    `kind` is andring, definition, ny, borta, rattad, slump or lika.
    """

    kind: str
    parts: tuple[str | Bound, ...]

    @property
    def text(self) -> str:
        """The whole sentence."""
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class Laid:
    """A figure of a report with all that lays it beside another's, for a reader outside the build.

    `key` is what other reports have the same figure under, `cell` its own id. `asked` tells what it is about
    at all, `copied` that it only repeats another, and `is_sum` that it is only what the parts of a
    distribution add up to. `traits` is empty of values where it is a word.
    """

    key: str
    cell: str
    figure: Fact | Blank
    label: str
    level: int
    shown: str
    asked: tuple[str, str, str]
    copied: bool
    is_sum: bool
    traits: Traits


class Shape(StrEnum):
    """Why two reports stand beside each other."""

    NEXT = "år från år"
    ENDS = "första mot sista"
    LINEAGE = "före och efter sammanslagning"
    FREE = "fritt val"


@dataclass(frozen=True, slots=True, order=True)
class Pairing:
    """Two reports that are laid side by side; A is the earlier. It names the pair and holds no figures."""

    a: str
    b: str
    shape: Shape


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reports side by side: all rows by section, what matters most, and what to know first.

    `counts` tells how many rows of each verdict there are, for the banner; `notes` are sentences about
    the pair as a whole: different templates, one without prose, a report compared with itself.
    """

    pairing: Pairing
    bands: tuple[Band, ...]
    highlights: tuple[Highlight, ...]
    counts: Mapping[Comparability, int]
    notes: tuple[str, ...] = ()

    def rows(self) -> Iterator[PairRow]:
        """All rows, section after section."""
        for band in self.bands:
            yield from band.rows


@dataclass(frozen=True, slots=True)
class Step:
    """A year of a figure in the long run; `comparison` is with the year before, None for the first."""

    report: str
    figure: Fact | Blank | None
    shown: str
    comparison: Comparison | None = None

    @property
    def broken(self) -> bool:
        """Whether a line through the years must stop before this one."""
        return self.comparison is not None and self.comparison.verdict is Comparability.NO


@dataclass(frozen=True, slots=True)
class Run:
    """One figure of an insats through all its years, with the trend where there is one to tell."""

    key: str
    measure: str
    label: str
    section: int | None
    steps: tuple[Step, ...]
    trend: Trend | None = None
    is_sum: bool = False
    """Whether it is only what the parts of a distribution add up to."""


@dataclass(frozen=True, slots=True)
class Peers:
    """The reports of a förbund whose periods end in one year, in order of the names of their insatser.

    `without` are the insatser that went on during the year but have no report that ends in it.
    """

    association: str
    year: int
    reports: tuple[str, ...]
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PeerRow:
    """One figure in all reports of a year. `with_first` compares each with the first that has a number."""

    key: str
    measure: str
    label: str
    section: int | None
    figures: Mapping[str, Fact | Blank | None]
    shown: Mapping[str, str]
    with_first: Mapping[str, Comparison]
    mean: GroupMean | None = None
    is_sum: bool = False
    """Whether it is only what the parts of a distribution add up to."""


@dataclass(frozen=True, slots=True)
class GoalShares:
    """A report's own share in the goal, and the shares that are counted alike for all insatser.

    `own` and `own_of_all` follow what the insats itself counts, told in words by `counted`. The common ones
    are work and studies of all exits, and of all but early dropouts; None where the shown counts do not
    give them, and `refusal` tells why.
    """

    report: str
    own: Fact | Blank | None
    own_of_all: Fact | Blank | None
    common: Fact | None
    common_without_early: Fact | None
    counted: str
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Total:
    """A figure of a whole förbund and year, or of those of its reports that tell it.

    `kind` is summa, medel or andel. `value` is None where none can be given, and `reason` tells why.
    `coverage` tells what it is made of (`4 av 5 insatser`, or reports where only a report of an insats is
    left out) and `whole` whether that is everything that went on during the year: a total that is not is
    always told as that of the reports it is made of. `parts` are those reports.
    """

    key: str
    measure: str
    label: str
    kind: str
    value: Decimal | None
    decimals: int
    unit: str
    text: str
    coverage: str
    whole: bool
    parts: tuple[str, ...]
    reason: str = ""
    n: Decimal | None = None


@dataclass(frozen=True, slots=True)
class RollUp:
    """A förbund and a year as the basis of its own yearly report."""

    peers: Peers
    totals: tuple[Total, ...]
    notes: tuple[str, ...] = ()


def _nothing(*_: object) -> Any:
    raise KeyError("publikationen är inte jämförd")


def _none() -> Iterator[Comparisons]:
    return iter(())


@dataclass(frozen=True, slots=True)
class Comparisons:
    """All that can be laid side by side, by name; the figures are compared when somebody asks.

    A site may have tens of thousands of reports: so the names are kept, and what is compared is written out
    and let go. `pairings` are those with pages of their own, linear in reports: one or two for each. What
    both pages and files are made of is asked for in `groups`, so that it is compared once for both.
    """

    pairings: tuple[Pairing, ...] = ()
    peers: tuple[Peers, ...] = ()
    long: frozenset[str] = frozenset()
    """The insatser that have several years."""
    groups: Callable[[], Iterator[Comparisons]] = _none
    """The same names, those of one insats or of one förbund and year at a time; whatever a group is asked
    for it remembers as long as somebody holds it."""
    year_of: Mapping[str, Peers] = field(default_factory=dict)
    """The reports that each report stands beside in its year."""
    by_report: Mapping[str, tuple[Pairing, ...]] = field(default_factory=dict)
    """The pairings of each report, those where it is the later first."""
    rules: Mapping[str, Any] = field(default_factory=dict)
    """`villkor.json` with the words of the catalogue put in: for `fakta.json`, whole."""
    prose: Callable[[Pairing], Alignment] = _nothing
    """The texts of two reports side by side."""
    pair: Callable[[Pairing], Pair] = _nothing
    """All rows of two reports; any two of them (`Shape.FREE`), also one with itself."""
    runs: Callable[[str], tuple[Run, ...]] = _nothing
    """The long run of an insats, by its id."""
    matrix: Callable[[Peers], tuple[PeerRow, ...]] = _nothing
    """All figures of the reports of a year beside each other."""
    beside: Callable[[tuple[str, ...], tuple[str, ...]], tuple[PeerRow, ...]] = _nothing
    """What stands for some whole measures in any reports, each compared with the first that has a number."""
    breaks: Callable[[tuple[str, ...], Set[str]], Mapping[tuple[str, str], Comparison]] = _nothing
    """Where a line through some reports of an insats, the oldest first, must stop: by measure and report, the
    comparison that refuses what stands for a whole measure beside the last one before it with a number."""
    roll_up: Callable[[Peers], RollUp] = _nothing
    """The figures of a whole förbund and year."""
    goals: Callable[[str], GoalShares] = _nothing
    """A report's share in the goal beside those counted alike for all, by the report's id."""
    traits: Callable[[str], Mapping[str, Traits]] = _nothing
    """The traits of every cell of a report, by cell id."""
    laid: Callable[[str], tuple[Laid, ...]] = _nothing
    """Every figure of a report with what lays it beside others, by the report's id, for `fakta.json`."""
    fingerprint: Callable[[str], str] = _nothing
    """What tells two copies of a report's figures apart, by the report's id."""
