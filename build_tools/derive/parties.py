"""The parties that cooperate: how many take their place."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from build_tools.derive.facts import cell_of
from build_tools.model import Catalogue, Derivation, Fact, Interval, Kind, Report
from build_tools.stages import derived

ACTIVE = "samverkan.aktiva_parter"


@derived(ACTIVE, "Parter som är med")
def active(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """Parter som är med är de organisationer som deltar i minst ett forum, var och en räknad en gång."""
    measure = catalogue.measures.get(ACTIVE)
    if measure and report.parties:
        taking_part = {party.organisation for party in report.parties if party.status == "aktiv"}
        count = Decimal(len(taking_part))
        yield Fact(
            cell=cell_of(report, measure, ACTIVE),
            value=count,
            interval=Interval(count, count),
            kind=Kind.COUNT,
            where=report.parties[0].where,
            derivation=Derivation(ACTIVE, "Antalet parter som deltar i minst ett forum.", ()),
        )
