"""Percentages: as their counts give them, possible for their number of persons, and together a hundred."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import partial

from build_tools import texts
from build_tools.checks.relations import Quotient, Terms, base, claim, key, sums_to, unasked
from build_tools.checks.stated import place, share_target, shares
from build_tools.checks.wording import EXPLAIN, computed, name, told_where, written
from build_tools.model import Edition, Fact, Interval, Kind, Level, Question, Report, Stated, Verdict, Where
from build_tools.stages import check

BOTH_SEXES = frozenset({"kvinna", "man"})
NEARLY = 5
"""Percent from a hundred within which two shares are most likely meant to make it."""
HUNDRED = Decimal(100)


@check("R05a", "Andelen följer av antalen")
def share_follows_from_counts(report: Report, edition: Edition) -> Iterator[Verdict]:
    """En angiven andel ska vara 100 · antalet / alla, avrundat till så många siffror som källan skriver."""
    for stated in shares(report):
        target = share_target(stated, report)
        if target:
            yield _share(stated, target, report, _share_differs(stated, target, edition))
    for survey in report.surveys:
        for question in survey.questions:
            if question.cumulative:
                yield from _cumulative(report, question, *question.cumulative)


def _share(stated: Stated, target: Fact, report: Report, message: Callable[[], str]) -> Verdict:
    fact, about = stated.fact, place(stated, report)
    holds = fact.interval.meets(target.interval)
    inputs = target.derivation.inputs if target.derivation else ()
    cells = tuple(dict.fromkeys((about, *inputs)))
    part, whole = share_terms(report, inputs)
    if part and whole:
        return Quotient(holds, about, cells, fact.where, message, key(report, fact), part, whole)
    return Verdict(holds, about, cells, fact.where, message)


def share_terms(report: Report, inputs: tuple[str, ...]) -> tuple[Terms, Terms]:
    """What a share is of what: a part and its n, or a part and a whole, some of them left out."""
    part = ((inputs[0], 1),) if inputs else ()
    if len(inputs) != 1:
        return part, tuple((cell, -1 if place else 1) for place, cell in enumerate(inputs[1:]))
    n = base(_base_of(report, inputs[0]))
    return part, ((n, 1),) if n else ()


def _base_of(report: Report, cell: str) -> Where | None:
    """Where the number stands that a count is told to be of: beside it, or of its whole table."""
    fact = report.fact(cell)
    if fact and fact.n_where:
        return fact.n_where
    tables = (table for table in report.distributions if cell.startswith(f"{table.id}."))
    return next((table.n_where for table in tables if table.n is not None), None)


def _share_differs(stated: Stated, target: Fact, edition: Edition) -> Callable[[], str]:
    def message() -> str:
        fact, catalogue = stated.fact, edition.catalogue
        right = computed(target, fact.decimals, catalogue)
        if isinstance(target.n, Decimal):
            counted = texts.number(texts.rounded(target.value * target.n / 100, 0))
            right = f"{counted} av {texts.number(target.n)} är {right}"
        else:
            right = f"antalen ger {right}"
        return (
            f"{name(fact.cell, catalogue)}: källan anger {written(fact, catalogue)}{told_where(stated)}, men "
            f"{right}. Ta bort andelen, den räknas ut. {EXPLAIN}"
        )

    return message


def _cumulative(report: Report, question: Question, step: str, stated: Decimal) -> Iterator[Verdict]:
    """The printed share from a step of a survey upward, against its answers."""
    target = report.fact(f"{question.id}.fran_{step}.andel")
    if target is None:
        return
    half = Decimal("0.5").scaleb(-texts.precision(stated))
    holds = Interval(stated - half, stated + half).meets(target.interval)
    inputs = target.derivation.inputs if target.derivation else ()
    own, n = base(question.cumulative_where), base(question.n_where)
    cells, where = (
        tuple(dict.fromkeys((target.cell.id, *inputs))),
        question.cumulative_where or question.where,
    )
    told = partial(_cumulative_differs, step, stated, target)
    if own and n and inputs and not question.shares:
        part = tuple((cell, 1) for cell in inputs)
        yield Quotient(holds, target.cell.id, cells, where, told, own, part, ((n, 1),))
    else:
        yield Verdict(holds, target.cell.id, cells, where, told)


def _cumulative_differs(step: str, stated: Decimal, target: Fact) -> str:
    digits = texts.precision(stated)
    return (
        f"Andelen från ”{step.replace('_', ' ')}” och uppåt anges till {texts.percent(stated, digits)}, men "
        f"svaren ger {texts.percent(target.value, digits)}. Ta bort andelen, den räknas ut. {EXPLAIN}"
    )


@check("R05b", "Andelen är möjlig för antalet personer", level=Level.WARNING)
def share_is_possible(report: Report, edition: Edition) -> Iterator[Verdict]:
    """En andel av n personer ska vara möjlig: det ska finnas ett helt tal k så att 100 · k / n är andelen.

    Prövas när antalet självt inte är känt.
    """
    own = (found for found in report.cells.values() if isinstance(found, Fact) and found.derivation is None)
    told = (stated.fact for stated in shares(report) if share_target(stated, report) is None)
    for fact in (*own, *told):
        if fact.kind is Kind.SHARE and isinstance(fact.n, Decimal) and fact.n > 0:
            yield claim(possible(fact.interval, fact.n), fact, (), _impossible(fact, fact.n, edition))
    for survey in report.surveys:
        for question in survey.questions:
            n = question.n if question.shares else None
            if isinstance(n, Decimal) and n > 0:
                yield from (_unplaced(question, share, n) for share in question.unplaced)


def _unplaced(question: Question, share: Decimal, n: Decimal) -> Verdict:
    """A printed share that can be tied to no step must be possible all the same."""
    digits = texts.precision(share)
    half = Decimal("0.5").scaleb(-digits)
    holds = possible(Interval(share - half, share + half), n)
    return Verdict(
        holds,
        question.id,
        (),
        question.where,
        lambda: (
            f"Frågan ”{question.text or question.id}”: {texts.percent(share, digits)} går inte att få med "
            f"{texts.number(n)} svar. Kontrollera andelen och antalet."
        ),
    )


def possible(share: Interval, n: Decimal) -> bool:
    """Whether some whole number of n is such a share."""
    first = (share.low * n / 100).to_integral_value(ROUND_CEILING)
    last = (share.high * n / 100).to_integral_value(ROUND_FLOOR)
    return first <= last


def _impossible(fact: Fact, n: Decimal, edition: Edition) -> Callable[[], str]:
    def message() -> str:
        below = (fact.value * n / 100).to_integral_value(ROUND_FLOOR)
        near = (texts.percent(100 * k / n, fact.decimals) for k in (below, below + 1))
        return (
            f"{name(fact.cell, edition.catalogue)}: {written(fact, edition.catalogue)} går inte att få med "
            f"{texts.number(n)} personer. Närmast är {texts.listed(tuple(near), 'eller')}. "
            "Kontrollera andelen och antalet."
        )

    return message


@check("R06a", "Andelar som hör ihop blir hundra", level=Level.WARNING)
def complements_make_a_hundred(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Andelar som tillsammans är alla, till exempel kvinnor och män, ska bli 100 inom sin avrundning."""
    for parts, asked in (*_stated_together(report), *_printed(report)):
        if not asked:
            yield unasked(parts)
            continue
        first, terms = parts[0], [(key(report, part), part) for part in parts]
        yield sums_to(first.cell.id, first.where, terms, HUNDRED, "", _not_hundred(parts, edition))


def _stated_together(report: Report) -> Iterator[tuple[tuple[Fact, ...], bool]]:
    """Stated percentages of all groups of a count, or of all categories of a distribution.

    One that does not follow from its counts is said by R05a, and that is enough.
    """
    told: dict[str, Fact] = {}
    right: dict[str, Fact] = {}
    for stated in shares(report):
        target, cell = share_target(stated, report), place(stated, report)
        told.setdefault(cell, stated.fact)
        if target is None or target.interval.meets(stated.fact.interval):
            right.setdefault(cell, stated.fact)
    if len(told) > 1:
        for siblings in (*_group_siblings(report, Kind.COUNT), *_category_siblings(report)):
            if len(siblings) > 1 and all(cell in told for cell in siblings):
                asked = all(cell in right for cell in siblings)
                yield tuple((right if asked else told)[cell] for cell in siblings), asked


def _group_siblings(report: Report, kind: Kind) -> list[list[str]]:
    """The groups of each figure of a kind."""
    found: dict[str, list[str]] = {}
    for cell, figure in report.cells.items():
        group = figure.cell.group
        if group and isinstance(figure, Fact) and figure.kind is kind:
            found.setdefault(cell.replace(f".{group}", ""), []).append(cell)
    return list(found.values())


def _category_siblings(report: Report) -> Iterator[tuple[str, ...]]:
    """The categories that each distribution is the sum of."""
    for distribution in report.distributions:
        total = report.fact(distribution.id)
        if total and total.derivation:
            yield total.derivation.inputs


def _printed(report: Report) -> Iterator[tuple[tuple[Fact, ...], bool]]:
    """Groups and distributions of which only the percentages were printed, and whether they make a whole."""
    for siblings in _group_siblings(report, Kind.SHARE):
        facts = report.facts(*siblings)
        sexes = {fact.cell.group for fact in facts or ()} >= BOTH_SEXES
        if facts and sexes and _printed_alone(facts):
            yield facts, _of_one_whole(facts)
    for distribution in report.distributions:
        facts = report.facts(*(f"{distribution.id}.{code}.andel" for code in distribution.categories))
        if facts and distribution.coding == "enval" and _printed_alone(facts):
            yield facts, True


def _of_one_whole(facts: tuple[Fact, ...]) -> bool:
    """Whether the percentages are of everybody: they say so by a common base, or nearly make a hundred.

    Otherwise they may as well be shares within each group.
    """
    bases = {fact.n for fact in facts}
    common = len(bases) == 1 and all(isinstance(base, Decimal) for base in bases)
    return common or abs(sum((fact.value for fact in facts), Decimal(0)) - 100) <= NEARLY


def _printed_alone(facts: tuple[Fact, ...]) -> bool:
    return all(fact.derivation is None for fact in facts)


def _not_hundred(parts: tuple[Fact, ...], edition: Edition) -> Callable[[], str]:
    def message() -> str:
        terms = " + ".join(texts.percent(part.value, part.decimals) for part in parts)
        added = sum((part.value for part in parts), Decimal(0))
        whole = name(parts[0].cell, edition.catalogue)
        return (
            f"{whole} och de andra andelarna: {terms} blir {texts.percent(added, texts.precision(added))}, "
            f"inte 100{texts.NBSP}%, inte ens när de avrundats. Kontrollera andelarna mot antalen."
        )

    return message
