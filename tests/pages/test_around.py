"""What the pages tell of reports beside each other: drafts, new ways of counting, and names of any kind."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from build_tools.build import build
from build_tools.pages.grids import sign
from tests.casefiles import PROSE, write_project
from tests.pages.test_pages import read

SCRIPT = "<script>window.xss=1</script>"
EARLIER = """
rapport:
  insats: nord
  typ: arsrapport
  mall: liten
  period: {{start: 2023-01-01, slut: 2023-12-31, typ: kalenderar}}
  status: {status}
definitioner: {{mal_orsaker: [arbete], mal_namnare: alla_avslut, tidigt_avhopp: saknas}}
flode:
  nya: {{kvinna: 14, man: 11}}
avslut:
  celler: {{arbete: 10, studier: 9}}
"""
LATER = "flode:\n  nya: {kvinna: 12, man: 9}\navslut:\n  celler: {arbete: 12, studier: 8}\n"
NEW_DEFINITION = (
    "definitioner: [{version: 1, fran: 2018-01-01, text: Alla.}, "
    "{version: 2, fran: 2024-01-01, text: Bara vuxna.}], "
)
HOSTILE = f"""
enkater:
  - id: avslut_2024
    fragor:
      - {{id: nytta, text: 'Nytta {SCRIPT}', skala: grad_3, n: 40,
         svar: {{delvis: 20, helt: 13}}, olagda: [7]}}
mal:
  - {{id: a, text: 'Mål {SCRIPT}', matt: flode.nya, troskel: 10, riktning: minst,
     stallforetradande: 'Mäts {SCRIPT}', dom: ej_uppfyllt}}
implementering:
  - {{dimension: reach, text: 'Räckvidd {SCRIPT}', cell: flode.nya}}
omfattning:
  - {{kalla: projektet, mal: 60, inskrivna: 45}}
"""
PLACED = "".join(f"![x](tabell:{name})\n\n" for name in ("enkat", "uppsatta_mal", "re_aim", "omfattning"))


def pages(root: Path) -> dict[str, str]:
    """Every page of a project by its path."""
    built = build(root)
    assert built.files, [finding.message for finding in built.findings]
    return {file.path: str(file.content) for file in built.files if file.path.endswith(".md")}


def with_years(root: Path, status: str = "slutlig") -> None:
    """The small project with two years, the first of them with a status."""
    write_project(root, LATER)
    data = root / "data" / "rapporter" / "nord" / "2023.yml"
    data.write_text(EARLIER.format(status=status), encoding="utf-8")
    (root / "content" / "rapporter" / "nord" / "2023.md").write_text(PROSE, encoding="utf-8")


def rewrite(path: Path, before: str, after: str) -> None:
    """Change one place of a file."""
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_drafts_are_counted_and_never_named(tmp_path: Path) -> None:
    """The status board says how many drafts there are; no page leads to them or names their year."""
    with_years(tmp_path, "utkast")
    made = pages(tmp_path)
    assert "1 rapport är ett utkast och har ännu inte publicerats." in made["forbund/provforbundet/lage.md"]
    assert [path for path, text in made.items() if "2023" in path or "2023" in text] == []


def test_the_board_names_what_has_no_text(tmp_path: Path) -> None:
    """Parts are told by title and section, so that a reader knows what is missing."""
    with_years(tmp_path)
    prose = tmp_path / "content" / "rapporter" / "nord" / "2023.md"
    prose.write_text(PROSE.split("### Analys")[0], encoding="utf-8")
    board = pages(tmp_path)["forbund/provforbundet/lage.md"]
    assert "Analys i 1" in board.split("2023", 2)[2]


def test_a_new_definition_is_marked_between_the_years(tmp_path: Path) -> None:
    """The first value counted in the new way bears a sign, and its footnote tells the definition."""
    with_years(tmp_path)
    rewrite(tmp_path / "data" / "nyckeltal.yml", "flode.nya: {", f"flode.nya: {{{NEW_DEFINITION}")
    text = read(pages(tmp_path)["insatser/nord.md"])
    assert "Nya deltagare | 25 | 21a" in text
    assert "a Nya deltagare. Ny definition från 1 januari 2024: Bara vuxna." in text


def test_another_goal_is_marked_between_the_years(tmp_path: Path) -> None:
    """What an insats counts as reaching the goal is a definition too."""
    with_years(tmp_path)
    measures = tmp_path / "data" / "nyckeltal.yml"
    rewrite(measures, "mal.andel_alla: {", "mal.andel_alla: {viktig: true, ")
    made = pages(tmp_path)
    told = "Målet räknas olika: 2023 som "
    assert told in read(made["insatser/nord.md"])
    assert ", går inte att jämföra" in read(made["rapporter/nord/2024.md"])


def test_years_counted_alike_bear_no_mark(tmp_path: Path) -> None:
    """Without a new definition there is neither sign nor footnote."""
    with_years(tmp_path)
    assert "brott" not in pages(tmp_path)["insatser/nord.md"]


@pytest.mark.parametrize(("place", "told"), [(0, "a"), (25, "z"), (26, "aa"), (27, "ab"), (52, "ba")])
def test_footnotes_never_run_out_of_signs(place: int, told: str) -> None:
    """After z comes aa."""
    assert sign(place) == told


def test_whatever_people_write_is_text(tmp_path: Path) -> None:
    """Names, questions, goals, statements and reasons come out as the signs that were typed."""
    write_project(tmp_path, LATER + HOSTILE)
    data = tmp_path / "data"
    rewrite(data / "forbund.yml", "namn: Provförbundet", f"namn: 'F {SCRIPT}', pahittat: true")
    rewrite(data / "insatser" / "nord.yml", "namn: Team Nord", f"namn: 'Nord {SCRIPT}'")
    reason = (
        f"- {{cell: nord/2024#flode.nya.man, gammalt: '8', nytt: '9', datum: 2025-02-01, orsak: '{SCRIPT}'}}"
    )
    (data / "rattelser.yml").write_text(f"{reason}\n", encoding="utf-8")
    prose = tmp_path / "content" / "rapporter" / "nord" / "2024.md"
    rewrite(prose, "Text.\n", f"Text.\n\n{PLACED}")
    made = pages(tmp_path)
    for path in ("index.md", "nytt/index.md", "forbund/provforbundet/lage.md", "rapporter/nord/2024.md"):
        assert "&lt;script&gt;" in made[path], path
    bodies = {path: text.split("---\n", 2)[2] for path, text in made.items()}
    assert [path for path, text in bodies.items() if re.search("<script", text)] == []


def test_notes_on_one_figure_in_two_sections_have_anchors_of_their_own(tmp_path: Path) -> None:
    """A link to a note leads to one place."""
    told = "\n".join(f"  - {{cell: flode.nya, varde: 1{n}, avsnitt: {n}, del: beskrivning}}" for n in (1, 2))
    write_project(tmp_path, f"{LATER}uppgivet:\n{told}\n")
    accepted = (
        "{kod: R07a, plats: 'nord/2024#flode.nya', skal: Känt., roll: redaktör, galler_till: tills_vidare}"
    )
    (tmp_path / "data" / "godtagna.yml").write_text(f"- {accepted}\n", encoding="utf-8")
    made = pages(tmp_path)
    board = made["forbund/provforbundet/lage.md"]
    assert '<a href="../../../rapporter/nord/2024/kvalitet/#anmarkningar">2 anmärkningar</a>' in board
    anchors = re.findall(r'<li id="(not-[^"]*)"', made["rapporter/nord/2024.md"])
    assert anchors == ["not-r07a-flode-nya", "not-r07a-flode-nya-2"]
