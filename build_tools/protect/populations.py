"""Who is counted: how many a whole population has, and how many stand behind a mean."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from build_tools.model import Fact, Kind
from build_tools.protect.sheets import Sheet, Sizes
from build_tools.protect.sums import FLOW, grouped
from build_tools.protect.terms import BASE, Terms, plain

REASONS = "avslutsorsak"
"""What means are told by, besides groups."""
WEIGHTED = "medel_grupper"
"""The rule of means, and of printed shares, that are made of those of groups."""
SAME_PERSONS = {"mal.antal": "avslutade_i_mal", "avslut.arbete": "till_arbete"}
"""Cells that count a whole population, besides the flow and the totals of distributions."""


def base(fact: Fact | None) -> Decimal | None:
    """How many stand behind a mean, a sum or a printed share; a computed share has its base in a cell."""
    if fact is None or fact.kind not in (Kind.MEAN, Kind.SUM, Kind.SHARE):
        return None
    how = fact.derivation
    own = fact.kind is not Kind.SHARE or how is None or how.rule == WEIGHTED
    return fact.n if own and isinstance(fact.n, Decimal) else None


def sizes(sheet: Sheet) -> Sizes:
    """How many each population and group has, by every cell that counts the whole of it."""
    found: dict[tuple[str, str], dict[str, Decimal]] = {}
    totals = {asked.id: asked.population for asked in sheet.report.distributions if asked.coding == "enval"}
    for key, fact in sheet.facts():
        own = key.removesuffix(f".{fact.cell.group}") if fact.cell.group else key
        known = fact.cell.population if fact.cell.measure.startswith(FLOW) else ""
        population = SAME_PERSONS.get(own) or totals.get(own) or known
        if population and fact.kind is Kind.COUNT:
            found.setdefault((population, fact.cell.group), {})[key] = fact.value
    return found


def too_few(sheet: Sheet, fact: Fact) -> bool:
    """Whether the whole population of a mean is smaller than what a mean must rest on."""
    if fact.kind is not Kind.MEAN or sheet.limits.opens(fact.cell.measure):
        return False
    known = sheet.sizes.get((fact.cell.population, fact.cell.group), {})
    return bool(known) and max(known.values()) < sheet.limits.of(fact.cell.measure).mean


def same_persons(sheet: Sheet) -> Iterator[Terms]:
    """Two figures for the same persons are equal, so one of them gives the other."""
    found = {("", *key): dict(known) for key, known in sheet.sizes.items()}
    for key, fact in sheet.facts():
        size, cell = base(fact), fact.cell
        listed = _listed(sheet, fact) if cell.category else ""
        if size is not None:
            found.setdefault((listed, cell.category or cell.population, cell.group), {})[key + BASE] = size
        elif listed and fact.kind is Kind.COUNT:
            found.setdefault((listed, cell.category, cell.group), {})[key] = fact.value
    for known in found.values():
        first: dict[Decimal, str] = {}
        for key, size in known.items():
            if first.setdefault(size, key) != key:
                yield {first[size]: 1, key: -1}


def _listed(sheet: Sheet, fact: Fact) -> str:
    """The enumeration of a category: the same code of another one is about other persons.

    The steps of a survey are in none: as many answers to two questions are not the same persons.
    """
    measure = sheet.catalogue.measures.get(fact.cell.measure)
    return (measure.enumeration if measure else "") or (REASONS if fact.kind is Kind.MEAN else "")


def bases(sheet: Sheet) -> Iterator[Terms]:
    """The numbers behind the means of groups make the number behind the mean of all."""
    for (whole, _kind), parts in grouped(sheet).items():
        behind = {key: size for key in parts if (size := base(sheet.fact(key))) is not None}
        if behind and base(sheet.fact(whole)) == sum(behind.values(), Decimal(0)):
            yield plain(whole + BASE, [key + BASE for key in behind])


def weighted_means(sheet: Sheet) -> Iterator[Terms]:
    """The mean of all follows from the means of parts that together are all."""
    parts: dict[tuple[str, str, str], dict[str, Fact]] = {}
    for key, fact in sheet.facts():
        averaged = fact.kind in (Kind.MEAN, Kind.SHARE) and base(fact)
        if averaged and (fact.cell.group or fact.cell.category):
            for way in _ways(fact):
                parts.setdefault(way, {})[key] = fact
    for (whole, _category, _way), found in parts.items():
        everybody = sheet.fact(whole)
        kinds = {fact.kind for fact in found.values()}
        if everybody and kinds == {everybody.kind} and whole not in found:
            yield from _weighted(whole, everybody, found)


def _ways(fact: Fact) -> Iterator[tuple[str, str, str]]:
    """The means that a mean is a part of: its total over groups, or over categories."""
    cell = fact.cell
    if cell.group:
        before, _, after = cell.id.rpartition(f".{cell.group}")
        yield before + after, cell.category, "group"
    elif cell.category:
        before, _, after = cell.id.rpartition(f".{cell.category}")
        yield before + after, "", "category"


def _weighted(whole: str, everybody: Fact, parts: dict[str, Fact]) -> Iterator[Terms]:
    counts = {key: size for key, fact in parts.items() if (size := base(fact)) is not None}
    countable = all(size == size.to_integral_value() for size in counts.values())
    if countable and sum(counts.values(), Decimal(0)) == base(everybody):
        yield {whole: -int(sum(counts.values())), **{key: int(size) for key, size in counts.items()}}
