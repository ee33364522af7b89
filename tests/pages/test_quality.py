"""The quality page of a report: counts of rules and slips, the notes, and no figure that is not shown."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from build_tools import trials
from build_tools.build import build, examine, rules
from build_tools.compare import compare
from build_tools.model import Edition, Fact, Guard, Mark, PublishedReport, Role
from build_tools.pages import write
from build_tools.protect import protect, protected_cells
from build_tools.protect.scores import of_shown
from tests.casefiles import write_project

QUALITY = "rapporter/nord/2024/kvalitet.md"
WRITTEN = """
flode:
  ingang: {kvinna: 12, man: 15}
  nya: {kvinna: 2741, man: 11}
  utgang: {kvinna: 9, man: 14}
avslut: {population: avslutade, celler: {arbete: 2753, studier: 3}}
uppgivet:
  - {cell: flode.nya.kvinna, varde: 2739}
=== data/godtagna.yml
- kod: R07a
  plats: nord/2024#flode.nya.kvinna
  skal: Källan skriver olika.
  roll: redaktör
  galler_till: tills_vidare
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with one report that contradicts itself once, which is accepted."""
    write_project(tmp_path, WRITTEN)
    return tmp_path


def pages(root: Path, *, preview: bool = False) -> dict[str, str]:
    """Every page of the project by its path."""
    built = build(root, preview=preview)
    assert built.files, [finding.message for finding in built.findings]
    return {file.path: str(file.content) for file in built.files}


def counts(text: str) -> dict[str, int]:
    """The pairs of term and number at the top of the page."""
    return {term: int(told) for term, told in re.findall(r"<dt>([^<]+)</dt><dd>(\d+)</dd>", text)}


def test_the_page_counts_what_was_tried(root: Path) -> None:
    """Rules tried, held, not held and without anything to try are those of the review."""
    reviews = examine(root).reviews
    tried = [one for one in reviews if one.held + one.failed]
    assert counts(pages(root)[QUALITY]) == {
        "Regler som prövades": len(tried),
        "Regler som höll": sum(not one.failed for one in tried),
        "Regler som inte höll överallt": 1,
        "Regler utan något att pröva": len(reviews) - len(tried),
        "Prövningar tillsammans": sum(one.held + one.failed for one in tried),
    }


def test_the_report_and_the_rules_lead_there(root: Path) -> None:
    """Who reads the report, or asks where a rule did not hold, comes to the page and back."""
    found = pages(root)
    assert 'href="kvalitet/"' in found["rapporter/nord/2024.md"]
    assert 'href="../../rapporter/nord/2024/kvalitet/"' in found["om/kontroller.md"]
    assert 'href="../#not-r07a-flode-nya-kvinna"' in found[QUALITY]
    assert "Källan skriver olika." in found[QUALITY]


def test_it_tells_how_much_would_be_noticed(root: Path) -> None:
    """A share with its counts, of shown figures; in the preview, which should be quick, nothing is said."""
    told = re.search(
        r"Av (\d+) skrivfel på prov i (\d+) tal skulle (\d+) upptäckas: (\d+)\xa0%", pages(root)[QUALITY]
    )
    assert told
    tried, figures, noticed, share = map(int, told.groups())
    assert share == round(100 * noticed / tried)
    seen = examine(root)
    publication = protect(seen.edition, seen.accepted, seen.reviews, rules())
    stated = {one.cell for one in guards(seen.edition)["nord/2024"]}
    hidden = protected_cells(publication, seen.edition)["nord/2024"]
    assert stated & set(hidden)
    assert figures == len(stated - set(hidden)) + 1  # one of them is told once more
    assert "skulle upptäckas" not in pages(root, preview=True)[QUALITY].split("## ", 1)[1]


def guards(edition: Edition) -> dict[str, tuple[Guard, ...]]:
    """How well every stated figure is guarded, hidden ones too."""
    return {name: trials.guards(report, edition) for name, report in edition.reports.items()}


def published(root: Path) -> PublishedReport:
    """The report as it may be shown."""
    seen = examine(root)
    return protect(seen.edition, seen.accepted, seen.reviews, rules()).reports["nord/2024"]


def test_last_years_number_counts_where_it_is_shown(root: Path) -> None:
    """A number told of the year before is shown, or not, in a place of its own."""
    report = published(root)
    fact = next(one for one in report.cells.values() if isinstance(one, Fact))
    told = Guard(fact.cell.id, fact.where, 5, 5, True, (), Role.PREVIOUS)
    assert of_shown(report, [told]).figures == 0
    assert of_shown(replace(report, previous_stated={fact.cell.id: fact}), [told]).figures == 1


def test_a_number_beside_a_figure_counts_where_it_is_shown(root: Path) -> None:
    """How many stand behind a figure is told of only where a reader sees that number with its figure."""
    report = published(root)
    fact = next(one for one in report.cells.values() if isinstance(one, Fact))
    told = Guard(f"{fact.cell.id}#n", fact.where, 6, 6, True)
    for n, counted in ((Decimal(40), 1), (Mark.PROTECTED, 0), (None, 0)):
        cells = {**report.cells, fact.cell.id: replace(fact, n=n)}
        assert of_shown(replace(report, cells=cells), [told]).figures == counted
    assert of_shown(report, [replace(told, cell="enkat.finns_inte#n")]).figures == 0
    assert of_shown(report, [replace(told, cell="definitioner#inom_dagar")]).figures == 0


def test_figures_are_told_by_name(root: Path) -> None:
    """What no rule guards stands by itself, and then what is guarded; a question is told once."""
    text = pages(root)[QUALITY]
    guarded = text.split("Tal som bevakas av någon regel", 1)[1].split("</details>", 1)[0]
    assert "<li>Nya deltagare, kvinnor</li>" in guarded
    assert "Tal som ingen regel bevakar" not in text


def test_no_hidden_figure_and_no_cell_stands_there(root: Path) -> None:
    """The page holds counts of rules: neither a raw number nor the name of a protected cell."""
    seen = examine(root)
    publication = compare(protect(seen.edition, seen.accepted, seen.reviews, rules()), root / ".cache")
    hidden = protected_cells(publication, seen.edition)["nord/2024"]
    assert "avslut.studier" in hidden
    text = next(str(file.content) for file in write(publication) if file.path == QUALITY)
    assert [cell for cell in seen.edition.reports["nord/2024"].cells if f">{cell}<" in text] == []
    assert not re.search(r"2\s?7[345]\d", text)


def test_a_draft_has_no_page(tmp_path: Path) -> None:
    """What is not published is not told of."""
    write_project(tmp_path, WRITTEN.split("uppgivet")[0])
    report = tmp_path / "data" / "rapporter" / "nord" / "2024.yml"
    report.write_text(report.read_text("utf-8").replace("status: slutlig", "status: utkast"), "utf-8")
    assert QUALITY not in pages(tmp_path)
    assert QUALITY in pages(tmp_path, preview=True)
