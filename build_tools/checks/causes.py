"""Finds the one figure behind several failing relations, so that a fault is said once.

The sums of a report overlap, and one wrong figure breaks many. A figure is the cause when one and the same
change of it makes several failing relations hold and breaks none that holds. Then the first of them speaks,
names the others and tells the value that would mend them all; the rest of the failing ones are tried again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from build_tools import texts
from build_tools.checks.relations import NOTHING, Quotient, Sum
from build_tools.checks.wording import unfolded
from build_tools.model import Interval, Kind, Level, Proposal, Report, Verdict

ROOTS = ("R01", "R02", "R03", "R04", "R09", "R10")
"""The families of sums: a cause must break one of them, for what is merely told twice blames nobody."""
MANY = 40
"""Where more sums and shares fail than this no figure alone is the cause, and looking for one takes long."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A verdict with the rule that gave it."""

    code: str
    level: Level
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Cause:
    """A change of one figure, and the failing relations that it mends, by their places in the list."""

    cell: str
    change: Decimal
    mends: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """A failing relation that is said, the rules failing for the same reason, and what would mend all."""

    spoken: Spoken
    follows: tuple[str, ...] = ()
    proposals: tuple[Proposal, ...] = ()


@dataclass(slots=True)
class Influence:
    """How much each figure grows when another grows by one, as far as they are sums."""

    report: Report
    known: dict[tuple[str, str], int | None] = field(default_factory=dict)

    def of(self, cause: str, cell: str) -> int | None:
        """The growth of a cell; None where it is no sum."""
        if cause == cell:
            return 1
        if (cause, cell) not in self.known:
            self.known[cause, cell] = self._through_inputs(cause, cell)
        return self.known[cause, cell]

    def _through_inputs(self, cause: str, cell: str) -> int | None:
        fact = self.report.fact(cell)
        how = fact.derivation if fact else None
        if how is None:
            return 0
        grown = [self.of(cause, part) for part in how.inputs]
        if not how.weights:
            return None if any(growth != 0 for growth in grown) else 0
        if None in grown:
            return None
        return sum((growth or 0) * weight for growth, weight in zip(grown, how.weights, strict=True))

    def holds(self, verdict: Verdict, cause: str, change: Decimal) -> bool | None:
        """Whether a relation holds after a change; None where the change does not touch it."""
        if isinstance(verdict, Sum):
            growth = self.growth(verdict, cause)
            if growth:
                gap = verdict.gap
                return Interval(gap.low + growth * change, gap.high + growth * change).meets(NOTHING)
        elif isinstance(verdict, Quotient):
            return self._share_holds(verdict, cause, change)
        return None

    def growth(self, verdict: Sum, cause: str) -> int | None:
        """How much the gap of a sum grows."""
        grown = [(self.of(cause, cell), weight) for cell, weight in verdict.terms]
        if any(growth is None for growth, _weight in grown):
            return None
        return sum((growth or 0) * weight for growth, weight in grown)

    def _share_holds(self, verdict: Quotient, cause: str, change: Decimal) -> bool | None:
        growths = (self.of(cause, verdict.part), self.of(cause, verdict.whole))
        facts = self.report.facts(verdict.part, verdict.whole)
        if facts is None or not any(growths) or None in growths:
            return None
        part, whole = (
            fact.value + (growth or 0) * change for fact, growth in zip(facts, growths, strict=True)
        )
        return whole > 0 and verdict.stated.low * whole <= 100 * part <= verdict.stated.high * whole


def faults(spoken: Sequence[Spoken], report: Report) -> Iterator[Fault]:
    """Each failing relation that does not follow from another, in the order of the rules."""
    failing = [one for one in spoken if not one.verdict.holds]
    led: dict[int, Fault] = {}
    silent: set[int] = set()
    computed = sum(isinstance(one.verdict, (Sum, Quotient)) for one in failing)
    for causes in _causes(spoken, failing, report) if 1 < computed <= MANY else ():
        mended = causes[0].mends
        root = next(index for index in mended if failing[index].code.startswith(ROOTS))
        rest = [index for index in mended if index != root]
        others = tuple(failing[index].code for index in rest)
        led[root] = Fault(failing[root], others, _proposals(causes, report, failing[root].code, others))
        silent.update(rest)
    for index, one in enumerate(failing):
        if index not in silent:
            yield led.get(index, Fault(one))


def _causes(spoken: Sequence[Spoken], failing: list[Spoken], report: Report) -> Iterator[list[Cause]]:
    """The best causes, one set after the other: those of a set mend the same relations."""
    holding = [
        one.verdict for one in spoken if one.verdict.holds and isinstance(one.verdict, (Sum, Quotient))
    ]
    influence = Influence(report)
    left = set(range(len(failing)))
    while best := _best(failing, left, holding, influence):
        yield best
        left -= set(best[0].mends)


def _best(
    failing: list[Spoken], left: set[int], holding: Sequence[Verdict], influence: Influence
) -> list[Cause]:
    best: list[Cause] = []
    for cell, changes in _candidates(failing, left, influence).items():
        for change in sorted(changes):
            mends = tuple(i for i in sorted(left) if influence.holds(failing[i].verdict, cell, change))
            if len(mends) < max(2, len(best[0].mends) if best else 0):
                continue
            if any(influence.holds(verdict, cell, change) is False for verdict in holding):
                continue
            if any(failing[index].code.startswith(ROOTS) for index in mends):
                same = best and best[0].mends == mends
                best = [*best, Cause(cell, change, mends)] if same else [Cause(cell, change, mends)]
    return best


def _candidates(failing: list[Spoken], left: set[int], influence: Influence) -> Mapping[str, set[Decimal]]:
    """The stated figures of the failing sums, with the changes that would mend one of the sums."""
    found: dict[str, set[Decimal]] = {}
    for index in sorted(left):
        verdict = failing[index].verdict
        if isinstance(verdict, Sum):
            middle = (verdict.gap.low + verdict.gap.high) / 2
            for cell in unfolded(influence.report, (cell for cell, _weight in verdict.terms)):
                growth = influence.growth(verdict, cell)
                if growth and _possible(influence.report, cell, -middle / growth):
                    found.setdefault(cell, set()).add(-middle / growth)
    return found


def _possible(report: Report, cell: str, change: Decimal) -> bool:
    """Whether a figure was stated and can be changed so: nobody counts below nought or in parts."""
    fact = report.fact(cell)
    if fact is None:
        return "=" in cell
    value = fact.value + change
    return fact.derivation is None and (
        fact.kind is not Kind.COUNT or (value >= 0 and value == value.to_integral_value())
    )


def _proposals(
    causes: list[Cause], report: Report, code: str, others: tuple[str, ...]
) -> tuple[Proposal, ...]:
    """The value that mends all, where one figure alone can be the cause."""
    fact = report.fact(causes[0].cell)
    if len(causes) > 1 or fact is None:
        return ()
    value = f"{texts.rounded(fact.value + causes[0].change, fact.decimals):f}"
    mended = texts.listed(tuple(dict.fromkeys((code, *others))))
    reason = f"Nu står där {texts.number(fact.value, fact.decimals)}. Då stämmer {mended}."
    return (Proposal(fact.where.file, fact.where.line, fact.cell.id, value, reason),)
