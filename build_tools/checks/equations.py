"""What the rules ask of the stated figures, as linear relations between changes of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_CEILING, Decimal

from build_tools import texts
from build_tools.checks.relations import Bound, Quotient, Sum, Terms, Weighed, base, key
from build_tools.model import Cell, Fact, Hedge, Interval, Kind, Report, Verdict, Where

Changes = Mapping[str, Decimal]
"""How much figures grow, by their keys."""
HARD = ("R01", "R02", "R03", "R04", "R09", "R10")
"""The families of sums. What is merely told twice, or as a share, is weaker: it blames no figure alone."""

NUMBER = "#n"
"""What ends the name of the number behind a figure."""
CHANGE = "forandring"
"""A change in percent, which may be less than nothing."""
MANY = 10_000
"""Of more persons than this any share is possible."""
HALF = Decimal("0.5")
ENDLESS = (Hedge.AT_LEAST, Hedge.AT_MOST)
"""Words that leave one end open, wherever the number stands."""
LARGEST = Decimal(10) ** 30
MOST_DECIMALS = 10
"""Beyond these a number is no figure, and what was meant cannot be told."""


@dataclass(frozen=True, slots=True)
class Band:
    """Bounds on the growth of a weighted sum; None is no bound."""

    weights: Mapping[str, Decimal]
    low: Decimal | None
    high: Decimal | None

    def grown(self, changes: Changes) -> Decimal:
        """How much the sum grows by the changes."""
        return sum(
            (self.weights[cell] * change for cell, change in changes.items() if cell in self.weights),
            Decimal(0),
        )

    def after(self, changes: Changes) -> Band:
        """The bounds that are left after the changes."""
        grown = self.grown(changes)
        low = None if self.low is None else self.low - grown
        return Band(self.weights, low, None if self.high is None else self.high - grown)

    def holds(self, changes: Changes) -> bool:
        """Whether the changes keep it within its bounds."""
        grown = self.grown(changes)
        return (self.low is None or self.low <= grown) and (self.high is None or grown <= self.high)


@dataclass(frozen=True, slots=True)
class Relation:
    """One verdict, by its place among all, as bands that must hold together."""

    place: int
    hard: bool
    failing: bool
    bands: tuple[Band, ...]

    @property
    def cells(self) -> tuple[str, ...]:
        """The figures that it depends on."""
        return tuple(dict.fromkeys(cell for band in self.bands for cell in band.weights))

    def holds(self, changes: Changes) -> bool:
        """Whether it holds after the changes."""
        return all(band.holds(changes) for band in self.bands)

    def after(self, changes: Changes) -> Relation:
        """What it asks of further changes."""
        if not any(cell in changes for band in self.bands for cell in band.weights):
            return self
        return replace(
            self, failing=not self.holds(changes), bands=tuple(band.after(changes) for band in self.bands)
        )


@dataclass(slots=True)
class Figures:
    """The stated figures of a report by their keys, and what the computed ones are made of."""

    report: Report
    stated: dict[str, Fact] = field(default_factory=dict)
    opaque: set[str] = field(default_factory=set)
    """Figures that something which is no sum was computed from: what a change does there is not known."""
    known: dict[str, dict[str, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Name the figures that stand beside their cells."""
        self.stated.update({key(self.report, one.fact): one.fact for one in self.report.stated})
        self.stated.update(beside(self.report))

    def fact(self, cell: str) -> Fact | None:
        """The figure of a key, where it was stated and is a number of ordinary length."""
        fact = self.known_as(cell)
        if fact is None or fact.derivation or fact.upper is not None or cell in self.opaque:
            return None
        return fact if abs(fact.value) < LARGEST and fact.decimals < MOST_DECIMALS else None

    def parts(self, cell: str) -> dict[str, int]:
        """The stated figures that a cell is the weighted sum of."""
        if cell not in self.known:
            fact = self.known_as(cell)
            how = fact.derivation if fact else None
            if how is None:
                self.known[cell] = {cell: 1}
            elif how.weights:
                terms = tuple(zip(how.inputs, how.weights, strict=True))
                self.known[cell] = self.added(terms)
            else:
                self.known[cell] = {cell: 1}
                self.opaque.update(part for one in how.inputs for part in self.parts(one))
        return self.known[cell]

    def known_as(self, cell: str) -> Fact | None:
        """The figure of a key, computed or stated."""
        return self.stated.get(cell) or self.report.fact(cell)

    def span(self, terms: Terms) -> Interval | None:
        """What a weighted sum of figures can be."""
        added = Interval(Decimal(0), Decimal(0))
        for cell, weight in terms:
            fact = self.known_as(cell)
            if fact is None:
                return None
            added += fact.interval.scaled(weight)
        return added

    def added(self, terms: Sequence[tuple[str, int]]) -> dict[str, int]:
        """The stated figures of a weighted sum of cells."""
        found: dict[str, int] = {}
        for cell, weight in terms:
            for part, count in self.parts(cell).items():
                found[part] = found.get(part, 0) + weight * count
        return {part: weight for part, weight in found.items() if weight}


def beside(report: Report) -> dict[str, Fact]:
    """The numbers that stand beside figures by their keys: those behind means, and shares from a step."""
    found: dict[str, Fact] = {}
    for table in report.distributions:
        if table.n is not None:
            _put(found, Cell(report.id, table.id, table.measure), table.n, table.n_where)
    for question in (one for survey in report.surveys for one in survey.questions):
        cell = Cell(report.id, question.id, question.id.partition(".")[0])
        if isinstance(question.n, Decimal):
            _put(found, cell, question.n, question.n_where)
        if question.cumulative and question.cumulative_where:
            step_of, share = question.cumulative
            cut = replace(cell, id=f"{cell.id}.fran_{step_of}.andel")
            found[base(question.cumulative_where)] = _share(cut, share, question.cumulative_where)
    facts = (one for one in (*report.cells.values(), *(told.fact for told in report.stated)))
    for fact in facts:
        if isinstance(fact, Fact) and not fact.derivation and isinstance(fact.n, Decimal):
            _put(found, fact.cell, fact.n, fact.n_where)
    return found


def _put(found: dict[str, Fact], cell: Cell, n: Decimal, where: Where | None) -> None:
    if where:
        told = replace(cell, id=f"{cell.id}{NUMBER}")
        found.setdefault(base(where), Fact(told, n, Interval(n, n), Kind.COUNT, where))


def _share(cell: Cell, share: Decimal, where: Where) -> Fact:
    digits = texts.precision(share)
    half = HALF.scaleb(-digits)
    return Fact(cell, share, Interval(share - half, share + half), Kind.SHARE, where, digits)


def step(fact: Fact) -> Decimal:
    """The smallest difference between two ways of writing a figure."""
    if fact.kind is Kind.COUNT:
        return Decimal(1)
    width = fact.interval.high - fact.interval.low
    return width if width and fact.hedge is None else Decimal(fact.factor).scaleb(-fact.decimals)


def thousands(fact: Fact) -> Decimal:
    """What one of a figure is worth as it is typed: a thousand kronor where it is told in thousands."""
    if fact.hedge is not None:
        return Decimal(fact.factor)
    plain = fact.kind is Kind.AMOUNT and not fact.decimals
    return max(step(fact), Decimal(1)) if plain else Decimal(1)


def as_typed(fact: Fact, value: Decimal) -> Decimal:
    """A value of a figure with the digits that it is typed with."""
    number = value / thousands(fact)
    digits = max(fact.decimals, texts.precision(number.normalize()))
    if abs(number) >= LARGEST or digits > MOST_DECIMALS:
        return number
    return texts.rounded(number, texts.precision(number.normalize()) if digits > fact.decimals else digits)


def wider(fact: Fact, typed: Decimal) -> tuple[Decimal, Decimal]:
    """How much further down and up a figure may be moved as another number was typed than as it stands.

    Fewer decimals stand for more numbers. What a word makes rough is as much of the number that stands there:
    *drygt* −118 is below it, where *drygt* 118 is above.
    """
    exact = fact.kind is Kind.COUNT and fact.hedge is None
    if exact or fact.upper is not None or fact.hedge in ENDLESS:
        return Decimal(0), Decimal(0)
    value = typed * thousands(fact)
    if fact.hedge is not None and fact.value:
        anew = fact.interval.scaled(value / fact.value)
    else:
        half = HALF.scaleb(-texts.precision(typed)) * thousands(fact)
        anew = Interval(value - half, value + half)
    own = fact.interval
    return (anew.high - value) - (own.high - fact.value), (own.low - fact.value) - (anew.low - value)


def possible(fact: Fact, value: Decimal) -> bool:
    """Whether a figure could have been that: nobody counts below nought or in parts."""
    whole = fact.kind is not Kind.COUNT or not value % 1
    below = fact.kind is Kind.AMOUNT or fact.cell.point == CHANGE
    return abs(value) < LARGEST and whole and (below or value >= 0) and _of_whole_persons(fact, value)


def _of_whole_persons(fact: Fact, value: Decimal) -> bool:
    """Whether a share of so many persons is a number of persons."""
    n, share = fact.n, fact.kind is Kind.SHARE and fact.cell.point != CHANGE
    if not share or not isinstance(n, Decimal) or not 0 < n < MANY or fact.hedge or fact.upper is not None:
        return True
    half = HALF.scaleb(-texts.precision(value.normalize()))
    low, high = (value - half) * n / 100, (value + half) * n / 100
    return low.to_integral_value(ROUND_CEILING) <= high


def relations(verdicts: Sequence[tuple[str, Verdict]], figures: Figures) -> tuple[Relation, ...]:
    """Every sum and quotient among the verdicts."""
    found = []
    for place, (code, verdict) in enumerate(verdicts):
        bands = tuple(_bands(verdict, figures))
        if bands:
            hard = code.startswith(HARD) and isinstance(verdict, (Sum, Bound))
            found.append(Relation(place, hard, not verdict.holds, bands))
    return tuple(found)


def _bands(verdict: Verdict, figures: Figures) -> Iterator[Band]:
    if isinstance(verdict, Sum):
        weights = {cell: Decimal(weight) for cell, weight in figures.added(verdict.terms).items()}
        yield Band(weights, -verdict.gap.high, -verdict.gap.low)
    elif isinstance(verdict, Bound):
        weights = {cell: Decimal(weight) for cell, weight in figures.added(verdict.terms).items()}
        yield Band(weights, None, verdict.room)
    elif isinstance(verdict, Quotient):
        yield from _quotient(verdict, figures)
    elif isinstance(verdict, Weighed):
        yield from _weighed(verdict, figures)


def _quotient(verdict: Quotient, figures: Figures) -> Iterator[Band]:
    """A product of two figures is linear as long as one of them stands still."""
    part, whole = figures.span(verdict.part), figures.span(verdict.whole)
    own = figures.stated.get(verdict.own)
    if own is None or part is None or whole is None:
        return
    for below, stated in ((True, own.interval.low), (False, own.interval.high)):
        share = stated + verdict.less
        top, bottom = (part.high, whole.low) if below else (part.low, whole.high)
        weights = {verdict.own: -(whole.low + whole.high) / 2}
        for cell, weight in figures.added(verdict.part).items():
            weights[cell] = weights.get(cell, Decimal(0)) + verdict.times * weight
        for cell, weight in figures.added(verdict.whole).items():
            weights[cell] = weights.get(cell, Decimal(0)) - share * weight
        bound = share * bottom - verdict.times * top
        yield Band(weights, bound if below else None, None if below else bound)


def _weighed(verdict: Weighed, figures: Figures) -> Iterator[Band]:
    own = figures.stated.get(verdict.own)
    pairs = [(figures.known_as(mean), figures.known_as(n)) for mean, n in verdict.groups]
    facts = [(mean, n) for mean, n in pairs if mean and n]
    if own is None or len(facts) < len(pairs):
        return
    everybody = sum((n.value for _mean, n in facts), Decimal(0))
    for below in (True, False):
        stated = own.interval.low if below else own.interval.high
        weights = {verdict.own: -everybody}
        bound = Decimal(0)
        for (mean, n), (one, other) in zip(facts, verdict.groups, strict=True):
            end = mean.interval.high if below else mean.interval.low
            weights[one], weights[other] = n.value, end - stated
            bound -= n.value * (end - stated)
        yield Band(weights, bound if below else None, None if below else bound)


def components(every: Sequence[Relation]) -> Iterator[tuple[Relation, ...]]:
    """Relations that hang together by their figures, where one of them fails, in the order of the rules."""
    touching: dict[str, list[Relation]] = {}
    for relation in every:
        for cell in relation.cells:
            touching.setdefault(cell, []).append(relation)
    seen: set[int] = set()
    for first in every:
        if first.failing and first.place not in seen:
            found = {first.place: first}
            waiting = [first]
            while waiting:
                for cell in waiting.pop().cells:
                    new = [other for other in touching.pop(cell, ()) if other.place not in found]
                    found.update({other.place: other for other in new})
                    waiting += new
            seen |= found.keys()
            yield tuple(found[place] for place in sorted(found))
