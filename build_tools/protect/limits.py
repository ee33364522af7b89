"""Which limit a measure has, and which measures count no participants."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from build_tools.model import Edition, Fact, Kind, Limit, Mark, Policy, Where

SINGLE = (".min", ".max")
"""Measures of one person, however many the others are."""
COMPARED = ("skillnad", "forandring")
"""Measuring points that tell how before and after differ. Nobody is counted there."""
OF_NO_PERSONS = frozenset({"omfattning.andel", "enkat.svarsfrekvens"})
"""Shares that leave no persons out: a number planned for, and questionnaires that were sent."""
STRICTEST = Policy(
    id="",
    label="Strängast",
    limit=Limit(count=10, mean=10, share=10, unknown_n="dolj"),
    exceptions={},
    open=(),
    where=Where("data/policy.yml"),
)
"""For a report whose förbund or policy nobody has described: nothing is open."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The policy of one förbund, asked by measure."""

    policy: Policy
    asked: dict[str, tuple[Limit, bool]] = field(default_factory=dict, compare=False)
    """What has been asked before: a measure is asked for hundreds of times."""

    def of(self, measure: str) -> Limit:
        """The limit of a measure, or of `measure@population`: that of its longest known beginning."""
        return (self.asked.get(measure) or self._found(measure))[0]

    def opens(self, measure: str) -> bool:
        """Whether a measure counts no participants and so needs no protection."""
        return (self.asked.get(measure) or self._found(measure))[1]

    def _found(self, measure: str) -> tuple[Limit, bool]:
        known = self.policy.exceptions
        limit = next((known[name] for name in beginnings(measure) if name in known), self.policy.limit)
        opened = any(name in self.policy.open for name in beginnings(measure))
        return self.asked.setdefault(measure, (limit, opened))

    def small(self, count: Decimal, measure: str) -> bool:
        """Whether a count is of so few that it must not be shown.

        Nobody is shown as 0: it tells of no single person, and a table without its noughts would say
        less than the source. It is too open only where nobody is the secret itself ("none of them
        got well"); such a table needs a policy of its own.
        """
        return not self.opens(measure) and 0 < count < self.of(measure).count

    def thin(self, n: Decimal | Mark | None, measure: str) -> bool:
        """Whether too few, or an unknown number, stand behind a mean or a sum."""
        if self.opens(measure):
            return False
        limit = self.of(measure)
        return n < limit.mean if isinstance(n, Decimal) else limit.unknown_n != "visa"

    def lopsided(self, share: Decimal, n: Decimal | Mark | None, measure: str) -> bool:
        """Whether a share tells of few persons: those it counts, or those it leaves."""
        if self.opens(measure):
            return False
        if not isinstance(n, Decimal):
            return self.of(measure).unknown_n != "visa"
        part = (share * n / 100).to_integral_value()
        return self.small(part, measure) or self.small(n - part, measure)

    def refuses(self, fact: Fact) -> bool:
        """Whether a figure may not be shown for what it says by itself."""
        measure = fact.cell.measure
        if fact.cell.point in COMPARED and fact.derivation is not None:
            return False
        if fact.kind is Kind.COUNT:
            return self.small(fact.value, measure)
        if measure.endswith(SINGLE):
            return not self.opens(measure)
        if fact.kind is Kind.SHARE and fact.derivation and fact.derivation.rule in OF_NO_PERSONS:
            n = fact.n if isinstance(fact.n, Decimal) else Decimal(0)
            return self.small((fact.value * n / 100).to_integral_value(), measure)
        if fact.kind is Kind.SHARE:
            return self.lopsided(fact.value, fact.n, measure)
        told = fact.derivation is None or isinstance(fact.n, Decimal)
        return told and self.thin(fact.n, f"{measure}@{fact.cell.population}")


def beginnings(name: str) -> Iterator[str]:
    """A measure with its population, the measure, and then its beginnings up to a dot, the longest first."""
    measure, _, population = name.partition("@")
    if population:
        yield name
    while measure:
        yield measure
        measure = measure.rpartition(".")[0]


def limits_of(edition: Edition) -> dict[str, Limits]:
    """The limits that hold for the reports of each insats, by its förbund."""
    limits = {key: Limits(policy) for key, policy in edition.policies.items()}
    strictest = Limits(STRICTEST)
    found = {}
    for report in edition.reports.values():
        intervention = edition.interventions.get(report.intervention)
        association = edition.associations.get(intervention.association) if intervention else None
        policy = association.policy if association else ""
        found[report.intervention] = limits.get(policy, strictest)
    return found
