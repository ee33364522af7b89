"""Derives again what depends on a changed figure, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from build_tools.model import Blank, Catalogue, Derivation, Fact, Interval, Report
from build_tools.stages import derived

Cells = dict[str, Fact | Blank]


class Remaking:
    """How each derived figure of a report was made, so that it can be made once more."""

    def __init__(self, report: Report, catalogue: Catalogue) -> None:
        self.report = report
        self.catalogue = catalogue
        self.parts = {part.id: part.run for part in derived.parts()}
        self._makers: dict[str, str] = {}
        self._alone: dict[str, bool] = {}

    def after(self, cells: Mapping[str, Fact | Blank], changed: Mapping[str, Fact]) -> Cells:
        """The cells with a change and what follows from it; what can no longer be derived is gone."""
        new: Cells = {}
        touched: set[str] = set()
        for name, found in cells.items():
            how = found.derivation if isinstance(found, Fact) else None
            made: Fact | Blank | None = found
            if name in changed:
                made = changed[name]
            elif isinstance(found, Fact) and how and not touched.isdisjoint(how.inputs):
                made = self._made(found, how, new)
            if made is not found:
                touched.add(name)
            if made is not None:
                new[name] = made
        return new

    def _made(self, old: Fact, how: Derivation, cells: Cells) -> Fact | None:
        inputs = [cells.get(name) for name in how.inputs]
        facts = tuple(found for found in inputs if isinstance(found, Fact))
        if len(facts) < len(inputs):
            return None
        return self._shifted(old, how, facts) if how.weights else self._derived(old, how, cells)

    def _shifted(self, old: Fact, how: Derivation, inputs: tuple[Fact, ...]) -> Fact:
        """A sum grows as its terms do."""
        value, low, high = old.value, old.interval.low, old.interval.high
        for fact, weight in zip(inputs, how.weights, strict=True):
            before = self.report.fact(fact.cell.id)
            if before and before is not fact:
                span = fact.interval.scaled(weight)
                last = before.interval.scaled(weight)
                value += (fact.value - before.value) * weight
                low += span.low - last.low
                high += span.high - last.high
        ranged = old.upper is not None
        return replace(
            old,
            value=low if ranged else value,
            interval=Interval(low, high),
            upper=high if ranged else None,
        )

    def _derived(self, old: Fact, how: Derivation, cells: Cells) -> Fact | None:
        """A ratio or a mean is made by the part that made it, of its inputs alone where they suffice."""
        name = old.cell.id
        if self._suffice(old, how):
            return self._run(name, {one: cells[one] for one in how.inputs})
        everything = {**self.report.cells, **cells}
        everything.pop(name, None)
        return self._run(name, everything)

    def _suffice(self, old: Fact, how: Derivation) -> bool:
        name = old.cell.id
        if name not in self._alone:
            if not self._makers:
                self._makers = dict(self._all_makers())
            own = {one: self.report.cells[one] for one in how.inputs}
            self._alone[name] = self._run(name, own) == old
        return self._alone[name]

    def _all_makers(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for part, run in self.parts.items():
            for fact in run(self.report, self.catalogue):
                if self.report.cells.get(fact.cell.id) == fact:
                    found.setdefault(fact.cell.id, part)
        return found

    def _run(self, name: str, cells: Cells) -> Fact | None:
        part = self._makers.get(name)
        made = self.parts[part](replace(self.report, cells=cells), self.catalogue) if part else ()
        return next((fact for fact in made if fact.cell.id == name), None)
