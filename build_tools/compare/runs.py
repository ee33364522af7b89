"""The long run: every figure of an insats through all its years, with the breaks between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from build_tools.compare.engine import compared, trend
from build_tools.compare.lines import Line, is_sum, label, lines, shown
from build_tools.compare.rules import Rules
from build_tools.compare.traits import Reading, Side
from build_tools.model import Comparability, Comparison, Fact, Run, Step


def runs(years: Sequence[Reading], rules: Rules) -> tuple[Run, ...]:
    """All figures that any of the years has, in the order of the catalogue."""
    if not years:
        return ()
    tables = [{line.key: line for line in lines(year)} for year in years]
    newest = {key: (line, year) for year, own in zip(years, tables, strict=True) for key, line in own.items()}
    order = {measure: at for at, measure in enumerate(years[0].catalogue.measures)}

    def place(key: str) -> int:
        return order.get(newest[key][0].figure.cell.measure, len(order))

    return tuple(_run(key, *newest[key], years, tables, rules) for key in sorted(newest, key=place))


def breaks(years: Sequence[Reading], measures: Set[str], rules: Rules) -> dict[tuple[str, str], Comparison]:
    """Where what stands for a whole measure cannot be compared with the last year that has a number.

    By measure and report. Nothing else of the reports is read, so it is cheap to ask.
    """
    found: dict[tuple[str, str], Comparison] = {}
    for name, measure in years[0].catalogue.measures.items() if years else ():
        last: Side | None = None
        for year in years if name in measures else ():
            figure = year.report.headline(measure)
            if isinstance(figure, Fact):
                side = Side(figure, year.traits(figure))
                with_last = compared(last, side, rules) if last else None
                if with_last and with_last.verdict is Comparability.NO:
                    found[name, year.report.id] = with_last
                last = side
    return found


def _run(
    key: str,
    newest: Line,
    last: Reading,
    years: Sequence[Reading],
    tables: Sequence[Mapping[str, Line]],
    rules: Rules,
) -> Run:
    name = newest.figure.cell.measure
    measure = last.catalogue.measures.get(name)
    template = last.catalogue.templates.get(last.report.template)
    sides = [
        year.side(own[key].cell if key in own else "", name) for year, own in zip(years, tables, strict=True)
    ]
    steps = tuple(
        Step(
            report=year.report.id,
            figure=side.figure,
            shown=shown(side.figure, measure),
            comparison=compared(before, side, rules) if before else None,
        )
        for year, before, side in zip(years, (None, *sides), sides, strict=False)
    )
    return Run(
        key=key,
        measure=name,
        label=label(newest.figure, last),
        section=template.home(measure) if template and measure else None,
        steps=steps,
        trend=trend(list(_unbroken(steps, sides)), rules),
        is_sum=is_sum(newest.figure, last),
    )


def _unbroken(steps: Sequence[Step], sides: Sequence[Side]) -> Iterator[Side]:
    """The newest years in a row that can be compared, the oldest of them first."""
    kept: list[Side] = []
    for step, side in zip(reversed(steps), reversed(sides), strict=True):
        if not isinstance(step.figure, Fact):
            break
        kept.append(side)
        if step.broken:
            break
    yield from reversed(kept)
