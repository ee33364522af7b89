"""Means of all against the means of groups."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from build_tools import texts
from build_tools.checks.relations import Message, Quotient, Weighed, base, claim
from build_tools.checks.relations import key as key_of
from build_tools.checks.stated import tried_by
from build_tools.checks.wording import EXPLAIN, MEND, group, name, written
from build_tools.model import Edition, Fact, Interval, Kind, Level, Report, Stated, Verdict
from build_tools.stages import check

SLIVER = Decimal("0.1")
"""A smaller part than this of what the rounding allows is a coincidence that both are right."""


@check("R19a", "Medelvärdet för alla följer av gruppernas")
def mean_follows_from_groups(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Medelvärdet för alla ska vara gruppernas medelvärden vägda efter antal, inom avrundningen av alla tal.

    Saknas antalen ska det ligga mellan gruppernas medelvärden.
    """
    for stated, target in tried_by("R19a", report):
        holds = stated.fact.interval.meets(target.interval)
        yield means_agree(report, stated.fact, target, holds, _mean_differs(stated, target, report, edition))
    for mean, parts in _with_unknown_sizes(report):
        hull = Interval(min(part.interval.low for part in parts), max(part.interval.high for part in parts))
        cells = [part.cell.id for part in parts]
        yield claim(mean.interval.meets(hull), mean, cells, _outside(mean, parts, edition))


def means_agree(report: Report, stated: Fact, target: Fact, holds: bool, message: Message) -> Verdict:
    """The verdict on a stated mean, with the figures that its cell is computed from."""
    inputs = target.derivation.inputs if target.derivation else ()
    facts, own = report.facts(*inputs) or (), key_of(report, stated)
    cells = tuple(dict.fromkeys((stated.cell.id, *inputs)))
    sizes = [base(fact.n_where) for fact in facts]
    if facts and all(sizes) and target.derivation and target.derivation.rule == "medel_grupper":
        groups = tuple(zip(inputs, sizes, strict=True))
        return Weighed(holds, stated.cell.id, cells, stated.where, message, own, groups)
    if len(facts) == 1 and facts[0].kind is Kind.SUM and all(sizes):
        part, whole, once = ((inputs[0], 1),), ((sizes[0], 1),), Decimal(1)
        return Quotient(holds, stated.cell.id, cells, stated.where, message, own, part, whole, once)
    return claim(holds, stated, inputs, message)


def _with_unknown_sizes(report: Report) -> Iterator[tuple[Fact, tuple[Fact, ...]]]:
    """Means of all that stand in their own place beside those of women and men."""
    for key, mean in report.cells.items():
        if isinstance(mean, Fact) and mean.kind is Kind.MEAN and not mean.cell.group and not mean.derivation:
            parts = report.facts(f"{key}.kvinna", f"{key}.man")
            if parts and f"{key}.annat_eller_okant" not in report.cells:
                yield mean, parts


def _outside(mean: Fact, parts: tuple[Fact, ...], edition: Edition) -> Callable[[], str]:
    catalogue = edition.catalogue
    return lambda: (
        f"{name(mean.cell, catalogue)}: för alla anges {written(mean, catalogue)}, men det ligger inte "
        f"mellan {texts.listed([_told(part, edition) for part in parts])}. {MEND}"
    )


def _told(mean: Fact, edition: Edition) -> str:
    return f"{group(mean.cell.group, edition.catalogue).lower()} {texts.hedged(mean)}"


def _mean_differs(stated: Stated, target: Fact, report: Report, edition: Edition) -> Callable[[], str]:
    def message() -> str:
        catalogue = edition.catalogue
        facts = report.facts(*target.derivation.inputs) if target.derivation else None
        if target.derivation and target.derivation.rule == "medel_summa":
            return _sum_differs(stated, target, report, edition)
        words = [f"{_told(fact, edition)} (n {_n(fact)})" for fact in facts or ()]
        low, high = target.interval.low, target.interval.high
        between = texts.span(low, high, stated.fact.decimals + 1)
        return (
            f"{name(target.cell, catalogue)}: {texts.listed(words)} ger {between}, men för alla anges "
            f"{written(stated.fact, catalogue)}. {MEND}"
        )

    return message


def _n(fact: Fact) -> str:
    return texts.MARKS[fact.n] if isinstance(fact.n, str) else texts.number(fact.n or 0)


def _sum_differs(stated: Stated, target: Fact, report: Report, edition: Edition) -> str:
    facts = report.facts(*target.derivation.inputs) if target.derivation else None
    added = texts.hedged(facts[0]) if facts else ""
    mean = texts.number(target.interval.low, stated.fact.decimals + 1)
    return (
        f"{name(target.cell, edition.catalogue)}: summan {added} delad med {_n(target)} är {mean}, men "
        f"källan anger {written(stated.fact, edition.catalogue)}. {MEND}"
    )


@check("R19b", "Medelvärdet för alla följer av kategoriernas", level=Level.WARNING)
def mean_follows_from_categories(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Kategoriernas medelvärden, vägda efter antal, ska ge medelvärdet för alla. Prövas när kategorierna
    tillsammans är alla.

    Går det ihop bara i en smal strimma av det som avrundningen tillåter är det en varning.
    """
    for whole, parts in _by_category(report):
        sizes = [part.n for part in parts if isinstance(part.n, Decimal)]
        n = sum(sizes, Decimal(0))
        low = sum((part.interval.low * size for part, size in zip(parts, sizes, strict=True)), Decimal(0))
        high = sum((part.interval.high * size for part, size in zip(parts, sizes, strict=True)), Decimal(0))
        if n > 0:
            weighed = Interval(low / n, high / n)
            cells, message = [part.cell.id for part in parts], _sliver(whole, parts, weighed, edition)
            yield claim(_likely(weighed, whole.interval), whole, cells, message)


def _by_category(report: Report) -> Iterator[tuple[Fact, tuple[Fact, ...]]]:
    """Means of all beside those of categories that together are as many."""
    found: dict[str, list[Fact]] = {}
    for key, fact in report.cells.items():
        if isinstance(fact, Fact) and fact.kind is Kind.MEAN and fact.cell.category and not fact.cell.group:
            found.setdefault(key.removesuffix(f".{fact.cell.category}"), []).append(fact)
    for key, parts in found.items():
        whole = report.fact(key)
        sizes = [part.n for part in parts if isinstance(part.n, Decimal)]
        all_told = len(parts) > 1 and len(sizes) == len(parts)
        if whole and whole.kind is Kind.MEAN and all_told and whole.n == sum(sizes):
            yield whole, tuple(parts)


def _likely(one: Interval, other: Interval) -> bool:
    """Whether two ranges share more than a sliver of the narrower."""
    shared = min(one.high, other.high) - max(one.low, other.low)
    narrower = min(one.high - one.low, other.high - other.low)
    return shared >= narrower * SLIVER


def _sliver(whole: Fact, parts: tuple[Fact, ...], weighed: Interval, edition: Edition) -> Callable[[], str]:
    def message() -> str:
        catalogue = edition.catalogue
        values = (part.value * part.n for part in parts if isinstance(part.n, Decimal))
        n = whole.n if isinstance(whole.n, Decimal) else Decimal(1)
        mean = texts.number(sum(values, Decimal(0)) / n, whole.decimals + 1)
        digits = whole.decimals + 2
        between = texts.span(weighed.low, weighed.high, digits)
        low, high = max(weighed.low, whole.interval.low), min(weighed.high, whole.interval.high)
        only = f"Båda stämmer bara om det rätta ligger i strimman {texts.span(low, high, digits)}. "
        return (
            f"{name(whole.cell, catalogue)}: kategorierna ger {mean}, med avrundningen {between}, men för "
            f"alla anges {written(whole, catalogue)}. {only if low <= high else ''}{MEND} {EXPLAIN}"
        )

    return message
