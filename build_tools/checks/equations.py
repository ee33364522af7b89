"""What the rules ask of the stated figures, as linear relations between changes of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from build_tools.checks.relations import Bound, Quotient, Sum, key
from build_tools.model import Fact, Kind, Report, Verdict

Changes = Mapping[str, Decimal]
"""How much figures grow, by their keys."""
HARD = ("R01", "R02", "R03", "R04", "R09", "R10")
"""The families of sums. What is merely told twice, or as a share, is weaker: it blames no figure alone."""

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

    def fact(self, cell: str) -> Fact | None:
        """The figure of a key, where it was stated and is a number of ordinary length."""
        fact = self.stated.get(cell) or self.report.fact(cell)
        if fact is None or fact.derivation or fact.upper is not None or cell in self.opaque:
            return None
        return fact if abs(fact.value) < LARGEST and fact.decimals < MOST_DECIMALS else None

    def parts(self, cell: str) -> dict[str, int]:
        """The stated figures that a cell is the weighted sum of."""
        if cell not in self.known:
            fact = self.stated.get(cell) or self.report.fact(cell)
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

    def added(self, terms: Sequence[tuple[str, int]]) -> dict[str, int]:
        """The stated figures of a weighted sum of cells."""
        found: dict[str, int] = {}
        for cell, weight in terms:
            for part, count in self.parts(cell).items():
                found[part] = found.get(part, 0) + weight * count
        return {part: weight for part, weight in found.items() if weight}


def step(fact: Fact) -> Decimal:
    """The smallest difference between two ways of writing a figure."""
    if fact.kind is Kind.COUNT:
        return Decimal(1)
    width = fact.interval.high - fact.interval.low
    return width if width and fact.hedge is None else Decimal(fact.factor).scaleb(-fact.decimals)


def possible(fact: Fact, value: Decimal) -> bool:
    """Whether a figure could have been that: nobody counts below nought or in parts."""
    return abs(value) < LARGEST and value % step(fact) == 0 and (fact.kind is not Kind.COUNT or value >= 0)


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
        facts = figures.report.facts(verdict.part, verdict.whole)
        for share, below in ((verdict.stated.low, True), (verdict.stated.high, False)) if facts else ():
            part, whole = facts or ()
            parts, wholes = figures.parts(verdict.part), figures.parts(verdict.whole)
            weights = {cell: 100 * Decimal(weight) for cell, weight in parts.items()}
            for cell, weight in wholes.items():
                weights[cell] = weights.get(cell, Decimal(0)) - share * weight
            bound = share * whole.value - 100 * part.value
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
