"""Money: the rows of a budget make its sums, and deviations are budget minus outcome."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from build_tools import texts
from build_tools.checks.relations import equal
from build_tools.checks.stated import tried_by
from build_tools.checks.wording import MEND, name, written
from build_tools.model import Edition, Fact, Report, Stated, Verdict
from build_tools.stages import check


@check("R09a", "Budgetraderna blir summan")
def rows_make_the_sum(report: Report, edition: Edition) -> Iterator[Verdict]:
    """I varje kolumn ska raderna i budgeten bli den summa som källan anger."""
    for stated, target in tried_by("R09a", report):
        yield equal(report, stated.fact, target, _sum_differs(stated, target, edition))


def _sum_differs(stated: Stated, target: Fact, edition: Edition) -> Callable[[], str]:
    catalogue = edition.catalogue
    return lambda: (
        f"{name(target.cell, catalogue)}: raderna blir {written(target, catalogue)}, men källan anger "
        f"{written(stated.fact, catalogue)}. {MEND}"
    )


@check("R10a", "Avvikelsen på en rad är budget minus utfall")
def row_deviates_as_stated(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Avvikelsen på varje rad ska vara budget − utfall. Minus betyder att det kostade mer än budgeten."""
    for stated, target in tried_by("R10a", report):
        yield equal(report, stated.fact, target, _deviation_differs(stated, target, report, edition))


@check("R10b", "Avvikelsen för summan är budget minus utfall")
def sum_deviates_as_stated(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Avvikelsen för hela budgeten ska vara summan av budgeten − summan av utfallet."""
    for stated, target in tried_by("R10b", report):
        yield equal(report, stated.fact, target, _deviation_differs(stated, target, report, edition))


def _deviation_differs(stated: Stated, target: Fact, report: Report, edition: Edition) -> Callable[[], str]:
    def message() -> str:
        catalogue = edition.catalogue
        facts = report.facts(*target.derivation.inputs) if target.derivation else None
        budget, cost = map(texts.hedged, facts or ())
        word = "prognos" if target.cell.measure == "ekonomi.prognos_avvikelse" else "utfall"
        turned = stated.fact.value == -target.value
        hint = "Tecknet är omvänt: minus betyder att det kostade mer än budgeten." if turned else MEND
        return (
            f"{name(target.cell, catalogue)}: budget {budget} − {word} {cost} är "
            f"{written(target, catalogue)}, men källan anger {written(stated.fact, catalogue)}. {hint}"
        )

    return message
