"""Which cells of two reports are one figure, what it is called, and how its value is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from build_tools import texts
from build_tools.compare.rules import GATHERED
from build_tools.compare.traits import CHANGES, SURVEYS, Reading
from build_tools.model import Blank, Fact, Kind, Measure

SERIES = "serie"
SEXES = {"kvinna": "kvinnor", "man": "män"}
POINTS = {"fore": "före", "efter": "efter", "skillnad": "skillnad", "forandring": "förändring"}
RATED = {
    "medel_fore": "medel före",
    "medel_efter": "medel efter",
    "summa_fore": "summa före",
    "summa_efter": "summa efter",
}
NOT_REPORTED = "redovisas inte"
"""In the place of a figure that a report does not have; what its source lacks has a mark of its own."""
EMPLOYERS = "huvudman"
STARTS = re.compile(r"\d{4}-\d\d-\d\d")
NAMING = ("aktualiserande_part", "kalla", EMPLOYERS)
"""Lists of names, which keep their capitals within a sentence."""
CODED = {"omfattning.": "kalla"}
"""Measures whose category is a code of another list than the catalogue says."""


@dataclass(frozen=True, slots=True)
class Line:
    """A figure by the key under which other reports have the same one."""

    key: str
    cell: str
    figure: Fact | Blank


def lines(reading: Reading) -> Iterator[Line]:
    """Every figure of a report. Surveys of different years have one key, if a report has one of each."""
    taken: set[str] = set()
    for cell, figure in reading.report.cells.items():
        key = _key(cell, figure)
        if key in taken:
            key = cell
        taken.add(key)
        yield Line(key, cell, figure)


def _key(cell: str, figure: Fact | Blank) -> str:
    """The cell id without the year in the name of a survey: `enkat.avslut_2021.tid` → `enkat.avslut.tid`."""
    if not figure.cell.measure.startswith(SURVEYS):
        return cell
    first, survey, *rest = cell.split(".")
    return ".".join((first, re.sub(r"[_\d]+$", "", survey), *rest))


def is_sum(figure: Fact | Blank, reading: Reading) -> bool:
    """Whether a figure is only what the parts of a distribution, or the answers to a question, add up to.

    It repeats what another measure tells (those who began, those who left, those who answered).
    """
    return figure.cell.id in reading.report.tables or figure.cell.id in reading.questions


def shown(figure: Fact | Blank | None, measure: Measure | None) -> str:
    """A figure as it stands in a table: with its unit and base, or the word in its place."""
    if figure is None:
        return NOT_REPORTED
    if isinstance(figure, Fact) and figure.kind is Kind.SHARE and figure.cell.point != "forandring":
        if isinstance(figure.n, Decimal) and figure.n > 0:
            return texts.share(texts.rounded(figure.value * figure.n / 100, 0), figure.n)
        return texts.shown(figure)
    return texts.shown(figure, measure.unit if measure else "")


def label(figure: Fact | Blank, reading: Reading) -> str:
    """What a figure is called where it stands alone: its measure and everything it is told of."""
    cell = figure.cell
    measure = reading.catalogue.measures.get(cell.measure)
    name = measure.label if measure else cell.measure
    question = next(
        (one for key, one in reading.questions.items() if f"{cell.id}.".startswith(f"{key}.")), None
    )
    if question and cell.measure.startswith(SURVEYS):
        told = [f"”{question[1].text or question[1].id}”", *_answer(figure, question[1].scale, reading)]
    else:
        told = [name, *_extra(figure, measure, reading)]
    if cell.group:
        told.append(SEXES.get(cell.group, _word("avslutsorsak", cell.group, reading)))
    return ", ".join([*told, "andel"] if cell.is_share and not question else told)


def _answer(figure: Fact | Blank, scale: str, reading: Reading) -> Iterator[str]:
    """The step of a scale that an answer is, or from which step it is counted."""
    known = reading.catalogue.scales.get(scale)
    steps = known.steps if known else {}
    last = figure.cell.id.removesuffix(".andel").rpartition(".")[2]
    if last.startswith("fran_"):
        step = last.removeprefix("fran_")
        yield f"från ”{steps.get(step, step)}” och uppåt"
    elif figure.cell.category:
        yield f"”{steps.get(figure.cell.category, figure.cell.category)}”"
    if figure.cell.is_share:
        yield "andel"


def _extra(figure: Fact | Blank, measure: Measure | None, reading: Reading) -> Iterator[str]:
    cell = figure.cell
    if cell.category:
        coded = next((name for start, name in CODED.items() if cell.measure.startswith(start)), "")
        yield _category(figure, coded or (measure.enumeration if measure else ""), reading)
    if cell.point == SERIES and isinstance(figure, Fact) and figure.period:
        yield texts.period(figure.period)
    elif cell.point in CHANGES:
        yield POINTS[cell.point]
    elif measure and cell.point and cell.point != measure.point:
        yield _point(cell.point, reading)
    rated = cell.id.rpartition(".")[2]
    if rated in RATED or (rated == "skillnad" and cell.category):
        yield RATED.get(rated, rated)
    if measure and cell.population and cell.population != measure.population:
        yield _word("population", cell.population, reading)


def _point(code: str, reading: Reading) -> str:
    """The measuring point of a figure; that of a post is who employs, and since when."""
    listed = reading.catalogue.enumerations.get(EMPLOYERS)
    employer, _, start = code.partition("_")
    if listed is None or employer not in listed.categories:
        return _word("matpunkt", code, reading)
    since = f" från {texts.day(date.fromisoformat(start))}" if STARTS.fullmatch(start) else ""
    return f"{_word(EMPLOYERS, employer, reading)}{since}"


def _category(figure: Fact | Blank, enumeration: str, reading: Reading) -> str:
    """A category's own name, or that of the row that gathers it with others."""
    cell, code = figure.cell.id.removesuffix(".andel"), figure.cell.category
    listed = reading.catalogue.enumerations.get(enumeration or "avslutsorsak")
    if listed and code in listed.categories:
        return _word(listed.id, code, reading)
    for table in reading.report.tables.values():
        for row in table.rows:
            if row.cell == cell and len(row.categories) > 1:
                return row.label[:1].lower() + row.label[1:]
    return GATHERED.get(code) or _word(enumeration or "avslutsorsak", code, reading)


def _word(enumeration: str, code: str, reading: Reading) -> str:
    """A label within a sentence; names keep their capital."""
    listed = reading.catalogue.enumerations.get(enumeration)
    known = ({**listed.categories, **listed.reporting}).get(code) if listed else None
    if known is None:
        return code.replace("_", " ").replace(".", ", ")
    keeps = known.label[1:2].isupper() or enumeration in NAMING
    return known.label if keeps else known.label[:1].lower() + known.label[1:]
