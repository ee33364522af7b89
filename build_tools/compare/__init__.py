"""Publication → publication with comparisons: figures side by side, from what is shown and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from build_tools.compare.abreast import matrix
from build_tools.compare.goals import goal_shares
from build_tools.compare.laid import laid
from build_tools.compare.pairings import Years, by_report, pairings, peers, years
from build_tools.compare.pairs import pair
from build_tools.compare.prose import aligned, written
from build_tools.compare.rollup import roll_up
from build_tools.compare.rules import Rules, rules_of
from build_tools.compare.runs import runs
from build_tools.compare.traits import Reading
from build_tools.model import (
    Alignment,
    Comparisons,
    GoalShares,
    Laid,
    Pair,
    Pairing,
    PeerRow,
    Peers,
    Publication,
    RollUp,
    Run,
    Traits,
)

__all__ = ["compare"]


def compare(publication: Publication, cache: Path) -> Publication:
    """Name everything that can be laid side by side; it is compared when somebody asks for it.

    The texts of two reports, once aligned, are kept under `cache`.
    """
    known, rules = years(publication), rules_of(publication.catalogue)
    room = _Room(publication, known, rules, cache)
    found = pairings(publication, known)
    comparisons = Comparisons(
        pairings=found,
        peers=peers(publication),
        by_report=by_report(found),
        rules=rules.table,
        pair=room.pair,
        prose=room.prose,
        runs=room.runs,
        matrix=room.matrix,
        beside=room.beside,
        roll_up=room.roll_up,
        goals=room.goals,
        traits=room.traits,
        laid=room.laid,
    )
    return replace(publication, comparisons=comparisons)


@dataclass(frozen=True, slots=True)
class _Room:
    """A publication with its rules, to compare in. Nothing is kept: each answer is made and let go."""

    publication: Publication
    years: Years
    rules: Rules
    cache: Path

    def reading(self, report: str) -> Reading:
        """A report, ready to be compared."""
        return Reading(self.publication.reports[report], self.publication, self.rules)

    def pair(self, pairing: Pairing) -> Pair:
        """Two reports side by side."""
        return pair(pairing, self.reading(pairing.a), self.reading(pairing.b), self.rules)

    def prose(self, pairing: Pairing) -> Alignment:
        """The texts of two reports side by side."""
        a, b = (self.publication.reports[one] for one in (pairing.a, pairing.b))
        catalogue = self.publication.catalogue
        return aligned(written(a, catalogue), written(b, catalogue), self.cache)

    def runs(self, intervention: str) -> tuple[Run, ...]:
        """An insats through its years."""
        return runs([self.reading(one.id) for one in self.years.get(intervention, ())], self.rules)

    def matrix(self, chosen: Peers) -> tuple[PeerRow, ...]:
        """The reports of a year beside each other."""
        return matrix([self.reading(one) for one in chosen.reports], self.rules)

    def beside(self, reports: tuple[str, ...], measures: tuple[str, ...]) -> tuple[PeerRow, ...]:
        """What stands for some whole measures in any reports."""
        return matrix([self.reading(one) for one in reports], self.rules, only=frozenset(measures))

    def roll_up(self, chosen: Peers) -> RollUp:
        """A förbund and a year together."""
        return roll_up(chosen, [self.reading(one) for one in chosen.reports], self.rules)

    def goals(self, report: str) -> GoalShares:
        """The share in the goal, also as it is counted alike for all."""
        return goal_shares(self.reading(report))

    def traits(self, report: str) -> Mapping[str, Traits]:
        """The traits of every cell of a report."""
        return {one.cell: one.traits for one in self.laid(report)}

    def laid(self, report: str) -> tuple[Laid, ...]:
        """Every figure of a report with what lays it beside others."""
        return tuple(laid(self.reading(report)))
