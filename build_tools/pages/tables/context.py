"""Whose table it is: the report, the names of its catalogue, and the ways to other pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from build_tools import texts
from build_tools.addresses import measure_path, report_path, to
from build_tools.model import Blank, Fact, Measure, Publication, PublishedReport
from build_tools.pages.grids import Value, value


@dataclass(frozen=True, slots=True)
class Context:
    """Whose table it is, and the section it stands in.

    `anchored` is set where the figures get anchors that links can point to: once on a page.
    """

    report: PublishedReport
    publication: Publication
    section: int | None = None
    anchored: bool = False

    def label(self, enumeration: str, code: str) -> str:
        """The Swedish name of a category, or its code where the project has none."""
        found = self.publication.catalogue.enumerations.get(enumeration)
        category = found.categories.get(code) if found else None
        return category.label if category else readable(code)

    def measure(self, measure: str) -> Measure | None:
        """A measure of the catalogue."""
        return self.publication.catalogue.measures.get(measure)

    def home(self, measure: Measure) -> int | None:
        """The section of the report that a measure belongs to."""
        template = self.publication.catalogue.templates.get(self.report.template)
        return template.home(measure) if template else measure.section

    def name(self, measure: str) -> str:
        """The label of a measure, or its id where the catalogue lacks it."""
        found = self.measure(measure)
        return found.label if found else readable(measure)

    def definition(self, measure: str) -> str:
        """The address of a measure's page, seen from the report; empty where it has none."""
        known = measure in self.publication.catalogue.measures
        return to(report_path(self.report.id), measure_path(measure)) if known else ""

    def of(self, *measures: str) -> list[Fact | Blank]:
        """The report's own figures of some measures."""
        return [figure for figure in self.figures() if figure.cell.measure in measures]

    def figures(self) -> Iterator[Fact | Blank]:
        """All figures of the report; the share of a count only where the count itself is not told."""
        cells = self.report.cells
        return (
            figure
            for key, figure in cells.items()
            if not figure.cell.is_share or key.removesuffix(".andel") not in cells
        )

    def figure(self, cell: str) -> Fact | Blank | None:
        """What may be shown of a cell."""
        return self.report.cells.get(cell)

    def place(self, cell: str, unit: str = "") -> Value:
        """A cell as a place in a table."""
        figure = self.figure(cell)
        return value(figure, unit, texts.anchor(cell) if self.anchored and figure is not None else "")


def readable(code: str) -> str:
    """A code as words: `avslut_2021` → `Avslut 2021`, `sus` → `SUS`."""
    words = code.replace("_", " ").replace(".", ", ")
    return words.upper() if len(words) <= 3 else words[:1].upper() + words[1:]
