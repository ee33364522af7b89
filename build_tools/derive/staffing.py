"""Staffing: all posts together, and how much they are of full-time posts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from build_tools.derive.facts import amount, cell_of, total
from build_tools.model import Catalogue, Derivation, Fact, Kind, Report
from build_tools.stages import derived

POSTS = "bemanning.poster"
FULL_TIME = "bemanning.procent"


def _told(report: Report, measure: str) -> list[str]:
    """The cells of a measure that are told for a role."""
    return [
        key for key, found in report.cells.items() if found.cell.measure == measure and found.cell.category
    ]


@derived("bemanning.poster", "Befattningar i hela teamet")
def posts(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """Antalet befattningar är summan av befattningarna i alla roller."""
    measure = catalogue.measures.get(POSTS)
    facts = report.facts(*_told(report, POSTS))
    if measure and facts:
        yield total(cell_of(report, measure, POSTS), amount(facts), POSTS, "Summan av alla roller.")


@derived("bemanning.procent", "Hela teamets tjänstgöring")
def full_time(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """Hela teamets tjänstgöring är befattningar gånger tjänstgöringsgrad, för alla roller tillsammans."""
    measure = catalogue.measures.get(FULL_TIME)
    counts = report.facts(*_told(report, POSTS))
    degrees = report.facts(*(cell.replace(POSTS, FULL_TIME, 1) for cell in _told(report, POSTS)))
    if measure and counts and degrees:
        terms = [
            replace(degree, value=degree.value * count.value, interval=degree.interval.scaled(count.value))
            for count, degree in zip(counts, degrees, strict=True)
        ]
        made = total(cell_of(report, measure, FULL_TIME), amount(terms), FULL_TIME, "")
        inputs = tuple(fact.cell.id for fact in (*counts, *degrees))
        how = Derivation(FULL_TIME, "Summan av antal befattningar · tjänstgöringsgrad.", inputs)
        yield replace(made, kind=Kind.SUM, derivation=how)
