"""How findings name figures, numbers and places, so that every message reads alike."""

from __future__ import annotations

from collections.abc import Iterable

from build_tools import texts
from build_tools.model import Catalogue, Cell, Fact, Kind, Report, Stated

MEND = "Rätta det tal som är fel."
EXPLAIN = "Skriver källan så, förklara det i data/godtagna.yml."


def unfolded(report: Report, cells: Iterable[str]) -> tuple[str, ...]:
    """The cells, and all that they were computed from."""
    found: dict[str, None] = {}
    waiting = list(cells)[::-1]
    while waiting:
        cell = waiting.pop()
        if cell not in found:
            found[cell] = None
            fact = report.fact(cell)
            waiting += reversed(fact.derivation.inputs) if fact and fact.derivation else ()
    return tuple(found)


def name(cell: Cell, catalogue: Catalogue) -> str:
    """What a cell is called in a message: `Nya deltagare, män`."""
    measure = catalogue.measures.get(cell.measure)
    if measure is None:
        return cell.id
    words = [measure.label]
    if cell.category:
        words.append(category(cell.category, measure.enumeration or "avslutsorsak", catalogue))
    if cell.population and cell.population != measure.population:
        words.append(category(cell.population, "population", catalogue))
    if cell.group:
        words.append(group(cell.group, catalogue).lower())
    return ", ".join(words)


def category(code: str, enumeration: str, catalogue: Catalogue) -> str:
    """The label of a value of an enumeration, or its code where it is not one of them."""
    if code == "summa":
        return "summan"
    found = catalogue.enumerations.get(enumeration)
    value = found.categories.get(code) if found else None
    return value.label if value else code.replace("_", " ")


def group(code: str, catalogue: Catalogue) -> str:
    """The label of a group: `Kvinnor`."""
    for enumeration in catalogue.enumerations.values():
        if code in enumeration.categories:
            return enumeration.categories[code].label
    return code.replace("_", " ").capitalize()


def written(fact: Fact, catalogue: Catalogue) -> str:
    """A figure as its source writes it, with its unit: `13 personer`, `46,16 %`, `drygt 118 000 kr`."""
    return texts.shown(fact, _unit(fact, catalogue))


def computed(fact: Fact, decimals: int, catalogue: Catalogue) -> str:
    """A computed figure with as many decimals as the stated one that it is compared with."""
    return texts.shown(fact, _unit(fact, catalogue), max(decimals, fact.decimals))


def _unit(fact: Fact, catalogue: Catalogue) -> str:
    """Its unit: the mean of answers that are counted is in points of their scale."""
    if fact.kind is Kind.SHARE:
        return "procent"
    measure = catalogue.measures.get(fact.cell.measure)
    counted = measure is not None and measure.kind is Kind.COUNT and fact.kind is Kind.MEAN
    return "poang" if counted else measure.unit if measure else ""


def told_where(stated: Stated) -> str:
    """Where in the source a number is told: ` i avsnitt 2, beskrivning`."""
    if stated.section is None:
        return ""
    part = f", {stated.part.replace('_', ' ')}" if stated.part else ""
    return f" i avsnitt {stated.section}{part}"
