"""Under which headings the figures of several reports stand, and the notes that their places point to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from build_tools.addresses import measure_path, report_path, to
from build_tools.model import Publication, PublishedReport, Template, whole_keys
from build_tools.pages.grids import Footnote, sign

T = TypeVar("T")
ALL = "Alla uppgifter"
REST = "Övriga uppgifter"


@dataclass(frozen=True, slots=True)
class Area(Generic[T]):
    """A section of the template with what belongs there; without a number where the templates differ."""

    number: int | None
    title: str
    rows: tuple[T, ...]

    @property
    def anchor(self) -> str:
        """Where it stands on its page."""
        return "alla-uppgifter" if self.number is None else f"avsnitt-{self.number}"

    @property
    def heading(self) -> str:
        """Its title with its number, as in a report."""
        return f"{self.number}. {self.title}" if self.number else self.title


def areas(
    rows: Iterable[T],
    measure: Callable[[T], str],
    reports: Sequence[PublishedReport],
    publication: Publication,
) -> tuple[Area[T], ...]:
    """Rows under the sections of the reports' template; under one heading where they have several."""
    template = shared_template(reports, publication)
    if template is None:
        found = tuple(rows)
        return (Area(None, ALL, found),) if found else ()
    grouped: dict[int | None, list[T]] = {section.number: [] for section in template.sections}
    known = publication.catalogue.measures
    for row in rows:
        about = known.get(measure(row))
        number = template.home(about) if about else None
        grouped.setdefault(number if number in grouped else None, []).append(row)
    titles = {section.number: section.title for section in template.sections}
    return tuple(Area(one, titles.get(one or 0, REST), tuple(own)) for one, own in grouped.items() if own)


def shared_template(reports: Sequence[PublishedReport], publication: Publication) -> Template | None:
    """The template of some reports, if they all follow one."""
    names = {report.template for report in reports}
    return publication.catalogue.templates.get(names.pop()) if len(names) == 1 else None


def is_whole(key: str, measure: str) -> bool:
    """Whether a figure stands for a whole measure: its total, or the bottom line of a table of money."""
    return key in whole_keys(measure)


def parted(
    rows: Iterable[T], entire: Callable[[T], bool], lasting: Callable[[T], bool]
) -> tuple[list[T], list[T], list[T]]:
    """Rows that stand for whole measures, those that such a one is split into, and those that have no peers.

    `entire` tells whether a row is a whole measure, and `lasting` whether it has anything to stand beside.
    """
    whole: list[T] = []
    split: list[T] = []
    alone: list[T] = []
    for row in rows:
        (alone if not lasting(row) else whole if entire(row) else split).append(row)
    return whole, split, alone


def definition(measure: str, path: str, publication: Publication) -> str:
    """The way from a page to that of a measure; empty where the catalogue lacks it."""
    return to(path, measure_path(measure)) if measure in publication.catalogue.measures else ""


@dataclass(frozen=True, slots=True)
class Head:
    """A report as the head of a column: its insats, its period and the way to it."""

    report: str
    intervention: str
    name: str
    period: str
    href: str


def head(report: PublishedReport, path: str, publication: Publication, period: str) -> Head:
    """What stands over a report's column."""
    team = publication.interventions[report.intervention]
    return Head(report.id, team.id, team.name, period, to(path, report_path(report.id)))


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign at a place, and what a screen reader hears before it."""

    sign: str
    anchor: str
    told: str


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes of an area, each text once, in the order its places come."""

    area: str
    known: dict[str, int] = field(default_factory=dict)

    def sign(self, text: str, told: str) -> Sign:
        """The sign of a text."""
        place = sign(self.known.setdefault(text, len(self.known)))
        return Sign(place, f"not-{self.area}-{place}", told)

    def footnotes(self) -> tuple[Footnote, ...]:
        """All texts with their signs."""
        return tuple(
            Footnote(sign(place), text, f"not-{self.area}-{sign(place)}")
            for text, place in self.known.items()
        )
