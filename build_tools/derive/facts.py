"""Makes derived facts: value, interval, precision and the way back to the figures they came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from build_tools import texts
from build_tools.derive import arithmetic
from build_tools.model import Cell, Derivation, Fact, Hedge, Interval, Kind, Measure, Report, Where

ADDITIVE = frozenset({Kind.COUNT, Kind.SUM, Kind.AMOUNT})


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum or difference of facts on its way to be a fact, or the part or the whole of a share."""

    value: Decimal
    interval: Interval
    terms: tuple[Fact, ...]
    weights: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What an arithmetic gave."""

    value: Decimal
    interval: Interval
    kind: Kind
    decimals: int
    n: Decimal | None = None


def amount(terms: Sequence[Fact], weights: Sequence[int] = ()) -> Amount:
    """Add facts up, each once where no weights are given."""
    signs = tuple(weights) or (1,) * len(terms)
    value = arithmetic.weighted_sum([term.value for term in terms], signs)
    if all(term.interval.exact for term in terms):
        return Amount(value, Interval(value, value), tuple(terms), signs)
    interval = arithmetic.weighted_sum_interval([term.interval for term in terms], signs)
    return Amount(value, interval, tuple(terms), signs)


def cell_of(report: Report, measure: Measure, cell_id: str, category: str = "", group: str = "") -> Cell:
    """The address of a figure of a measure, for the measure's own population and measuring point."""
    return Cell(report.id, cell_id, measure.id, category, group, measure.population, measure.point)


def without_group(cell: Cell) -> Cell:
    """The address of the total that a group belongs to."""
    before, _, after = cell.id.rpartition(f".{cell.group}")
    return moved(cell, f"{before}{after}", cell.category)


def moved(cell: Cell, cell_id: str, category: str = "", group: str = "") -> Cell:
    """Another address for the same measure, population and measuring point."""
    return Cell(cell.report, cell_id, cell.measure, category, group, cell.population, cell.point)


def total(cell: Cell, added: Amount, rule: str, formula: str, kind: Kind | None = None) -> Fact:
    """A fact that is a sum or difference of others."""
    how = Derivation(rule, formula, _ids(added), added.weights)
    decimals = max(term.decimals for term in added.terms)
    result = Result(added.value, added.interval, kind or added.terms[0].kind, decimals)
    return _fact(cell, result, added.terms, how)


def share(cell: Cell, part: Amount, whole: Amount, rule: str, formula: str) -> Fact | None:
    """A fact that is one amount in percent of another; nothing where the whole is nobody."""
    value = arithmetic.percent(part.value, whole.value)
    interval = _percent_interval(value, part.interval, whole.interval)
    if value is None or interval is None:
        return None
    how = Derivation(rule, formula, tuple(dict.fromkeys((*_ids(part), *_ids(whole)))))
    decimals = 0 if whole.value < texts.MANY else 1
    result = Result(value, interval, Kind.SHARE, decimals, whole.value)
    return _fact(cell, result, (*part.terms, *whole.terms), how)


def percent_of(cell: Cell, part: Amount, whole: Amount, rule: str, where: Where) -> Fact | None:
    """A share of numbers that may stand in no cell, as those who answered and those who were asked."""
    value = arithmetic.percent(part.value, whole.value)
    interval = _percent_interval(value, part.interval, whole.interval)
    if value is None or interval is None:
        return None
    counts = f"{texts.number(part.value)} av {texts.number(whole.value)}."
    how = Derivation(rule, counts, _ids(part))
    decimals = 0 if whole.value < texts.MANY else 1
    first = part.terms[0].period if part.terms else None
    return Fact(
        cell, value, interval, Kind.SHARE, where, decimals, n=whole.value, period=first, derivation=how
    )


def _percent_interval(value: Decimal | None, part: Interval, whole: Interval) -> Interval | None:
    if value is not None and part.exact and whole.exact:
        return Interval(value, value)
    return arithmetic.quotient_interval(part.scaled(100), whole)


def ratio(cell: Cell, part: Amount, whole: Amount, measure: Measure, formula: str) -> Fact | None:
    """A fact that is one amount by another, rounded by the definition of its measure."""
    value = arithmetic.quotient(part.value, whole.value)
    interval = arithmetic.quotient_interval(part.interval, whole.interval)
    if value is None or interval is None:
        return None
    how = Derivation(measure.id, formula, (*_ids(part), *_ids(whole)))
    decimals = measure.decimals
    result = Result(texts.rounded(value, decimals), interval, measure.kind, decimals)
    return _fact(cell, result, (*part.terms, *whole.terms), how)


def mean(cell: Cell, groups: Sequence[Fact], rule: str, formula: str) -> Fact | None:
    """The mean of all from the means of groups whose sizes are known, as precise as the least precise."""
    sizes = [group.n for group in groups if isinstance(group.n, Decimal)]
    if len(sizes) < len(groups):
        return None
    value = arithmetic.weighted_mean([group.value for group in groups], sizes)
    interval = arithmetic.weighted_mean_interval([group.interval for group in groups], sizes)
    if value is None or interval is None:
        return None
    decimals = min(group.decimals for group in groups)
    how = Derivation(rule, formula, tuple(group.cell.id for group in groups))
    everybody = sum(sizes, Decimal(0))
    result = Result(texts.rounded(value, decimals), interval, Kind.MEAN, decimals, everybody)
    return _fact(cell, result, groups, how)


def _ids(added: Amount) -> tuple[str, ...]:
    return tuple(term.cell.id for term in added.terms)


def _fact(cell: Cell, result: Result, inputs: Sequence[Fact], how: Derivation) -> Fact:
    """A fact in the place of its first input; a range or a rough number among the inputs makes it one."""
    first = inputs[0]
    ranged = any(fact.upper is not None for fact in inputs)
    rough = any(fact.hedge for fact in inputs)
    return Fact(
        cell=cell,
        value=result.interval.low if ranged else result.value,
        interval=result.interval,
        kind=result.kind,
        where=first.where,
        decimals=result.decimals,
        n=result.n,
        hedge=Hedge.ABOUT if rough else None,
        upper=result.interval.high if ranged else None,
        period=first.period if all(fact.period == first.period for fact in inputs) else None,
        derivation=how,
    )
