"""One report: its identity, its figures and its prose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from build_tools.model.values import Blank, Fact, Mark, Period, Stated, Where

DRAFT = "utkast"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, list item, quote or table cell as plain text, with the line where it begins."""

    text: str
    where: Where


@dataclass(frozen=True, slots=True)
class Placement:
    """Where the writer wants a table or chart: `![text](diagram:avslut)` alone in its paragraph."""

    kind: str
    name: str
    caption: str
    where: Where


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with what stands under it, as safe HTML with placements between.

    `id` is the template's (`beskrivning`), or empty for text before the first part of a section.
    """

    id: str
    title: str
    where: Where
    body: tuple[str | Placement, ...]
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the template, as the writer filled it."""

    number: int
    where: Where
    parts: tuple[Part, ...]
    misspelled: tuple[str, ...] = ()
    """The template's parts whose headings were written so that they could not be read."""


@dataclass(frozen=True, slots=True)
class Prose:
    """The Markdown file of a report."""

    file: str
    title: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class GoalDefinition:
    """What a team counts as reaching the goal, and of whom."""

    reasons: tuple[str, ...] = ()
    base: str = ""
    """alla_avslut or utan_tidiga_avhopp."""
    early_dropout_days: int | Mark | None = None
    days_where: Where | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Distribution:
    """One question answered in categories. `id` begins the ids of its cells."""

    id: str
    measure: str
    population: str
    coding: str
    """enval (each person once) or flerval."""
    categories: tuple[str, ...]
    where: Where
    point: str | Mark = ""
    n: Decimal | None = None
    """How many persons answered, where it is stated."""
    groups: tuple[str, ...] = ()
    crossed: bool = False
    """Whether it is a table of two questions: the groups are then the answers to the second."""
    n_where: Where | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """Who got a question: those who answered another one with some of its steps."""

    question: str
    steps: tuple[str, ...]
    where: Where


@dataclass(frozen=True, slots=True)
class Question:
    """A survey question: its answers are the cells `<id>.<step>`; `shares` tells that percent was printed."""

    id: str
    text: str
    scale: str
    n: Decimal | Mark | None
    where: Where
    shares: bool = False
    unplaced: tuple[Decimal, ...] = ()
    """Readable numbers that cannot be tied to a step."""
    cumulative: tuple[str, Decimal] | None = None
    """From which step upward, and the share that the source prints."""
    n_where: Where | None = None
    cumulative_where: Where | None = None
    unplaced_where: tuple[Where, ...] = ()
    unread: int = 0
    """How many answers stand on a step that the scale does not have."""
    asked_of: Filter | None = None


@dataclass(frozen=True, slots=True)
class Survey:
    """A questionnaire with its own period and population."""

    id: str
    period: Period | None
    population: Decimal | None
    questions: tuple[Question, ...]
    where: Where
    population_where: Where | None = None


@dataclass(frozen=True, slots=True)
class Prices:
    """What the amounts of a report are worth: money of their own time, or of one year they are told in."""

    basis: str = "lopande"
    """lopande or fasta."""
    year: int | None = None
    """The year of fixed prices."""


@dataclass(frozen=True, slots=True)
class Post:
    """Posts of one role. `count` and `percent` are their cells, empty where that is not told.

    `period` is when they stand; the staffing's own where they stand all of it.
    """

    role: str
    owner: str
    state: str
    period: Period
    where: Where
    count: str = ""
    percent: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation's place in a forum (`styrgrupp`): aktiv, vakant, franvarande, adjungerad."""

    organisation: str
    forum: str
    status: str
    where: Where


@dataclass(frozen=True, slots=True)
class Goal:
    """A measurable goal that the intervention set itself. `direction` is minst or hogst."""

    id: str
    text: str
    where: Where
    cell: str = ""
    """The cell or measure it is tested on."""
    threshold: Decimal | None = None
    direction: str = ""
    base: str = ""
    coverage: str = ""
    """The cell of those that the number behind the outcome should be compared with."""
    proxy: str = ""
    """Why it is measured by something else than it says, in a sentence."""
    own_verdict: str = ""
    """What the source says: uppfyllt, ej_uppfyllt, ej_provat."""
    threshold_where: Where | None = None

    def met_by(self, outcome: Fact) -> bool | None:
        """Whether a number reaches the goal; None where it is too rough, or where there is no bound."""
        limit, span = self.threshold, outcome.interval
        if limit is None or not self.direction:
            return None
        if (outcome.hedge or outcome.upper is not None) and span.low < limit < span.high:
            return None
        return outcome.value >= limit if self.direction == "minst" else outcome.value <= limit


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said of a dimension of RE-AIM. `cell` points to a figure that has its place elsewhere."""

    dimension: str
    text: str
    where: Where
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """One report. `cells` holds every figure by cell id, in the order of the source, derived ones last."""

    id: str
    intervention: str
    kind: str
    template: str
    period: Period
    status: str
    where: Where
    source: str = ""
    data_date: date | None = None
    published: date | None = None
    goal: GoalDefinition = field(default_factory=GoalDefinition)
    cells: Mapping[str, Fact | Blank] = field(default_factory=dict)
    stated: tuple[Stated, ...] = ()
    distributions: tuple[Distribution, ...] = ()
    surveys: tuple[Survey, ...] = ()
    parties: tuple[Party, ...] = ()
    posts: tuple[Post, ...] = ()
    goals: tuple[Goal, ...] = ()
    implementation: tuple[Statement, ...] = ()
    section_periods: Mapping[str, Period] = field(default_factory=dict)
    """Own periods of `ekonomi`, `bemanning` …"""
    prices: Prices = field(default_factory=Prices)
    prose: Prose | None = None

    @property
    def is_draft(self) -> bool:
        """Whether it is still being written: shown in the preview alone."""
        return self.status == DRAFT

    def fact(self, cell: str) -> Fact | None:
        """The number in a cell, or None where the cell is missing or has a word."""
        found = self.cells.get(cell)
        return found if isinstance(found, Fact) else None

    def facts(self, *cells: str) -> tuple[Fact, ...] | None:
        """The numbers of all the cells, or None where any of them has none."""
        found = [self.fact(cell) for cell in cells]
        return None if None in found else tuple(fact for fact in found if fact)
