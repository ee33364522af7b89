"""Many insatser and many years beside each other: nothing is ranked, and nothing refused is drawn."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from build_tools.build import build
from build_tools.pages.compare.section import moved
from tests.casefiles import GOALS, IDENTITY, PROSE, write_project
from tests.pages.test_pages import read

SCRIPT = "<script>window.xss=1</script>"
NORTH = "flode:\n  ingang: {kvinna: 22, man: 18}\n  nya: {kvinna: 40, man: 29}\n"
SOUTH = "flode:\n  ingang: {kvinna: 30, man: 21}\n  nya: {kvinna: 31, man: 60}\n"
YEAR = "jamfor/ar/provforbundet/2024.md"
RUN = "insatser/nord/alla-ar.md"
WHOLE = "forbund/provforbundet/2024.md"
SECTION = "jamfor/ar/provforbundet/2024/deltagare.md"


def pages(root: Path) -> dict[str, str]:
    """Every page of a project by its path."""
    built = build(root)
    assert built.files, [finding.message for finding in built.findings]
    return {file.path: str(file.content) for file in built.files}


def report(root: Path, insats: str, year: int, figures: str, prose: str = PROSE) -> None:
    """Write a report of an insats."""
    told = figures + IDENTITY.replace("nord", insats).replace("2024", str(year)) + GOALS
    for folder, text, ending in (("data", told, "yml"), ("content", prose, "md")):
        path = root / folder / "rapporter" / insats / f"{year}.{ending}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("Team Nord 2024", f"Team {insats} {year}"), encoding="utf-8")


def with_south(root: Path, name: str = "Team Syd", figures: str = SOUTH) -> None:
    """The small project with two insatser in one year."""
    write_project(root, NORTH)
    team = (root / "data/insatser/nord.yml").read_text("utf-8").replace("Team Nord", f"'{name}'")
    (root / "data/insatser/syd.yml").write_text(team, encoding="utf-8")
    report(root, "syd", 2024, figures)


def test_insatser_stand_by_name_and_bars_begin_at_zero(tmp_path: Path) -> None:
    """The columns are in order of names, and the greatest number of a row has the whole width."""
    with_south(tmp_path)
    page = pages(tmp_path)[YEAR]
    assert page.index("Team Nord</a>") < page.index("Team Syd</a>")
    row = next(line for line in page.splitlines() if "Nya deltagare</a>" in line)
    assert re.findall(r"--andel:(\d+)%", row) == ["76", "100"]
    assert re.findall(r'data-tal="(\d+)"', row) == ["69", "91"]
    assert "ingen rangordning" in page


def test_a_share_outside_its_band_is_marked_in_words(tmp_path: Path) -> None:
    """The mark has a sign and words, and tells the band; one that chance gives has none."""
    with_south(tmp_path)
    text = read(pages(tmp_path)[YEAR])
    new = next(line for line in text.splitlines() if line.startswith("Nya deltagare, kvinnor, andel"))
    assert new.endswith("| 58 % (40 av 69)▲ högre än väntat, 33–57 % | 34 % (31 av 91)")
    stayed = next(
        line for line in text.splitlines() if line.startswith("Inskrivna vid periodens start, kvinnor, a")
    )
    assert "väntat" not in stayed


def test_what_cannot_be_compared_says_why_and_has_no_bar(tmp_path: Path) -> None:
    """A number of another length of time has a note at its place, and the columns cannot be ordered by it."""
    with_south(tmp_path)
    half = tmp_path / "data/rapporter/syd/2024.yml"
    text = half.read_text("utf-8").replace("start: 2024-01-01", "start: 2024-07-01")
    half.write_text(text.replace("kalenderar", "halvar"), encoding="utf-8")
    half.rename(half.with_name("2024-h2.yml"))
    (tmp_path / "content/rapporter/syd/2024.md").rename(tmp_path / "content/rapporter/syd/2024-h2.md")
    page = pages(tmp_path)[YEAR]
    row = next(line for line in page.splitlines() if "Nya deltagare</a>" in line)
    assert "kan inte jämföras" in row
    assert "--andel" not in row
    assert "data-tal" not in row
    target = re.search(r'href="#(not-[^"]+)" aria-label="Kan inte jämföras', row)
    assert target
    assert f'id="{target[1]}"' in page
    assert "Perioderna är olika långa" in page


def test_one_report_alone_has_nothing_beside_it(tmp_path: Path) -> None:
    """A year with one report says so, the förbund as a whole is that report, and one year is no run."""
    write_project(tmp_path, NORTH)
    made = pages(tmp_path)
    assert "Bara en insats har en rapport som slutar under 2024" in made[YEAR]
    assert "<table>" not in made[YEAR]
    assert RUN not in made
    assert SECTION not in made
    assert "69 personer började, enligt den enda rapporten." in read(made[WHOLE])
    assert "alla-ar" not in made["insatser/nord.md"]
    assert "jamfor/ar" not in made["forbund/provforbundet.md"]


def test_a_project_without_reports_has_none_of_the_pages(tmp_path: Path) -> None:
    """Nothing to lay side by side is no fault."""
    write_project(tmp_path, NORTH)
    (tmp_path / "data/rapporter/nord/2024.yml").unlink()
    (tmp_path / "content/rapporter/nord/2024.md").unlink()
    made = {file.path for file in build(tmp_path, preview=True).files}
    assert "forbund/provforbundet.md" in made
    assert not {
        path
        for path in made
        if path.startswith(("jamfor/ar/", "forbund/provforbundet/2")) or "alla-ar" in path
    }


def test_all_hidden_leaves_words_alone(tmp_path: Path) -> None:
    """Where everything is protected there are no numbers, bars, lines or totals."""
    with_south(tmp_path)
    report(tmp_path, "nord", 2023, NORTH)
    policy = tmp_path / "data/policy.yml"
    policy.write_text(
        re.sub(r"(troskel\w*): \d+", r"\1: 100000", policy.read_text("utf-8")), encoding="utf-8"
    )
    made = pages(tmp_path)
    assert "skyddad" in made[YEAR]
    for path in (YEAR, RUN, WHOLE):
        assert "--andel" not in made[path]
        assert "<circle" not in made[path]
        assert not re.search(r"\d personer", made[path]), path


def test_names_of_any_kind_are_only_text(tmp_path: Path) -> None:
    """An insats may be called anything, on every page where it stands beside another."""
    with_south(tmp_path, f"Syd {SCRIPT} {{{{ 7*7 }}}}")
    report(tmp_path, "syd", 2023, SOUTH)
    made = pages(tmp_path)
    for path in (YEAR, SECTION, WHOLE, "insatser/syd/alla-ar.md"):
        body = made[path].split("---\n", 2)[2]
        assert "xss" in body, path
        assert "<script" not in body, path


def test_a_section_shows_all_texts_with_the_same_figures(tmp_path: Path) -> None:
    """Each card has the section's first figures in one order, and the page is left out of the search."""
    with_south(tmp_path)
    page = pages(tmp_path)[SECTION]
    assert "search:\n  exclude: true" in page
    labels = re.findall(r"<dt>(.*?)</dt>", page)
    assert labels
    assert labels == labels[: len(labels) // 2] * 2
    assert 'href="../../../../../rapporter/nord/2024/#avsnitt-1"' in page
    assert 'rel="next"' in page


@pytest.mark.parametrize(
    ("address", "seen"),
    [
        ("#flode-nya", "../../rapporter/nord/2024/#flode-nya"),
        ("../2023/#a", "../../rapporter/nord/2023/#a"),
        ("../bild.png", "../../rapporter/nord/bild.png"),
        ("https://example.org/?a=1&amp;b=2", "https://example.org/?a=1&amp;b=2"),
        ("mailto:a@example.org", "mailto:a@example.org"),
    ],
)
def test_links_in_texts_lead_where_they_led(address: str, seen: str) -> None:
    """A text that is shown on another page than its own keeps its links and pictures."""
    html = f'<p><a href="{address}">x</a> href="#nej"</p>'
    told = moved(html, "rapporter/nord/2024.md", "jamfor/x.md")
    assert f'<a href="{seen}">' in told


def test_a_line_stops_where_years_part(tmp_path: Path) -> None:
    """A year that counts otherwise is hatched off, its cell marked, and the reason told in words at both."""
    write_project(tmp_path, NORTH)
    report(tmp_path, "nord", 2023, NORTH)
    catalogue = tmp_path / "data/nyckeltal.yml"
    text, broken = (
        catalogue.read_text("utf-8"),
        (
            "definitioner: [{version: 1, fran: 2018-01-01, text: Alla.}, "
            "{version: 2, fran: 2024-01-01, text: Bara vuxna.}], "
        ),
    )
    catalogue.write_text(text.replace("flode.nya: {", "flode.nya: {" + broken, 1), encoding="utf-8")
    page = pages(tmp_path)[RUN]
    figure = next(part for part in page.split("<figure") if "Nya deltagare" in part[:200])
    assert "sr-skraffering" in figure
    assert "sr-linje" not in figure
    assert "Bruten före 2024" in figure
    other = next(part for part in page.split("<figure") if "periodens start" in part[:200])
    assert "sr-linje" in other
    assert "sr-skraffering" not in other
    row = next(line for line in page.splitlines() if line.startswith("<tr>") and "Nya deltagare</a>" in line)
    assert "sr-brott" in row
    assert "Kan inte jämföras med perioden före" in row


def test_a_total_without_a_part_says_which(tmp_path: Path) -> None:
    """A sum of fewer reports than there are is never told as that of all."""
    with_south(tmp_path, figures="flode:\n  ingang: {kvinna: 30, man: 21}\n")
    text = read(pages(tmp_path)[WHOLE])
    assert "Team Syd 2024 redovisar inte uppgiften." in text
    assert "Nya deltagare: ingen siffra anges för förbundet." in text
    assert "Inskrivna vid periodens start | 91 personer | summa | båda rapporterna" in text


def test_a_förbund_with_an_insats_that_has_no_report_never_sounds_whole(tmp_path: Path) -> None:
    """What went on during the year without a report is named, and every figure says how many it is of."""
    with_south(tmp_path)
    for folder, ending in (("data", "yml"), ("content", "md")):
        (tmp_path / folder / f"rapporter/syd/2024.{ending}").unlink()
    text = read(pages(tmp_path)[WHOLE])
    assert "69 personer började, räknat på bara 1 av 2 insatser." in text
    assert "Team Syd pågick men har ingen publicerad rapport som slutar under 2024." in text
    assert "den enda rapporten" not in text
    assert "| bara 1 av 2 insatser" in text


def test_a_förbund_and_year_tells_of_its_own_drafts(tmp_path: Path) -> None:
    """A draft is counted in the year that it ends in, and in no other."""
    write_project(tmp_path, NORTH)
    report(tmp_path, "nord", 2023, NORTH)
    report(tmp_path, "nord", 2025, NORTH)
    draft = tmp_path / "data/rapporter/nord/2025.yml"
    text = draft.read_text("utf-8")
    assert "status: slutlig" in text
    draft.write_text(text.replace("status: slutlig", "status: utkast"), encoding="utf-8")
    made = pages(tmp_path)
    assert "forbund/provforbundet/2025.md" not in made
    for year in (2023, 2024):
        assert f"Inga rapporter som slutar under {year} är utkast." in made[WHOLE.replace("2024", str(year))]
    assert "1 rapport är ett utkast och har ännu inte publicerats." in made["forbund/provforbundet/lage.md"]


def test_a_word_in_the_place_of_a_number_has_a_note(tmp_path: Path) -> None:
    """What it means is reached by touch and keyboard, not by a pointer that rests on it."""
    with_south(tmp_path, figures="flode:\n  ingang: {kvinna: 30, man: 21}\n  nya: {kvinna: 4, man: 31}\n")
    page = pages(tmp_path)[YEAR]
    assert "title=" not in page.split("---\n", 2)[2]
    words = re.findall(r'<span class="sr-mark">[^<]+</span>(<sup><a href="#(not-[^"]+)")?', page)
    assert words
    assert all(f'id="{target}"' in page for _, target in words)
