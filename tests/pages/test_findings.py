"""In the preview each page says what stands in its way, at its top and at the section; no reader sees it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from build_tools.build import Built, build
from tests.casefiles import PROSE, REPORT, TEXT, write_project

WRITTEN = """
flode:
  ingang: {kvinna: 22, man: 18}
  nya: {kvinna: 12, man: 9}
  utgang: {kvinna: 20, man: 17}
avslut: {celler: {arbete: {kvinna: 9, man: 7}, studier: {kvinna: 5, man: 3}}}
ekonomi:
  enhet: kr
  rader:
    personal: {budget: 1000000, utfall: 900000, avvikelse: -100000}
uppgifter: {finns.inte: 3}
"""
HERE = re.compile(r'<aside class="sr-anmarkningar" id="([\w-]+)".*?</aside>', re.DOTALL)
TOP = re.compile(r'<section class="sr-anmarkningar".*?</section>', re.DOTALL)


def pages(built: Built) -> dict[str, str]:
    """Every page by its path."""
    return {file.path: str(file.content) for file in built.files if file.path.endswith(".md")}


def seen(root: Path, page: str) -> str:
    """A page of the preview."""
    return pages(build(root, preview=True))[page]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with a fault in two sections and one that is in none."""
    write_project(tmp_path, WRITTEN)
    text = (tmp_path / TEXT).read_text("utf-8")
    (tmp_path / TEXT).write_text(text.replace("## 2", "![x](diagram:finns-inte)\n\n## 2"), "utf-8")
    return tmp_path


def test_the_top_leads_to_what_is_said_of_each_section(root: Path) -> None:
    """The counts are those of the whole report; every way leads to an aside that is there."""
    page = seen(root, "rapporter/nord/2024.md")
    (top,) = TOP.findall(page)
    asides = HERE.findall(page)
    assert "Anmärkningar: 3 fel" in top
    assert re.findall(r'<li><a href="#([\w-]+)">', top) == asides
    assert page.index("</section>") < page.index("<aside")
    assert asides == sorted(asides, key=lambda anchor: page.index(f'id="{anchor}"'))


def test_a_finding_stands_at_the_section_it_concerns(root: Path) -> None:
    """A figure's where its measure is at home, the text's where its line is, and the rest at the top."""
    page = seen(root, "rapporter/nord/2024.md")
    told = {match[1]: re.findall(r">([FR]\d\d[a-z]?)</a> <code>", match[0]) for match in HERE.finditer(page)}
    assert told == {"anmarkningar-avsnitt-1": ["F48"], "anmarkningar-avsnitt-3": ["R10a"]}, told
    (top,) = TOP.findall(page)
    assert re.findall(r">([FR]\d\d[a-z]?)</a> <code>", top) == ["F18"]


def test_a_finding_is_told_with_its_level_as_a_word_and_its_remedy(root: Path) -> None:
    """Nothing is told by colour alone; rule, place, proposals and the way to apply one stand beside."""
    page = seen(root, "rapporter/nord/2024.md")
    said = next(match[0] for match in HERE.finditer(page) if ">R10a<" in match[0])
    line = re.search(rf"<code>{REPORT}:(\d+)</code>", said)
    assert line
    assert "<strong>Fel</strong>" in said
    assert 'href="../../../om/kontroller/#r10a"' in said
    assert "Troligast: " in said
    assert f"granska --ratta {REPORT}:{line[1]}</code>" in said
    assert re.search(r'aria-label="Anmärkningar: 3\. [^"]+"', said)


def test_a_finding_of_the_project_stands_on_the_start_page(root: Path) -> None:
    """The start page tells what is said of no other page, and leads to those that something is said of."""
    policy = root / "data" / "policy.yml"
    policy.write_text(f"{policy.read_text('utf-8')}okand: 1\n", "utf-8")
    (root / "content" / "index.md").write_text("# Start\n", "utf-8")
    (root / "content" / "om").mkdir()
    (root / "content" / "om" / "sida.md").write_text("# Sida\n\n[x](borta.md)\n", "utf-8")
    found = pages(build(root, preview=True))
    (top,) = TOP.findall(found["index.md"])
    assert "</a> <code>data/policy.yml:" in top
    assert "F45" not in top
    assert '<li><a href="rapporter/nord/2024/">Rapporten nord/2024</a>: 3 fel</li>' in top
    assert '<li><a href="om/sida/">content/om/sida.md</a>: 1 fel</li>' in top
    assert ">F45</a>" in TOP.findall(found["om/sida.md"])[0]


def test_the_insats_page_tells_of_its_own_file(root: Path) -> None:
    """What is wrong in the file of an insats stands on its page."""
    path = root / "data" / "insatser" / "nord.yml"
    path.write_text(path.read_text("utf-8") + "okand: 1\n", "utf-8")
    (top,) = TOP.findall(seen(root, "insatser/nord.md"))
    assert ">F11</a> <code>data/insatser/nord.yml:" in top


def test_nothing_of_it_is_published(tmp_path: Path) -> None:
    """A site that is built to be read has no trace of it, also where there are warnings and notices."""
    right = WRITTEN.replace("avvikelse: -100000", "avvikelse: 100000")
    written = right.replace("uppgifter: {finns.inte: 3}", "")
    write_project(tmp_path, written)
    (tmp_path / TEXT).write_text(PROSE.replace("### Analys\n\nText.\n", ""), "utf-8")
    built = build(tmp_path)
    assert built.findings
    assert built.files
    assert [
        path for path, text in pages(built).items() if "sr-anmarkningar" in text or "sr-fynd" in text
    ] == []
    assert "sr-fynd" in seen(tmp_path, "rapporter/nord/2024.md")


def test_no_words_of_a_finding_become_markup(root: Path) -> None:
    """What a message quotes of the writer's own text stays text on one line."""
    hostile = "<script>alert(1)</script>\\n\\n# Rubrik"
    path = root / REPORT
    path.write_text(path.read_text("utf-8").replace("finns.inte: 3", f'"{hostile}": 3'), "utf-8")
    page = seen(root, "rapporter/nord/2024.md")
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "\n# Rubrik" not in page
