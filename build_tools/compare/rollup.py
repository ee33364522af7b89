"""A förbund and a year together: sums and weighted means of what the reports show, and of how many.

Nothing is told that a reader could not add up from the published reports: a part that is not shown leaves
the total without it, and every such total says of which reports it is. So no total, less the parts that
are known, gives a hidden one back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from build_tools import texts
from build_tools.compare.abreast import table_of
from build_tools.compare.engine import mean
from build_tools.compare.lines import is_sum, label, shown
from build_tools.compare.rules import NOTHING, Rules, met, reason, trait
from build_tools.compare.together import Together
from build_tools.compare.traits import Reading, Side
from build_tools.model import Blank, Comparability, Fact, Mark, Measure, Peers, RollUp, Total

SUMMED = ("antal", "belopp")
AVERAGED = ("medel", "andel")
UNSHOWN = (Mark.PROTECTED, Mark.WITHHELD)
NO_REPORTS = "Förbundet har ingen rapport som slutar i år {}."
DOUBLE = "{} har flera rapporter som slutar under året. Bara en av dem räknas i varje tal."


def roll_up(peers: Peers, readings: Sequence[Reading], rules: Rules) -> RollUp:
    """Every figure that has a meaning for a whole förbund."""
    totals = (_Added(key, own, readings, rules, peers).total() for key, own in table_of(readings).items())
    return RollUp(peers, tuple(one for one in totals if one), tuple(_notes(peers, readings)))


def _notes(peers: Peers, readings: Sequence[Reading]) -> Iterator[str]:
    if not readings:
        yield NO_REPORTS.format(peers.year)
    several = Counter(one.report.intervention for one in readings)
    for one in dict.fromkeys(
        one.report.intervention for one in readings if several[one.report.intervention] > 1
    ):
        name = next(r for r in readings if r.report.intervention == one).publication.interventions[one].name
        yield DOUBLE.format(name)


@dataclass(frozen=True, slots=True)
class _Found:
    """A total as a number and as it is written."""

    value: Decimal
    decimals: int
    text: str
    n: Decimal | None = None


@dataclass(frozen=True)
class _Added:
    """One figure in the reports of a year, on its way to be a total."""

    key: str
    own: Mapping[str, Side]
    readings: Sequence[Reading]
    rules: Rules
    peers: Peers

    @cached_property
    def together(self) -> Together:
        """Which of the reports are counted."""
        return Together(self.own, self.readings, self.rules)

    @property
    def told(self) -> list[tuple[Reading, Side]]:
        """The reports that show a number."""
        return self.together.told

    @property
    def anchor(self) -> Side:
        """The one that the others are compared with."""
        return self.together.anchor

    @property
    def counted(self) -> list[tuple[Reading, Side]]:
        """The reports that are counted together."""
        return self.together.counted

    def total(self) -> Total | None:
        """The sum or the weighted mean; nothing at all of a figure that has no meaning together."""
        kind = self._kind()
        if not kind:
            return None
        measure = self.readings[0].catalogue.measures.get(self._first.cell.measure)
        parts = tuple(one.report.id for one, _ in self.counted)
        found = self._summed(measure) if kind == "summa" else self._averaged(measure)
        if len(parts) < 2 and len(self.readings) > 1:
            found = None
        coverage, whole = self._coverage()
        return Total(
            key=self.key,
            measure=self._first.cell.measure,
            label=label(self._first, self.told[0][0]),
            kind=kind,
            value=found.value if found else None,
            decimals=found.decimals if found else 0,
            unit=self._unit(measure),
            text=found.text if found else "",
            coverage=coverage,
            whole=whole,
            parts=parts,
            reason=" ".join(self._reasons(told=found is not None)),
            n=found.n if found else None,
        )

    def _coverage(self) -> tuple[str, bool]:
        """How many of the insatser that went on are counted, and whether it is all of every one.

        Where no insats is missing but a report of one is left out, reports are counted instead.
        """
        teams = {one.report.intervention for one, _ in self.counted}
        every = {one.report.intervention for one in self.readings}.union(self.peers.without)
        if len(teams) < len(every):
            return f"{texts.number(len(teams))} av {texts.number(len(every))} insatser", False
        told = f"{texts.number(len(self.counted))} av {_reports(len(self.readings))}"
        return told, len(self.counted) == len(self.readings)

    @property
    def _first(self) -> Fact:
        return next(side.figure for _, side in self.told if isinstance(side.figure, Fact))

    def _unit(self, measure: Measure | None) -> str:
        return "procent" if trait(self.anchor.traits, "slag") == "andel" else measure.unit if measure else ""

    def _kind(self) -> str:
        """Whether it can be summed or weighed together; empty where it can be neither.

        What the parts of a distribution add up to is told by another measure, and is not told twice.
        """
        if not self.told or is_sum(self._first, self.told[0][0]):
            return ""
        first = self.told[0][1].traits
        if trait(first, "tid") == "lage" or trait(first, "matpunkt") in ("skillnad", "forandring"):
            return ""
        if self._first.cell.is_share or self._first.cell.point in ("skillnad", "forandring"):
            return ""
        kind = trait(first, "slag")
        if kind == "medel" and trait(first, "enhet") == "personer":
            return ""  # it tells of days, not of persons, so there is nobody to weigh it by
        if kind in SUMMED and not any(trait(first, name) for name in ("egen", "kohort")):
            return "summa" if not self._ratio() else ""
        return str(kind) if kind in AVERAGED and trait(first, "n") != NOTHING else ""

    def _ratio(self) -> bool:
        """Whether it is computed by division, so that a sum of it has no meaning."""
        how = self._first.derivation
        return how is not None and not how.weights and self._first.kind.value == "belopp"

    def _summed(self, measure: Measure | None) -> _Found | None:
        facts = [side.figure for _, side in self.counted if isinstance(side.figure, Fact)]
        if not facts or any(fact.upper is not None for fact in facts):
            return None
        value, decimals = sum((fact.value for fact in facts), Decimal(0)), max(one.decimals for one in facts)
        return _Found(value, decimals, texts.with_unit(value, self._unit(measure), decimals))

    def _averaged(self, measure: Measure | None) -> _Found | None:
        if len(self.readings) == 1:
            return self._alone(measure)
        found = mean([side for _, side in self.counted], self.rules)
        return _Found(found.value, found.decimals, found.text, found.n) if found else None

    def _alone(self, measure: Measure | None) -> _Found:
        """The figure of a förbund's only report, as it is shown there."""
        fact = self._first
        base = fact.n if isinstance(fact.n, Decimal) else None
        return _Found(texts.rounded(fact.value, fact.decimals), fact.decimals, shown(fact, measure), base)

    def _reasons(self, *, told: bool) -> Iterator[str]:
        """Why there is no total, or why it is not that of all reports, and what it is told with."""
        for one in self.readings:
            figure = self.own[one.report.id].figure if one.report.id in self.own else None
            name = one.shared["namn"]
            if one.report.id in self.together.left_out:
                yield f"{name} räknas inte med. {self.together.left_out[one.report.id]}"
            elif figure is None:
                yield f"{name} redovisar inte uppgiften."
            elif isinstance(figure, Blank):
                yield f"{name}: {self.rules.word('lucka', figure.mark.value)}."
        for team in self.peers.without:
            name = self.readings[0].publication.interventions[team].name
            yield f"{name} pågick men har ingen publicerad rapport som slutar under {self.peers.year}."
        if told:
            yield from dict.fromkeys(self._reservations())
        else:
            yield "Därför anges ingen siffra för förbundet."

    def _reservations(self) -> Iterator[str]:
        for _, side in self.counted:
            for row in met(self.rules, self.anchor.traits, side.traits):
                found = reason(row, self.rules, self.anchor.traits, side.traits)
                if found.verdict is Comparability.RESERVED and side is not self.anchor:
                    yield found.text


def _reports(count: int) -> str:
    return "1 rapport" if count == 1 else f"{texts.number(count)} rapporter"
