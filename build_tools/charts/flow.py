"""How many were there, came and left during the period."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools import texts
from build_tools.charts.rows import figure, shown
from build_tools.charts.wording import capital, not_shown, participants, sentences
from build_tools.model import Fact, Plot, PlotRow, Publication, PublishedReport
from build_tools.stages import chart

TERMS = (
    ("flode.ingang", "Inskrivna vid periodens start", 0),
    ("flode.nya", "Nya deltagare", 1),
    ("flode.totalt", "Deltagare under perioden", 0),
    ("flode.avslutade", "Avslutade deltagare", 1),
    ("flode.utgang", "Inskrivna vid periodens slut", 0),
)
"""Balances with what is added and taken away between them."""
ENOUGH = 2
"""One number alone is no flow."""


@chart("flode", "Deltagare från periodens start till dess slut")
def flow(report: PublishedReport, publication: Publication) -> Iterator[Plot]:
    """De som fanns vid starten och de nya är alla under perioden; utan de avslutade är det de som är kvar."""
    rows = tuple(PlotRow(label, (figure(report, cell),), level) for cell, label, level in TERMS)
    if len(shown(rows)) >= ENOUGH:
        yield Plot(
            id="flode",
            report=report.id,
            form="flow",
            title="Deltagare från periodens start till dess slut",
            subtitle=participants(report),
            description=sentences([*_read(report), not_shown(rows)]),
            unit="personer",
            series=("Antal",),
            rows=rows,
        )


def _read(report: PublishedReport) -> Iterator[str]:
    start, new, total, left, end = (report.fact(cell) for cell, _, _ in TERMS)
    yield _sentence([(start, _enrolled(start, "start")), (new, "kom till"), (total, "deltog i allt")])
    yield _sentence([(left, "avslutade"), (end, _enrolled(end, "slut"))])


def _enrolled(fact: Fact | None, when: str) -> str:
    one = fact is not None and fact.value == 1
    return f"var {'inskriven' if one else 'inskrivna'} vid periodens {when}"


def _sentence(clauses: list[tuple[Fact | None, str]]) -> str:
    """Tell what is shown; only the first number needs the word `personer`."""
    known = [(fact, did) for fact, did in clauses if fact]
    units = ("personer", *("" for _ in known[1:]))
    told = [f"{texts.shown(fact, unit)} {did}" for (fact, did), unit in zip(known, units, strict=False)]
    return f"{capital(texts.listed(told))}." if told else ""
