"""Change in percent between before and after."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from build_tools import texts
from build_tools.checks.relations import Quotient, claim, key
from build_tools.checks.stated import tried_by
from build_tools.checks.wording import EXPLAIN, name, written
from build_tools.model import Edition, Fact, Level, Report, Stated, Verdict
from build_tools.stages import check


@check("R20a", "Förändringen följer av före och efter", level=Level.WARNING)
def change_follows(report: Report, edition: Edition) -> Iterator[Verdict]:
    """En angiven förändring i procent ska vara (efter − före) delat med före, avrundat som källan skriver."""
    for stated, target in tried_by("R20a", report):
        holds = stated.fact.interval.meets(target.interval)
        inputs = target.derivation.inputs if target.derivation else ()
        message = _differs(stated, target, report, edition)
        plain = claim(holds, stated.fact, inputs, message)
        if len(inputs) != 2:
            yield plain
            continue
        after, before = inputs
        own, hundred = key(report, stated.fact), Decimal(100)
        terms = (((after, 1),), ((before, 1),), hundred, hundred)
        yield Quotient(holds, plain.about, plain.cells, plain.where, message, own, *terms)


def _differs(stated: Stated, target: Fact, report: Report, edition: Edition) -> Callable[[], str]:
    def message() -> str:
        facts = report.facts(*target.derivation.inputs) if target.derivation else None
        after, before = map(texts.hedged, facts or ())
        right = texts.percent(target.value, max(stated.fact.decimals, 2))
        told = written(stated.fact, edition.catalogue)
        return (
            f"{name(target.cell, edition.catalogue)}: källan anger förändringen {told}, men från "
            f"{before} till {after} är "
            f"den {right}. Ta bort den, den räknas ut. {EXPLAIN}"
        )

    return message
