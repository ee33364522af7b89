"""Plausibility: a part is no more than all, and nobody has been there longer than the insats has existed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from build_tools import texts
from build_tools.checks.relations import POPULATIONS, cancels, claim, within
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
FROM_LITTLE = 4
"""How many times off what the flow tells a mean time may be. By Little's law (Operations Research 9, 1961)
those who are there are those who leave a month, times how long they stay. Teams grow, shrink and count days
their own way, but seldom by a factor of four: a judgement, and a slip of ten times is beyond it."""
MONTH = Decimal("30.4375")


@check("R26a", "Hållna och inställda möten är de planerade", level=Level.NOTICE)
def meetings_are_as_planned(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Hållna och inställda möten ska tillsammans vara lika många som de planerade, i varje forum."""
    for key, planned in report.cells.items():
        suffix = key.removeprefix(PLANNED)
        facts = report.facts(key, f"{HELD}{suffix}", f"{CANCELLED}{suffix}")
        if planned.cell.measure == PLANNED and facts:
            forum = category(planned.cell.category, "forum", edition.catalogue)
            terms = tuple(zip(facts, (1, -1, -1), strict=True))
            yield cancels(report, key, facts[0].where, terms, _other_meetings(forum, facts))


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
            room, terms = whole.interval.high - fact.interval.low, ((fact.cell.id, 1), (whole.cell.id, -1))
            yield within(fact, (whole.cell.id,), terms, room, _more_than_all(fact, whole, edition))


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


@check("R26h", "Tiden i insatsen följer av flödet", level=Level.NOTICE)
def time_follows_from_the_flow(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Medeltiden i insatsen är ungefär antalet inskrivna delat med hur många som avslutas i månaden. Är den
    fyra gånger längre eller kortare är något av talen troligen fel. Prövas för alla avslutade och för dem som
    är i mål.
    """
    flow = report.facts("flode.ingang", "flode.utgang", "flode.avslutade")
    for cell in (TIME, f"{TIME}@avslutade"):
        time = report.fact(cell)
        if flow and time and time.kind is Kind.MEAN and min(fact.value for fact in (*flow, time)) > 0:
            expected = _by_flow(flow, report)
            holds = expected <= time.value * FROM_LITTLE and time.value <= expected * FROM_LITTLE
            yield claim(holds, time, [fact.cell.id for fact in flow], _unlike_flow(time, expected, edition))


def _by_flow(flow: tuple[Fact, ...], report: Report) -> Decimal:
    """The months that the stock takes to leave, at the pace of the period."""
    opening, closing, ended = (fact.value for fact in flow)
    return (opening + closing) / 2 * (flow[2].period or report.period).days / MONTH / ended


def _unlike_flow(time: Fact, expected: Decimal, edition: Edition) -> Callable[[], str]:
    return lambda: (
        f"{name(time.cell, edition.catalogue)}: {written(time, edition.catalogue)} stämmer dåligt med "
        f"flödet. Med så många inskrivna och avslutade vore ungefär "
        f"{texts.number(texts.rounded(expected, 0))} månader väntat. Kontrollera tiden och flödet. {EXPLAIN}"
    )
