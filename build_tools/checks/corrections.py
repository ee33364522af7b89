"""Corrections: what was changed after publication is a figure of the report, and has its new value."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from build_tools import texts
from build_tools.model import Correction, Edition, Fact, Report, Verdict
from build_tools.stages import check


@check("R07c", "Rättelsen ger det tal som visas")
def corrections_are_made(report: Report, edition: Edition) -> Iterator[Verdict]:
    """En rättelse ska gälla en cell som rapporten har, och det nya talet ska vara det som står där."""
    latest = {found.place: found for found in edition.corrections.get(report.id, ())}
    for change in latest.values():
        cell = change.place.partition("#")[2]
        if cell and not cell.startswith("avsnitt-"):
            fact = report.fact(cell)
            message = _no_cell(change, cell, report) if fact is None else _differs(change, fact)
            holds = fact is not None and _number(change.new) in (None, fact.value)
            yield Verdict(holds, cell, (cell,) if fact else (), change.where, partial(str, message))


def _number(text: str) -> Decimal | None:
    """The number of a text; nothing where it is said in words."""
    plain = text.replace("\u00a0", "").replace(" ", "").replace(",", ".").replace("\u2212", "-")
    return Decimal(plain) if plain.replace(".", "", 1).lstrip("-").isdecimal() else None


def _no_cell(change: Correction, cell: str, report: Report) -> str:
    near = texts.suggestion(cell, report.cells)
    return f"Rättelsen gäller {cell}, men rapporten {report.id} har inget tal där.{near} Rätta cell."


def _differs(change: Correction, fact: Fact) -> str:
    return (
        f"Rättelsen säger att {fact.cell.id} nu är {change.new}, men i rapporten står {texts.hedged(fact)}. "
        "Rätta talet i rapporten, eller nytt."
    )
