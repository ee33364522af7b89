"""Which of several reports are counted together in one figure: those that are alike, one of each insats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from build_tools.compare.engine import apart
from build_tools.compare.rules import Rules, trait
from build_tools.compare.traits import Reading, Side
from build_tools.model import Fact

LATER = "Samma insats räknas med rapporten för {}."


@dataclass(frozen=True)
class Together:
    """One figure in some reports. The rule is one for sums, weighted means and expected bands alike.

    Those are counted that mean the same as the commonest among them. Two reports of an insats share
    persons, also where their periods do not overlap: so only the later one is counted.
    """

    own: Mapping[str, Side]
    readings: Sequence[Reading]
    rules: Rules

    @cached_property
    def told(self) -> list[tuple[Reading, Side]]:
        """The reports that show a number."""
        known = {one.report.id: one for one in self.readings}
        return [(known[key], side) for key, side in self.own.items() if isinstance(side.figure, Fact)]

    @cached_property
    def anchor(self) -> Side:
        """The one that the others are compared with: the first of those with the commonest time."""
        times = Counter(_time(side) for _, side in self.told)
        best = max(times.values())
        return next(side for _, side in self.told if times[_time(side)] == best)

    @cached_property
    def left_out(self) -> dict[str, str]:
        """Why a report that shows the figure is not counted with the others."""
        found: dict[str, str] = {}
        for reading, side in self.told:
            if hinder := apart(self.anchor, side, self.rules):
                found[reading.report.id] = hinder.text
        newest = {one.report.intervention: one for one, _ in self.told if one.report.id not in found}
        for one, _ in self.told:
            last = newest.get(one.report.intervention, one)
            if one.report.id not in found and last is not one:
                found[one.report.id] = LATER.format(last.shared["rapportperiod"])
        return found

    @property
    def counted(self) -> list[tuple[Reading, Side]]:
        """The reports that are counted together."""
        return [(one, side) for one, side in self.told if one.report.id not in self.left_out]


def _time(side: Side) -> tuple[str, str]:
    return str(trait(side.traits, "start")), str(trait(side.traits, "slut"))
