"""The chain of years: what a report tells of the year before is what was published then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from build_tools import texts
from build_tools.checks.relations import Chained, claim, key
from build_tools.checks.stated import share_target
from build_tools.checks.wording import EXPLAIN, computed, group, name, written
from build_tools.model import Edition, Fact, Interval, Kind, Level, Report, Role, Stated, Verdict
from build_tools.stages import check

OPENING, CLOSING = "flode.ingang", "flode.utgang"
DAY = timedelta(days=1)


@check("R33a", "Förra årets tal är det som stod i förra rapporten", level=Level.WARNING)
def last_year_is_as_it_was(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Det som en rapport berättar om året före ska vara det som står i rapporten för det året.

    Ett tal som har rättats sedan dess får vara det gamla.
    """
    for stated, target, before in _told_again(report, edition):
        fact, message = stated.fact, _other_then(stated, target, before, edition)
        if _before_correction(stated, target, before, edition):
            yield claim(True, fact, (), message)
        else:
            yield replace(_then(key(report, fact), fact, target.interval, message), others=(target.cell,))


def _then(own: str, fact: Fact, then: Interval, message: Callable[[], str]) -> Chained:
    """The verdict that a figure is what another report says, which stands where it stands."""
    gap = fact.interval - then
    cells = (fact.cell.id,)
    holds = gap.low <= 0 <= gap.high
    return Chained(holds, fact.cell.id, cells, fact.where, message, ((own, 1),), gap)


@check("R33c", "Förra årets tal är rättat", level=Level.NOTICE)
def last_year_is_corrected(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Berättar en rapport ett tal för året före som senare har rättats ska läsaren få veta det."""
    for stated, target, before in _told_again(report, edition):
        holds = _same(stated, target) or not _before_correction(stated, target, before, edition)
        yield claim(holds, stated.fact, (), _corrected_since(stated, target, edition))


def _told_again(report: Report, edition: Edition) -> Iterator[tuple[Stated, Fact, Report]]:
    """Each number told of the year before, with its figure in the report of that year."""
    before = edition.before(report)
    for stated in report.stated if before else ():
        if before and stated.role is Role.PREVIOUS:
            share = stated.fact.kind is Kind.SHARE
            target = share_target(stated, before) if share else before.fact(stated.fact.cell.id)
            if target and target.kind is stated.fact.kind:
                yield stated, target, before


def _same(stated: Stated, target: Fact) -> bool:
    return stated.fact.interval.meets(target.interval)


def _before_correction(stated: Stated, target: Fact, before: Report, edition: Edition) -> bool:
    """Whether the number is what the other report said before it was corrected."""
    place = f"{before.id}#{target.cell.id}"
    return any(
        change.place == place and texts.number(stated.fact.value) in change.old
        for change in edition.corrections.get(before.id, ())
    )


def _other_then(stated: Stated, target: Fact, before: Report, edition: Edition) -> Callable[[], str]:
    catalogue, fact = edition.catalogue, stated.fact
    return lambda: (
        f"{name(fact.cell, catalogue)}: {written(fact, catalogue)} anges för året före, men i rapporten för "
        f"{texts.period(before.period)} står {computed(target, fact.decimals, catalogue)}. Rätta talet under "
        f"foregaende, eller skriv en rättelse i data/rattelser.yml. {EXPLAIN}"
    )


def _corrected_since(stated: Stated, target: Fact, edition: Edition) -> Callable[[], str]:
    catalogue = edition.catalogue
    return lambda: (
        f"{name(stated.fact.cell, catalogue)}: {written(stated.fact, catalogue)} anges för året före. Talet "
        f"är sedan dess rättat till {computed(target, stated.fact.decimals, catalogue)}."
    )


@check("R33b", "Året börjar där det förra slutade", level=Level.WARNING)
def opening_is_last_closing(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Inskrivna vid periodens start ska vara lika många som vid slutet av rapporten närmast före.

    Är insatsen en sammanslagning ska de vara föregångarnas sista antal tillsammans. Prövas när den ena
    perioden börjar dagen efter att den andra slutar.
    """
    before = just_before(report, edition)
    for suffix in _parts(report) if before else ():
        opening = report.fact(f"{OPENING}{suffix}")
        closings = [one.fact(f"{CLOSING}{suffix}") for one in before]
        facts = [fact for fact in closings if fact]
        if opening and len(facts) == len(before):
            low = sum((fact.interval.low for fact in facts), Decimal(0))
            high = sum((fact.interval.high for fact in facts), Decimal(0))
            message = _other_opening(opening, facts, edition)
            cells = tuple(fact.cell for fact in facts)
            made = _then(opening.cell.id, opening, Interval(low, high), message)
            yield replace(made, earlier=cells, others=cells)


def just_before(report: Report, edition: Edition) -> tuple[Report, ...]:
    """The reports that end the day before this one starts: its own last one, or those of all predecessors."""
    own = edition.before(report)
    if own:
        return (own,) if own.period.end + DAY == report.period.start else ()
    intervention = edition.interventions.get(report.intervention)
    found: list[Report] = []
    for predecessor in intervention.predecessors if intervention else ():
        last = [
            one
            for one in edition.reports.values()
            if one.intervention == predecessor and one.period.end + DAY == report.period.start
        ]
        if len(last) != 1:
            return ()
        found += last
    return tuple(found)


def _parts(report: Report) -> tuple[str, ...]:
    """The groups that the opening is told for; all together where it is not told by group."""
    groups = (
        found.cell.group
        for found in report.cells.values()
        if found.cell.measure == OPENING and isinstance(found, Fact) and not found.derivation
    )
    told = tuple(dict.fromkeys(f".{one}" if one else "" for one in groups))
    return tuple(one for one in told if one) or told


def _other_opening(opening: Fact, closings: list[Fact], edition: Edition) -> Callable[[], str]:
    who = f", {group(opening.cell.group, edition.catalogue).lower()}" if opening.cell.group else ""
    many = len(closings) > 1
    added = " + ".join(texts.hedged(fact) for fact in closings)
    total = texts.number(sum((fact.value for fact in closings), Decimal(0)))
    last = f"{added} = {total} i föregångarnas sista rapporter" if many else f"{added} i rapporten före"
    return lambda: (
        f"Inskrivna vid periodens start{who}: {texts.hedged(opening)}, men vid slutet stod {last}. Rätta det "
        f"tal som är fel. {EXPLAIN}"
    )
