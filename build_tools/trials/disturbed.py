"""The stated figures of a report, and every slip that each of them is tried with.

A figure is every number that somebody has written: that of a cell, one told beside it (a control, a
restatement, last year's), and what others are measured by: an `n`, how many a questionnaire went to, the
bound of a goal. One number belongs to all that is told of its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from build_tools.checks.relations import base, key
from build_tools.model import Edition, Fact, Kind, Report, Role, Slip, Stated
from build_tools.trials.written import digits, is_stated, numbers_beside, retyped, typed

MOST_DIGITS = 20
"""Beyond these a number is absurd, and more swaps tell nothing new."""
OTHER_SEX = {"kvinna": "man", "man": "kvinna"}
FACTORS = {Slip.TEN: Decimal(10), Slip.THOUSAND: Decimal(1000), Slip.SIGN: Decimal(-1)}

Changed = Mapping[str, Fact]
"""The figures that a slip changes, by their keys."""


Twin = tuple[str, Fact]
"""Another figure by its key."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that somebody has written: the value of a cell, one stated beside it, or one beside many.

    What stands beside many is known by its place. `twin` is the same for the other sex, `last` the year
    before.
    """

    key: str
    fact: Fact
    stated: Stated | None = None
    twin: Twin | None = None
    last: Fact | None = None


def figures(report: Report, edition: Edition) -> tuple[Figure, ...]:
    """Every written number: of cells, of what is told beside them, and of what they are measured by."""
    before = edition.before(report)
    last = _by_name(before, report) if before else {}
    every = tuple(_every(report))
    known = {_name(one): one for one in every}
    return tuple(_completed(one, known, last) for one in every)


def _every(report: Report) -> Iterator[Figure]:
    numbers = numbers_beside(report)
    for fact in report.cells.values():
        if isinstance(fact, Fact) and is_stated(fact) and base(fact.where) not in numbers:
            yield Figure(fact.cell.id, fact)
    for told in report.stated:
        if base(told.fact.where) not in numbers:
            yield Figure(key(report, told.fact), told.fact, told)
    previous = {base(one.fact.n_where): one for one in report.stated if one.role is Role.PREVIOUS}
    for place, fact in numbers.items():
        yield Figure(place, fact, previous.get(place))


def _by_name(before: Report, report: Report) -> dict[str, Fact]:
    """The figures of the year before by their names; a questionnaire is often named by its year."""
    then, now = f"{before.period.end.year}", f"{report.period.end.year}"
    found = {name: one for name, one in before.cells.items() if isinstance(one, Fact)}
    found |= {fact.cell.id: fact for fact in numbers_beside(before).values()}
    return {**{name.replace(then, now): fact for name, fact in found.items()}, **found}


Name = tuple[str, Role | None, int | None, str, Kind]


def _name(figure: Figure) -> Name:
    """What a figure is, and how and where it is told."""
    told = figure.stated
    place = (told.role, told.section, told.part) if told else (None, None, "")
    return (figure.fact.cell.id, *place, figure.fact.kind)


def _completed(figure: Figure, known: Mapping[Name, Figure], last: Mapping[str, Fact]) -> Figure:
    """The figure with its twin, told in the same way and place, and with last year's."""
    own = figure.fact.cell
    before = None if figure.stated and figure.stated.role is Role.PREVIOUS else last.get(own.id)
    before = before if before and before.kind is figure.fact.kind else None
    found, other = None, OTHER_SEX.get(own.group)
    if other:
        start, _, end = own.id.rpartition(f".{own.group}")
        found = known.get((f"{start}.{other}{end}", *_name(figure)[1:]))
    twin = (found.key, found.fact) if found else None
    return replace(figure, twin=twin, last=before)


def disturbances(figure: Figure) -> Iterator[tuple[Slip, Changed]]:
    """Every slip that changes a figure, with what then stands."""
    fact = figure.fact
    if not fact.value.is_finite():
        return
    own = typed(fact)
    for slip, value in _values(figure):
        if value != own:
            yield slip, {figure.key: retyped(fact, value)}
    if figure.twin and typed(figure.twin[1]) != own:
        name, twin = figure.twin
        yield Slip.SEXES, {figure.key: retyped(fact, typed(twin)), name: retyped(twin, own)}


def _values(figure: Figure) -> Iterator[tuple[Slip, Decimal]]:
    fact = figure.fact
    value = typed(fact)
    for swapped in dict.fromkeys(_swapped(value)):
        yield Slip.SWAPPED, swapped
    step = Decimal(1).scaleb(-digits(fact))
    yield Slip.MORE, value + step
    yield Slip.LESS, value - step
    for slip, factor in FACTORS.items():
        yield slip, value * factor
    if figure.last:
        yield Slip.LAST_YEAR, figure.last.value / fact.factor


def _swapped(value: Decimal) -> Iterator[Decimal]:
    """The number with two neighbouring digits exchanged, each pair in turn."""
    sign, digits, exponent = value.as_tuple()
    if isinstance(exponent, int):
        if 0 < exponent < MOST_DIGITS:
            digits, exponent = (*digits, *(0,) * exponent), 0
        for place in range(min(len(digits), MOST_DIGITS) - 1):
            one, other = digits[place : place + 2]
            yield Decimal((sign, (*digits[:place], other, one, *digits[place + 2 :]), exponent))
