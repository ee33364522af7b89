"""Staffing: all posts together, and how much they are of full-time posts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from build_tools import texts
from build_tools.derive.facts import amount, cell_of, ratio, total
from build_tools.model import Catalogue, Derivation, Fact, Kind, Period, Report
from build_tools.stages import derived

POSTS = "bemanning.poster"
FULL_TIME = "bemanning.procent"


def _told(report: Report, measure: str) -> list[str]:
    """The cells of a measure that are told for a role."""
    return [
        key for key, found in report.cells.items() if found.cell.measure == measure and found.cell.category
    ]


@derived("bemanning.poster", "Befattningar i hela teamet")
def posts(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """Antalet befattningar är summan av befattningarna i alla roller."""
    measure = catalogue.measures.get(POSTS)
    facts = report.facts(*_told(report, POSTS))
    if measure and facts:
        yield total(cell_of(report, measure, POSTS), amount(facts), POSTS, "Summan av alla roller.")


@derived("bemanning.procent", "Hela teamets tjänstgöring")
def full_time(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """Hela teamets tjänstgöring är befattningar gånger tjänstgöringsgrad, för alla roller tillsammans.

    En tjänst som börjar eller slutar inom perioden räknas för sina dagar, och en obesatt tjänst inte alls.
    """
    measure = catalogue.measures.get(FULL_TIME)
    posts = _filled(report)
    if measure and posts:
        terms = [_weighed(report, degree, count) for degree, count in posts]
        made = total(cell_of(report, measure, FULL_TIME), amount(terms), FULL_TIME, "")
        inputs = tuple(fact.cell.id for post in posts for fact in post if fact)
        formula = "Summan av antal befattningar · tjänstgöringsgrad · tjänstens del av periodens dagar."
        how = Derivation(FULL_TIME, formula, inputs)
        yield replace(made, kind=Kind.SUM, period=_own_period(report), derivation=how)


def _filled(report: Report) -> list[tuple[Fact, Fact | None]]:
    """The degree of each post that somebody has, with how many there are; none where any has no number."""
    vacant = {cell for post in report.posts if post.state == "vakant" for cell in (post.percent, post.count)}
    told = [cell for cell in _told(report, FULL_TIME) if cell not in vacant]
    counts = [cell.replace(FULL_TIME, POSTS, 1) for cell in told]
    without_degree = set(_told(report, POSTS)) - set(counts) - vacant
    degrees = report.facts(*told)
    known = all(cell not in report.cells or report.fact(cell) for cell in counts)
    if without_degree or not known or degrees is None:
        return []
    return [(degree, report.fact(cell)) for degree, cell in zip(degrees, counts, strict=True)]


def _own_period(report: Report) -> Period | None:
    """The period of the staffing, where it is another than the report's."""
    own = report.section_periods.get("bemanning", report.period)
    return None if (own.start, own.end) == (report.period.start, report.period.end) else own


def _weighed(report: Report, degree: Fact, count: Fact | None) -> Fact:
    """The degree of all posts of a row, weighed by how much of the period they stand."""
    whole = report.section_periods.get("bemanning", report.period)
    own = degree.period or whole
    first, last = max(own.start, whole.start), min(own.end, whole.end)
    days = max((last - first).days + 1, 0)
    weight = (count.value if count else Decimal(1)) * days / whole.days
    return replace(degree, value=degree.value * weight, interval=degree.interval.scaled(weight))


@derived("personal.heltider", "Heltider", after=("bemanning.procent",))
def full_time_posts(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """Heltiderna är hela teamets tjänstgöring i procent delad med hundra."""
    measure = catalogue.measures.get("personal.heltider")
    whole = report.fact(FULL_TIME)
    if measure and whole:
        yield replace(
            whole,
            cell=cell_of(report, measure, measure.id),
            value=texts.rounded(whole.value / 100, measure.decimals),
            interval=whole.interval.scaled(Decimal("0.01")),
            kind=measure.kind,
            decimals=measure.decimals,
            derivation=Derivation(measure.id, "Hela teamets tjänstgöring delad med hundra.", (FULL_TIME,)),
        )


@derived("deltagare.per_heltid", "Deltagare per heltid", after=("bemanning.procent", "flode.totalt"))
def per_full_time(report: Report, catalogue: Catalogue) -> Iterator[Fact]:
    """Deltagare per heltid är deltagarna under perioden delade med heltiderna under samma tid."""
    measure = catalogue.measures.get("deltagare.per_heltid")
    facts = report.facts("flode.totalt", FULL_TIME)
    if measure and facts and all(fact.period is None for fact in facts):
        people, degree = facts
        posts = replace(degree, value=degree.value / 100, interval=degree.interval.scaled(Decimal("0.01")))
        cell, formula = cell_of(report, measure, measure.id), "Deltagare under perioden delat med heltider."
        made = ratio(cell, amount((people,)), amount((posts,)), measure, formula)
        if made:
            yield made
