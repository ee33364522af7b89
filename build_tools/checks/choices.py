"""One choice or many: where a person may stand in several categories, no category is larger than all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from build_tools import texts
from build_tools.checks.relations import Bound, base, claim
from build_tools.checks.wording import MEND, name
from build_tools.model import Distribution, Edition, Fact, Kind, Level, Report, Verdict
from build_tools.stages import check


@check("R21a", "Ingen kategori är större än alla")
def no_category_exceeds_all(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Vid flera svar per person får ingen kategori ha fler än antalet personer som svarat."""
    for _distribution, n, facts in _many(report):
        for fact in facts:
            yield claim(fact.interval.low <= n, fact, (), _exceeds(fact, n, edition))


def _many(report: Report) -> Iterator[tuple[Distribution, Decimal, tuple[Fact, ...]]]:
    """The distributions with several answers a person and a known number of persons, with their counts."""
    for distribution in report.distributions:
        if distribution.coding == "flerval" and distribution.n is not None:
            yield distribution, distribution.n, _counts(report, distribution)


def _counts(report: Report, distribution: Distribution) -> tuple[Fact, ...]:
    facts = (report.fact(f"{distribution.id}.{code}") for code in distribution.categories)
    return tuple(fact for fact in facts if fact and fact.kind is Kind.COUNT)


def _exceeds(fact: Fact, n: Decimal, edition: Edition) -> Callable[[], str]:
    return lambda: (
        f"{name(fact.cell, edition.catalogue)}: {texts.hedged(fact)} är fler än de {texts.number(n)} som "
        f"svarat. {MEND}"
    )


@check("R21b", "Alla finns i någon kategori", level=Level.NOTICE)
def everybody_is_somewhere(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Vid flera svar per person blir kategorierna oftast minst lika många som personerna.

    Är de färre har någon inte svarat alls.
    """
    for distribution, n, facts in _many(report):
        if facts and len(facts) == len(distribution.categories):
            high = sum((fact.interval.high for fact in facts), Decimal(0))
            cells = tuple(fact.cell.id for fact in facts)
            message = _too_few(distribution, facts, n, edition)
            yield Verdict(high >= n, distribution.id, cells, distribution.where, message)


def _too_few(
    distribution: Distribution, facts: tuple[Fact, ...], n: Decimal, edition: Edition
) -> Callable[[], str]:
    return lambda: (
        f"{_title(distribution, edition)}: svaren är {texts.number(_added(facts))} och personerna "
        f"{texts.number(n)}, så någon har inte svarat alls. Stämmer det behöver inget göras."
    )


@check("R21c", "Ett svar per person ger inte fler svar än personer")
def one_choice_gives_no_more(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Räknas var och en en gång får kategorierna inte bli fler än de som svarat."""
    for distribution in report.distributions:
        facts = _counts(report, distribution)
        if distribution.coding == "enval" and distribution.n is not None and facts:
            whole = report.fact(distribution.id)
            low = whole.interval.low if whole else sum((fact.interval.low for fact in facts), Decimal(0))
            message = _too_many(distribution, low, distribution.n, edition)
            cells, where = tuple(fact.cell.id for fact in facts), distribution.where
            n, parts = base(distribution.n_where), (whole,) if whole else facts
            terms = (*((fact.cell.id, 1) for fact in parts), *(((n, -1),) if n else ()))
            room = distribution.n - low
            yield Bound(room >= 0, distribution.id, cells, where, message, terms, room)


def _too_many(distribution: Distribution, added: Decimal, n: Decimal, edition: Edition) -> Callable[[], str]:
    return lambda: (
        f"{_title(distribution, edition)}: kategorierna blir {texts.number(added)}, men bara "
        f"{texts.number(n)} har svarat. Kan en person stå i flera kategorier ska kodning vara flerval. "
        "Annars är något tal fel."
    )


def _added(facts: tuple[Fact, ...]) -> Decimal:
    return sum((fact.value for fact in facts), Decimal(0))


def _title(distribution: Distribution, edition: Edition) -> str:
    measure = edition.catalogue.measures.get(distribution.measure)
    return measure.label if measure else distribution.measure
