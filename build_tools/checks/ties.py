"""Which figures a rule binds together, taken from its verdicts: measures and groups, and never a value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from build_tools.checks.relations import Bound, Chained, Quotient, Sum, key
from build_tools.model import Cell, Report, Role, Stated, Tie, Tied, Verdict

Terms = Iterable[tuple[str, int]]


def ties(report: Report, verdicts: Iterable[Verdict]) -> tuple[Tie, ...]:
    """Each way in which some verdicts bind figures together, once."""
    beside = {key(report, told.fact): told for told in report.stated}
    found = (tie for verdict in verdicts for tie in _tie(verdict, report, beside))
    return tuple(dict.fromkeys(found))


def _tie(verdict: Verdict, report: Report, beside: Mapping[str, Stated]) -> Iterator[Tie]:
    """A sum, a bound or a share as it is written; of any other verdict, only what it compares."""
    if isinstance(verdict, Chained) and verdict.earlier:
        before = [(replace(_tied(cell), earlier=True), -1) for cell in verdict.earlier]
        yield from _made("lika", [*_told([(verdict.about, 1)], report, beside), *before])
    elif isinstance(verdict, Sum) and not isinstance(verdict, Chained):
        terms = _told(_opened(verdict.terms, report, beside), report, beside)
        yield from _made("lika", terms)
    elif isinstance(verdict, Bound):
        yield from _made("hogst", _told(verdict.terms, report, beside))
    elif isinstance(verdict, Quotient):
        yield from _made(*_divided(verdict, report, beside))
    else:
        cells = ((cell, 0) for cell in verdict.cells)
        yield from _made("jamfor", _told(cells, report, beside))


def _divided(
    verdict: Quotient, report: Report, beside: Mapping[str, Stated]
) -> tuple[str, list[tuple[Tied, int]]]:
    """One sum by another, where both are figures of the report and not only a number beside one."""
    part = [*_told(verdict.part, report, beside)]
    whole = [(figure, -weight) for figure, weight in _told(verdict.whole, report, beside)]
    plain = part and whole and all(weight > 0 for _figure, weight in part) and not verdict.less
    if not plain:
        return "jamfor", [(figure, 0) for figure, _weight in (*part, *whole)]
    return ("andel" if verdict.times != 1 else "kvot"), [*part, *whole]


def _opened(terms: Terms, report: Report, beside: Mapping[str, Stated]) -> Iterator[tuple[str, int]]:
    """The terms, where a computed figure beside its own stated one is what it was computed from."""
    stated = {beside[name].fact.cell.id for name, _weight in terms if _controls(beside.get(name))}
    for name, weight in terms:
        fact = report.fact(name)
        how = fact.derivation if fact and name in stated else None
        if how and how.weights:
            yield from ((one, weight * own) for one, own in zip(how.inputs, how.weights, strict=True))
        else:
            yield name, weight


def _controls(told: Stated | None) -> bool:
    return told is not None and told.role is Role.CONTROL


def _told(terms: Terms, report: Report, beside: Mapping[str, Stated]) -> Iterator[tuple[Tied, int]]:
    """Each figure by what it is of; the categories of a distribution are one."""
    for name, weight in terms:
        fact = beside[name].fact if name in beside else report.fact(name)
        if fact:
            yield replace(_tied(fact.cell), stated=name in beside), weight


def _tied(cell: Cell) -> Tied:
    return Tied(cell.measure, _part(cell.category), cell.group, cell.point)


def _part(category: str) -> str:
    if category in ("", "summa"):
        return category
    return "underkategori" if "." in category else "kategori"


def _made(relation: str, terms: Iterable[tuple[Tied, int]]) -> Iterator[Tie]:
    """The tie of figures that are more than one, for all where it is the same for each group."""
    found = dict(terms)
    if len(found) > 1:
        groups = {figure.group for figure in found}
        same = groups if len(groups) == 1 else set()
        yield Tie(
            relation,
            tuple(
                (replace(figure, group="") if same else figure, sign)
                for figure, sign in sorted(found.items(), key=lambda term: (-term[1], term[0]))
            ),
        )
