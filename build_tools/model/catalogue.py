"""What figures mean: measures, enumerations, scales and report templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from build_tools.model.values import Kind, Where


@dataclass(frozen=True, slots=True)
class Definition:
    """One version of what a measure means, in force from a day."""

    version: int
    since: date
    text: str


def whole_keys(measure: str) -> tuple[str, str]:
    """The cells that can stand for a whole measure, by its id."""
    start, _, column = measure.rpartition(".")
    return measure, f"{start}.summa.{column}"


@dataclass(frozen=True, slots=True)
class Measure:
    """A row of the catalogue. `direction` is hog_bra, lag_bra or neutral; `decimals` is for display.

    `time` is flode, bestand or lage where the measure itself says how it belongs to time.
    """

    id: str
    label: str
    explanation: str
    unit: str
    kind: Kind
    where: Where
    decimals: int = 0
    direction: str = "neutral"
    population: str = ""
    point: str = ""
    time: str = ""
    groups: tuple[str, ...] = ()
    enumeration: str = ""
    parts: tuple[str, ...] = ()
    section: int | None = None
    formula: str = ""
    derived: bool = False
    key: bool = False
    """Shown among the key figures at the top of a report."""
    definitions: tuple[Definition, ...] = ()
    synonyms: tuple[str, ...] = ()

    @property
    def whole(self) -> tuple[str, str]:
        """The cells that can stand for all of it: its total, or the bottom line of a table of money."""
        return whole_keys(self.id)

    def definition_at(self, day: date) -> Definition | None:
        """The version in force on a day; before the first one, the first."""
        before = [one for one in self.definitions if one.since <= day]
        return before[-1] if before else next(iter(self.definitions), None)

    def changed_between(self, earlier: date, later: date) -> Definition | None:
        """The version in force on the later day, where it is another than on the earlier: a series break."""
        now = self.definition_at(later)
        return now if now != self.definition_at(earlier) else None


@dataclass(frozen=True, slots=True)
class Category:
    """A value of an enumeration. Level 2 codes are dotted (`kommun.socialtjanst`)."""

    code: str
    label: str
    explanation: str = ""
    parent: str = ""
    reported_as: str = ""
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A closed list in two levels, with the reporting level above them where there is one."""

    id: str
    label: str
    categories: Mapping[str, Category]
    reporting: Mapping[str, Category] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scale:
    """An answer scale (ordered steps) or a self-rating scale (minimum to maximum)."""

    id: str
    label: str
    version: int
    steps: Mapping[str, str]
    minimum: Decimal | None = None
    maximum: Decimal | None = None


@dataclass(frozen=True, slots=True)
class TemplatePart:
    """A part of a section: Beskrivning, Analys, Reflektion."""

    id: str
    title: str
    required: bool


@dataclass(frozen=True, slots=True)
class TemplateSection:
    """A section of a report. `shows` names the tables and charts that follow its first part.

    `measures` are beginnings of the ids of the measures at home in it, where the template says so itself.
    """

    number: int
    id: str
    title: str
    perspective: str
    required: bool
    parts: tuple[TemplatePart, ...]
    shows: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """The headings of one kind of report."""

    id: str
    label: str
    sections: tuple[TemplateSection, ...]

    def home(self, measure: Measure) -> int | None:
        """The section that a measure belongs to: the template's own choice, or that of the catalogue."""
        chosen = {start: section.number for section in self.sections for start in section.measures}
        begins = [start for start in chosen if f"{measure.id}.".startswith(f"{start}.")]
        return chosen[max(begins, key=len)] if begins else None if chosen else measure.section


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All definitions of a project, by id and in the order of their files."""

    measures: Mapping[str, Measure]
    enumerations: Mapping[str, Enumeration]
    scales: Mapping[str, Scale]
    templates: Mapping[str, Template]
