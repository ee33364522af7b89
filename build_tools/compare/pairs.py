"""Two reports side by side, row by row in the order of the template."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from build_tools.compare.engine import compared
from build_tools.compare.highlights import highlights
from build_tools.compare.lines import Line, is_sum, label, lines, shown
from build_tools.compare.rules import Rules
from build_tools.compare.traits import Reading
from build_tools.frames import pivot
from build_tools.model import (
    Band,
    Blank,
    Comparability,
    Correction,
    Fact,
    Measure,
    Pair,
    Pairing,
    PairRow,
    Presence,
)

A, B = "a", "b"
OF_WHOM = re.compile(r"@[^.@]+")
"""What a key says of the persons and the measuring point."""
PAIR = "par"
"""What is said of a pair, in the table of sentences."""


def pair(pairing: Pairing, a: Reading, b: Reading, rules: Rules) -> Pair:
    """All figures of two reports beside each other."""
    both = _Both(a, b, rules)
    bands = both.bands()
    rows = [row for band in bands for row in band.rows]
    return Pair(
        pairing=pairing,
        bands=bands,
        highlights=highlights(rows, a, b, rules),
        counts=Counter(dict.fromkeys(Comparability, 0) | Counter(row.comparison.verdict for row in rows)),
        notes=tuple(both.notes()),
    )


@dataclass(frozen=True)
class _Both:
    """Two reports on their way to be rows."""

    a: Reading
    b: Reading
    rules: Rules

    def _said(self, name: str, **places: str) -> str:
        return self.rules.said(PAIR, name, **places)

    @property
    def alike(self) -> bool:
        """Whether both follow one template."""
        return self.a.report.template == self.b.report.template

    @cached_property
    def sides(self) -> tuple[Mapping[str, Line], Mapping[str, Line]]:
        """The lines of both reports by key."""
        first, second = ({line.key: line for line in lines(one)} for one in (self.a, self.b))
        return first, second

    def notes(self) -> Iterator[str]:
        """What must be known of the pair before any row."""
        if self.a.report.id == self.b.report.id:
            yield self._said("samma")
        if not self.alike:
            yield self._said("mallar")
        for one in (self.a, self.b):
            if one.report.prose is None:
                yield self._said("utan_text", rapport=str(one.shared["namn"]))

    def bands(self) -> tuple[Band, ...]:
        """The rows under the headings of B's template; under one heading where the templates differ."""
        aligned = self._aligned()
        if not self.alike:
            common = tuple(self._row(key, found) for key, found in aligned.items() if {A, B} <= found.keys())
            return (Band(None, self._said("gemensamt"), common),) if common else ()
        template = self.b.catalogue.templates.get(self.b.report.template)
        titles = {section.number: section.title for section in template.sections} if template else {}
        grouped: dict[int | None, list[PairRow]] = {number: [] for number in titles}
        grouped[None] = []
        for key, found in aligned.items():
            measure = self._measure(next(iter(found.values())).figure)
            number = template.home(measure) if template and measure else None
            grouped[number if number in titles else None].append(self._row(key, found))
        rest = self._said("ovrigt")
        return tuple(
            Band(number, rest if number is None else titles[number], tuple(rows))
            for number, rows in grouped.items()
            if rows
        )

    def _aligned(self) -> dict[str, dict[str, Line]]:
        """The figures of both by key, in the order of the catalogue and then of the reports."""
        own = dict(zip((A, B), self.sides, strict=True))
        table = [(line.key, side, line.figure) for side, some in own.items() for line in some.values()]
        wide = pivot(pd.DataFrame(table, columns=["key", "side", "figure"]), "key", "side")
        order = {measure: at for at, measure in enumerate(self.b.catalogue.measures)}

        def place(key: str) -> int:
            return order.get(next(iter(wide[key].values())).cell.measure, len(order))

        ordered = sorted(wide, key=place)
        return _joined({key: {side: own[side][key] for side in wide[key]} for key in ordered})

    def _measure(self, figure: Fact | Blank) -> Measure | None:
        return self.b.catalogue.measures.get(figure.cell.measure)

    def _row(self, key: str, found: Mapping[str, Line]) -> PairRow:
        one, other = (found[side].figure if side in found else None for side in (A, B))
        either = next(iter(found.values())).figure
        cells = [found[side].cell if side in found else key for side in (A, B)]
        sides = [
            reading.side(cell if side in found else "", either.cell.measure)
            for reading, cell, side in zip((self.a, self.b), cells, (A, B), strict=True)
        ]
        presence = Presence.BOTH if len(found) == 2 else Presence.ONLY_A if A in found else Presence.ONLY_B
        measure = self._measure(either)
        return PairRow(
            key=key,
            measure=either.cell.measure,
            label=self._label(found),
            level=either.cell.category.count("."),
            a=one,
            b=other,
            shown=(shown(one, measure), shown(other, measure)),
            comparison=compared(sides[0], sides[1], self.rules),
            presence=presence,
            presence_text=self._presence(presence, either),
            corrections=tuple(self._corrections(cells)),
            told=self._told(key, one),
            is_sum=is_sum(either, self.a if A in found else self.b),
        )

    def _label(self, found: Mapping[str, Line]) -> str:
        """What B calls the figure; told of different persons, the name that says least of whom."""
        names = [
            label(found[side].figure, reading)
            for side, reading in ((B, self.b), (A, self.a))
            if side in found
        ]
        return min(names, key=len) if len({line.key for line in found.values()}) > 1 else names[0]

    @cached_property
    def _whole(self) -> tuple[frozenset[tuple[str, str, str]], frozenset[tuple[str, str, str]]]:
        """What each report tells of at all: measures with their population and measuring point."""
        first, second = (frozenset(asked(line.figure) for line in own.values()) for own in self.sides)
        return first, second

    def _presence(self, presence: Presence, figure: Fact | Blank) -> str:
        """What is said of a figure that only one report has."""
        if presence is Presence.BOTH or isinstance(figure, Blank):
            return ""
        lacking = self._whole[0 if presence is Presence.ONLY_B else 1]
        if asked(figure) in lacking:
            return self._said("pa_annat_satt")
        if self.a.report.intervention == self.b.report.intervention:
            return self._said("nytt" if (presence is Presence.ONLY_B) is later(self.a, self.b) else "borta")
        has = self.b if presence is Presence.ONLY_B else self.a
        return self._said("bara", rapport=str(has.shared["namn"]))

    def _corrections(self, cells: list[str]) -> Iterator[Correction]:
        places = [f"{one.report.id}#{cell}" for one, cell in zip((self.a, self.b), cells, strict=True)]
        for reading in (self.a, self.b) if self.a.report.id != self.b.report.id else (self.a,):
            yield from (change for change in reading.report.corrections if change.place in places)

    def _told(self, key: str, one: Fact | Blank | None) -> Fact | Blank | None:
        """What B says of A's year, where that is another number than A's own."""
        if self.b.publication.previous.get(self.b.report.id) != self.a.report.id:
            return None
        told = self.b.report.previous_stated.get(key)
        if not isinstance(told, Fact):
            return None
        return None if isinstance(one, Fact) and one.value == told.value else told


def _joined(wide: Mapping[str, Mapping[str, Line]]) -> dict[str, dict[str, Line]]:
    """What is left over on both sides of one figure, told of others or at another time, as a row.

    There must be exactly one on each side: of several nobody knows which belong together.
    """
    left: dict[str, dict[str, list[str]]] = {}
    for key, found in wide.items():
        if len(found) == 1:
            left.setdefault(OF_WHOM.sub("", key), {A: [], B: []})[next(iter(found))].append(key)
    others = {one[A][0]: one[B][0] for one in left.values() if len(one[A]) == len(one[B]) == 1}
    gone = set(others.values())
    return {
        key: {**found, **(wide[others[key]] if key in others else {})}
        for key, found in wide.items()
        if key not in gone
    }


def later(a: Reading, b: Reading) -> bool:
    """Whether B tells of a later time than A."""
    return b.report.period.start >= a.report.period.start


def asked(figure: Fact | Blank) -> tuple[str, str, str]:
    """What a figure tells of: its measure, its population or question, and its measuring point."""
    cell = figure.cell
    question = cell.id.split(".")[2] if cell.measure.startswith("enkat") and cell.id.count(".") > 1 else ""
    return cell.measure, cell.population or question, cell.point
