"""The smallest sets of figures whose change makes every sum hold, as a mixed-integer programme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from build_tools.checks.equations import Band, Relation, step
from build_tools.model import Fact, Kind

SOFT = 0.25
"""What a restated figure or a share that fails costs, against one for a figure that is changed."""
MOST_SETS = 6
MOST_FIGURES = 12
"""Sets larger than this explain nothing: so much is wrong that any of it may be."""
MOST_CELLS = 600
MOST_FAILING = 80
LARGEST_GAP = Decimal(10) ** 12
"""Where the solver's floating point ends."""
REACH = 3.0
"""How far a figure may be moved, counted in the largest gap."""
NODES = 500


@dataclass(frozen=True, slots=True)
class Programme:
    """The relations as rows, the figures as columns; growth is counted in `unit`, the largest gap."""

    relations: tuple[Relation, ...]
    cells: tuple[str, ...]
    facts: Mapping[str, Fact]
    unit: Decimal
    bias: Mapping[str, float]
    exact: bool
    """Whether figures must agree as they are written, not only within their rounding."""

    @property
    def soft(self) -> tuple[Relation, ...]:
        """The relations that may be left failing at a price."""
        return tuple(relation for relation in self.relations if not relation.hard)


def smallest_sets(
    relations: Sequence[Relation], facts: Mapping[str, Fact], bias: Mapping[str, float]
) -> list[dict[str, Decimal]]:
    """The sets of changes that cost least, each tried exactly; `bias` makes likelier figures cheaper."""
    failing = [relation for relation in relations if relation.failing and relation.hard]
    gaps = [abs(end) for one in failing for band in one.bands for end in (band.low, band.high) if end]
    unit = max(gaps, default=Decimal(0))
    if not 0 < len(failing) <= MOST_FAILING or len(facts) > MOST_CELLS or not 0 < unit < LARGEST_GAP:
        return []
    for exact in (True, False):
        programme = Programme(tuple(relations), tuple(sorted(facts)), facts, unit, bias, exact)
        if sets := list(_sets(programme)):
            return sets
    return []


def _sets(programme: Programme) -> Iterator[dict[str, Decimal]]:
    cheapest, cuts = 0.0, list[frozenset[int]]()
    while len(cuts) < MOST_SETS and (found := _solved(programme, cuts)):
        cost, growth = found
        cheapest = cheapest or cost
        if cost > cheapest + SOFT or len(growth) > MOST_FIGURES:
            return
        cuts.append(frozenset(growth))
        changes = {programme.cells[at]: _whole(programme, at, grown) for at, grown in growth.items()}
        if all(relation.holds(changes) for relation in programme.relations if relation.hard):
            yield changes


def _whole(programme: Programme, at: int, grown: float) -> Decimal:
    """A growth in steps that can be written."""
    size = step(programme.facts[programme.cells[at]])
    return (Decimal(repr(grown)) * programme.unit / size).to_integral_value() * size


def _solved(programme: Programme, cuts: Sequence[frozenset[int]]) -> tuple[float, dict[int, float]] | None:
    """The cheapest set that holds none of the cuts, with its cost; None where there is none."""
    # Takes a second to import, and is needed only where several figures are wrong at once.
    import numpy
    from scipy.optimize import Bounds, LinearConstraint, milp

    count, soft = len(programme.cells), len(programme.soft)
    rows = [*_rows(programme), *_ties(count, soft), *_cut_rows(cuts, count, soft)]
    matrix = numpy.array([row for row, _low, _high in rows])
    limits = LinearConstraint(matrix, [low for _row, low, _high in rows], [high for *_row, high in rows])
    lowest = [_lowest(programme, cell) for cell in programme.cells]
    bounds = Bounds([*lowest, *[0.0] * (count + soft)], [*[REACH] * count, *[1.0] * (count + soft)])
    figures = [1.0 - programme.bias.get(cell, 0.0) for cell in programme.cells]
    prices = numpy.array([0.0] * count + figures + [SOFT] * soft)
    whole = numpy.array([0] * count + [1] * (count + soft))
    # With presolve, HiGHS writes a line of its own on standard output, in the midst of a program's JSON.
    options = {"node_limit": NODES, "presolve": False}
    found: Any = milp(prices, constraints=limits, bounds=bounds, integrality=whole, options=options)
    if found.x is None or not found.success:
        return None
    chosen = [at for at in range(count) if found.x[count + at] > 0.5]
    return round(float(found.fun), 6), {at: float(found.x[at]) for at in chosen}


def _lowest(programme: Programme, cell: str) -> float:
    """How far down a figure can go: nobody counts below nought."""
    fact = programme.facts[cell]
    return max(-REACH, float(-fact.value / programme.unit)) if fact.kind is Kind.COUNT else -REACH


Row = tuple[list[float], float, float]


def _rows(programme: Programme) -> Iterator[Row]:
    """What the relations ask; a soft one asks nothing when its price is paid."""
    count, soft = len(programme.cells), len(programme.soft)
    column = {cell: at for at, cell in enumerate(programme.cells)}
    paid = {relation.place: 2 * count + at for at, relation in enumerate(programme.soft)}
    for relation in programme.relations:
        for band in relation.bands:
            size = max((abs(weight) for weight in band.weights.values()), default=Decimal(1)) or Decimal(1)
            row = [0.0] * (2 * count + soft)
            for cell, weight in band.weights.items():
                if cell in column:
                    row[column[cell]] = float(weight / size)
            bounds = _asked(band, relation.failing, programme.exact)
            ends = [None if end is None else float(end / size / programme.unit) for end in bounds]
            free = REACH * sum(map(abs, row)) + max(
                (abs(end) for end in ends if end is not None), default=0.0
            )
            for end, sign in zip(ends, (1.0, -1.0), strict=True):
                if end is not None:
                    asked = [sign * value for value in row]
                    if relation.place in paid:
                        asked[paid[relation.place]] = free
                    yield asked, sign * end, float("inf")


def _asked(band: Band, failing: bool, exact: bool) -> tuple[Decimal | None, Decimal | None]:
    """The bounds to solve for: within them a solver stops at an end, where no written figure may lie."""
    if band.low is None or band.high is None:
        return band.low, band.high
    middle, quarter = (band.low + band.high) / 2, (band.high - band.low) / 4
    if exact and (failing or not middle):
        return middle, middle
    return (band.low + quarter, band.high - quarter) if failing else (band.low, band.high)


def _ties(count: int, soft: int) -> Iterator[Row]:
    """A figure that is not chosen does not grow."""
    for at in range(count):
        for sign in (1.0, -1.0):
            row = [0.0] * (2 * count + soft)
            row[at], row[count + at] = sign, -REACH
            yield row, float("-inf"), 0.0


def _cut_rows(cuts: Sequence[frozenset[int]], count: int, soft: int) -> Iterator[Row]:
    """No set that is found already comes again."""
    for cut in cuts:
        chosen = [
            1.0 if count <= at < 2 * count and at - count in cut else 0.0 for at in range(2 * count + soft)
        ]
        yield chosen, float("-inf"), len(cut) - 1.0
