"""The prose of every report of the demo: whole, of the right length, and silent about protected figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from build_tools.model import Placement, PublishedReport, Section
from tests.demo import ROOT
from tests.told import SINGLE, published

REPORTS = published()
FINISHED = tuple(sorted(key for key, known in REPORTS.items() if not known.shown.is_draft))
DRAFTS = tuple(sorted(set(REPORTS) - set(FINISHED)))
CARRIED = ("ekvik/2022", "ekvik/2023")
LACKING = {("sater/2021", 8, "analys")}
"""Parts that the source itself lacks."""


def text(report: str) -> str:
    """What a reader meets of a report's prose, a paragraph on each line: no headings, no comments."""
    parts = (part for section in sections(REPORTS[report].shown) for part in section.parts)
    return "\n".join(paragraph.text for part in parts for paragraph in part.paragraphs)


def sections(report: PublishedReport) -> tuple[Section, ...]:
    """The sections that a report has prose for."""
    return report.prose.sections if report.prose else ()


def words(section: Section) -> int:
    """How many words a reader meets in a section."""
    told = (paragraph.text for part in section.parts for paragraph in part.paragraphs)
    return len(re.findall(r"\w+(?:[-,\u00a0]\w+)*", " ".join(told)))


def required(report: str) -> Iterator[tuple[int, str]]:
    """The sections and parts that the template asks for."""
    known = REPORTS[report]
    for section in known.catalogue.templates[known.shown.template].sections:
        if section.required:
            yield (section.number, "")
            yield from ((section.number, part.id) for part in section.parts if part.required)


def test_the_demo_has_four_real_reports_twelve_invented_and_a_draft() -> None:
    """All that the demo should hold is there."""
    real = {"sater/2021", "avesta/2019-2020", "mitt-val/2019-2022", "ockelbo/2020-2022"}
    assert real <= set(FINISHED)
    assert len(set(FINISHED) - real) == 12
    assert len(DRAFTS) == 1


@pytest.mark.parametrize("report", FINISHED)
def test_every_required_part_has_text(report: str) -> None:
    """A finished report has all that its template requires, save what its source lacks."""
    there = {
        (section.number, part.id)
        for section in sections(REPORTS[report].shown)
        for part in section.parts
        if part.paragraphs
    }
    there |= {(number, "") for number, _part in there}
    lacking = {place for place in required(report) if place not in there}
    assert lacking == {place[1:] for place in LACKING if place[0] == report}


@pytest.mark.parametrize("report", FINISHED)
def test_sections_are_neither_thin_nor_long(report: str) -> None:
    """A section has 60 to 250 words."""
    found = {section.number: words(section) for section in sections(REPORTS[report].shown)}
    assert {number: count for number, count in found.items() if not 60 <= count <= 250} == {}


@pytest.mark.parametrize("report", sorted(REPORTS))
def test_no_protected_figure_is_told(report: str) -> None:
    """No section gives a protected cell away, neither as a number nor as a share nor as a word."""
    known = REPORTS[report]
    told = {
        (section.number, cell)
        for section in sections(known.shown)
        for part in section.parts
        for paragraph in part.paragraphs
        for cell in known.told(paragraph.text)
    }
    assert told == set()


@pytest.mark.parametrize("report", sorted(REPORTS))
def test_reasons_of_accepted_findings_tell_no_protected_figure(report: str) -> None:
    """The published reason of an accepted finding gives no protected cell away."""
    rows = yaml.safe_load((ROOT / "data" / "godtagna.yml").read_text("utf-8"))
    reasons = [row["skal"] for row in rows if row["plats"].startswith(f"{report}#")]
    assert REPORTS[report].told("\n".join(reasons)) == set()


@pytest.mark.parametrize("report", sorted(REPORTS))
def test_no_single_person_is_told_of(report: str) -> None:
    """Nobody is told of alone, no youngest or oldest, and no reason why staff were away."""
    forbidden = (
        rf"\b(?:{SINGLE})|\byngsta|\bäldsta|sjukskriven medarbetare|sjukfrånvaro|föräldraled|tjänstledig"
    )
    assert re.findall(forbidden, text(report), re.IGNORECASE) == []


@pytest.mark.parametrize("report", sorted(REPORTS))
def test_swedish_typography(report: str) -> None:
    """Thousands have no-break spaces, shares are in words, and no range or minus is an ASCII hyphen."""
    assert re.findall(r"\d \d{3}\b|\d\.\d|\d\s?%|(?:^|\s)-\d|\d-\d", text(report)) == []


@pytest.mark.parametrize("report", FINISHED)
def test_a_placed_table_or_chart_is_there(report: str) -> None:
    """What the writer places in the text is something that the report has."""
    shown = REPORTS[report].shown
    pieces = (piece for section in sections(shown) for part in section.parts for piece in part.body)
    placed = [piece for piece in pieces if isinstance(piece, Placement)]
    assert all(piece.caption for piece in placed)


def test_only_one_year_carries_sentences_over() -> None:
    """Every report is written anew, save one that shows what the comparison says of texts that stand."""
    seen: dict[str, str] = {}
    twice = set()
    for report in sorted(REPORTS):
        for sentence in re.split(r"(?<=[.!?])\s+", text(report)):
            told = sentence.strip()
            if len(told.split()) > 7 and seen.setdefault(told, report) != report:
                twice.add((seen[told], report, told))
    assert {pair[:2] for pair in twice} == {CARRIED}
    assert 5 < len(twice) < 15


def test_the_files_are_those_of_the_reports() -> None:
    """Every text has its figures and every figures file its text."""
    folders = (ROOT / "content" / "rapporter", ROOT / "data" / "rapporter")
    prose, figures = ({_name(path, folder) for path in folder.rglob("*.*")} for folder in folders)
    assert prose == figures == set(REPORTS)


def _name(path: Path, folder: Path) -> str:
    return str(path.relative_to(folder).with_suffix(""))
