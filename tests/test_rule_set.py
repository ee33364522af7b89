"""The linear rules as one set: all can hold at once, each says something of its own, each can speak.

HiGHS looks for a report that obeys all rules, breaks one alone, or breaks it at all; the rules then judge
what it found. The shapes that it fills in are those of the Swedish cases and of the demo.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache, lru_cache

import pytest

from build_tools.checks.relations import Bound, cancels
from build_tools.model import Edition, Report, Verdict
from build_tools.stages import Part, check
from tests.linear import FAMILIES, Shape, breaking, contradicts, shape, solution
from tests.test_checks import ALL, demo, outcome

Rule = Part[Callable[[Report, Edition], Iterator[Verdict]]]

ACROSS = "R04d"
"""Adds the figures of several reports, so that it is no equation within one."""
RULES = tuple(part for part in check.parts() if part.id.startswith(FAMILIES) and part.id != ACROSS)
CODES = tuple(rule.id for rule in RULES)
FOLLOWING: Mapping[str, str] = {}
"""Rules that are wanted although they follow from the others, each with the reason."""
COMPLETE = """
flode:
  ingang: {kvinna: 12, man: 15, alla: 27}
  nya: {kvinna: 10, man: 11, alla: 21}
  utgang: {kvinna: 9, man: 14, alla: 23}
  totalt: {kvinna: 22, man: 26, alla: 48}
  avslutade: {kvinna: 13, man: 12, alla: 25}
avslut: {population: avslutade, summa: 25, celler: {arbete: 13, studier: 12}}
fordelningar:
  - matt: aktualiserad_av
    population: alla_under_perioden
    kodning: enval
    celler: {forsakringskassan: 30, kommun.socialtjanst: 18}
ekonomi:
  rader: {personal: {budget: 900, utfall: 800, avvikelse: 100}, ovrigt: {budget: 50, utfall: 60}}
  summa: {budget: 950, utfall: 860, avvikelse: 90}
"""


@lru_cache(maxsize=1)
def reports() -> tuple[tuple[Report, Edition], ...]:
    """The report with all its totals stated, and those of the cases and the demo."""
    editions = [outcome(written).edition for written in (COMPLETE, *(case.written for case in ALL))]
    return tuple((report, own) for own in (*editions, demo()) for report in own.reports.values())


def shapes(rules: Sequence[Rule]) -> tuple[Shape, ...]:
    """What some rules ask of every report that any of them has something to say of."""
    found = (shape(report, edition, rules) for report, edition in reports())
    return tuple(one for one in found if one.bands)


@cache
def own_shapes() -> tuple[Shape, ...]:
    """What our own rules ask."""
    return shapes(RULES)


def speaks(found: Iterable[Shape], code: str, *, alone: bool) -> Shape | None:
    """The first shape that can be filled in so that a rule fails, perhaps while all others hold."""
    asked = (one for one in found if any(band.code == code for band in one.bands))
    return next((one for one in asked if breaking(one, code, alone=alone) is not None), None)


def redundant(found: Sequence[Shape], codes: Iterable[str]) -> set[str]:
    """The rules that never fail while all the others hold."""
    return {code for code in codes if speaks(found, code, alone=True) is None}


def unreachable(found: Sequence[Shape], codes: Iterable[str]) -> set[str]:
    """The rules that no numbers make fail."""
    return {code for code in codes if speaks(found, code, alone=False) is None}


def failing(found: Report, edition: Edition) -> set[str]:
    """The rules that say that a report is wrong."""
    return {rule.id for rule in RULES if any(not one.holds for one in rule.run(found, edition))}


def test_the_inequalities_say_what_the_rules_say() -> None:
    """Each verdict on each report holds exactly where its inequality does."""
    for found in own_shapes():
        said = [one.holds for rule in RULES for one in rule.run(found.report, found.edition)]
        assert [band.holds(found.values) for band in found.bands] == said


def test_one_report_states_nearly_all_that_is_asked() -> None:
    """Rules contradict each other only where they meet, so there is a report in which they do."""
    asked = {band.code for band in own_shapes()[0].bands}
    assert asked >= {"R01a", "R01b", "R02a", "R02b", "R03a", "R04a", "R04b", "R09a", "R10a", "R10b"}


def test_no_linear_rules_contradict_each_other() -> None:
    """Every shape can be filled in, with nothing left at nought, so that all rules hold."""
    for found in own_shapes():
        values = solution(found, found.bands, least=1)
        assert values is not None, found.report.id
        assert failing(found.filled(values), found.edition) == set()


def test_no_linear_rule_is_redundant() -> None:
    """Each says what does not follow from all the others, or is wanted for a reason, which is then true."""
    assert redundant(own_shapes(), CODES) == set(FOLLOWING)
    assert all(FOLLOWING.values())


def test_no_linear_rule_is_unreachable() -> None:
    """Numbers that the format lets stand can make each of them speak."""
    assert unreachable(own_shapes(), CODES) == set()


@pytest.mark.parametrize("code", CODES)
def test_the_rules_agree_that_one_of_them_is_broken_alone(code: str) -> None:
    """The report that HiGHS finds is wrong to that rule and right to all others."""
    found = speaks(own_shapes(), code, alone=True)
    values = breaking(found, code, alone=True) if found else None
    assert found
    assert values
    assert failing(found.filled(values), found.edition) == {code}


# --- rules planted to be caught -------------------------------------------------------------------------


def planted(run: Callable[[Report, Edition], Iterator[Verdict]]) -> tuple[Rule, ...]:
    """Our own rules and another."""
    return (*RULES, replace(RULES[0], id="R01x", run=run))


def flow(report: Report) -> tuple[tuple[str, int], ...]:
    """Those who were there and came, less those who stayed."""
    names = (("flode.ingang", 1), ("flode.nya", 1), ("flode.utgang", -1))
    return names if all(report.fact(name) for name, _weight in names) else ()


def one_off(report: Report, _edition: Edition) -> Iterator[Verdict]:
    """One more was there than came and stayed: against R01a."""
    exits = report.fact("avslut")
    if flow(report) and exits:
        facts = [(fact, weight) for name, weight in flow(report) if (fact := report.fact(name))]
        right = cancels(report, "flode.utgang", exits.where, [*facts, (exits, -1)], str)
        gap = replace(right.gap, low=right.gap.low + 1, high=right.gap.high + 1)
        yield replace(right, holds=gap.low <= 0 <= gap.high, gap=gap)


def no_more_stay(report: Report, _edition: Edition) -> Iterator[Verdict]:
    """No more stay than there were: follows from R01a and from nobody leaving less than nought times."""
    yield from bounded(report, tuple((name, -weight) for name, weight in flow(report)))


def nobody_is_less(report: Report, _edition: Edition) -> Iterator[Verdict]:
    """Those who were there are no fewer than nought."""
    yield from bounded(report, (("flode.ingang.kvinna", -1),) if report.fact("flode.ingang.kvinna") else ())


def bounded(report: Report, terms: tuple[tuple[str, int], ...]) -> Iterator[Verdict]:
    """The verdict that weighted figures are together no more than nought."""
    facts = [(fact, weight) for name, weight in terms if (fact := report.fact(name))]
    room = -sum((fact.interval.scaled(weight).low for fact, weight in facts), Decimal(0))
    for fact, _weight in facts[:1]:
        cells = tuple(name for name, _weight in terms)
        yield Bound(room >= 0, fact.cell.id, cells, fact.where, str, terms=terms, room=room)


def test_a_contradictory_rule_is_caught() -> None:
    """A balance that is to be one off as well as even leaves no right report."""
    assert not any(contradicts(one) for one in own_shapes())
    assert any(contradicts(one) for one in shapes(planted(one_off)))


def test_a_redundant_rule_is_caught() -> None:
    """A bound that follows from a balance says nothing new; no elimination of equations would see it."""
    assert redundant(shapes(planted(no_more_stay)), ["R01x", "R01a"]) == {"R01x"}


def test_an_unreachable_rule_is_caught() -> None:
    """A rule against negative counts can never speak: the format stops them before."""
    found = shapes(planted(nobody_is_less))
    assert unreachable(found, ["R01x", "R01b"]) == {"R01x"}


def test_a_rule_that_nothing_is_asked_of_is_caught() -> None:
    """A rule that has no verdict on any report is as good as none."""
    assert unreachable(shapes(planted(lambda _report, _edition: iter(()))), ["R01x"]) == {"R01x"}
