"""Courses: how many hours a whole course is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from build_tools.derive.facts import amount, cell_of, total
from build_tools.model import Catalogue, Derivation, Fact, Interval, Report
from build_tools.stages import derived

HOURS = "kurs.timmar"


@derived(HOURS, "Timmar i hela kursen")
def hours(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """Timmarna i kursen är antalet träffar gånger timmarna vid varje träff."""
    measure = catalogue.measures.get(HOURS)
    facts = report.facts("kurs.traffar", "kurs.timmar_per_traff")
    if measure and facts:
        meetings, length = facts
        made = total(cell_of(report, measure, HOURS), amount(facts), HOURS, "")
        one, other = meetings.interval, length.interval
        interval = Interval(one.low * other.low, one.high * other.high)
        how = Derivation(HOURS, "Träffar · timmar vid varje träff.", tuple(fact.cell.id for fact in facts))
        value = interval.low if made.upper is not None else meetings.value * length.value
        upper = None if made.upper is None else interval.high
        yield replace(made, value=value, interval=interval, upper=upper, kind=measure.kind, derivation=how)
