"""The quality page of a report: counts of rules and slips, the notes, and no figure that is not shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from build_tools.build import build, examine, rules
from build_tools.pages import write
from build_tools.protect import protect, protected_cells
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
    """A share with its counts; in the preview, which should be quick, nothing is said of it."""
    told = re.search(
        r"Av (\d+) skrivfel på prov i 9 tal skulle (\d+) upptäckas: (\d+)\xa0%", pages(root)[QUALITY]
    )
    assert told
    tried, noticed, share = map(int, told.groups())
    assert share == round(100 * noticed / tried)
    assert "skulle upptäckas" not in pages(root, preview=True)[QUALITY].split("## ", 1)[1]


def test_no_hidden_figure_and_no_cell_stands_there(root: Path) -> None:
    """The page holds counts of rules: neither a raw number nor the name of a protected cell."""
    seen = examine(root)
    publication = protect(seen.edition, seen.accepted, seen.reviews, rules())
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
