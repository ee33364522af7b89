"""Finds the figures behind failing relations, so that a fault is said once, with what should stand there.

The sums of a report overlap, and one wrong figure breaks many. The relations that hang together are taken
at a time: the fewest figures whose change makes every sum hold are the causes. For each the first relation
that it breaks speaks, names the others, and proposes values; what is left is said for itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from build_tools import texts
from build_tools.checks.equations import (
    CHANGE,
    MOST_DECIMALS,
    NUMBER,
    Figures,
    Relation,
    beside,
    components,
    relations,
)
from build_tools.checks.localise import Move, Search, told_as
from build_tools.checks.relations import Quotient, Sum, Weighed
from build_tools.checks.slips import WORDS
from build_tools.checks.wording import name
from build_tools.model import Catalogue, Fact, Kind, Level, Proposal, Report, Role, Verdict

LEVELS = tuple(Level)
TOO_MUCH = "För mycket är fel på en gång för att ett tal ska gå att peka ut. Börja med summorna."
EVEN = {2: "Två förslag passar lika bra.", 3: "Tre förslag passar lika bra."}
MOST_NAMED = 4
"""How many of the figures that then hold are named."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A verdict with the rule that gave it."""

    code: str
    level: Level
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Fault:
    """A failing relation that is said, the rules failing for the same reason, and what would mend all."""

    spoken: Spoken
    follows: tuple[str, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    note: str = ""
    """What is said where nothing can be proposed."""
    changes: tuple[Mapping[str, Decimal], ...] = ()
    """How much figures would grow by the likeliest proposals, by their keys."""
    elsewhere: tuple[Spoken, ...] = ()
    """What fails for the same reason in other files."""


@dataclass(slots=True)
class Inquiry:
    """The search for causes in one report, and what has been found: faults by place, and what follows."""

    spoken: Sequence[Spoken]
    search: Search
    catalogue: Catalogue
    led: dict[int, Fault] = field(default_factory=dict)
    silent: set[int] = field(default_factory=set)

    def look(self, component: Sequence[Relation]) -> None:
        """Find the causes in relations that hang together."""
        causes = self.search.causes(component)
        combined = {cell: change for moves in causes for cell, change in moves[0].changes.items()}
        all_mended = len(causes) == 1 and causes[0][0].mends_all
        mended = [one for one in component if one.failing and (all_mended or one.holds(combined))]
        mended = mended if causes else []
        for moves in causes:
            own = [one for one in mended if any(cell in one.cells for cell in moves[0].changes)]
            mended = [one for one in mended if one not in own]
            root = min(own, key=self._weight, default=None)
            if root:
                others = {cell: change for cell, change in combined.items() if cell not in moves[0].changes}
                self._lead(root, own, moves, [one.after(others) for one in component])
        if all_mended:
            return
        self._admit(component, causes)
        left = [one.after(combined) for one in component]
        if causes or not any(one.hard and one.failing for one in component):
            for one, before in zip(left, component, strict=True):
                if one.failing and before.failing and not one.hard:
                    self._tell(one, left)

    def _admit(self, component: Sequence[Relation], causes: Sequence[Sequence[Move]]) -> None:
        """Say of several sums that fail together that they point at no figure."""
        failing = [one for one in component if one.hard and one.failing]
        if not causes and len(failing) > 1:
            first = min(failing, key=self._weight)
            self.led[first.place] = Fault(self.spoken[first.place], note=TOO_MUCH)

    def _weight(self, relation: Relation) -> tuple[int, bool, int]:
        """What speaks for others: the gravest level first, and sums before what is told twice."""
        return LEVELS.index(self.spoken[relation.place].level), not relation.hard, relation.place

    def _lead(
        self, root: Relation, own: Sequence[Relation], moves: Sequence[Move], component: Sequence[Relation]
    ) -> None:
        rest = [one.place for one in own if one is not root]
        follows = tuple(self.spoken[place].code for place in rest)
        made = self._proposals(moves, root, component)
        alike = tuple(move.changes for move in moves if move.as_likely_as(moves[0]))
        self.led[root.place] = Fault(self.spoken[root.place], follows, made, changes=alike)
        self.silent.update(rest)

    def _tell(self, relation: Relation, component: Sequence[Relation]) -> None:
        """Say what a restated figure or a share should be."""
        made = self._proposals(self.search.told_again(relation, component), relation, ())
        self.led[relation.place] = Fault(self.spoken[relation.place], (), made)

    def _proposals(
        self, moves: Sequence[Move], root: Relation, component: Sequence[Relation]
    ) -> tuple[Proposal, ...]:
        """What each move proposes; those that nothing tells apart say so."""
        alike = [move for move in moves if move.as_likely_as(moves[0])]
        made = []
        for move in moves:
            proposal = self._proposal(move, root, component)
            if proposal:
                even = move in alike and len(alike) > 1
                reason = f"{EVEN[len(alike)]} {proposal.reason}" if even else proposal.reason
                made.append(replace(proposal, even=even, reason=reason))
        return tuple(made)

    def _proposal(self, move: Move, root: Relation, component: Sequence[Relation]) -> Proposal | None:
        """The value that a figure should have, and what then holds."""
        found = [(self.search.figures.fact(cell), change) for cell, change in move.changes.items()]
        told = [WORDS[move.slip], self._along(found), self._holds(move, root, component)]
        told.append(self._breaks(move, component))
        made = [self._written(fact, change, "") for fact, change in found if fact]
        first = found[0][0]
        if first is None:
            return None
        main = self._written(first, found[0][1], " ".join(filter(None, told)))
        return _with(main, tuple(made[1:]))

    def _along(self, found: Sequence[tuple[Fact | None, Decimal]]) -> str:
        """The other figures that are to be changed with the first."""
        others = [
            f"{name(fact.cell, self.catalogue)} = {texts.number(_entered(fact, fact.value + change))}"
            for fact, change in found[1:]
            if fact
        ]
        return f"Ändra också {texts.listed(others)}." if others else ""

    def _holds(self, move: Move, root: Relation, component: Sequence[Relation]) -> str:
        touched = [
            one for one in component if one.failing and any(cell in one.cells for cell in move.changes)
        ]
        others = [one for one in touched if one.place != root.place]
        mended = [one for one in others if move.mends_all or one.holds(move.changes)]
        told = dict.fromkeys(self._told(one, move.changes) for one in mended)
        words = [word for word in told if not any(other.startswith(f"{word} (") for other in told)]
        if len(words) > MOST_NAMED:
            words = [*words[: MOST_NAMED - 1], f"{len(words) - MOST_NAMED + 1} till"]
        return f"Då stämmer även {texts.listed(words)}." if words else "Då stämmer det."

    def _told(self, relation: Relation, changed: Collection[str]) -> str:
        """What a relation is about, with the number that it tells."""
        verdict = self.spoken[relation.place].verdict
        figures = self.search.figures
        own = verdict.own if isinstance(verdict, (Quotient, Weighed)) else _first(verdict)
        stated = figures.stated.get(own)
        if stated and own not in changed:
            share = isinstance(verdict, Quotient)
            number = texts.percent(stated.value, stated.decimals) if share else texts.hedged(stated)
            words = name(stated.cell, self.catalogue)
            return f"{words[:1].lower()}{words[1:]} ({number})"
        fact = figures.report.fact(verdict.about)
        words = name(fact.cell, self.catalogue) if fact else verdict.about
        return f"{words[:1].lower()}{words[1:]}"

    def _breaks(self, move: Move, component: Sequence[Relation]) -> str:
        """The restated figures that have the same fault, and must be changed as well."""
        if move.mends_all:
            return ""
        broken = [one for one in component if not one.failing and not one.holds(move.changes)]
        lines = sorted({self.spoken[one.place].verdict.where.line for one in broken})
        if not lines:
            return ""
        return f"Ändra också det som står på rad {texts.listed([str(line) for line in lines])}."

    def _label(self, fact: Fact) -> str:
        """What a figure is called; a share or a sum that is stated beside its parts says so."""
        words = name(fact.cell, self.catalogue)
        if fact.kind is Kind.SHARE and not fact.cell.is_share:
            return f"{words}, {'förändring' if fact.cell.point == CHANGE else 'andel'}"
        if fact.cell.id.endswith(NUMBER):
            return f"{words}, antal bakom (n)"
        return (
            words
            if self.search.figures.report.cells.get(fact.cell.id) is fact
            else f"{words} (som det anges)"
        )

    def _written(self, fact: Fact, change: Decimal, reason: str) -> Proposal:
        where = fact.where
        now = f"Nu står där {texts.number(_entered(fact, fact.value))}."
        return Proposal(
            where.file,
            where.line,
            fact.cell.id,
            f"{_entered(fact, fact.value + change):f}",
            f"{now} {reason}".strip(),
            self._label(fact),
            where.column,
            f"{_entered(fact, fact.value):f}",
        )


def _entered(fact: Fact, value: Decimal) -> Decimal:
    """A value of a figure as it is typed in the file, in its unit or in thousands of it."""
    if fact.factor != 1:
        return Decimal(f"{(value / fact.factor).normalize():f}")
    digits = max(fact.decimals, texts.precision(value.normalize()))
    return texts.rounded(value, min(digits, MOST_DECIMALS))


def _first(verdict: Verdict) -> str:
    """The stated figure of a comparison."""
    return (
        next((cell for cell, _weight in verdict.terms if "=" in cell), "") if isinstance(verdict, Sum) else ""
    )


def _with(main: Proposal, along: tuple[Proposal, ...]) -> Proposal:
    return main if not along else replace(main, along=along)


def faults(
    spoken: Sequence[Spoken], report: Report, before: Report | None, catalogue: Catalogue
) -> Iterator[Fault]:
    """Each failing relation that does not follow from another, in the order of the rules."""
    failing = [place for place, one in enumerate(spoken) if not one.verdict.holds]
    figures = Figures(report)
    inquiry = Inquiry(spoken, Search(figures, _last(report, before) if failing else {}), catalogue)
    if failing:
        every = relations([(one.code, one.verdict) for one in spoken], figures)
        for component in inquiry.search.joined(list(components(every))):
            inquiry.look(component)
    for place in failing:
        if place not in inquiry.silent:
            yield inquiry.led.get(place, Fault(spoken[place]))


def _last(report: Report, before: Report | None) -> Mapping[str, Decimal]:
    """What every figure was last year, as it was stated, or else computed. A survey is named by its year."""
    found: dict[str, Decimal] = {}
    if before:
        then, now = f"{before.period.end.year}", f"{report.period.end.year}"
        stated = (one.fact for one in before.stated if one.role is not Role.PREVIOUS)
        cells = (fact for fact in before.cells.values() if isinstance(fact, Fact))
        for fact in (*stated, *cells, *beside(before).values()):
            found.setdefault(told_as(fact).replace(then, now), fact.value)
    return found
