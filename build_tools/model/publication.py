"""What may be shown. Made by `protect` alone; charts, pages and exports can be handed nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from build_tools.model.catalogue import Catalogue, Measure
from build_tools.model.comparison import Comparisons
from build_tools.model.findings import Finding, Review, Rule
from build_tools.model.free_pages import FreePage
from build_tools.model.handbooks import Handbook
from build_tools.model.project import Association, Correction, Intervention, Term
from build_tools.model.reports import (
    DRAFT,
    Distribution,
    Goal,
    GoalDefinition,
    Party,
    Post,
    Prices,
    Prose,
    Statement,
    Survey,
)
from build_tools.model.trials import Score
from build_tools.model.values import Blank, Fact, Period


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a published distribution: one category, or several joined into one.

    `cell` is the id under which its count stands in `cells`; `level` is 0 for a line of its own and
    1 for a part of the line above.
    """

    cell: str
    label: str
    categories: tuple[str, ...]
    level: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A distribution as it may be shown: rows that add up to `total` where the coding is enval."""

    distribution: Distribution
    rows: tuple[Row, ...]
    total: str = ""
    """Cell id of the total, where it is shown."""


@dataclass(frozen=True, slots=True)
class PublishedGoal:
    """A goal with its outcome and what came of it.

    `verdict` is uppfyllt, ej_uppfyllt or gar_inte_att_avgora, `reason` says why in words, and `coverage`
    is how large a part of those it is about the outcome tells of.
    """

    goal: Goal
    figure: Fact | Blank | None
    verdict: str
    reason: str
    coverage: Fact | None = None


@dataclass(frozen=True, slots=True)
class PublishedStatement:
    """What is said of a dimension of RE-AIM, with the figure that it points to."""

    statement: Statement
    figure: Fact | Blank | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """An accepted finding as the reader meets it: the reason somebody gave, and what the rule says.

    The finding's own message quotes raw numbers and speaks to the writer, so it is no part of it.
    """

    code: str
    title: str
    meaning: str
    about: str
    reason: str
    role: str
    section: int | None = None


@dataclass(frozen=True, slots=True)
class PlotRow:
    """A labelled line of a chart with one value (a protected Fact or a word) per series.

    `group` is the heading it stands under, `note` is told beside its label, `unit` replaces the plot's,
    `period` is the time it is about. `mark` is `mal` where the values are a target for its group.
    """

    label: str
    values: tuple[Fact | Blank, ...]
    level: int = 0
    href: str = ""
    group: str = ""
    note: str = ""
    unit: str = ""
    period: Period | None = None
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Plot:
    """A question answered with rows; the drawing, its description and its table twin all come from them.

    `form` names the drawing: bars, paired, flow, deviation, windows, stacked, diverging, dumbbell, bullet,
    ladder, statements, steps, matrix, spark.
    """

    id: str
    report: str
    form: str
    title: str
    subtitle: str
    description: str
    unit: str
    series: tuple[str, ...]
    rows: tuple[PlotRow, ...]
    corner: str = ""
    """Heading of the first column of the table twin."""
    aside: str = ""
    """Heading of a column for the rows' notes in the table twin; without one they stand after the labels."""
    bounds: tuple[Decimal, Decimal] | None = None
    """The ends of the scale that the values are on, where it has ends."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A plot with its inlined SVG."""

    plot: Plot
    svg: str


@dataclass(frozen=True, slots=True)
class PublishedReport:
    """A report with protected figures. A cell that may not be shown is a `Blank` marked skyddad."""

    id: str
    intervention: str
    kind: str
    template: str
    period: Period
    status: str
    source: str
    data_date: date | None
    goal: GoalDefinition
    cells: Mapping[str, Fact | Blank]
    tables: Mapping[str, Table]
    """By distribution id."""
    published: date | None = None
    goals: tuple[PublishedGoal, ...] = ()
    implementation: tuple[PublishedStatement, ...] = ()
    previous_stated: Mapping[str, Fact | Blank] = field(default_factory=dict)
    """Last year's values as this report tells them, by cell id."""
    surveys: tuple[Survey, ...] = ()
    parties: tuple[Party, ...] = ()
    posts: tuple[Post, ...] = ()
    section_periods: Mapping[str, Period] = field(default_factory=dict)
    prices: Prices = field(default_factory=Prices)
    prose: Prose | None = None
    notes: tuple[Note, ...] = ()
    corrections: tuple[Correction, ...] = ()
    drawings: Mapping[str, Drawing] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    """Only in the preview, which nobody but the writer sees."""

    @property
    def is_draft(self) -> bool:
        """Whether it is still being written: then this is the preview."""
        return self.status == DRAFT

    def headline(self, measure: Measure) -> Fact | Blank | None:
        """The figure that stands for a whole measure: its total, or the bottom line of a table of money."""
        return next((self.cells[key] for key in measure.whole if key in self.cells), None)

    def fact(self, cell: str) -> Fact | None:
        """The shown number of a cell, or None."""
        found = self.cells.get(cell)
        return found if isinstance(found, Fact) else None


@dataclass(frozen=True, slots=True)
class Publication:
    """What we show: every number in it has passed protection."""

    catalogue: Catalogue
    associations: Mapping[str, Association]
    interventions: Mapping[str, Intervention]
    reports: Mapping[str, PublishedReport]
    previous: Mapping[str, str]
    terms: tuple[Term, ...] = ()
    pages: tuple[FreePage, ...] = ()
    reviews: tuple[Review, ...] = ()
    scores: Mapping[str, Score] = field(default_factory=dict)
    """By report: how many slips would be noticed in the shown figures, where that was tried."""
    rules: tuple[Rule, ...] = ()
    """Every code that a finding can have, for the list that readers see."""
    findings: tuple[Finding, ...] = ()
    """In the preview: findings that belong to no report."""
    handbooks: Mapping[str, Handbook] = field(default_factory=dict)
    """With small counts taken out."""
    handbook_drawings: Mapping[str, Mapping[str, Drawing]] = field(default_factory=dict)
    """By handbook and table of figures, where a drawing says more than the table."""
    handbook_notes: Mapping[str, tuple[Note, ...]] = field(default_factory=dict)
    """Accepted findings about each handbook."""
    newest: date | None = None
    """The newest day of the sources, which stands for today."""
    drafts: Mapping[tuple[str, int], int] = field(default_factory=dict)
    """How many drafts each förbund has, by its id and the year they end in; nothing else is told of them."""
    comparisons: Comparisons = field(default_factory=Comparisons)
    """Put there by `compare`, from what this publication shows and nothing else."""

    def years(self) -> dict[str, tuple[PublishedReport, ...]]:
        """The reports of each intervention, the oldest first."""
        found: dict[str, list[PublishedReport]] = {}
        for report in self.reports.values():
            found.setdefault(report.intervention, []).append(report)
        return {
            name: tuple(sorted(own, key=lambda report: (report.period, report.id)))
            for name, own in found.items()
        }

    def before(self, report: PublishedReport) -> PublishedReport | None:
        """The same intervention's report before this one."""
        return self.reports.get(self.previous.get(report.id, ""))


@dataclass(frozen=True, slots=True)
class File:
    """A file of the site, in memory. `path` is relative to the site's documents; `source` to the project."""

    path: str
    content: str | bytes
    source: str = ""
