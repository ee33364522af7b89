"""Money: sums of the budget rows, deviations, the part that is used, and the cost per participant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from build_tools.derive.facts import amount, cell_of, ratio, share, total
from build_tools.model import Catalogue, Fact, Measure, Report
from build_tools.stages import derived

COLUMNS = ("budget", "utfall", "prognos_utfall")
DEVIATIONS = ("avvikelse", "prognos_avvikelse")
SUM = "summa"


def cell_id(row: str, column: str) -> str:
    """The id of a column's figure in a row."""
    return f"ekonomi.{row}.{column}"


def rows(report: Report) -> list[str]:
    """The budget rows in the order of the source, the sum left out."""
    measures = {f"ekonomi.{column}" for column in (*COLUMNS, *DEVIATIONS)}
    told = (found.cell.category for found in report.cells.values() if found.cell.measure in measures)
    return [row for row in dict.fromkeys(told) if row and row != SUM]


def _column(catalogue: Catalogue, column: str) -> Measure | None:
    return catalogue.measures.get(f"ekonomi.{column}")


@derived("ekonomi.prognos_utfall", "Prognos för utfallet")
def expected(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """Prognosen för utfallet är budget minus den väntade avvikelsen, när källan anger den."""
    return _less(report, catalogue, "prognos_utfall", "prognos_avvikelse", "Budget − väntad avvikelse.")


@derived("ekonomi.summa", "Ekonomins summor", after=("ekonomi.prognos_utfall",))
def sums(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """Summan av en kolumn är summan av alla budgetrader i den."""
    return _sums(report, catalogue, COLUMNS)


@derived(
    "ekonomi.summa_avvikelse",
    "Avvikelsernas summor",
    after=("ekonomi.avvikelse", "ekonomi.prognos_avvikelse"),
)
def sums_of_deviations(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """Summan av avvikelserna är summan av alla raders avvikelser, när källan inte anger utfallet självt."""
    return _sums(report, catalogue, DEVIATIONS)


def _sums(report: Report, catalogue: Catalogue, columns: tuple[str, ...]) -> Iterator[Fact]:
    told = rows(report)
    for column in columns:
        measure = _column(catalogue, column)
        facts = report.facts(*(cell_id(row, column) for row in told))
        if measure and facts:
            cell = cell_of(report, measure, cell_id(SUM, column), SUM)
            yield total(cell, amount(facts), "ekonomi.summa", "Summan av alla budgetrader.")


def _less(report: Report, catalogue: Catalogue, column: str, cost: str, formula: str) -> Iterator[Fact]:
    """Budget minus a cost, row by row and for the sum."""
    measure = _column(catalogue, column)
    for row in (*rows(report), SUM) if measure else ():
        facts = report.facts(cell_id(row, "budget"), cell_id(row, cost))
        if measure and facts:
            cell = cell_of(report, measure, cell_id(row, column), row)
            yield total(cell, amount(facts, (1, -1)), measure.id, formula)


@derived("ekonomi.avvikelse", "Avvikelse mot budget", after=("ekonomi.summa",))
def deviations(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """Avvikelsen är budget minus utfall. Minus betyder att det kostade mer än budgeten."""
    return _less(report, catalogue, "avvikelse", "utfall", "Budget − utfall.")


@derived("ekonomi.prognos_avvikelse", "Väntad avvikelse mot budget", after=("ekonomi.summa",))
def expected_deviations(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """Den väntade avvikelsen är budget minus prognosen för utfallet."""
    return _less(report, catalogue, "prognos_avvikelse", "prognos_utfall", "Budget − prognos för utfallet.")


@derived("ekonomi.forbrukning", "Förbrukad del av budgeten", after=("ekonomi.summa",))
def used(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """Den förbrukade delen är utfall delat med budget."""
    measure = _column(catalogue, "forbrukning")
    for row in (*rows(report), SUM) if measure else ():
        facts = report.facts(cell_id(row, "utfall"), cell_id(row, "budget"))
        made = _percent_of(report, measure, row, facts) if measure and facts else None
        if made:
            yield made


def _percent_of(report: Report, measure: Measure, row: str, facts: tuple[Fact, ...]) -> Fact | None:
    """A share of money: nobody is counted, so it has no n."""
    cell = cell_of(report, measure, cell_id(row, "forbrukning"), row)
    made = share(cell, amount(facts[:1]), amount(facts[1:]), measure.id, "Utfall delat med budget.")
    return replace(made, n=None, decimals=measure.decimals) if made else None


@derived("ekonomi.askat_minus_tilldelat", "Skillnad mellan begärda och tilldelade medel")
def asked_and_given(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """Skillnaden är de begärda medlen minus de tilldelade."""
    measure = _column(catalogue, "askat_minus_tilldelat")
    facts = report.facts("ekonomi.askat", "ekonomi.tilldelat")
    if measure and facts:
        cell = cell_of(report, measure, measure.id)
        yield total(cell, amount(facts, (1, -1)), measure.id, "Begärda medel − tilldelade medel.")


@derived("ekonomi.kostnad_per_deltagare", "Kostnad per deltagare", after=("ekonomi.summa", "flode.totalt"))
def cost_per_participant(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """Kostnaden per deltagare är utfallets summa delad med deltagarna, när båda gäller samma tid."""
    formula = "Utfallets summa delad med deltagare under perioden."
    return _cost(report, catalogue, "kostnad_per_deltagare", "flode.totalt", formula)


@derived(
    "ekonomi.kostnad_per_avslut_i_mal",
    "Kostnad per avslut i mål",
    after=("ekonomi.summa", "mal.antal"),
)
def cost_per_exit(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """Kostnaden per avslut i mål är utfallets summa delad med dem som nådde målet under samma tid."""
    formula = "Utfallets summa delad med avslutade som nådde målet."
    return _cost(report, catalogue, "kostnad_per_avslut_i_mal", "mal.antal", formula)


def _cost(report: Report, catalogue: Catalogue, column: str, persons: str, formula: str) -> Iterator[Fact]:
    """The outcome of all rows for each person, only where both are of the same time."""
    measure = _column(catalogue, column)
    facts = report.facts(cell_id(SUM, "utfall"), persons)
    if measure and facts and same_time(report) and all(fact.period is None for fact in facts):
        cell = cell_of(report, measure, measure.id)
        made = ratio(cell, amount(facts[:1]), amount(facts[1:]), measure, formula)
        if made:
            yield made


def same_time(report: Report) -> bool:
    """Whether the economy is told for the same days as the participants."""
    own = report.section_periods.get("ekonomi", report.period)
    return (own.start, own.end) == (report.period.start, report.period.end)
