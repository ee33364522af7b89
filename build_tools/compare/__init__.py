"""Publication → publication with comparisons: figures side by side, from what is shown and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from functools import cache as remembered
from functools import partial
from pathlib import Path
from typing import Any

from build_tools.compare.abreast import matrix
from build_tools.compare.goals import goal_shares
from build_tools.compare.laid import laid
from build_tools.compare.pairings import Years, by_report, pairings, peers
from build_tools.compare.pairs import pair
from build_tools.compare.prose import aligned, written
from build_tools.compare.rollup import roll_up
from build_tools.compare.rules import Rules, rules_of
from build_tools.compare.runs import breaks, runs
from build_tools.compare.traits import Reading
from build_tools.fingerprints import fingerprint
from build_tools.model import (
    Alignment,
    Comparison,
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


SEVERAL = 2
"""Fewer years than so are no long run."""


def compare(publication: Publication, cache: Path) -> Publication:
    """Name everything that can be laid side by side; it is compared when somebody asks for it.

    The texts of two reports, once aligned, are kept under `cache`.
    """
    known, rules = publication.years(), rules_of(publication.catalogue)
    room = _Room(publication, known, rules, cache)
    found, beside = pairings(publication, known), peers(publication)
    whole = Comparisons(
        pairings=found,
        peers=beside,
        long=frozenset(team for team, own in known.items() if len(own) >= SEVERAL),
        by_report=by_report(found),
        year_of={report: one for one in beside for report in one.reports},
        rules=rules.table,
        **room.answers(),
    )
    return replace(publication, comparisons=replace(whole, groups=partial(_groups, whole, room)))


def _groups(whole: Comparisons, room: _Room) -> Iterator[Comparisons]:
    """One insats at a time with its pairs, and then one förbund and year, each remembering what it finds."""
    pairs: dict[str, list[Pairing]] = {}
    for pairing in whole.pairings:
        pairs.setdefault(room.publication.reports[pairing.b].intervention, []).append(pairing)
    for team in room.publication.interventions:
        if team in pairs or team in whole.long:
            own, long = tuple(pairs.get(team, ())), whole.long & {team}
            yield replace(whole, pairings=own, peers=(), long=long, **room.remembering().answers())
    for one in whole.peers:
        answers = room.remembering().answers()
        yield replace(whole, pairings=(), peers=(one,), long=frozenset(), **answers)


@dataclass(frozen=True, slots=True)
class _Room:
    """A publication with its rules, to compare in. Nothing is kept but in a room that remembers."""

    publication: Publication
    years: Years
    rules: Rules
    cache: Path
    prints: dict[str, str] = field(default_factory=dict)
    """The fingerprints found so far, whichever group asked."""
    read: dict[str, Reading] | None = None
    """The reports that a room that remembers has read."""

    def remembering(self) -> _Room:
        """A room that reads each report once and gives each answer once."""
        return replace(self, read={})

    def answers(self) -> dict[str, Any]:
        """What the room can be asked, under the names of `Comparisons`."""
        asked = (self.pair, self.runs, self.matrix, self.roll_up, self.laid)
        told = {one.__name__: one if self.read is None else remembered(one) for one in asked}
        others = (self.prose, self.beside, self.breaks, self.goals, self.traits, self.fingerprint)
        return told | {one.__name__: one for one in others}

    def reading(self, report: str) -> Reading:
        """A report, ready to be compared."""
        known = {} if self.read is None else self.read
        if report not in known:
            known[report] = Reading(self.publication.reports[report], self.publication, self.rules)
        return known[report]

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

    def breaks(self, reports: tuple[str, ...], measures: Set[str]) -> Mapping[tuple[str, str], Comparison]:
        """Where some whole measures cannot be compared through the years of an insats."""
        return breaks([self.reading(one) for one in reports], measures, self.rules)

    def roll_up(self, chosen: Peers) -> RollUp:
        """A förbund and a year together."""
        return roll_up(chosen, [self.reading(one) for one in chosen.reports], self.rules)

    def goals(self, report: str) -> GoalShares:
        """The share in the goal, also as it is counted alike for all."""
        return goal_shares(self.reading(report))

    def traits(self, report: str) -> Mapping[str, Traits]:
        """The traits of every cell of a report."""
        return {one.cell: one.traits for one in self.laid(report)}

    def fingerprint(self, report: str) -> str:
        """A short fingerprint of all that a report's figures show."""
        if report not in self.prints:
            self.prints[report] = fingerprint(self.laid(report))
        return self.prints[report]

    def laid(self, report: str) -> tuple[Laid, ...]:
        """Every figure of a report with what lays it beside others."""
        return tuple(laid(self.reading(report)))
