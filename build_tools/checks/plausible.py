"""Plausibility: a part is no more than all, and nobody has been there longer than the insats has existed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from build_tools import texts
from build_tools.checks.relations import claim
from build_tools.checks.sums import POPULATIONS
from build_tools.checks.wording import EXPLAIN, MEND, category, name, written
from build_tools.model import Edition, Fact, Intervention, Kind, Level, Report, Verdict
from build_tools.stages import check

PLANNED, HELD, CANCELLED = "moten.planerade", "moten.hallna", "moten.installda"
SUBSETS = {"kartlaggning.inom_14_dagar": "kartlaggning.totalt"}
"""Measures that count some of those whom another counts."""
FLOW = ("flode.", "omfattning.", "projekt.")
"""Measures that have rules of their own, or count others than the participants."""
TIME, SUPPORT, AGE = "genomstromningstid", "ar_i_offentlig_forsorjning", "alder"
SCHOOL = 16
"""Nobody lives on support of one's own before this age."""


@check("R26a", "Hållna och inställda möten är de planerade", level=Level.NOTICE)
def meetings_are_as_planned(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Hållna och inställda möten ska tillsammans vara lika många som de planerade, i varje forum."""
    for key, planned in report.cells.items():
        suffix = key.removeprefix(PLANNED)
        facts = report.facts(key, f"{HELD}{suffix}", f"{CANCELLED}{suffix}")
        if planned.cell.measure == PLANNED and facts:
            gap = facts[0].interval - (facts[1].interval + facts[2].interval)
            forum = category(planned.cell.category, "forum", edition.catalogue)
            cells = [fact.cell.id for fact in facts]
            yield claim(gap.low <= 0 <= gap.high, facts[0], cells, _other_meetings(forum, facts))


def _other_meetings(forum: str, facts: tuple[Fact, ...]) -> Callable[[], str]:
    planned, held, cancelled = map(texts.hedged, facts)
    return lambda: (
        f"{forum}: {held} hållna och {cancelled} inställda möten är inte de {planned} planerade. Kontrollera "
        "talen. Hölls ett möte som inte var planerat behöver inget göras."
    )


@check("R26c", "En del är inte fler än alla")
def part_is_not_more_than_all(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Ett antal deltagare får inte vara större än alla som det kan gälla: till exempel arbetstränade bland
    deltagarna under perioden, eller kartlagda inom 14 dagar bland alla kartlagda.
    """
    for fact in report.cells.values():
        whole = _whole(fact, report, edition) if isinstance(fact, Fact) else None
        if isinstance(fact, Fact) and whole:
            holds = fact.interval.low <= whole.interval.high
            yield claim(holds, fact, (whole.cell.id,), _more_than_all(fact, whole, edition))


def _whole(fact: Fact, report: Report, edition: Edition) -> Fact | None:
    """How many a count of participants can be at most; one that stands with n is tried by R18a."""
    measure = edition.catalogue.measures.get(fact.cell.measure)
    own = fact.derivation is None and not fact.cell.category and not isinstance(fact.n, Decimal)
    if (
        measure is None
        or fact.kind is not Kind.COUNT
        or not own
        or measure.unit != "personer"
        or measure.id.startswith(FLOW)
    ):
        return None
    suffix = f".{fact.cell.group}" if fact.cell.group else ""
    larger = SUBSETS.get(measure.id, POPULATIONS.get(fact.cell.population, ""))
    return report.fact(f"{larger}{suffix}")


def _more_than_all(fact: Fact, whole: Fact, edition: Edition) -> Callable[[], str]:
    catalogue = edition.catalogue
    return lambda: (
        f"{name(fact.cell, catalogue)}: {texts.hedged(fact)} är fler än {name(whole.cell, catalogue)}, "
        f"{texts.hedged(whole)}. {MEND}"
    )


@check("R26d", "Tiden i insatsen är högst så lång som insatsen funnits")
def time_is_within_the_age_of_the_insats(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Genomströmningstiden kan inte vara längre än tiden från att insatsen, eller en föregångare, startade
    till att perioden slutar.
    """
    start = _start(edition.interventions.get(report.intervention), edition)
    for fact in report.cells.values():
        if start and isinstance(fact, Fact) and fact.cell.measure == TIME and fact.kind is Kind.MEAN:
            last = report.period.end
            months = Decimal((last.year - start.year) * 12 + last.month - start.month + 1)
            yield claim(fact.interval.low <= months, fact, (), _older(fact, months, edition))


def _start(intervention: Intervention | None, edition: Edition) -> date | None:
    """The first day of an insats, or of the first of its predecessors."""
    if intervention is None or not intervention.start:
        return None
    before = [edition.interventions.get(one) for one in intervention.predecessors]
    starts = [intervention.start, *(one.start for one in before if one and one.start)]
    year, month = min(starts).split("-")[:2]
    return date(int(year), int(month), 1)


def _older(fact: Fact, months: Decimal, edition: Edition) -> Callable[[], str]:
    return lambda: (
        f"{name(fact.cell, edition.catalogue)}: {written(fact, edition.catalogue)} är längre än insatsen har "
        f"funnits, {texts.number(months)} månader. Rätta tiden, eller start i insatsens fil."
    )


@check("R26e", "Tiden i försörjning ryms i åldern", level=Level.NOTICE)
def support_fits_the_age(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Åren i offentlig försörjning är knappast fler än åren från 16 till deltagarnas medelålder."""
    ages = [
        fact
        for fact in report.cells.values()
        if isinstance(fact, Fact) and fact.cell.measure == AGE and fact.kind is Kind.MEAN
    ]
    for fact in report.cells.values():
        if ages and isinstance(fact, Fact) and fact.cell.measure == SUPPORT and fact.kind is Kind.MEAN:
            holds = fact.interval.low <= max(age.interval.high for age in ages) - SCHOOL
            cells = [age.cell.id for age in ages]
            yield claim(holds, fact, cells, _too_long(fact, edition))


def _too_long(fact: Fact, edition: Edition) -> Callable[[], str]:
    return lambda: (
        f"{name(fact.cell, edition.catalogue)}: {written(fact, edition.catalogue)} är fler än åren från 16 "
        f"till deltagarnas medelålder. Kontrollera talet. {EXPLAIN}"
    )
