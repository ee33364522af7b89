"""Bounds: ratings within their scale, shares within a hundred, means between the smallest and the largest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import pairwise

from build_tools import texts
from build_tools.checks.relations import claim
from build_tools.checks.wording import MEND, name, written
from build_tools.model import Edition, Fact, Interval, Kind, Report, Verdict
from build_tools.stages import check

UNBOUNDED = ("ekonomi.", "bemanning.")
"""Percentages that may pass a hundred: money and posts."""
PERCENT = Interval(Decimal(0), Decimal(100))


@check("R16a", "Värdet ryms på sin skala")
def value_fits_its_scale(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Ett medelvärde på en skattningsskala ska ligga mellan skalans minsta och största värde, och en andel
    mellan 0 och 100 procent."""
    scales = _scales(report, edition)
    for figure in report.cells.values():
        if isinstance(figure, Fact) and (figure.derivation is None or figure.kind is Kind.MEAN):
            scale = _scale(figure, scales)
            if scale:
                yield claim(scale.meets(figure.interval), figure, (), _off_scale(figure, scale, edition))


def _scales(report: Report, edition: Edition) -> dict[str, Interval]:
    """The bounds of each survey question that is answered on a rating scale."""
    found: dict[str, Interval] = {}
    for survey in report.surveys:
        for question in survey.questions:
            scale = edition.catalogue.scales.get(question.scale)
            if scale and scale.minimum is not None and scale.maximum is not None:
                found[question.id] = Interval(scale.minimum, scale.maximum)
    return found


def _scale(fact: Fact, scales: dict[str, Interval]) -> Interval | None:
    if (
        fact.kind is Kind.SHARE
        and fact.cell.point != "forandring"
        and not fact.cell.measure.startswith(UNBOUNDED)
    ):
        return PERCENT
    difference = fact.derivation is not None and fact.derivation.rule == "skattning_skillnad"
    if fact.kind is Kind.MEAN and scales and not difference:
        return next(
            (scale for key, scale in scales.items() if f"{fact.cell.id}.".startswith(f"{key}.")), None
        )
    return None


def _off_scale(fact: Fact, scale: Interval, edition: Edition) -> Callable[[], str]:
    return lambda: (
        f"{name(fact.cell, edition.catalogue)}: {written(fact, edition.catalogue)} ryms inte på skalan "
        f"{texts.span(scale.low, scale.high)}. {MEND}"
    )


@check("R16b", "Medelvärdet ligger mellan minsta och största")
def mean_lies_between(report: Report, edition: Edition) -> Iterator[Verdict]:
    """Det minsta värdet får inte vara större än medelvärdet, och medelvärdet inte större än det största."""
    for measure in edition.catalogue.measures:
        if f"{measure}.min" in edition.catalogue.measures or f"{measure}.max" in edition.catalogue.measures:
            for key, mean in report.cells.items():
                if isinstance(mean, Fact) and mean.cell.measure == measure and mean.kind is Kind.MEAN:
                    suffix = key.removeprefix(measure)
                    low, high = report.fact(f"{measure}.min{suffix}"), report.fact(f"{measure}.max{suffix}")
                    yield from _ordered(tuple(fact for fact in (low, mean, high) if fact), edition)


def _ordered(facts: tuple[Fact, ...], edition: Edition) -> Iterator[Verdict]:
    for lower, upper in pairwise(facts):
        holds = lower.interval.low <= upper.interval.high
        yield claim(holds, upper, (lower.cell.id,), _disordered(lower, upper, edition))


def _disordered(lower: Fact, upper: Fact, edition: Edition) -> Callable[[], str]:
    catalogue = edition.catalogue
    return lambda: (
        f"{name(upper.cell, catalogue)} ({written(upper, catalogue)}) är mindre än "
        f"{name(lower.cell, catalogue)} ({written(lower, catalogue)}). {MEND}"
    )
