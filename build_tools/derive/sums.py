"""Sums within a distribution: level 1 of its level 2, and the whole of all its categories."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.derive.facts import amount, moved, total
from build_tools.model import Catalogue, Cell, Distribution, Fact, Kind, Report
from build_tools.stages import derived


def counted_once(report: Report) -> Iterator[Distribution]:
    """The distributions where each person stands in one category, so that categories may be added."""
    return (found for found in report.distributions if found.coding == "enval")


def with_total(distribution: Distribution) -> tuple[str, ...]:
    """The groups of a distribution, everybody first."""
    return ("", *(group for group in distribution.groups if group))


def level_one(distribution: Distribution, catalogue: Catalogue) -> dict[str, list[str]]:
    """The level 1 categories in the order of the source, each with the level 2 ones that are told."""
    measure = catalogue.measures.get(distribution.measure)
    enumeration = catalogue.enumerations.get(measure.enumeration if measure else "")
    found: dict[str, list[str]] = {}
    for code in distribution.categories:
        category = enumeration.categories.get(code) if enumeration else None
        if category and category.parent:
            found.setdefault(category.parent, []).append(code)
        else:
            found.setdefault(code, [])
    return found


def cell_id(distribution: Distribution, category: str, group: str) -> str:
    """The id of a category's cell, or of the whole, for a group or everybody."""
    return ".".join(part for part in (distribution.id, category, group) if part)


def counts(report: Report, cells: list[str]) -> tuple[Fact, ...]:
    """The counts of all the cells; none at all where any of them has a word, or a share."""
    facts = report.facts(*cells) or ()
    return facts if all(fact.kind is Kind.COUNT for fact in facts) else ()


@derived("niva1", "Kategorin på första nivån", after=("grupper", "overgang"))
def level_one_sums(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """En kategori på första nivån är summan av sina underkategorier."""
    for distribution in counted_once(report):
        for category, details in level_one(distribution, catalogue).items():
            for group in with_total(distribution):
                facts = counts(report, [cell_id(distribution, code, group) for code in details])
                if facts:
                    cell = _cell(facts[0], distribution, category, group)
                    yield total(cell, amount(facts), "niva1", "Summan av underkategorierna.")


@derived("fordelning", "Fördelningens summa", after=("niva1",))
def distribution_sums(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """Antalet i hela fördelningen är summan av kategorierna, när varje person räknas en gång."""
    for distribution in counted_once(report):
        categories = level_one(distribution, catalogue)
        for group in ("",) if distribution.crossed else with_total(distribution):
            facts = counts(report, [cell_id(distribution, category, group) for category in categories])
            if facts:
                cell = _cell(facts[0], distribution, "", group)
                yield total(cell, amount(facts), "fordelning", "Summan av kategorierna.")


def _cell(first: Fact, distribution: Distribution, category: str, group: str) -> Cell:
    return moved(first.cell, cell_id(distribution, category, group), category, group)
