"""Verdicts on sums and quotients: whether the numbers that the printed digits allow can meet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from build_tools.model import Cell, Fact, Interval, Report, Verdict, Where

Message = Callable[[], str]
NOTHING = Interval(Decimal(0), Decimal(0))
POPULATIONS = {
    "inskrivna_vid_start": "flode.ingang",
    "nya": "flode.nya",
    "alla_under_perioden": "flode.totalt",
    "inskrivna_vid_slut": "flode.utgang",
    "avslutade": "flode.avslutade",
    "avslutade_i_mal": "mal.antal",
}
"""The figure that tells how many a population is."""


@dataclass(frozen=True, slots=True)
class Sum(Verdict):
    """A verdict that weighted terms cancel out; `gap` is every number that they can add up to."""

    terms: tuple[tuple[str, int], ...]
    gap: Interval


@dataclass(frozen=True, slots=True)
class Bound(Verdict):
    """A verdict that weighted terms are no more than nothing; `room` is how much they may grow."""

    terms: tuple[tuple[str, int], ...]
    room: Decimal


Terms = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Quotient(Verdict):
    """A verdict that one sum by another, so many times and less something, is what is stated."""

    own: str
    """The key of the stated figure."""
    part: Terms
    whole: Terms
    times: Decimal = Decimal(100)
    less: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Weighed(Verdict):
    """A verdict that means of groups, each weighed by how many are in it, give the stated mean."""

    own: str
    groups: tuple[tuple[str, str], ...]
    """The keys of the mean and the number of each group."""


def base(where: Where | None) -> str:
    """The key of the number behind a mean or a share, by where it stands."""
    return f"n={where.line}:{where.column}" if where else ""


@dataclass(frozen=True, slots=True)
class Chained(Sum):
    """A verdict that a figure is what the cells of earlier reports are together; those do not change here."""

    earlier: tuple[Cell, ...] = ()
    others: tuple[Cell, ...] = ()
    """The figures of other reports that it is compared with, whether they are drawn with it or not."""

    def holds_with(self, growth: Decimal) -> bool:
        """Whether it holds when the others grow."""
        return self.gap.low <= growth <= self.gap.high


@dataclass(frozen=True, slots=True)
class Joined(Verdict):
    """A verdict that figures of many reports are what is told of them together; no more than it with `most`.

    `gap` is how much more they are.
    """

    others: tuple[Cell, ...]
    gap: Interval
    most: bool

    def holds_with(self, growth: Decimal) -> bool:
        """Whether it holds when they grow."""
        return self.gap.low + growth <= 0 and (self.most or self.gap.high + growth >= 0)


@dataclass(frozen=True, slots=True)
class Likened(Verdict):
    """A verdict that a figure is like those of others, for as many as the cells in `by` tell."""

    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unasked(Verdict):
    """No verdict: figures that a rule looked at and would judge were they others. It counts as not tried."""


def key(report: Report, fact: Fact) -> str:
    """A cell's id for its own figure; a name of its own for what is stated of the cell elsewhere."""
    if report.cells.get(fact.cell.id) is fact:
        return fact.cell.id
    return f"{fact.cell.id}={fact.where.line}:{fact.where.column}"


def cancels(
    report: Report,
    about: str,
    where: Where,
    terms: Sequence[tuple[Fact, int]],
    message: Callable[[], str],
) -> Sum:
    """The verdict that figures with their signs add up to nothing."""
    gap = NOTHING
    for fact, weight in terms:
        gap += fact.interval.scaled(weight)
    keyed = tuple((key(report, fact), weight) for fact, weight in terms)
    cells = tuple(dict.fromkeys(fact.cell.id for fact, _weight in terms))
    return Sum(gap.meets(NOTHING), about, cells, where, message, keyed, gap)


def sums_to(
    about: str, where: Where, terms: Sequence[tuple[str, Fact]], whole: Decimal, n: str, message: Message
) -> Sum:
    """The verdict that figures add up to a number: that with the key `n`, or one that is always the same."""
    gap = Interval(-whole, -whole)
    for _key, fact in terms:
        gap += fact.interval
    keyed = (*((one, 1) for one, _fact in terms), *(((n, -1),) if n else ()))
    cells = tuple(dict.fromkeys(fact.cell.id for _key, fact in terms))
    return Sum(gap.meets(NOTHING), about, cells, where, message, keyed, gap)


def within(fact: Fact, cells: Sequence[str], terms: Terms, room: Decimal, message: Message) -> Bound:
    """The verdict that weighted figures leave some room, or none at most."""
    touched = tuple(dict.fromkeys((fact.cell.id, *cells)))
    return Bound(room >= 0, fact.cell.id, touched, fact.where, message, terms, room)


def equal(report: Report, stated: Fact, computed: Fact, message: Callable[[], str]) -> Sum:
    """The verdict that a stated figure is what its cell has."""
    return cancels(report, stated.cell.id, stated.where, ((stated, 1), (computed, -1)), message)


def claim(holds: bool, fact: Fact, cells: Sequence[str], message: Callable[[], str]) -> Verdict:
    """A verdict on one figure that is no sum."""
    return Verdict(holds, fact.cell.id, tuple(dict.fromkeys((fact.cell.id, *cells))), fact.where, message)


def unasked(facts: Sequence[Fact]) -> Unasked:
    """That a rule has nothing to say of some figures as they are now."""
    cells = tuple(dict.fromkeys(fact.cell.id for fact in facts))
    return Unasked(True, cells[0], cells, facts[0].where, str)
