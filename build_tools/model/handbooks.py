"""A method handbook: how a way of working is done, in parts that pages, maps and forms are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from build_tools.model.free_pages import FreePage
from build_tools.model.reports import Paragraph
from build_tools.model.values import Blank, Fact, Kind, Where

OF_NO_PERSONS = "annat"


@dataclass(frozen=True, slots=True)
class SubStep:
    """A part of a step."""

    id: str
    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ProcessStep:
    """A step of a process; its number is its place in the order, so it is never written down."""

    id: str
    name: str
    where: Where
    summary: str = ""
    trigger: str = ""
    """What must be at hand for the step to begin."""
    results: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    substeps: Mapping[str, SubStep] = field(default_factory=dict)
    roles: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    """Who else may take part, in words."""
    forms: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    """What is registered in the systems of the organisations."""
    page: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class EndState:
    """Where a process can end."""

    id: str
    name: str
    where: Where
    note: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """A way from a step to another, or to an end state."""

    source: str
    target: str
    where: Where
    condition: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Process:
    """Steps with the ways between them. `first` is where the start event leads."""

    id: str
    name: str
    where: Where
    summary: str
    principle: str
    start: str
    first: str
    steps: Mapping[str, ProcessStep]
    ends: Mapping[str, EndState]
    ways: tuple[Way, ...]
    throughout: tuple[str, ...] = ()
    """What is done in every step."""
    times: tuple[str, ...] = ()
    page: str = ""
    note: str = ""

    def following(self, place: str) -> tuple[Way, ...]:
        """The ways on from a step."""
        return tuple(way for way in self.ways if way.source == place)


@dataclass(frozen=True, slots=True)
class Practice:
    """How one variant does one moment of a routine. `demand` is ska, bor, far or nothing."""

    items: tuple[str, ...]
    where: Where
    demand: str = ""
    roles: tuple[str, ...] = ()
    page: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """A row of a routine: the same matter in every variant. A variant that says nothing has no practice."""

    id: str
    name: str
    where: Where
    step: str = ""
    common: Practice | None = None
    practices: Mapping[str, Practice] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Variant:
    """A local variant of a routine."""

    id: str
    name: str
    page: str = ""


@dataclass(frozen=True, slots=True)
class Routine:
    """An order of work in local variants, moment by moment so that they can be compared."""

    id: str
    name: str
    where: Where
    summary: str
    variants: Mapping[str, Variant]
    moments: Mapping[str, Moment]
    note: str = ""


@dataclass(frozen=True, slots=True)
class HandbookRole:
    """A role, never a person."""

    id: str
    name: str
    where: Where
    organisation: str = ""
    summary: str = ""
    tasks: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    should: tuple[str, ...] = ()
    page: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Activity:
    """A tool of the method. `steps` are ids of process steps, `programme` that of a series of meetings."""

    id: str
    name: str
    category: str
    where: Where
    purpose: str = ""
    audience: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    time: tuple[str, ...] = ()
    material: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    demands: tuple[str, ...] = ()
    offered_by: tuple[str, ...] = ()
    local: tuple[str, ...] = ()
    """Where it was tried, in words."""
    towns: tuple[str, ...] = ()
    """Where there is one now."""
    keeper: str = ""
    """The role that keeps the card current; without one that is the owner of the handbook."""
    feedback: tuple[str, ...] = ()
    """What participants say, gathered."""
    lessons: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    programme: str = ""
    figures: tuple[str, ...] = ()
    card: str = ""
    reviewed: date | None = None
    review_by: date | None = None
    page: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class FormField:
    """A field to fill in. `kind` is text, langtext, datum, ja_nej, tal, skala or underskrift."""

    name: str
    kind: str = "text"
    help: str = ""


@dataclass(frozen=True, slots=True)
class PaperForm:
    """A form, a template, a checklist or a sheet for feedback (`kind`) to print and fill in by hand."""

    id: str
    name: str
    kind: str
    where: Where
    purpose: str = ""
    fields: tuple[FormField, ...] = ()
    version: str = ""
    printable: bool = True
    signed_by: tuple[str, ...] = ()
    """Roles that sign."""
    steps: tuple[str, ...] = ()
    card: str = ""
    page: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ScaleBand:
    """What a sum on a rating scale means."""

    low: int
    high: int
    meaning: str


@dataclass(frozen=True, slots=True)
class RatingScale:
    """A scale with items, anchors and bands; one that is licensed has a card and no items."""

    id: str
    name: str
    version: str
    where: Where
    purpose: str = ""
    items: tuple[str, ...] = ()
    anchors: Mapping[str, str] = field(default_factory=dict)
    bands: tuple[ScaleBand, ...] = ()
    card: str = ""
    page: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """A meeting of a course, a phase of a programme or a part of an exercise."""

    theme: str
    where: Where
    items: tuple[str, ...] = ()
    time: str = ""
    material: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Programme:
    """Sessions in order. `kind` is kurs, program or ovning."""

    id: str
    name: str
    kind: str
    where: Where
    sessions: tuple[Session, ...]
    summary: str = ""
    page: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ItemGroup:
    """A heading with items; `step` is the process step that it is about, where it is."""

    title: str
    items: tuple[str, ...]
    where: Where
    step: str = ""
    page: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ItemList:
    """Items under headings: values, success factors, obstacles, questions, criteria. `kind` tells which."""

    id: str
    name: str
    kind: str
    where: Where
    groups: tuple[ItemGroup, ...]
    poster: bool = False
    """Whether it has a page of its own to print and hang on a wall."""
    summary: str = ""
    page: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of a grid: items by column, where there are any."""

    title: str
    cells: Mapping[str, tuple[str, ...]]
    where: Where
    note: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """Texts in rows and columns: advice to two parties, a matrix, SWOT, models side by side. See `kind`."""

    id: str
    name: str
    kind: str
    where: Where
    corner: str
    """What the rows are."""
    columns: Mapping[str, str]
    rows: tuple[GridRow, ...]
    summary: str = ""
    page: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """A place on the way of a case."""

    step: str
    event: str
    where: Where
    activities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """An example put together from the steps of a process, never from a person."""

    id: str
    name: str
    process: str
    where: Where
    background: str
    stops: tuple[Stop, ...]
    end: str
    lessons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """A column of figures. `unit` is as in the catalogue of measures."""

    id: str
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A row of figures, with the texts that stand beside them."""

    id: str
    name: str
    where: Where
    base: str = ""
    as_of: str = ""
    page: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class FigureSum:
    """A row or a column that is the sum of others; what nobody states is computed."""

    axis: str
    """rad or kolumn."""
    total: str
    parts: tuple[str, ...]
    where: Where


@dataclass(frozen=True, slots=True)
class FigureShare:
    """A column that is one column in percent of another."""

    column: str
    part: str
    whole: str
    where: Where


@dataclass(frozen=True, slots=True)
class FigureTable:
    """Named figures with their page, base and day. Cell ids are `<table>.<row>.<column>`.

    `form` says what they are good for: tabell, andelar, likert, fore_efter, mal_utfall, tidsserie.
    `about` is whom they count: deltagare, personal (their answers) or annat (posts, money, days, things).
    """

    id: str
    title: str
    form: str
    about: str
    where: Where
    definition: str
    base: str
    as_of: str
    """An ISO day or month, a period `2012-04/2013-06`, or the mark saknas."""
    page: str
    columns: Mapping[str, FigureColumn]
    rows: Mapping[str, FigureRow]
    cells: Mapping[str, Fact | Blank]
    sums: tuple[FigureSum, ...] = ()
    shares: tuple[FigureShare, ...] = ()
    whole: str = ""
    """Whether shares make a hundred along rader or kolumner."""
    neutral: str = ""
    """How a survey treats the answers in the middle: med, utan, egen, inget or saknas."""
    note: str = ""

    def cell(self, row: str, column: str) -> Fact | Blank | None:
        """What stands in a place."""
        return self.cells.get(f"{self.id}.{row}.{column}")

    def tells_of_few(self, figure: Fact | Blank, smallest: int) -> bool:
        """Whether a figure counts fewer persons than may be told of, or leaves as few out.

        Nobody is shown as 0, as in the reports. A share of an unknown number is judged by its base in words.
        """
        if self.about == OF_NO_PERSONS or not isinstance(figure, Fact):
            return False
        if figure.kind is Kind.COUNT:
            return 0 < figure.value < smallest
        if figure.kind is not Kind.SHARE or not isinstance(figure.n, Decimal):
            return False
        part = (figure.value * figure.n / 100).to_integral_value()
        return 0 < part < smallest or 0 < figure.n - part < smallest


@dataclass(frozen=True, slots=True)
class Work:
    """A work that the handbook builds on. A source without title is told by its subject."""

    id: str
    subject: str
    where: Where
    title: str = ""
    author: str = ""
    year: str = ""
    kind: str = ""
    publisher: str = ""
    doi: str = ""
    link: str = ""
    checked: date | None = None
    page: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class LicenceCard:
    """An instrument that somebody else owns: a link, a holder and a licence, never its text."""

    id: str
    name: str
    where: Where
    holder: str
    licence: str
    link: str
    summary: str = ""
    checked: date | None = None


@dataclass(frozen=True, slots=True)
class Regulation:
    """A law, a code, a numbered form or a deadline that the handbook rests on and that grows old.

    `since` and `until` are as the time of a table of figures; `since` may be the mark saknas.
    """

    id: str
    name: str
    kind: str
    where: Where
    since: str
    until: str = ""
    summary: str = ""
    checked: date | None = None
    review_by: date | None = None
    link: str = ""
    steps: tuple[str, ...] = ()
    page: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Entrance:
    """Where a reader with a role begins: pages in the order to read them."""

    reader: str
    summary: str
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outlink:
    """Something outside of the handbook: booking, support, local routines."""

    name: str
    link: str
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Revision:
    """A version of the handbook: what became different, and the pages and reports that it touches."""

    version: str
    day: date
    text: str
    where: Where
    pages: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HandbookPage:
    """A page: its place in the order, the parts it shows (`processer:amia`) and what somebody wrote on it."""

    id: str
    title: str
    group: str
    where: Where
    shows: tuple[str, ...] = ()
    prose: FreePage | None = None


@dataclass(frozen=True, slots=True)
class DefinedMeasure:
    """A measure of the catalogue with the part of a handbook that defines it.

    On a page (`section` is sidor) `heading` is the anchor of the heading in its text, where it is under one.
    """

    measure: str
    section: str
    part: str
    where: Where
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """Something that the handbook names: `kind` is the section it should stand in."""

    kind: str
    name: str
    owner: str
    where: Where


@dataclass(frozen=True, slots=True)
class Handbook:
    """A whole handbook. `owner` is a role; `kind` is metod, kurs or arbetssatt."""

    id: str
    name: str
    kind: str
    where: Where
    summary: str = ""
    owner: str = ""
    organisation: str = ""
    version: str = ""
    revised: date | None = None
    review_by: date | None = None
    licence: str = ""
    status: str = "utkast"
    source: str = ""
    proposals: str = ""
    """The page that tells how to propose a change."""
    processes: Mapping[str, Process] = field(default_factory=dict)
    routines: Mapping[str, Routine] = field(default_factory=dict)
    roles: Mapping[str, HandbookRole] = field(default_factory=dict)
    activities: Mapping[str, Activity] = field(default_factory=dict)
    forms: Mapping[str, PaperForm] = field(default_factory=dict)
    scales: Mapping[str, RatingScale] = field(default_factory=dict)
    programmes: Mapping[str, Programme] = field(default_factory=dict)
    lists: Mapping[str, ItemList] = field(default_factory=dict)
    grids: Mapping[str, Grid] = field(default_factory=dict)
    cases: Mapping[str, Case] = field(default_factory=dict)
    figures: Mapping[str, FigureTable] = field(default_factory=dict)
    works: Mapping[str, Work] = field(default_factory=dict)
    cards: Mapping[str, LicenceCard] = field(default_factory=dict)
    regulations: Mapping[str, Regulation] = field(default_factory=dict)
    entrances: tuple[Entrance, ...] = ()
    outlinks: tuple[Outlink, ...] = ()
    changes: tuple[Revision, ...] = ()
    pages: Mapping[str, HandbookPage] = field(default_factory=dict)
    references: tuple[Reference, ...] = ()
    defined: tuple[DefinedMeasure, ...] = ()
    texts: tuple[Paragraph, ...] = ()
    """Every free text of the data, for what must hold of all of them."""

    def sections(self) -> Mapping[str, Mapping[str, Any]]:
        """The parts of the handbook by section and id, as files and pages name them."""
        return {
            "processer": self.processes,
            "rutiner": self.routines,
            "roller": self.roles,
            "aktiviteter": self.activities,
            "blanketter": self.forms,
            "skalor": self.scales,
            "program": self.programmes,
            "listor": self.lists,
            "tabeller": self.grids,
            "fall": self.cases,
            "siffror": self.figures,
            "litteratur": self.works,
            "licenskort": self.cards,
            "regler": self.regulations,
            "sidor": self.pages,
        }

    @property
    def days(self) -> tuple[date, ...]:
        """The days it was worked on: when it was revised, and its versions."""
        return tuple(day for day in (self.revised, *(change.day for change in self.changes)) if day)

    @property
    def place(self) -> str:
        """How findings and accepted findings name it: `metoder/amia`."""
        return f"metoder/{self.id}"
