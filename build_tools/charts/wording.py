"""The words around a chart: its base and period, and sentences that read it aloud from its own rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import groupby

from build_tools import texts
from build_tools.model import Blank, Catalogue, Fact, Mark, Period, PlotRow, PublishedReport, Table

TOLD = 3
"""How many rows a ranking tells of, and those that are equally large."""
THEN = ("därefter", "sedan")
BASES = {"alla_under_perioden": "deltagare", "svarande": "svarande"}
"""Populations whose label does not follow a number."""


def period(report: PublishedReport, section: str = "") -> str:
    """The period of a section, or of the report."""
    return texts.period(report.section_periods.get(section, report.period))


def base(table: Table, report: PublishedReport, catalogue: Catalogue) -> str:
    """How many the rows are of, and when: `39 deltagare, 2021`."""
    total = report.fact(table.total)
    people = who(table.distribution.population, catalogue)
    whole = f"{texts.shown(total)} {people}" if total else capital(people)
    return f"{whole}, {period(report, table.distribution.id)}"


def who(population: str, catalogue: Catalogue) -> str:
    """Whom figures are about, as it is written after a number."""
    populations = catalogue.enumerations.get("population")
    known = populations.categories.get(population) if populations else None
    return BASES.get(population) or (known.label if known else "personer")


def window(when: Period) -> str:
    """A stretch of time in months where it is whole months: `juli 2017–juni 2018`; otherwise in days."""
    first, last = when.start, when.end
    whole = first.day == 1 and (last + timedelta(days=1)).day == 1
    if not whole:
        return f"{texts.day(first)}–{texts.day(last)}"
    if (first.year, first.month) == (last.year, last.month):
        return texts.month(first)
    if first.year == last.year:
        return f"{texts.month(first).rpartition(' ')[0]}–{texts.month(last)}"
    return f"{texts.month(first)}–{texts.month(last)}"


def answered(n: Decimal | Mark | None, total: Fact | Blank | None = None) -> str:
    """How many stand behind a row, in brackets: `n 32`; where it may not be told, or nobody knows, a word."""
    if isinstance(n, Decimal):
        return f"n{texts.NBSP}{texts.number(n)}"
    if isinstance(total, Fact):
        return f"n{texts.NBSP}{texts.shown(total)}"
    mark = n if isinstance(n, Mark) else total.mark if isinstance(total, Blank) else Mark.MISSING
    return f"n{texts.NBSP}{'saknas' if mark is Mark.MISSING else texts.MARKS[mark]}"


def participants(report: PublishedReport) -> str:
    """How many took part, where that is shown, and when: `39 deltagare, 2021`."""
    total, when = report.fact("flode.totalt"), period(report, "flode")
    return f"{texts.shown(total)} deltagare, {when}" if total else when


def ranking(rows: Iterable[PlotRow]) -> str:
    """Tell the largest rows: `Flest: A (15), därefter B (12), sedan C och D (6 vardera).`"""
    heads = [row for row in rows if not row.level]
    facts = [(row, value) for row in heads for value in row.values[:1] if isinstance(value, Fact)]
    found = sorted((pair for pair in facts if pair[1].value > 0), key=lambda pair: -pair[1].value)
    told: list[str] = []
    count = 0
    for _, alike in groupby(found, key=lambda pair: pair[1].value):
        group = list(alike)
        if count < TOLD:
            told.append(_alike(group))
        count += len(group)
    if not told:
        return ""
    start = "Flest" if len(facts) == len(heads) else "Flest av det som visas"
    steps = (f", {then} {who}" for then, who in zip(THEN, told[1:], strict=False))
    return f"{start}: {told[0]}{''.join(steps)}."


def _alike(pairs: Sequence[tuple[PlotRow, Fact]]) -> str:
    names = texts.listed([row.label for row, _ in pairs])
    each = " vardera" if len(pairs) > 1 else ""
    return f"{names} ({texts.shown(pairs[0][1])}{each})"


def not_shown(rows: Iterable[PlotRow], series: Sequence[str] = ()) -> str:
    """Tell where a word stands instead of a number, mark by mark: `Skyddad: A och B.`"""
    names: dict[Mark, list[str]] = {}
    for row in rows:
        for mark, places in _words(row):
            some = [series[place].lower() for place in places] if len(places) < len(row.values) else []
            label = row.label.rstrip(".")
            names.setdefault(mark, []).append(f"{label} ({', '.join(some)})" if some else label)
    parts = ((texts.MARKS[mark].capitalize(), texts.listed(found)) for mark, found in names.items())
    return sentences(f"{word}: {which}." for word, which in parts)


def _words(row: PlotRow) -> Iterator[tuple[Mark, list[int]]]:
    """Each mark of a row with the places where it stands."""
    marks = [value.mark if isinstance(value, Blank) else None for value in row.values]
    for mark in dict.fromkeys(marks):
        if mark is not None:
            yield mark, [place for place, found in enumerate(marks) if found is mark]


def capital(sentence: str) -> str:
    """A sentence with its first letter as a capital."""
    return sentence[:1].upper() + sentence[1:]


def sentences(parts: Iterable[str]) -> str:
    """Those sentences that there are, one after the other."""
    return " ".join(part for part in parts if part)
