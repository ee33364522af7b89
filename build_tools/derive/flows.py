"""How many came, were there and left: the flow of a period, in all and for each group."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from build_tools.derive.facts import amount, cell_of, total
from build_tools.model import Catalogue, Fact, Report
from build_tools.stages import derived

HALF = Decimal("0.5")


def _groups(report: Report) -> list[str]:
    """The total, and every group that the flow is told for."""
    told = [cell.cell.group for cell in report.cells.values() if cell.cell.measure == "flode.ingang"]
    return list(dict.fromkeys(("", *told)))


def _flow(
    report: Report, catalogue: Catalogue, measure_id: str, terms: tuple[str, ...], weights: tuple[int, ...]
) -> Iterator[Fact]:
    measure = catalogue.measures.get(measure_id)
    for group in _groups(report) if measure else ():
        suffix = f".{group}" if group else ""
        facts = report.facts(*(f"{term}{suffix}" for term in terms))
        if measure and facts:
            cell = cell_of(report, measure, f"{measure_id}{suffix}", group=group)
            yield total(cell, amount(facts, weights), measure_id, _formula(measure_id))


def _formula(measure_id: str) -> str:
    if measure_id == "flode.totalt":
        return "Inskrivna vid periodens start + nya deltagare."
    return "Inskrivna vid periodens start + nya deltagare − inskrivna vid periodens slut."


@derived("flode.totalt", "Deltagare under perioden", after=("grupper",))
def all_participants(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """Deltagare under perioden är de som var inskrivna vid starten och de som kom till."""
    return _flow(report, catalogue, "flode.totalt", ("flode.ingang", "flode.nya"), (1, 1))


@derived("flode.avslutade", "Avslutade deltagare", after=("grupper",))
def exits(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """Avslutade deltagare är de som var inskrivna vid starten och de nya, utom de som är kvar vid slutet."""
    terms = ("flode.ingang", "flode.nya", "flode.utgang")
    return _flow(report, catalogue, "flode.avslutade", terms, (1, 1, -1))


@derived("inskrivna.genomsnitt", "Inskrivna i genomsnitt", after=("flode.totalt",))
def average(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """Inskrivna i genomsnitt är mitt emellan antalet vid periodens start och antalet vid dess slut."""
    measure = catalogue.measures.get("inskrivna.genomsnitt")
    facts = report.facts("flode.ingang", "flode.utgang")
    if measure and facts:
        formula = "(Inskrivna vid periodens start + inskrivna vid periodens slut) / 2. En uppskattning."
        made = halved(total(cell_of(report, measure, measure.id), amount(facts), measure.id, formula))
        everybody = report.fact("flode.totalt")
        yield replace(made, kind=measure.kind, n=everybody.value if everybody else None)


def halved(fact: Fact) -> Fact:
    """Half of a sum: a mean, and no sum any more."""
    how = replace(fact.derivation, weights=()) if fact.derivation else None
    value = fact.value * HALF
    return replace(
        fact,
        value=value,
        interval=fact.interval.scaled(HALF),
        upper=None if fact.upper is None else fact.upper * HALF,
        decimals=fact.decimals + (value != value.to_integral_value()),
        derivation=how,
    )
