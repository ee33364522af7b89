"""Which figure is likeliest wrong, and what it should be: fewest figures first, then how hands go wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import islice

from build_tools.checks.equations import Figures, Relation, possible, step
from build_tools.checks.programme import smallest_sets
from build_tools.checks.slips import Slip, slip, telling
from build_tools.model import Fact

MOST = 3
"""Proposals beyond these help nobody."""
UNKNOWN = Decimal("0.5")
"""How far from last year's level a figure is taken to be where last year is not told."""
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
    broken: int
    """How many restated figures and shares fail after it."""
    away: Decimal
    """How far from last year's level it leads."""

    @property
    def cell(self) -> str:
        """The figure that it is told of."""
        return next(iter(self.changes))

    @property
    def rank(self) -> tuple[int, int, Decimal, Slip, str]:
        """Fewest contradictions, most telling slip, nearest last year; the name breaks ties."""
        return (self.broken, telling(self.slip), self.away, self.slip, self.cell)


@dataclass(frozen=True, slots=True)
class Search:
    """What the moves are sought among: figures that may be wrong, and what they were last year."""

    figures: Figures
    last: Mapping[str, Decimal]

    def causes(self, relations: Sequence[Relation]) -> list[list[Move]]:
        """For each figure that is wrong, the likeliest moves; nothing where too much is wrong to tell."""
        if not any(relation.failing and relation.hard for relation in relations):
            return []
        alone = self.moves(relations)
        if alone:
            return [alone]
        facts = self._facts(relations)
        found = smallest_sets(relations, facts, {cell: self._bias(cell, relations) for cell in facts})
        sets = [self._ranked(self._settled(changes, relations), relations) for changes in found]
        return self._apart(min(sets)[-1], relations) if sets else []

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
        for woman in (key for key in cells if "kvinna" in key):
            for man in (key for key in cells if "man" in key):
                if _pair((woman, man), self.figures.fact(woman), self.figures.fact(man)):
                    yield woman, man

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
                own = [self._move({cell: change}, relations) for change in _changes(cell, fact, relations)]
                every += sorted(own, key=lambda move: (move.broken, move.slip))[:1]
        return sorted(every, key=lambda move: move.rank)[:MOST]

    def told_again(self, relation: Relation, relations: Sequence[Relation]) -> list[Move]:
        """The moves that mend one restated figure and break nothing, itself before its cell."""
        moves = []
        for cell in relation.cells:
            fact = self.figures.fact(cell)
            touching = [one for one in relations if cell in one.cells]
            if fact and all(one.place == relation.place or not one.failing for one in touching):
                asked = [Relation(one.place, True, one.failing, one.bands) for one in touching]
                for change in islice(_changes(cell, fact, asked), 1):
                    moves.append(self._move({cell: change}, relations))
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
        self, changes: dict[str, Decimal], relations: Sequence[Relation], known: Slip | None = None
    ) -> Move:
        cell, change = next(iter(changes.items()))
        broken = sum(not relation.holds(changes) for relation in relations if not relation.hard)
        away = self._away(cell, change)
        return Move(changes, self._slip(cell, change) if known is None else known, broken, away)

    def _slip(self, cell: str, change: Decimal) -> Slip:
        fact = self.figures.fact(cell)
        if fact is None:
            return Slip.NONE
        return slip(fact.value, fact.value + change, fact.decimals, self.last.get(fact.cell.id))

    def _away(self, cell: str, change: Decimal) -> Decimal:
        fact = self.figures.fact(cell)
        last = self.last.get(fact.cell.id) if fact else None
        if fact is None or last is None:
            return UNKNOWN
        return min(abs(fact.value + change - last) / max(abs(last), Decimal(1)), NOWHERE)


def _changes(cell: str, fact: Fact, relations: Sequence[Relation]) -> Iterator[Decimal]:
    """The changes of one figure, in steps that can be written, that make every hard relation hold."""
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
    if low is not None and high is not None and low <= high:
        yield from (change for change in _within(fact, low, high) if change)


def _within(fact: Fact, low: Decimal, high: Decimal) -> Iterator[Decimal]:
    """The changes that reach from one end to the other, nearest the middle and at both ends."""
    if max(abs(low), abs(high)) >= NOWHERE**5:
        return
    size = step(fact)
    first = (low / size).to_integral_value(ROUND_CEILING) * size
    last = (high / size).to_integral_value(ROUND_FLOOR) * size
    middle = ((low + high) / 2 / size).to_integral_value() * size
    for change in dict.fromkeys((middle, first, last)):
        if low <= change <= high and possible(fact, fact.value + change):
            yield change


def _pair(keys: tuple[str, str], one: Fact | None, other: Fact | None) -> bool:
    """Whether two figures are of women and men, alike in all else, and stand beside each other."""
    if one is None or other is None or "kvinna" not in one.cell.group.split("."):
        return False
    swapped = ".".join("man" if part == "kvinna" else part for part in one.cell.id.split("."))
    beside = one.where.file == other.where.file and abs(one.where.line - other.where.line) <= LINES
    return swapped == other.cell.id and beside and ("=" in keys[0]) == ("=" in keys[1])
