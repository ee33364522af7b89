"""Before and after: how many more or fewer, and in percent of those before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from build_tools.derive.facts import amount, share, total
from build_tools.model import Catalogue, Cell, Fact, Interval, Kind, Report
from build_tools.stages import derived

BEFORE, AFTER = "fore", "efter"


def pairs(report: Report) -> Iterator[tuple[Fact, Fact]]:
    """The counts of each category after and before."""
    for distribution in report.distributions:
        if distribution.point == BEFORE:
            base = distribution.id.removesuffix(f"@{BEFORE}")
            for code in distribution.categories:
                facts = report.facts(f"{base}@{AFTER}.{code}", f"{base}@{BEFORE}.{code}")
                if facts:
                    yield facts[0], facts[1]


def _cell(after: Fact, point: str) -> Cell:
    """The cell for another point of the same question."""
    return replace(after.cell, id=after.cell.id.replace(f"@{AFTER}", f"@{point}", 1), point=point)


@derived("skillnad", "Skillnad mellan före och efter")
def differences(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """Skillnaden är antalet efter minus antalet före."""
    for after, before in pairs(report):
        if after.kind is before.kind is Kind.COUNT:
            yield total(
                _cell(after, "skillnad"), amount((after, before), (1, -1)), "skillnad", "Efter − före."
            )


@derived("forandring", "Förändring i procent")
def changes(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """Förändringen är skillnaden delad med antalet före. Utan någon före finns ingen förändring i procent."""
    formula = "(Efter − före) delat med före."
    for after, before in pairs(report):
        made = share(_cell(after, "forandring"), amount((after,)), amount((before,)), "forandring", formula)
        if made and after.kind is before.kind is Kind.COUNT:
            hundred = Decimal(100)
            interval = Interval(made.interval.low - hundred, made.interval.high - hundred)
            yield replace(made, value=made.value - hundred, interval=interval)
