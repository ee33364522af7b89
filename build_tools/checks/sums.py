"""Sums: the sexes of a total, the categories of a distribution, level 2 of level 1."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from build_tools import texts
from build_tools.checks.relations import POPULATIONS, base, cancels, claim, equal, within
from build_tools.checks.stated import tried_by
from build_tools.checks.wording import MEND, category, group, name
from build_tools.model import Catalogue, Distribution, Edition, Fact, Kind, Report, Verdict
from build_tools.stages import check

OR_UNKNOWN = "Rätta det tal som är fel, eller räkna resten som okand."


@check("R03a", "Kvinnor och män blir alla")
def sexes_make_the_total(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Talet som källan anger för alla ska vara summan av kvinnor, män och annat eller okänt kön.

    Har något av könen ett ord i stället för ett tal får de andra inte bli fler än alla.
    """
    for stated, target in tried_by("R03a", report):
        yield equal(report, stated.fact, target, _groups_differ(stated.fact, target, report, edition))
    for whole, parts in _beside_groups(report):
        yield _at_most(report, whole, parts, "grupperna", edition.catalogue)


def _beside_groups(report: Report) -> Iterator[tuple[Fact, list[str]]]:
    """Totals that stand in their own place, because some group beside them has a word."""
    found: dict[str, list[str]] = {}
    for key, figure in report.cells.items():
        if figure.cell.group:
            found.setdefault(key.removesuffix(f".{figure.cell.group}"), []).append(key)
    for total, parts in found.items():
        whole = report.fact(total)
        if whole and whole.derivation is None and whole.kind is Kind.COUNT:
            yield whole, parts


def _groups_differ(stated: Fact, target: Fact, report: Report, edition: Edition) -> Callable[[], str]:
    def message() -> str:
        facts = report.facts(*target.derivation.inputs) if target.derivation else ()
        words = (f"{texts.hedged(f)} {group(f.cell.group, edition.catalogue).lower()}" for f in facts or ())
        return (
            f"{name(stated.cell, edition.catalogue)}: {' + '.join(words)} blir {texts.hedged(target)}, "
            f"men för alla anges {texts.hedged(stated)}. {MEND}"
        )

    return message


@check("R04a", "Kategorierna blir summan")
def categories_make_the_sum(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Summan som anges, eller antalet som svarat, ska vara kategorierna tillsammans.

    Prövas när var och en räknas en gång. Har någon kategori ett ord i stället för ett tal får de andra inte
    bli fler än summan.
    """
    for stated, target in tried_by("R04a", report):
        yield equal(report, stated.fact, target, _sum_differs(stated.fact, target, edition))
    for distribution, whole in _counted(report):
        if whole.derivation is None:
            parts = [f"{distribution.id}.{code}" for code in distribution.categories if "." not in code]
            yield _at_most(report, whole, parts, "kategorierna", edition.catalogue)
        if distribution.n is not None:
            n = base(distribution.n_where)
            terms = ((whole.cell.id, -1), *(((n, 1),) if n else ()))
            room = whole.interval.high - distribution.n
            yield within(whole, (), terms, room, _fewer(distribution, whole, edition))


def _counted(report: Report) -> Iterator[tuple[Distribution, Fact]]:
    """The distributions that count each person once, with the sum of their categories."""
    for distribution in report.distributions:
        whole = report.fact(distribution.id) if distribution.coding == "enval" else None
        if whole:
            yield distribution, whole


def _sum_differs(stated: Fact, target: Fact, edition: Edition) -> Callable[[], str]:
    return lambda: (
        f"{name(stated.cell, edition.catalogue)}: kategorierna blir {texts.hedged(target)}, men summan anges "
        f"till {texts.hedged(stated)}. {MEND}"
    )


def _fewer(distribution: Distribution, whole: Fact, edition: Edition) -> Callable[[], str]:
    return lambda: (
        f"{name(whole.cell, edition.catalogue)}: kategorierna blir {texts.hedged(whole)}, men "
        f"{texts.number(distribution.n or 0)} anges ha svarat. {OR_UNKNOWN}"
    )


@check("R04b", "Kategorierna blir alla som de gäller")
def categories_make_the_population(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Räknas var och en en gång ska kategorierna bli lika många som de som fördelningen gäller, till exempel
    alla deltagare under perioden.

    Prövas inte när källan själv anger hur många som svarat.
    """
    for distribution, _whole in _counted(report):
        measure = POPULATIONS.get(distribution.population, "")
        if distribution.n is None and measure and distribution.id != "avslut":
            for suffix in ("", *(f".{found}" for found in distribution.groups if found)):
                facts = report.facts(f"{distribution.id}{suffix}", f"{measure}{suffix}")
                if facts:
                    yield _covers(report, edition, distribution, facts)


def _covers(report: Report, edition: Edition, distribution: Distribution, facts: tuple[Fact, ...]) -> Verdict:
    whole, population = facts
    who = category(distribution.population, "population", edition.catalogue)
    return cancels(
        report,
        whole.cell.id,
        distribution.where,
        ((whole, 1), (population, -1)),
        lambda: (
            f"{name(whole.cell, edition.catalogue)}: kategorierna blir {texts.hedged(whole)}, men {who} är "
            f"{texts.hedged(population)}. {OR_UNKNOWN}"
        ),
    )


@check("R04c", "Underkategorierna blir kategorin")
def details_make_the_category(report: Report, edition: Edition) -> Iterator[Verdict]:
    """En kategori som anges tillsammans med sina underkategorier ska vara summan av dem.

    Har någon av dem ett ord i stället för ett tal får de andra inte bli fler än kategorin.
    """
    for stated, target in tried_by("R04c", report):
        yield equal(
            report, stated.fact, target, _details_differ(stated.fact, target.value, edition.catalogue)
        )
    for distribution in report.distributions:
        if distribution.coding == "enval":
            for whole, details in _stated_categories(report, distribution):
                yield _at_most(report, whole, details, "underkategorierna", edition.catalogue)


def _stated_categories(report: Report, distribution: Distribution) -> Iterator[tuple[Fact, list[str]]]:
    """Each level 1 figure that stands in its own place, with the cells of its level 2."""
    for code in distribution.categories:
        whole = report.fact(f"{distribution.id}.{code}")
        details = [one for one in distribution.categories if one.startswith(f"{code}.")]
        if whole and details and whole.derivation is None:
            yield whole, [f"{distribution.id}.{one}" for one in details]


def _details_differ(stated: Fact, added: Decimal, catalogue: Catalogue) -> Callable[[], str]:
    return lambda: (
        f"{name(stated.cell, catalogue)}: underkategorierna blir {texts.number(added)}, men för hela "
        f"kategorin anges {texts.hedged(stated)}. {MEND}"
    )


def _at_most(report: Report, whole: Fact, parts: Sequence[str], words: str, catalogue: Catalogue) -> Verdict:
    """The verdict that the parts with numbers are no more than the whole, where others have words."""
    facts = [fact for fact in map(report.fact, parts) if fact]
    low = sum((fact.interval.low for fact in facts), Decimal(0))
    return claim(
        low <= whole.interval.high,
        whole,
        [fact.cell.id for fact in facts],
        lambda: (
            f"{name(whole.cell, catalogue)}: {words} med tal blir redan {texts.number(low)}, mer än "
            f"de {texts.hedged(whole)} som anges för alla. {MEND}"
        ),
    )
