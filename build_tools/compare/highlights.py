"""*Det viktigaste* of two reports: at most seven lines, and nothing that may be chance.

A change is weighed by how large it is, how sure, and how much its measure matters (`viktigast` in
`villkor.json`). Of the many that are tested at once only those are told that hold together; of each measure
one. Every number in a line is bound to its cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from build_tools import texts
from build_tools.compare import chance
from build_tools.compare.rules import Parts, Rules, name_trait
from build_tools.compare.traits import SURVEYS, Reading
from build_tools.model import (
    Bound,
    Chance,
    Comparability,
    Derivation,
    Difference,
    Fact,
    Highlight,
    Kind,
    Measure,
    PairRow,
    Presence,
)

COPIES = ("fordelning", "enkat_svar", "sammanslagning")
"""Rules of derivation that give what other rows tell as well."""
ANOTHER_WAY = "J09"
ANOTHER_GOAL = "J22"
SHARE = ".andel"
SERIES = "serie"
TOTAL = "summa"
SIDES = (Presence.ONLY_A, Presence.ONLY_B)
SAID = "viktigast"
"""The lines in the table of sentences."""


def highlights(rows: Sequence[PairRow], a: Reading, b: Reading, rules: Rules) -> tuple[Highlight, ...]:
    """What matters most, the largest first, and last how much may be nothing but chance.

    Where both have texts there is room left for a line on these.
    """
    found = _Found(rows, a, b, rules)
    if a.report.id == b.report.id:
        return (Highlight("lika", rules.sentence(SAID, "lika")),)
    written = a.report.prose is not None and b.report.prose is not None
    most, changes = int(found.table["hogst"]) - written, int(found.table["andringar"])
    others = [*found.definitions(), *found.appeared(), *found.disappeared(), *found.corrected()]
    closing = list(found.closing())
    told = [*found.changes()][: max(changes, most - len(closing) - len(others))]
    if not told and found.told_apart:
        told = [Highlight("ingen", rules.sentence(SAID, "ingen"))]
    return tuple([*told, *others][: most - len(closing)] + closing)


@dataclass(frozen=True)
class _Found:
    """The rows of a pair, weighed."""

    rows: Sequence[PairRow]
    a: Reading
    b: Reading
    rules: Rules

    @property
    def table(self) -> Mapping[str, float]:
        """The bounds and weights."""
        found: Mapping[str, float] = self.rules.table["viktigast"]
        return found

    @cached_property
    def names(self) -> tuple[str, str]:
        """What the two reports are called beside each other."""
        called = name_trait(self.a.shared, self.b.shared)
        return str(self.a.shared[called]), str(self.b.shared[called])

    @cached_property
    def told_apart(self) -> list[tuple[PairRow, Difference]]:
        """Rows with a difference, without copies of what another row tells."""
        return [
            (row, row.comparison.difference)
            for row in self.rows
            if row.comparison.difference and not copied(row.b) and not self._twin(row)
        ]

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of all rows."""
        return frozenset(row.key for row in self.rows)

    def _twin(self, row: PairRow) -> bool:
        """Whether the row tells again what another tells: of a category its share counts, else its number."""
        cell = row.b.cell if row.b else None
        if cell is None:
            return False
        if cell.is_share:
            return not cell.category and row.key.removesuffix(SHARE) in self.keys
        return bool(cell.category) and f"{row.key}{SHARE}" in self.keys

    @cached_property
    def holding(self) -> frozenset[str]:
        """The keys of those tested differences that hold together."""
        tested = [(row.key, found.p) for row, found in self.told_apart if found.p is not None]
        level = self.rules.limit("slumpniva")
        return frozenset(tested[at][0] for at in chance.holding([p for _, p in tested], level))

    def changes(self) -> Iterator[Highlight]:
        """The weightiest change of each measure, the largest first."""
        weighed = sorted(
            ((self._weight(row, found), -at, row, found) for at, (row, found) in enumerate(self.told_apart)),
            key=lambda one: one[:2],
            reverse=True,
        )
        measures: set[str] = set()
        for weight, _at, row, found in weighed:
            if weight >= self.table["golv"] and row.measure not in measures and self._meant(row, found):
                measures.add(row.measure)
                yield self._changed(row, found)

    def _meant(self, row: PairRow, found: Difference) -> bool:
        """Whether it is surely no chance, and large enough to matter."""
        if not found.value:
            return False
        if found.chance is Chance.NONE:
            return found.effect * 2 >= self.rules.limit("vasentlig") and not self._trifle(row)
        return found.chance is Chance.UNLIKELY and row.key in self.holding

    def _trifle(self, row: PairRow) -> bool:
        """Whether it counts an arrangement that is so small that one more or less is a large part of it."""
        sides = [one for one in (row.a, row.b) if isinstance(one, Fact) and one.kind is Kind.COUNT]
        return bool(sides) and all(one.value < self.rules.limit("liten_bas") for one in sides)

    def _importance(self, row: PairRow) -> float:
        """How much a figure matters: as the table says of its measure, more if it is key, less if a part.

        Of money only whole sums matter here.
        """
        weights: Mapping[str, float] = self.rules.table["viktigast"]["vikter"]
        begins = [one for one in weights if f"{row.measure}.".startswith(f"{one}.")]
        measure, figure = self._measure(row), row.b or row.a
        weight = float(self.table["nyckeltal"]) if measure and measure.key else 1.0
        weight = weights[max(begins, key=len)] if begins else weight
        if figure is None or figure.cell.category == TOTAL:
            return weight
        if figure.cell.category and measure and measure.kind is Kind.AMOUNT:
            return 0.0
        return weight / 2 if figure.cell.category or figure.cell.group else weight

    def _weight(self, row: PairRow, found: Difference) -> float:
        certainty = 1.0 if found.p is None else 1.0 - found.p
        return self._importance(row) * certainty * found.effect

    def _measure(self, row: PairRow) -> Measure | None:
        return self.b.catalogue.measures.get(row.measure)

    def _changed(self, row: PairRow, found: Difference) -> Highlight:
        """`Nya deltagare: 51 personer (2023: 43 personer), +8 personer.` and what chance says of it."""
        said = f" {found.chance_text}" if found.chance is Chance.UNLIKELY else ""
        reserved = row.comparison.verdict is Comparability.RESERVED
        parts = self.rules.sentence(
            SAID,
            "andring",
            namn=row.label,
            b=_bound(row.b, row.shown[1]),
            rapport=self.names[0],
            a=_bound(row.a, row.shown[0]),
            skillnad=found.text,
            slump=said,
            forbehall=f" {self.rules.said(SAID, 'forbehall')}" if reserved else "",
        )
        return Highlight("andring", parts)

    def definitions(self) -> Iterator[Highlight]:
        """Measures that are counted in another way, the goal first."""
        told: set[str] = set()
        for row in self.rows:
            for reason in row.comparison.refusals:
                measure = self._measure(row)
                if reason.code == ANOTHER_GOAL and reason.text not in told:
                    told.add(reason.text)
                    yield Highlight("definition", (reason.text,))
                elif reason.code == ANOTHER_WAY and measure and measure.id not in told:
                    told.add(measure.id)
                    yield Highlight("definition", (self._counted(measure, reason.text),))

    def _counted(self, measure: Measure, otherwise: str) -> str:
        new = measure.changed_between(*sorted(one.report.period.start for one in (self.a, self.b)))
        if new is None:
            return self.rules.said(SAID, "annat_satt", namn=measure.label, skal=otherwise)
        day = texts.day(new.since)
        return self.rules.said(SAID, "nytt_satt", namn=measure.label, dag=day, definition=new.text)

    def appeared(self) -> Iterator[Highlight]:
        """Figures that only the later report of an insats has."""
        yield from self._listed("ny", "nytt", self._last)

    def disappeared(self) -> Iterator[Highlight]:
        """Figures that only the earlier report of an insats has."""
        yield from self._listed("borta", "borta", 1 - self._last)

    @property
    def _last(self) -> int:
        """Which of the two tells of the later time."""
        return int(self.b.report.period.start >= self.a.report.period.start)

    def _listed(self, kind: str, name: str, side: int) -> Iterator[Highlight]:
        """A few figures by name and value, one of each measure, and how many more there are."""
        if self.a.report.intervention != self.b.report.intervention:
            return
        once: dict[str, PairRow] = {}
        said = self.rules.said("par", name)
        for row in sorted(self.rows, key=_depth):
            new = row.presence is SIDES[side] and row.presence_text == said
            if new and self._importance(row) > 0 and _depth(row) < 2:
                asked = row.measure == SURVEYS
                once.setdefault(".".join(row.key.split(".")[:3]) if asked else row.measure, row)
        if once:
            most = int(self.table["uppraknade"])
            parts = tuple(self._few(list(once.values())[:most], side))
            more, which = len(once) - most, self.names[self._last]
            places: dict[str, str | Parts] = {"rapport": which, "uppgifter": parts}
            if more > 0:
                name, places = f"{name}_fler", places | {"antal": texts.number(more)}
            yield Highlight(kind, self.rules.sentence(SAID, name, **places))

    def _few(self, rows: Sequence[PairRow], side: int) -> Iterator[str | Bound]:
        """Figures one after the other, each with its name."""
        for at, row in enumerate(rows):
            figure, text = (row.a, row.b)[side], row.shown[side]
            yield self.rules.said(SAID, "mellan") if at else ""
            yield from self.rules.sentence(SAID, "uppgift", namn=row.label, tal=_bound(figure, text))

    def corrected(self) -> Iterator[Highlight]:
        """Figures that were changed after publication, with both numbers."""
        for row in self.rows:
            for change in row.corrections:
                if change.old and change.new:
                    day, label = texts.day(change.day), row.label
                    yield Highlight(
                        "rattad",
                        self.rules.sentence(
                            SAID, "rattat", dag=day, namn=label, fore=change.old, efter=change.new
                        ),
                    )

    def closing(self) -> Iterator[Highlight]:
        """How many figures changed so little that it may be chance, and how many means nobody can judge."""
        small = sum(
            1
            for row, one in self.told_apart
            if one.value and one.p is not None and row.key not in self.holding
        )
        unknown = sum(1 for _, one in self.told_apart if one.value and one.chance is Chance.UNKNOWN)
        said = [
            self.rules.said(SAID, one if count == 1 else several, antal=texts.number(count))
            for count, one, several in ((small, "liten", "sma"), (unknown, "okand", "okanda"))
            if count
        ]
        if said:
            yield Highlight("slump", (" ".join(said),))


def _depth(row: PairRow) -> int:
    """0 for a whole figure, 1 for a part of one, 2 for a window of a series."""
    figure = row.a or row.b
    if figure is None or figure.cell.point == SERIES:
        return 2
    return 1 if figure.cell.category or figure.cell.group or figure.cell.is_share else 0


def _bound(figure: object, text: str) -> Parts:
    return (Bound(text, figure.cell.report, figure.cell.id),) if isinstance(figure, Fact) else (text,)


def copied(figure: object) -> bool:
    """Whether a figure only repeats another."""
    how = figure.derivation if isinstance(figure, Fact) else None
    return isinstance(how, Derivation) and how.rule in COPIES
