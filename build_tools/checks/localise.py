"""Which figure is likeliest wrong, and what it should be: fewest figures first, then how hands go wrong."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from math import prod

from build_tools import texts
from build_tools.checks.equations import (
    NUMBER,
    Figures,
    Relation,
    as_typed,
    components,
    possible,
    step,
    thousands,
    wider,
)
from build_tools.checks.programme import smallest_sets
from build_tools.checks.relations import POPULATIONS
from build_tools.checks.slips import Slip, likely, meant, slip, telling
from build_tools.model import Fact, Kind

MOST = 3
"""Proposals beyond these help nobody."""
AS_LIKELY = 0.8
"""A proposal this near to the first in what speaks for it is as likely."""
AGREES = 5.0
"""How much a number behind a mean gains where it is as many as there are in all."""
CLOSE = 9
"""So many values within the rounding are all tried; of more, the middle and the ends."""
WOMEN = re.compile(r"(?<![a-z])kvinna(?![a-z])")
NOWHERE = Decimal(10) ** 6
ROUNDS = 2
BIAS = (0.02, 0.01, 0.0)
"""How much cheaper a figure is with a gross slip, a small one, none: never so much that two cost as one."""
LINES = 3
"""How far apart women and men stand in a file, at most, where they can have changed places."""


@dataclass(frozen=True, slots=True)
class Move:
    """A change of one figure, or of two that changed places, and what speaks for it."""

    changes: Mapping[str, Decimal]
    slip: Slip
    broken: int = 0
    """How many restated figures and shares fail after it."""
    score: float = 1.0
    """How likely the right number was to become the one that stands there, at last year's level."""
    mends_all: bool = False
    """Whether nothing fails after it, what is told twice and shares as well."""

    @property
    def cell(self) -> str:
        """The figure that it is told of."""
        return next(iter(self.changes))

    @property
    def rank(self) -> tuple[int, float, Slip, str]:
        """Fewest contradictions, then what speaks for it; the name breaks ties."""
        return (self.broken, -round(self.score, 9), self.slip, self.cell)

    def as_likely_as(self, first: Move) -> bool:
        """Whether nothing tells it from a better one."""
        return self.broken == first.broken and self.score >= first.score * AS_LIKELY


@dataclass(frozen=True, slots=True)
class Search:
    """What the moves are sought among: figures that may be wrong, and what they were last year."""

    figures: Figures
    last: Mapping[str, Decimal]
    """By the names that `told_as` gives."""

    def causes(self, relations: Sequence[Relation]) -> list[list[Move]]:
        """For each figure that is wrong, the likeliest moves; nothing where too much is wrong to tell."""
        alone = self.moves([replace(relation, hard=True) for relation in relations])
        if alone:
            return [[replace(move, mends_all=True) for move in alone]]
        hard = [relation for relation in relations if relation.hard]
        parts = [{relation.place for relation in part} for part in components(hard)]
        return [cause for part in parts for cause in self._within_part(_around(part, relations))]

    def _within_part(self, relations: Sequence[Relation]) -> list[list[Move]]:
        """The causes among sums that hang together, whatever else is wrong with what is told again."""
        alone = self.moves(relations)
        if alone:
            return [alone]
        facts = self._facts(relations)
        found = smallest_sets(relations, facts, {cell: self._bias(cell, relations) for cell in facts})
        sets = [self._ranked(self._settled(changes, relations), relations) for changes in found]
        return self._apart(min(sets)[-1], relations) if sets else []

    def joined(self, components: Sequence[Sequence[Relation]]) -> list[Sequence[Relation]]:
        """Components as they are, but two as one where women and men who changed places explain both."""
        left = list(components)
        found: list[Sequence[Relation]] = []
        while left:
            first = left.pop(0)
            other = next((one for one in left if self._exchange(first, one)), None)
            if other is None:
                found.append(first)
            else:
                left.remove(other)
                found.append(sorted((*first, *other), key=lambda relation: relation.place))
        return found

    def _exchange(self, one: Sequence[Relation], other: Sequence[Relation]) -> bool:
        both = [replace(relation, hard=True) for relation in (*one, *other)]
        failing = [relation for relation in both if relation.failing]
        return any(self._swaps(failing, both))

    def _bias(self, cell: str, relations: Sequence[Relation]) -> float:
        """How much likelier a figure is than others, since a slip of it would explain what fails."""
        likeliest = 0.0
        for relation in relations:
            weight = relation.bands[0].weights.get(cell, Decimal(0))
            low, high = relation.bands[0].low, relation.bands[0].high
            if relation.failing and relation.hard and weight and low is not None and high is not None:
                likeliest = max(likeliest, BIAS[telling(self._slip(cell, (low + high) / 2 / weight))])
        return likeliest

    def _settled(self, changes: dict[str, Decimal], relations: Sequence[Relation]) -> dict[str, Decimal]:
        """The set with each of its figures changed for the likeliest, as long as that tells more."""
        for cell in [*sorted(changes)] * ROUNDS:
            if cell in changes:
                others = {other: change for other, change in changes.items() if other != cell}
                left = self.moves([relation.after(others) for relation in relations])
                if left and len(left[0].changes) == 1:
                    changes = {**others, **left[0].changes}
        return changes

    def _ranked(
        self, changes: dict[str, Decimal], relations: Sequence[Relation]
    ) -> tuple[int, int, list[str], dict[str, Decimal]]:
        broken = sum(not relation.holds(changes) for relation in relations if not relation.hard)
        slips = sum(telling(self._slip(cell, change)) for cell, change in changes.items())
        return len(changes) * 4 + broken, slips, sorted(changes), changes

    def _apart(self, changes: Mapping[str, Decimal], relations: Sequence[Relation]) -> list[list[Move]]:
        """Each figure of a set on its own: what could be wrong when the others are put right."""
        found, every = [], changes
        for swapped in self._exchanged(changes):
            changes = {cell: change for cell, change in changes.items() if cell not in swapped}
            found.append([self._move(swapped, relations, Slip.SEXES)])
        for cell in sorted(changes):
            others = {other: change for other, change in every.items() if other != cell}
            left = self.moves([relation.after(others) for relation in relations])
            if not left:
                return []
            found.append(left)
        return found

    def _exchanged(self, changes: Mapping[str, Decimal]) -> Iterator[dict[str, Decimal]]:
        """The pairs of a set that only change places."""
        for woman, man in self._pairs(changes):
            one, other = self.figures.fact(woman), self.figures.fact(man)
            if one and other and changes[woman] == other.value - one.value == -changes[man]:
                yield {woman: changes[woman], man: changes[man]}

    def _pairs(self, cells: Iterable[str]) -> Iterator[tuple[str, str]]:
        """The figures of women and men that stand beside each other."""
        facts = [(key, fact) for key in cells if (fact := self.figures.fact(key)) and fact.cell.group]
        for woman, one in facts:
            if WOMEN.search(one.cell.id):
                yield from ((woman, man) for man, other in facts if _pair((woman, man), one, other))

    def moves(self, relations: Sequence[Relation]) -> list[Move]:
        """The likeliest moves of one figure that make every sum hold."""
        failing = [relation for relation in relations if relation.failing and relation.hard]
        shared = (
            [cell for cell in failing[0].cells if all(cell in one.cells for one in failing)]
            if failing
            else []
        )
        every = [*self._swaps(failing, relations)]
        for cell in shared:
            fact = self.figures.fact(cell)
            if fact:
                every += self._own(cell, fact, relations, relations)
        return sorted(every, key=lambda move: move.rank)[:MOST]

    def _own(
        self, cell: str, fact: Fact, asked: Sequence[Relation], relations: Sequence[Relation]
    ) -> list[Move]:
        """The moves of one figure, the likeliest first; of those that no slip explains only one."""
        found = [
            self._move({cell: change}, relations, near=near) for change, near in _changes(cell, fact, asked)
        ]
        found.sort(key=lambda move: move.rank)
        return [*found[:1], *(move for move in found[1:] if move.slip is not Slip.NONE)]

    def told_again(self, relation: Relation, relations: Sequence[Relation]) -> list[Move]:
        """The moves that mend one restated figure and break nothing, itself before its cell."""
        moves = []
        for cell in relation.cells:
            fact = self.figures.fact(cell)
            touching = [one for one in relations if cell in one.cells]
            if fact and all(one.place == relation.place or not one.failing for one in touching):
                asked = [replace(one, hard=True) for one in touching]
                moves += self._own(cell, fact, asked, relations)[:1]
        first = {cell: "=" not in cell for cell in relation.cells}
        return sorted(moves, key=lambda move: (move.broken, first[move.cell], move.rank))[:MOST]

    def _facts(self, relations: Sequence[Relation]) -> dict[str, Fact]:
        cells = {cell for relation in relations if relation.hard for cell in relation.cells}
        return {cell: fact for cell in sorted(cells) if (fact := self.figures.fact(cell))}

    def _swaps(self, failing: Sequence[Relation], relations: Sequence[Relation]) -> Iterator[Move]:
        """Women and men who have changed places."""
        near = dict.fromkeys(cell for relation in failing for cell in relation.cells)
        for woman, man in self._pairs(near):
            one, other = self.figures.fact(woman), self.figures.fact(man)
            if one and other and one.value != other.value:
                gap = other.value - one.value
                changes = {woman: gap, man: -gap}
                if all(relation.holds(changes) for relation in relations if relation.hard):
                    yield self._move(changes, relations, Slip.SEXES)

    def _move(
        self,
        changes: dict[str, Decimal],
        relations: Sequence[Relation],
        known: Slip | None = None,
        near: float = 1.0,
    ) -> Move:
        cell, change = next(iter(changes.items()))
        broken = sum(not relation.holds(changes) for relation in relations if not relation.hard)
        found = self._slip(cell, change) if known is None else known
        chance = near * self._likely(cell, change)
        if known is Slip.SEXES:
            chance = prod(self._levels(one, own) for one, own in changes.items())
        return Move(changes, found, broken, chance)

    def _slip(self, cell: str, change: Decimal) -> Slip:
        fact = self.figures.fact(cell)
        return max(self._ways(cell, fact, change), key=_chance)[1] if fact else Slip.NONE

    def _likely(self, cell: str, change: Decimal) -> float:
        """How likely the slip is, and the figure that was meant against the one that stands there."""
        fact = self.figures.fact(cell)
        if fact is None:
            return 0.0
        return max(self._ways(cell, fact, change), key=_chance)[0]

    def _levels(self, cell: str, change: Decimal) -> float:
        """How much likelier a figure is with a change than as it stands, by last year's level."""
        fact = self.figures.fact(cell)
        if fact is None:
            return 1.0
        known, last = self._elsewhere(fact, change), self.last.get(told_as(fact))
        return known if last is None else known * _level(fact.value + change, last) / _level(fact.value, last)

    def _elsewhere(self, fact: Fact, change: Decimal) -> float:
        """What the number of a whole population says of the number behind a mean of it."""
        measure = POPULATIONS.get(fact.cell.population, "") if fact.cell.id.endswith(NUMBER) else ""
        other = self.figures.report.fact(f"{measure}.{fact.cell.group}" if fact.cell.group else measure)
        if other is None:
            return 1.0
        return AGREES ** ((fact.value + change == other.value) - (fact.value == other.value))

    def _ways(self, cell: str, fact: Fact, change: Decimal) -> Iterator[tuple[float, Slip]]:
        """How likely the slip is, and what it is, for each way to write the number that was meant."""
        last = self.last.get(told_as(fact))
        stated, right = as_typed(fact, fact.value), as_typed(fact, fact.value + change)
        told, level = None, self._levels(cell, change)
        if last is not None and abs(last) < NOWHERE**5:
            told = texts.rounded(last / thousands(fact), fact.decimals)
        for written in dict.fromkeys(map(str, (right, right.normalize()))):
            one = Decimal(written)
            yield likely(stated, one, told) * level, slip(stated, one, told)


def _chance(way: tuple[float, Slip]) -> tuple[float, int]:
    return way[0], -way[1]


def _around(part: Collection[int], relations: Sequence[Relation]) -> list[Relation]:
    """Sums that hang together, with the shares and the numbers told again that are of their figures alone."""
    cells = {cell for relation in relations if relation.place in part for cell in relation.cells}
    return [one for one in relations if one.place in part or (not one.hard and cells.issuperset(one.cells))]


def told_as(fact: Fact) -> str:
    """The name of what a figure tells: a share of a count is another thing than the count."""
    share = fact.kind is Kind.SHARE and not fact.cell.is_share
    return f"{fact.cell.id}.andel" if share else fact.cell.id


def _level(number: Decimal, last: Decimal) -> float:
    """How likely a figure is where last year's is known: far away is unlikely, not impossible."""
    away = min(abs(number - last) / max(abs(last), Decimal(1)), NOWHERE)
    return 1 / (1 + float(away) ** 2)


def _changes(cell: str, fact: Fact, relations: Sequence[Relation]) -> Iterator[tuple[Decimal, float]]:
    """The changes of one figure, in steps that can be written, that make every hard relation hold.

    Each comes with how near it is to the middle of what the rounding allows.
    """
    low, high = None, None
    for band in (band for relation in relations if relation.hard for band in relation.bands):
        weight = band.weights.get(cell, Decimal(0))
        if weight:
            ends = [None if end is None else end / weight for end in (band.low, band.high)]
            below, above = ends if weight > 0 else ends[::-1]
            low = below if low is None or (below is not None and below > low) else low
            high = above if high is None or (above is not None and above < high) else high
        elif not band.holds({}):
            return
    if low is not None and high is not None:
        middle, reach = (low + high) / 2, abs(high - low) / 2
        for change in _within(fact, low, high):
            if change:
                yield change, float(1 - abs(change - middle) / (reach + 2 * step(fact)))


def _within(fact: Fact, low: Decimal, high: Decimal) -> Iterator[Decimal]:
    """The changes that reach from one end to the other: in the middle, at both ends, and those of slips."""
    if max(abs(low), abs(high)) >= NOWHERE**5:
        return
    size, exact = step(fact), fact.kind is Kind.COUNT
    if exact and low > high:
        return
    first = (low / size).to_integral_value(ROUND_CEILING) * size
    last = (high / size).to_integral_value(ROUND_FLOOR) * size
    middle = ((low + high) / 2 / size).to_integral_value() * size
    steps = int((last - first) / size) + 1 if last - first < CLOSE * size else 0
    plain = (Decimal(0), Decimal(0))
    found = dict.fromkeys((middle, first, last, *(first + size * at for at in range(steps))), plain)
    worth = thousands(fact)
    if fact.hedge is not None:
        found = {change: wider(fact, (fact.value + change) / worth) for change in _rough(fact, low, high)}
    if low < high or not exact:
        for one in meant(as_typed(fact, fact.value)):
            found.setdefault(one * worth - fact.value, wider(fact, one))
    for change, (below, above) in found.items():
        if low - below <= change <= high + above and possible(fact, fact.value + change):
            yield change


def _rough(fact: Fact, low: Decimal, high: Decimal) -> Iterator[Decimal]:
    """The changes to the numbers next to what a rough figure should be of, however its word is meant."""
    size = step(fact)
    for wanted in (low + fact.interval.high, high + fact.interval.low):
        for rounding in (ROUND_FLOOR, ROUND_CEILING):
            yield (wanted / size).to_integral_value(rounding) * size - fact.value


def _pair(keys: tuple[str, str], one: Fact | None, other: Fact | None) -> bool:
    """Whether two figures are of women and men, alike in all else, and stand beside each other."""
    if one is None or other is None:
        return False
    beside = one.where.file == other.where.file and abs(one.where.line - other.where.line) <= LINES
    alike = WOMEN.sub("man", one.cell.id) == other.cell.id and one.kind is other.kind
    return alike and beside and ("=" in keys[0]) == ("=" in keys[1])
