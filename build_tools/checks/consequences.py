"""What fails in one file for the sake of a figure in another hangs under the fault of that figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from build_tools.checks.causes import Fault
from build_tools.checks.equations import Figures
from build_tools.checks.relations import Chained, Joined
from build_tools.model import Cell, Report


@dataclass(frozen=True, slots=True)
class Told:
    """A fault with the report that it was found in."""

    report: Report
    fault: Fault


def hung(told: Sequence[Told]) -> list[Told]:
    """The faults without those that another one explains, which tells of them.

    A total of the förbund, or what a later report says of the year, is explained where it would hold with the
    figure that is proposed. Where no report has such a fault, the difference speaks for itself.
    """
    causes = [(place, one, Figures(one.report)) for place, one in enumerate(told) if one.fault.changes]
    under: dict[int, list[int]] = {}
    for place, one in enumerate(told) if causes else ():
        cause = next(
            (at for at, other, figures in causes if at != place and _explains(other, figures, one)), None
        )
        if cause is not None:
            under.setdefault(cause, []).append(place)
    silent = {place for places in under.values() for place in places} - under.keys()
    return [
        _with(one, [told[other] for other in under.get(place, ())])
        for place, one in enumerate(told)
        if place not in silent
    ]


def _explains(cause: Told, figures: Figures, one: Told) -> bool:
    """Whether a relation between files holds when the likeliest figure is put right."""
    verdict = one.fault.spoken.verdict
    if not isinstance(verdict, (Chained, Joined)) or one.fault.follows:
        return False
    grown = (_grown(verdict.others, cause.report, figures, changes) for changes in cause.fault.changes)
    return any(growth and verdict.holds_with(growth) for growth in grown)


def _grown(
    others: Sequence[Cell], report: Report, figures: Figures, changes: Mapping[str, Decimal]
) -> Decimal:
    """How much the figures of a report grow together, computed ones with what they are the sum of."""
    own = tuple((cell.id, 1) for cell in others if cell.report == report.id)
    weights = figures.added(own)
    return sum((weights[key] * change for key, change in changes.items() if key in weights), Decimal(0))


def _with(one: Told, others: Sequence[Told]) -> Told:
    spoken = tuple(other.fault.spoken for other in others)
    return replace(one, fault=replace(one.fault, elsewhere=spoken)) if spoken else one


def by_report(told: Sequence[Told]) -> Iterator[tuple[Report, list[Fault]]]:
    """The faults of each report, in the order that they were found."""
    found: dict[str, tuple[Report, list[Fault]]] = {}
    for one in told:
        found.setdefault(one.report.id, (one.report, []))[1].append(one.fault)
    yield from found.values()
