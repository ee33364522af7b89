"""The whole project as its sources state it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from build_tools.model.catalogue import Catalogue
from build_tools.model.free_pages import FreePage
from build_tools.model.handbooks import Handbook
from build_tools.model.reports import GoalDefinition, Report
from build_tools.model.values import Fact, Period, Where


@dataclass(frozen=True, slots=True)
class StatedTotal:
    """What a förbund itself tells of all its teams for a period. It is only compared, and never shown."""

    period: Period
    facts: tuple[Fact, ...]
    where: Where


STRICTEST = 10
"""The smallest group that is told of where nobody has described a policy."""


@dataclass(frozen=True, slots=True)
class Association:
    """A samordningsförbund."""

    id: str
    name: str
    county: str
    municipalities: tuple[str, ...]
    policy: str
    where: Where
    invented: bool = False
    """Made up to show what a report may look like."""
    totals: tuple[StatedTotal, ...] = ()


@dataclass(frozen=True, slots=True)
class Intervention:
    """A team or a project. `start` and `end` are ISO days or months, `end` empty while it goes on."""

    id: str
    name: str
    kind: str
    association: str
    where: Where
    start: str = ""
    end: str = ""
    owners: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    predecessors: tuple[str, ...] = ()
    summary: str = ""
    goal: GoalDefinition = field(default_factory=GoalDefinition)

    def goes_on(self, year: int) -> bool:
        """Whether it went on during a year, as far as its own dates tell."""
        start, end = self.start[:4], self.end[:4]
        begun = not start.isdecimal() or int(start) <= year
        return begun and (not end.isdecimal() or year <= int(end))


@dataclass(frozen=True, slots=True)
class Limit:
    """How small groups are protected for some measures; see `data/policy.yml`."""

    count: int
    mean: int
    share: int
    unknown_n: str
    join: str = "ovriga"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """The disclosure policy of a förbund: a limit for all measures, exceptions by id or its beginning."""

    id: str
    label: str
    limit: Limit
    exceptions: Mapping[str, Limit]
    open: tuple[str, ...]
    """Measures that count no participants."""
    where: Where


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A finding that is known and explained instead of mended."""

    code: str
    place: str
    reason: str
    role: str
    until: date | None
    where: Where


@dataclass(frozen=True, slots=True)
class Correction:
    """A figure that was changed after publication."""

    place: str
    old: str
    new: str
    day: date
    reason: str
    where: Where


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the glossary with its inflected forms."""

    term: str
    forms: tuple[str, ...]
    explanation: str
    where: Where
    search_words: tuple[str, ...] = ()
    """What else people type when they look for it. Never explained in a text: they mean other things too."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What the sources say. Reports stand in order of intervention and period."""

    catalogue: Catalogue
    associations: Mapping[str, Association] = field(default_factory=dict)
    interventions: Mapping[str, Intervention] = field(default_factory=dict)
    policies: Mapping[str, Policy] = field(default_factory=dict)
    reports: Mapping[str, Report] = field(default_factory=dict)
    previous: Mapping[str, str] = field(default_factory=dict)
    """Report id → id of the same intervention's report before it."""
    acceptances: tuple[Acceptance, ...] = ()
    corrections: Mapping[str, tuple[Correction, ...]] = field(default_factory=dict)
    """By report, the oldest first."""
    terms: tuple[Term, ...] = ()
    pages: tuple[FreePage, ...] = ()
    handbooks: Mapping[str, Handbook] = field(default_factory=dict)

    @property
    def smallest_group(self) -> int:
        """The fewest persons to be told of where no förbund's own policy holds: the strictest of all."""
        return max((policy.limit.count for policy in self.policies.values()), default=STRICTEST)

    @property
    def newest(self) -> date | None:
        """The newest day any report or handbook tells of; it stands for today, as there is no clock."""
        days = [report.data_date or report.period.end for report in self.reports.values()]
        for handbook in self.handbooks.values():
            days += handbook.days
        return max(days, default=None)

    def before(self, report: Report) -> Report | None:
        """The same intervention's report before this one."""
        return self.reports.get(self.previous.get(report.id, ""))

    def line(self, report: Report) -> Iterator[Report]:
        """The report and those before it, the newest first, each once even where they go round."""
        seen: set[str] = set()
        found: Report | None = report
        while found and found.id not in seen:
            seen.add(found.id)
            yield found
            found = self.before(found)
