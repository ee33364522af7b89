"""Means: a sum by the number behind it, and the mean of all from the means of groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from build_tools import texts
from build_tools.derive.arithmetic import quotient
from build_tools.derive.facts import mean
from build_tools.derive.groups import SEX, whole_groupings
from build_tools.model import Catalogue, Derivation, Fact, Kind, Report
from build_tools.stages import derived

SUM = ".summa"


@derived("medel_summa", "Medelvärde av en summa", after=("grupper",))
def of_sums(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """Medelvärdet är summan delad med antalet personer bakom den."""
    for figure in report.cells.values():
        measure = catalogue.measures.get(figure.cell.measure)
        if isinstance(figure, Fact) and figure.kind is Kind.SUM and measure and measure.kind is Kind.MEAN:
            made = mean_of_sum(figure, mean_id(figure.cell.id), measure.decimals)
            if made:
                yield made


def mean_of_sum(fact: Fact, cell_id: str, decimals: int) -> Fact | None:
    """The mean that a sum gives, where the number behind it is known and not nought."""
    value = quotient(fact.value, fact.n) if isinstance(fact.n, Decimal) else None
    if value is None or not isinstance(fact.n, Decimal):
        return None
    return replace(
        fact,
        cell=replace(fact.cell, id=cell_id),
        value=texts.rounded(value, decimals),
        interval=fact.interval.scaled(1 / fact.n),
        kind=Kind.MEAN,
        decimals=decimals,
        derivation=Derivation("medel_summa", "Summan delad med antalet personer.", (fact.cell.id,)),
    )


def mean_id(sum_id: str) -> str:
    """The cell of the mean that a sum gives."""
    return sum_id.removesuffix(SUM) if sum_id.endswith(SUM) else f"{sum_id}.medel"


def _of_own(fact: Fact) -> bool:
    """Whether a share is of those counted in the group itself, and not the group's part of all."""
    how = fact.derivation
    return fact.kind is Kind.SHARE and (how is None or how.rule == "andel_av_n")


@derived("medel_grupper", "Medelvärdet för alla", after=("medel_summa", "andel_av_n"))
def of_groups(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """Medelvärdet för alla är gruppernas medelvärden, vägda efter hur många som är i varje grupp.

    Andelar som bara finns för grupperna vägs samman på samma sätt.
    """
    for grouping, cell, facts in whole_groupings(report.cells.values(), catalogue):
        names = "Kvinnors och mäns" if grouping == SEX else "Gruppernas"
        if all(fact.kind is Kind.MEAN for fact in facts):
            made = mean(cell, facts, "medel_grupper", f"{names} medelvärden, vägda efter antal.")
            if made:
                yield made
        elif all(map(_of_own, facts)):
            made = mean(cell, facts, "medel_grupper", f"{names} andelar, vägda efter antal.")
            if made:
                yield replace(made, kind=Kind.SHARE)
