"""One figure, one value: what the source tells again elsewhere must be what stands in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from build_tools import texts
from build_tools.checks.means import means_agree
from build_tools.checks.relations import Message, Quotient, claim, equal, key
from build_tools.checks.shares import share_terms
from build_tools.checks.stated import tried_by
from build_tools.checks.wording import EXPLAIN, MEND, computed, name, told_where, written
from build_tools.model import Blank, Edition, Fact, Kind, Report, Role, Stated, Verdict
from build_tools.stages import check

OF_ONE_PART = frozenset({"mal.andel", "mal.andel_alla", "andel_grupp", "andel_kategori", "andel_av_n"})
"""How shares are computed that are one figure of another."""


@check("R07a", "Samma uppgift har samma värde")
def one_figure_one_value(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Ett tal som källan berättar på flera ställen ska vara detsamma överallt, inom sin avrundning."""
    for stated, target in tried_by("R07a", report):
        message = _differs(stated, target, edition)
        computed_so = target.derivation and not target.derivation.weights
        if computed_so and target.kind is stated.fact.kind and target.kind in (Kind.MEAN, Kind.SHARE):
            holds = stated.fact.interval.meets(target.interval)
            same = _shares_agree if target.kind is Kind.SHARE else means_agree
            yield same(report, stated.fact, target, holds, message)
        else:
            yield equal(report, stated.fact, target, message)


def _shares_agree(report: Report, stated: Fact, target: Fact, holds: bool, message: Message) -> Verdict:
    """The verdict on a stated share, with the counts that its cell is computed from."""
    how = target.derivation
    part, whole = share_terms(report, how.inputs) if how and how.rule in OF_ONE_PART else ((), ())
    if part and whole and how:
        cells = tuple(dict.fromkeys((stated.cell.id, *how.inputs)))
        own = key(report, stated)
        return Quotient(holds, stated.cell.id, cells, stated.where, message, own, part, whole)
    return claim(holds, stated, (), message)


def _differs(stated: Stated, target: Fact, edition: Edition) -> Callable[[], str]:
    catalogue = edition.catalogue
    place = told_where(stated) or " på ett annat ställe"
    return lambda: (
        f"{name(target.cell, catalogue)}: källan anger {written(stated.fact, catalogue)}{place}, men i "
        f"siffrorna står {computed(target, stated.fact.decimals, catalogue)}. {MEND} {EXPLAIN}"
    )


@check("R07b", "Det som uppges på nytt har en plats")
def restated_has_a_place(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Ett tal under uppgivet ska ha en plats med ett tal att jämföras med, inte ett ord som saknas."""
    for stated in report.stated:
        if stated.role is Role.ELSEWHERE:
            found = report.cells.get(stated.fact.cell.id)
            yield claim(isinstance(found, Fact), stated.fact, (), _no_place(stated, found, report, edition))


def _no_place(
    stated: Stated, found: Fact | Blank | None, report: Report, edition: Edition
) -> Callable[[], str]:
    def message() -> str:
        cell = stated.fact.cell
        if isinstance(found, Blank):
            return (
                f"{name(cell, edition.catalogue)}: under uppgivet står ett tal, men på sin plats står ordet "
                f"{found.mark.value}. Skriv talet på sin plats, eller ta bort raden under uppgivet."
            )
        hint = texts.suggestion(cell.id, report.cells)
        return (
            f"{cell.id}: under uppgivet står ett tal för något som rapporten inte har.{hint} Rätta cell, "
            "eller skriv talet på sin plats."
        )

    return message
