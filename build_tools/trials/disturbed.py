"""The stated figures of a report, and every slip that each of them is tried with.

A figure is the number of a cell, or one told beside it: a control, a restatement, last year's. What a figure
is measured by is not tried: the `n` of a share or a mean, how many a questionnaire went to, and the bound of
a goal. Nothing is shown of them alone, and one `n` belongs to many cells, so a slip there is many at once; to
try it means to derive all those anew. The score says nothing of how well they are guarded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from build_tools.checks.relations import key
from build_tools.model import Edition, Fact, Interval, Kind, Report, Role, Slip, Stated

MOST_DIGITS = 20
"""Beyond these a number is absurd, and more swaps tell nothing new."""
OTHER_SEX = {"kvinna": "man", "man": "kvinna"}
FACTORS = {Slip.TEN: Decimal(10), Slip.THOUSAND: Decimal(1000), Slip.SIGN: Decimal(-1)}

Changed = Mapping[str, Fact]
"""The figures that a slip changes, by their keys."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that somebody has written: the value of a cell, or one stated beside it."""

    key: str
    fact: Fact
    stated: Stated | None = None


def figures(report: Report) -> tuple[Figure, ...]:
    """Every stated number of a report, in the order of its cells and then as told beside them."""
    cells = (fact for fact in report.cells.values() if isinstance(fact, Fact) and is_stated(fact))
    beside = (Figure(key(report, told.fact), told.fact, told) for told in report.stated)
    return (*(Figure(fact.cell.id, fact) for fact in cells), *beside)


def is_stated(fact: Fact) -> bool:
    """Whether a figure was written; a count that its share alone gives was, as that share."""
    how = fact.derivation
    return how is None or (fact.kind is Kind.COUNT and not how.inputs)


def disturbances(figure: Figure, report: Report, edition: Edition) -> Iterator[tuple[Slip, Changed]]:
    """Every slip that changes a figure, with what then stands."""
    fact = figure.fact
    if not fact.value.is_finite():
        return
    for slip, value in _values(figure, report, edition):
        if value != fact.value:
            yield slip, {figure.key: moved(fact, value)}
    twin = _twin(figure, report)
    if twin and twin.fact.value != fact.value:
        ours, theirs = moved(fact, twin.fact.value), moved(twin.fact, fact.value)
        yield Slip.SEXES, {figure.key: ours, twin.key: theirs}


def _values(figure: Figure, report: Report, edition: Edition) -> Iterator[tuple[Slip, Decimal]]:
    value = figure.fact.value
    for swapped in dict.fromkeys(_swapped(value)):
        yield Slip.SWAPPED, swapped
    step = Decimal(1).scaleb(-figure.fact.decimals)
    yield Slip.MORE, value + step
    yield Slip.LESS, value - step
    for slip, factor in FACTORS.items():
        yield slip, value * factor
    before = edition.before(report)
    last = before.fact(figure.fact.cell.id) if before else None
    told = figure.stated is not None and figure.stated.role is Role.PREVIOUS
    if last and last.kind is figure.fact.kind and not told:
        yield Slip.LAST_YEAR, last.value


def _swapped(value: Decimal) -> Iterator[Decimal]:
    """The number with two neighbouring digits exchanged, each pair in turn."""
    sign, digits, exponent = value.as_tuple()
    if isinstance(exponent, int):
        if 0 < exponent < MOST_DIGITS:
            digits, exponent = (*digits, *(0,) * exponent), 0
        for place in range(min(len(digits), MOST_DIGITS) - 1):
            one, other = digits[place : place + 2]
            yield Decimal((sign, (*digits[:place], other, one, *digits[place + 2 :]), exponent))


def moved(fact: Fact, value: Decimal) -> Fact:
    """The figure with another value, as precise as before."""
    change = value - fact.value
    span = Interval(fact.interval.low + change, fact.interval.high + change)
    upper = None if fact.upper is None else fact.upper + change
    return replace(fact, value=value, interval=span, upper=upper)


def _twin(figure: Figure, report: Report) -> Figure | None:
    """The same figure for the other sex, told in the same way and place."""
    cell = figure.fact.cell
    other = OTHER_SEX.get(cell.group)
    if other is None:
        return None
    before, _, after = cell.id.rpartition(f".{cell.group}")
    wanted = f"{before}.{other}{after}"
    if figure.stated is None:
        fact = report.fact(wanted)
        return Figure(wanted, fact) if fact and is_stated(fact) else None
    ours = _place(figure.stated)
    for told in report.stated:
        if told.fact.cell.id == wanted and _place(told) == ours:
            return Figure(key(report, told.fact), told.fact, told)
    return None


def _place(told: Stated) -> tuple[Role, int | None, str, Kind]:
    return told.role, told.section, told.part, told.fact.kind
