"""Staffing: posts follow each other without a hole, and together they are what was agreed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from build_tools import texts
from build_tools.checks.relations import claim
from build_tools.checks.wording import EXPLAIN, category
from build_tools.model import Edition, Fact, Interval, Level, Post, Report, Verdict
from build_tools.stages import check

DAY = timedelta(days=1)
AGREED, FULL_TIME = "bemanning.avtalad_niva", "bemanning.procent"
NEAR = Interval(Decimal("0.75"), Decimal("1.25"))
"""How much of the agreed staffing there may be: a vacancy of a few months in one post is no fault."""
FULL = Decimal(100)
VACANT = "vakant"


@check("R25a", "Tjänsterna följer på varandra", level=Level.WARNING)
def posts_follow_each_other(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Mellan två tjänster med samma roll och huvudman ska det inte fattas någon dag, och samma dag ska inte
    räknas i båda. En tjänst gäller till och med sin sista dag. En obesatt tjänst skrivs med läget vakant.
    """
    for posts in _by_role(report).values():
        last = posts[0].period.end
        for post in posts[1:]:
            start = post.period.start
            shared = start == last and post.period.end > last
            holds = start <= last + DAY and not shared
            role = category(post.role, "roll", edition.catalogue)
            cell = post.percent or post.count
            yield Verdict(holds, cell, (), post.where, _hole(role, last, start))
            last = max(last, post.period.end)


def _by_role(report: Report) -> dict[tuple[str, str], list[Post]]:
    """The posts of each role and owner by their first day; who stands in has the same post."""
    found: dict[tuple[str, str], list[Post]] = {}
    for post in sorted(report.posts, key=lambda one: (one.period.start, one.period.end, one.where)):
        role = post.role.removeprefix("tf_").removeprefix("vikarierande_")
        found.setdefault((role, post.owner), []).append(post)
    return found


def _hole(role: str, last: date, start: date) -> Callable[[], str]:
    if start == last:
        return lambda: (
            f"{role}: en tjänst slutar {texts.day(last)} och nästa börjar samma dag, som då räknas två "
            "gånger. Rätta slut eller start: en tjänst gäller till och med sin sista dag."
        )
    days = (start - last).days - 1
    told = "1 dag" if days == 1 else f"{texts.number(days)} dagar"
    return lambda: (
        f"{role}: en tjänst slutar {texts.day(last)} och nästa börjar {texts.day(start)}. {told} emellan "
        f"saknar tjänst. Rätta slut eller start. Var den obesatt, skriv en rad med lage: vakant. {EXPLAIN}"
    )


@check("R25b", "Bemanningen är nära den avtalade nivån", level=Level.WARNING)
def posts_make_the_agreed_level(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Alla tjänster tillsammans ska inte skilja mer än en fjärdedel från den avtalade nivån. Är någon tjänst
    obesatt får de vara färre.
    """
    facts = report.facts(AGREED, FULL_TIME)
    if facts:
        agreed, real = facts
        vacant = any(post.state == VACANT for post in report.posts)
        low = Decimal(0) if vacant else agreed.interval.low * NEAR.low
        high = agreed.interval.high * NEAR.high
        yield claim(real.interval.meets(Interval(low, high)), agreed, (real.cell.id,), _far(agreed, real))


def _far(agreed: Fact, real: Fact) -> Callable[[], str]:
    return lambda: (
        f"Tjänsterna blir tillsammans {texts.number(real.value, 0)}{texts.NBSP}procent av en heltid, men den "
        f"avtalade nivån är {texts.hedged(agreed)}. Kontrollera tjänsterna och nivån. {EXPLAIN}"
    )


@check("R25c", "En tjänst är högst en heltid", level=Level.WARNING)
def post_is_at_most_whole(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Procenten för en befattning är av en heltid och ska vara högst 100."""
    for post in report.posts:
        degree = report.fact(post.percent)
        if degree:
            role = category(post.role, "roll", edition.catalogue)
            yield claim(degree.interval.low <= FULL, degree, (), _more_than_whole(role, degree))


def _more_than_whole(role: str, degree: Fact) -> Callable[[], str]:
    return lambda: (
        f"{role}: {texts.hedged(degree)}{texts.NBSP}procent är mer än en heltid. Skriv procenten för en "
        "befattning, och hur många de är som antal."
    )
