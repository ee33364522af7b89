"""What leaves the program: findings in three formats, the site, the plain project, the swap, the preview."""

import json
import logging
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace as changed
from datetime import date
from pathlib import Path
from urllib.request import urlopen
from xml.etree import ElementTree

import pytest
from markdown import markdown
from mkdocs.commands.build import build as build_site
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from build_tools.build import Built
from build_tools.lock import locked
from build_tools.model import File, Finding, Level, Proposal, Where
from build_tools.outlets import findings, folder, preview, replace, site
from build_tools.outlets.blocks import block_end
from build_tools.outlets.config import BLOCKS, SETTINGS, settings
from build_tools.outlets.excerpts import excerpt, room_in, source_lines
from build_tools.outlets.menu import menu
from build_tools.outlets.replace import MARKER, Place, RefusedError, reserved
from build_tools.plugin import SamrapportPlugin

REPORT = """# Säter 2021

## 1. Deltagare

<p>Under året fick 29 personer försörjningsstöd.</p>

<table><tr><td>1</td></tr></table>
"""
FILES = (
    File("index.md", "# Start\n\n[Säter 2021](rapporter/sater/2021.md)\n", "content/index.md"),
    File("om/index.md", "# Om webbplatsen\n", "content/om/index.md"),
    File("om/andringar.md", "# Ändringar\n", "content/om/andringar.md"),
    File("insatser/index.md", "# Insatser\n"),
    File("insatser/sater.md", "# Säter\n"),
    File("rapporter/sater/2021.md", REPORT, "content/rapporter/sater/2021.md"),
)
BUILT = Built((), FILES, ("sater/2021",), date(2021, 12, 31))
ERROR = Finding(
    "R01a",
    Level.ERROR,
    "26 inskrivna + 11 nya − 10 avslutade blir 27, men vid årets slut anges 29.",
    Where("data/rapporter/sater/2021.yml", 26, 5),
    proposals=(
        Proposal("data/rapporter/sater/2021.yml", 27, "flode.nya.kvinna", "7", "Då stämmer även totalen."),
    ),
)
WARNING = changed(ERROR, code="R12", level=Level.WARNING, proposals=())
NOTICE = changed(ERROR, code="R08", level=Level.NOTICE, where=Where("data/policy.yml"), proposals=())
HOSTILE = "Rad ett\nrad två\r\x1b[31m::error::50 % av, allt: ‮tyst\x00"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with nothing in it but its folders."""
    project = tmp_path / "projekt"
    (project / "content").mkdir(parents=True)
    (project / "data").mkdir()
    return project


def written(root: Path, into: Path, built: Built = BUILT) -> Path:
    """Write the site without complaint."""
    into.mkdir()
    assert site.write(root, built, into) == ()
    return into


def complaints(root: Path, into: Path, *files: File) -> list[tuple[str, str, int]]:
    """Write a site that is not right, and tell code, file and line of what is said."""
    into.mkdir()
    kept = tuple(file for file in FILES if file.path not in {other.path for other in files})
    found = site.write(root, changed(BUILT, files=(*kept, *files)), into)
    assert {one.level for one in found} == {Level.ERROR}
    return [(one.code, one.where.file, one.where.line) for one in found]


def tree(folder: Path) -> Mapping[str, bytes]:
    """Every file below a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


# Findings ---------------------------------------------------------------------------------------------


def test_a_finding_is_one_line_with_its_proposals_below() -> None:
    """The line says where, how grave, which rule and what; what would mend it stands indented."""
    assert findings.as_text(ERROR).splitlines() == [
        "data/rapporter/sater/2021.yml:26  fel  R01a  "
        "26 inskrivna + 11 nya − 10 avslutade blir 27, men vid årets slut anges 29.",
        "    Troligast: flode.nya.kvinna = 7 (data/rapporter/sater/2021.yml:27). Då stämmer även totalen.",
    ]


def test_several_proposals_are_told_apart() -> None:
    """The first is the most likely; the others are alternatives."""
    twice = changed(ERROR, proposals=ERROR.proposals * 3)
    assert [line.split()[0] for line in findings.proposals(twice)] == ["Troligast:", "Eller:", "Eller:"]


def test_json_has_the_promised_keys() -> None:
    """The names of the keys are public; a program reads one object a line."""
    assert json.loads(findings.as_json(ERROR)) == {
        "kod": "R01a",
        "niva": "fel",
        "fil": "data/rapporter/sater/2021.yml",
        "rad": 26,
        "kolumn": 5,
        "text": ERROR.message,
        "forslag": [
            {
                "fil": "data/rapporter/sater/2021.yml",
                "rad": 27,
                "cell": "flode.nya.kvinna",
                "varde": "7",
                "skal": "Då stämmer även totalen.",
            }
        ],
    }


def test_no_authors_words_break_the_line() -> None:
    """A line break or a control character in a message neither makes a line nor steers the terminal."""
    hostile = changed(ERROR, message=HOSTILE, where=Where("data/a\nb.yml"), proposals=())
    assert findings.as_text(hostile).isprintable()
    assert "\n" not in findings.as_json(hostile)
    assert json.loads(findings.as_json(hostile))["text"] == HOSTILE


def test_a_github_annotation_says_all_that_the_text_says(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """File, line and column, the rule with its title, the message, and each proposal on its own line."""
    monkeypatch.chdir(root)
    assert findings.as_github(ERROR, root, {"R01a": "Flödet går ihop"}) == (
        "::error file=data/rapporter/sater/2021.yml,line=26,col=5,title=R01a Flödet går ihop::"
        "26 inskrivna + 11 nya − 10 avslutade blir 27, men vid årets slut anges 29.%0A"
        "    Troligast: flode.nya.kvinna = 7 (data/rapporter/sater/2021.yml:27). Då stämmer även totalen."
    )
    assert findings.as_github(NOTICE, root, {}).startswith("::notice file=data/policy.yml,")
    assert findings.as_github(WARNING, root, {}).startswith("::warning ")


def test_github_annotations_are_escaped(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """GitHub ends a property at a comma or colon and a message at a line break, so these are escaped.

    No author's sign begins a command of its own, nor steers the log that a person reads.
    """
    monkeypatch.chdir(root)
    hostile = changed(ERROR, message=HOSTILE, where=Where("data/a,b:c%\n.yml", 3, 9), proposals=())
    line = findings.as_github(hostile, root, {"R01a": "Ett, två: 3\r100 %"})
    assert line.startswith(
        "::error file=data/a%2Cb%3Ac%25%0A.yml,line=3,col=9,title=R01a Ett%2C två%3A 3%0D100 %25::Rad ett%0A"
    )
    assert line.endswith("rad två%0D [31m::error::50 %25 av, allt:  tyst ")
    assert line.isprintable()


@pytest.mark.parametrize("kept", [".git", ".git/HEAD"], ids=["worktree", "clone"])
def test_github_paths_count_from_the_top_of_the_repository(
    root: Path, monkeypatch: pytest.MonkeyPatch, kept: str
) -> None:
    """With --rot the annotation lands on the file wherever one stands; without git, from where one stands."""
    monkeypatch.chdir(root.parent)
    assert "file=projekt/data/policy.yml,line=1,col=1" in findings.as_github(NOTICE, root, {})
    (root.parent / kept).parent.mkdir(exist_ok=True)
    (root.parent / kept).write_text("")
    for stand in (root, root / "data", root.parent):
        monkeypatch.chdir(stand)
        assert "file=projekt/data/policy.yml,line=1,col=1" in findings.as_github(NOTICE, root, {})


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ((), "Inga anmärkningar."),
        ((ERROR,), "1 fel i 1 fil."),
        ((ERROR, WARNING, WARNING, NOTICE), "1 fel, 2 varningar och 1 notis i 2 filer."),
    ],
)
def test_the_sum_counts_each_level(found: tuple[Finding, ...], said: str) -> None:
    """The last line says how many of each there are."""
    assert findings.summary(found) == said


def pointed(root: Path, content: bytes, line: int, column: int) -> tuple[str, ...]:
    """What is shown of a place in a file."""
    (root / "data" / "fall.yml").write_bytes(content)
    source_lines.cache_clear()
    return excerpt(root, Where("data/fall.yml", line, column))


@pytest.mark.parametrize(
    ("content", "line", "column", "shown"),
    [
        (b"flode:\n  nya: {kvinna: 5}\n", 2, 8, ("  nya: {kvinna: 5}", "       ^")),
        (b"\xef\xbb\xbfflode:\r\n  nya: 5\r\n", 1, 1, ("flode:", "^")),
        (b"flode:\r  nya: 5\r", 2, 8, ("  nya: 5", "       ^")),
        (b"\tnya: 5", 1, 7, (" nya: 5", "      ^")),
        ("åäö: e\u0301 5".encode(), 1, 9, ("åäö: e\u0301 5", "       ^")),
        ("漢字🙂: 5".encode(), 1, 6, ("漢字🙂: 5", "        ^")),
        (b"nya: 5   ", 1, 99, ("nya: 5", "      ^")),
        (b"a\x1b[2Jb: \xe2\x80\xae5", 1, 9, ("a [2Jb:  5", "        ^")),
    ],
    ids=["flow", "windows lines", "old mac lines", "tab", "combining", "wide", "past the end", "hostile"],
)
def test_the_place_is_pointed_at_in_the_source_line(
    root: Path, content: bytes, line: int, column: int, shown: tuple[str, str]
) -> None:
    """Below the line stands a caret under the column, however wide the signs before it are."""
    assert pointed(root, content, line, column) == tuple(f"    {one}" for one in shown)


@pytest.mark.parametrize(
    "where",
    [
        Where("data/saknas.yml", 3),
        Where("data", 1),
        Where("data/fall.yml", 99),
        Where("data/fall.yml", 0),
        Where("data/fall.yml", 2),
        Where("data/\x00.yml"),
        Where("data/" + "x" * 5000),
        Where(""),
        Where("data/fall.yml/x"),
        Where("data/ute.yml"),
        Where("../ute.yml"),
        Where("data/ring.yml"),
        Where("data/stor.yml"),
    ],
    ids=lambda where: f"{where.file[:20]}:{where.line}".replace("\x00", "0"),
)
def test_a_place_that_is_not_there_has_no_excerpt(root: Path, where: Where) -> None:
    """A file that is missing, outside, too large or a folder, an empty line: the finding stands alone."""
    (root / "data" / "fall.yml").write_text("a: 1\n   \n")
    (root.parent / "ute.yml").write_text("hemligt\n")
    (root / "data" / "ute.yml").symlink_to(root.parent / "ute.yml")
    (root / "data" / "ring.yml").symlink_to("ring.yml")
    (root / "data" / "stor.yml").write_text("x" * 1_000_001)
    source_lines.cache_clear()
    assert excerpt(root, where) == ()


@pytest.mark.parametrize("content", [b"a: \xff\xfe 5\n", b"\xff\xfea\x00", b"\x7fELF\x00\x01 x\n"])
def test_what_is_no_text_has_no_excerpt(root: Path, content: bytes) -> None:
    """A file in another encoding, or no text at all, is not shown."""
    assert pointed(root, content, 1, 1) == ()


def test_a_long_line_is_cut_round_its_place(root: Path) -> None:
    """Of a line of nearly a megabyte only what is round the place is shown, with signs where it is cut."""
    content = b"x" * 400_000 + b"HIT" + "漢".encode() * 100_000
    line, caret = pointed(root, content, 1, 400_001)
    assert line == f"    …{'x' * 50}HIT{'漢' * 23}…"
    assert line[len(caret) - 1 :].startswith("HIT")
    narrow = excerpt(root, Where("data/fall.yml", 1, 400_001), room_in(20))
    assert narrow == ("    …xxxxxxxHIT漢漢…", "            ^")


# The site -----------------------------------------------------------------------------------------------


def test_two_builds_in_different_folders_give_the_same_bytes(root: Path, tmp_path: Path) -> None:
    """The same input gives the same bytes: no clock, no path and no machine in any file, gzip included."""
    other = tmp_path / "elsewhere" / "annat"
    shutil.copytree(root, other)
    one = tree(written(root, tmp_path / "a"))
    two = tree(written(other, tmp_path / "elsewhere" / "b"))
    assert one == two
    assert {"sitemap.xml", "sitemap.xml.gz", "search/search_index.json", "404.html"} <= set(one)


def test_dates_are_those_of_the_data(root: Path, tmp_path: Path) -> None:
    """The sitemap carries the newest data date, and the variable that brings it there is put back."""
    (root / "mkdocs.yml").write_text("site_name: Prov\nsite_url: https://exempel.se/\n")
    sitemap = written(root, tmp_path / "ut") / "sitemap.xml"
    dates = {e.text for e in ElementTree.parse(sitemap).iter() if e.tag.endswith("lastmod")}  # noqa: S314
    assert dates == {"2021-12-31"}
    assert "SOURCE_DATE_EPOCH" not in os.environ


def test_the_site_is_swedish_and_asks_no_other_host(root: Path, tmp_path: Path) -> None:
    """The page says it is Swedish, and neither style, script, font nor picture comes from elsewhere."""
    page = (written(root, tmp_path / "ut") / "rapporter/sater/2021/index.html").read_text("utf-8")
    assert '<html lang="sv"' in page
    assert re.findall(r"<(?:link|script|img)[^>]+(?:href|src)=\"?(?:https?:)?//[^>]*", page) == []
    assert "Länk till detta avsnitt" in page


def test_reports_are_found_by_search_but_stand_outside_the_menu(root: Path, tmp_path: Path) -> None:
    """With every report in the menu, building time and page size would grow by the square."""
    out = written(root, tmp_path / "ut")
    index = json.loads((out / "search/search_index.json").read_text("utf-8"))
    assert "rapporter/sater/2021/" in {doc["location"] for doc in index["docs"]}
    assert "rapporter/sater/2021" not in (out / "om/index.html").read_text("utf-8")


def test_the_menu_leads_to_what_stands_outside_it() -> None:
    """A project that states no menu gets the ways in, then the writers' own folders."""
    assert menu(FILES) == [
        {"Start": "index.md"},
        {"Insatser": "insatser/index.md"},
        {"Om": ["om/index.md", "om/andringar.md"]},
    ]


def test_a_folder_is_ordered_by_its_own_first_page() -> None:
    """Pages stand as the folder's first page lists them; a folder within one is called what that is."""
    links = '<a href="mitt/">text</a> <a href="sist/">a</a> <a href="mitt/#x">b</a>'
    first = f'---\ntitle: "Skriv en rapport"\n---\n{links}'
    pages = {
        "om/index.md": "",
        "om/skriva/index.md": first,
        "om/skriva/aldre.md": "",
        "om/skriva/mitt.md": "",
    }
    pages["om/skriva/sist.md"] = ""
    assert menu(File(path, text) for path, text in pages.items()) == [
        {
            "Om": [
                "om/index.md",
                {
                    "Skriv en rapport": [
                        "om/skriva/index.md",
                        "om/skriva/sist.md",
                        "om/skriva/mitt.md",
                        "om/skriva/aldre.md",
                    ]
                },
            ]
        }
    ]


def test_only_pictures_and_pdf_pass_from_content(root: Path, tmp_path: Path) -> None:
    """Scripts and pages in content/ never reach the site; nor does a link out of the project."""
    content = root / "content"
    for name in ("bild.PNG", "om/plan.pdf", "ond.js", "ond.html", "ond.svgz", "rå.md", ".dold.png"):
        (content / name).parent.mkdir(exist_ok=True)
        (content / name).write_text("<script>alert(1)</script>")
    (tmp_path / "hemlig.png").write_text("hemlig")
    (content / "ute.png").symlink_to(tmp_path / "hemlig.png")
    (content / "mapp").symlink_to(tmp_path, target_is_directory=True)
    out, plain = written(root, tmp_path / "ut"), tmp_path / "mapp"
    plain.mkdir()
    assert folder.write(root, BUILT, plain) == ()
    theme = {"assets", "search"}
    passed = {path for path in tree(out) if path.split("/")[0] not in theme}
    assert {"bild.PNG", "om/plan.pdf"} <= passed
    assert {
        path for path in passed if "ond" in path or "ute" in path or "rå" in path or "hem" in path
    } == set()
    assert ".dold.png" not in passed
    assert {path for path in tree(plain / "docs") if not path.endswith(".md")} == {"bild.PNG", "om/plan.pdf"}


def test_no_file_of_the_writers_hides_one_of_the_theme(root: Path, tmp_path: Path) -> None:
    """A style sheet laid in content/ under the theme's own name neither passes nor takes its place."""
    ours = "assets/samrapport/samrapport.css"
    plain = tree(written(root, tmp_path / "a"))
    (root / "content" / ours).parent.mkdir(parents=True)
    (root / "content" / ours).write_text("body { display: none }")
    assert tree(written(root, tmp_path / "b")) == plain
    assert ours in plain


def test_the_project_chooses_but_not_everything(root: Path, tmp_path: Path) -> None:
    """A project's own name and colours count; another language, or fonts from another host, do not."""
    theme = "{name: material, language: en, font: {text: Roboto}, palette: {scheme: slate}}"
    own = f"site_name: Vårt förbund\nextra: {{generator: true}}\ntheme: {theme}\n"
    (root / "mkdocs.yml").write_text(own, "utf-8")
    page = (written(root, tmp_path / "ut") / "index.html").read_text("utf-8")
    assert "<title>Vårt förbund</title>" in page
    assert 'data-md-color-scheme="slate"' in page
    assert '<html lang="sv"' in page
    assert "fonts.g" not in page
    assert "Made with" not in page


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("# A\n\n[x](finns-ej.md)\n", "S01", 3),
        ("# A\n\n![x](bild.png)\n", "S01", 3),
        ("# A\n\nOrd.\n\n[x](index.md#finns-ej)\n", "S02", 5),
        ("# A\n\n[x](#finns-ej)\n", "S02", 3),
        ("# A\n\n[x](/om/)\n", "S03", 3),
        ("# A\n\n[x](index)\n", "S04", 3),
    ],
)
def test_a_dead_link_is_a_finding_where_it_stands(
    root: Path, tmp_path: Path, text: str, code: str, line: int
) -> None:
    """What MkDocs warns of stops the build, in Swedish, at the line in the writer's own file."""
    (root / "content" / "om").mkdir()
    (root / "content" / "om" / "andringar.md").write_text(text)
    file = File("om/andringar.md", text, "content/om/andringar.md")
    assert complaints(root, tmp_path / "ut", file) == [(code, "content/om/andringar.md", line)]


@pytest.mark.parametrize(
    ("config", "code", "line"),
    [
        ("site_name: A\nnav: [index.md, om/index.md, om/andringar.md, borta.md]\n", "S05", 2),
        ("site_name: A\nnot_in_nav: /om/andringar.md\nnav: [index.md, om/index.md, /borta]\n", "S06", 3),
        ("site_name: A\nnav: [index.md, insatser/index.md, om/index.md]\n", "S07", 1),
        ("site_name: [\n", "S09", 1),
        ("- a\n- b\n", "S09", 1),
        ("3\n", "S09", 1),
        ("theme: material\n", "S08", 1),
        ("site_name: A\ntheme: readthedocs\n", "S09", 1),
        ("site_name: A\ntheme: 3\n", "S08", 2),
        ("site_name: A\nplugins: [finns-ej]\n", "S08", 2),
        ("site_name: A\nplugins: [[a]]\n", "S08", 2),
        ("site_name: A\nmarkdown_extensions: [finns_ej]\n", "S08", 2),
        ("site_name: A\nextra: []\n", "S08", 2),
        ("site_name: A\nextra_css: 3\n", "S08", 2),
        ("site_name: A\nINHERIT: borta.yml\n", "S09", 1),
    ],
)
def test_a_faulty_mkdocs_yml_is_a_finding(
    root: Path, tmp_path: Path, config: str, code: str, line: int
) -> None:
    """Whatever stands in mkdocs.yml, the answer is a finding in that file and never a traceback."""
    (root / "mkdocs.yml").write_text(config)
    assert complaints(root, tmp_path / "ut")[:1] == [(code, "mkdocs.yml", line)]


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"\x00", b"a: 1\na:\t2\n", b"[" * 1200])
def test_an_unreadable_mkdocs_yml_is_a_finding(root: Path, tmp_path: Path, content: bytes) -> None:
    """Bytes that are no text, tabs and endless brackets are told, in both outlets."""
    (root / "mkdocs.yml").write_bytes(content)
    assert [file for _, file, _ in complaints(root, tmp_path / "ut")][:1] == ["mkdocs.yml"]
    (tmp_path / "mapp").mkdir()
    assert [one.where.file for one in folder.write(root, BUILT, tmp_path / "mapp")] == ["mkdocs.yml"]


def test_an_empty_mkdocs_yml_says_what_is_lacking(root: Path, tmp_path: Path) -> None:
    """A file that says nothing lacks the site's name, or has it from us; either way nothing crashes."""
    (root / "mkdocs.yml").write_text("")
    assert complaints(root, tmp_path / "ut") == [("S08", "mkdocs.yml", 1)]


def test_a_project_without_prose_is_told(root: Path, tmp_path: Path) -> None:
    """Where content/ is lacking there is nothing to lay out, and that is what is said."""
    (root / "content").rmdir()
    (tmp_path / "ut").mkdir()
    said = [one.message for one in site.write(root, BUILT, tmp_path / "ut")]
    assert said == ["MkDocs kan inte bygga sajten: mappen content/ saknas"]


def test_a_build_leaves_mkdocs_logging_as_it_was(root: Path, tmp_path: Path) -> None:
    """Listening to MkDocs is over when the build is."""
    logger = logging.getLogger("mkdocs")
    before = (list(logger.handlers), logger.propagate)
    written(root, tmp_path / "ut")
    assert (list(logger.handlers), logger.propagate) == before


# The plain project ----------------------------------------------------------------------------------------


def article(page: Path) -> str:
    """The content of a page, without the frame round it."""
    found = re.search(r"<article.*?</article>", page.read_text("utf-8"), re.DOTALL)
    assert found
    return found[0]


@pytest.mark.parametrize(
    "own",
    ["", "site_name: Vårt\nplugins: [search, samrapport]\ntheme: {name: material, custom_dir: mallar}\n"],
)
def test_both_outlets_give_the_same_articles(root: Path, tmp_path: Path, own: str) -> None:
    """The plain project, built by MkDocs and Material without our plugin, says what our site says."""
    if own:
        (root / "mkdocs.yml").write_text(own, "utf-8")
        (root / "mallar").mkdir()
        (root / "mallar" / "404.html").write_text("borta")
    ours, plain = written(root, tmp_path / "ut"), tmp_path / "mapp"
    plain.mkdir()
    assert folder.write(root, BUILT, plain) == ()
    config = load_config(str(plain / "mkdocs.yml"))
    assert "samrapport" not in config.plugins
    build_site(config)
    pages = [path for path in tree(ours) if path.endswith("index.html")]
    assert len(pages) == len(FILES)
    assert [path for path in pages if article(ours / path) != article(plain / "site" / path)] == []
    assert tree(ours)["404.html"] == tree(plain / "site")["404.html"]


@pytest.mark.parametrize(
    "text",
    [
        "# A\n\n<div class=x>\n<p>Ett *ord* &amp; <br>\n\n<table><tr><td>1</table>\n</div>\n\nSist *här*.\n",
        "<div>\n\n<div>\n</div>\n</div>\n\n<form><input>\n</form>\n\n<ul>\n<li>a\n</ul>\n\n## B {: #b }\n",
        "<div>a</div> *efter*\n\n*Före*\n<div>b</div>\n\n<div>c</div>\n*efter*\n",
        "- ett\n\n    <div>i en lista</div>\n\n  <div>lite in</div>\n\n    <div>kod</div>\n",
        "```\n\n<div>\nkod *här*\n</div>\n\n```\n\n<div></div>",
        "<div>\naldrig slut\n\n*ord*\n\n<section>\n<div>\n</section>\n",
        "<div>\n<svg><path d='M0 0'/></svg>\n\n<!-- <p> -->\n&#123;x&#125; {: .y }\n</div>\n\n[x](#b)\n",
        "<div>a</div><div>b</div>\n\n<p>a\n\n<div>b</div>\n\n</p>\n",
        "<p>Ett *a*.</p>\n\n<pre>\n\n<div>b</div>\n\n</pre>\n\n<!--\n\n<p>a</p>\n\n-->\n\n<p>b</p>\n",
        "Ord <em>a\n\n<p>a</p>\n\n</em>\n\n<hr>\n\n<P>a</P>\n\n<blockquote>\n\n<p>a</p>\n\n</blockquote>\n",
        "</div>\n\n<div></div></div>\n\n<nav><div></nav></div>\n\n<details><summary>a</summary>\n</details>",
    ],
)
def test_finished_blocks_come_out_as_markdown_leaves_them(text: str) -> None:
    """What is handed past Markdown is what it would have kept: the page is the same to the byte."""
    usual = [*SETTINGS["markdown_extensions"], "fenced_code", "md_in_html"]
    for extensions in (usual[:-1], usual):
        assert markdown(text, extensions=[*extensions, BLOCKS]) == markdown(text, extensions=extensions)


def test_only_a_whole_block_is_handed_past() -> None:
    """It begins and ends a line of its own, with blank lines round it, and holds no Markdown."""
    for text, end in {
        "<div>\n\n<div></div>\n</div>\n\na": 4,
        "<div></div>": 1,
        "<div></div>\na": 0,
        "<div></div>a": 0,
        "<div></div><div></div>": 0,
        "<p><path></p>": 1,
        "<div>\n</div></div>": 0,
        "<div>": 0,
        '<div markdown="1">\n</div>': 0,
        "<span></span>": 0,
        " <div></div>": 0,
    }.items():
        assert block_end(text.split("\n"), 0) == end, text
    assert block_end(["a", "<div></div>"], 1) == 1


def test_an_anchor_in_a_block_can_be_linked_to(root: Path, tmp_path: Path) -> None:
    """A link to a place in finished HTML is no dead link; one to nowhere is told still."""
    block = '<div class="x">\n<p id="h&#228;r">a</p><a name="där">b</a>\n</div>\n\n'
    text = f"# A\n\n{block}[x](#här) [y](#där) [z](#borta)\n"
    (root / "content" / "om").mkdir()
    (root / "content" / "om" / "andringar.md").write_text(text)
    file = File("om/andringar.md", text, "content/om/andringar.md")
    assert [code for code, _, _ in complaints(root, tmp_path / "ut", file)] == ["S02"]


def test_no_file_is_written_outside_its_folder(root: Path, tmp_path: Path) -> None:
    """A page whose path would leave the folder is a fault of ours, and stops there."""
    (tmp_path / "mapp").mkdir()
    out = changed(BUILT, files=(File("../../ute.md", "x"),))
    with pytest.raises(ValueError, match="leaves its folder"):
        folder.write(root, out, tmp_path / "mapp")
    assert not list(tmp_path.glob("*.md"))


def test_settings_merge_is_stable() -> None:
    """Merging settings that already are merged changes nothing, so the plain project can be merged again."""
    once = settings({"site_name": "A", "extra_css": ["a.css"], "not_in_nav": "/b/\n"})
    assert settings(once) == once


# The swap -------------------------------------------------------------------------------------------------


def fill(place: Place, text: str) -> None:
    """Write a folder of ours into the place that is lent."""
    (place.new / MARKER).touch()
    (place.new / "index.html").write_text(text)


def publish(target: Path, root: Path, text: str) -> None:
    """One whole turn: reserve, write, swap."""
    with reserved(target, root, lambda: None) as place:
        fill(place, text)
        place.swap()


@pytest.fixture(params=["one step", "two steps"])
def steps(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways to swap: Linux's, and the one of other systems."""
    if request.param == "two steps":
        monkeypatch.setattr(replace, "exchange", lambda one, other: False)
    return str(request.param)


@pytest.mark.usefixtures("steps")
def test_the_new_takes_the_place_of_the_old(root: Path) -> None:
    """First there is nothing, then the first, then the second; nothing is left beside it."""
    for text in ("första", "andra", "tredje"):
        publish(root / "site", root, text)
        assert (root / "site" / "index.html").read_text() == text
    assert sorted(path.name for path in root.iterdir()) == ["content", "data", "site"]


@pytest.mark.usefixtures("steps")
def test_an_empty_folder_is_filled(root: Path) -> None:
    """An empty folder, made beforehand, belongs to nobody."""
    (root / "site").mkdir()
    publish(root / "site", root, "ny")
    assert (root / "site" / "index.html").read_text() == "ny"


def test_without_a_swap_the_old_stands(root: Path) -> None:
    """A build that does not end well, in whatever way, leaves what stood there."""
    publish(root / "site", root, "gammal")
    with suppress(KeyboardInterrupt), reserved(root / "site", root, lambda: None) as place:
        fill(place, "ny")
        raise KeyboardInterrupt
    assert (root / "site" / "index.html").read_text() == "gammal"
    assert sorted(path.name for path in root.iterdir()) == ["content", "data", "site"]


@pytest.mark.parametrize("target", ["site", ".", "..", "content", "content/site", "data/x", "fil"])
def test_what_is_not_ours_is_never_replaced(root: Path, target: str) -> None:
    """A folder that holds something else, the project, what it is made of, a file: refused, untouched."""
    (root / "site").mkdir()
    (root / "site" / "min.txt").write_text("min")
    (root / "fil").write_text("fil")
    before = tree(root)
    with pytest.raises(RefusedError), reserved(root / target, root, lambda: None):
        pytest.fail("was lent")
    assert tree(root) == before


def test_a_link_stays_a_link(root: Path, tmp_path: Path) -> None:
    """Where site/ leads to a folder elsewhere, that folder is replaced and the link stands."""
    (root / "site").symlink_to(tmp_path / "webb")
    publish(root / "site", root, "ny")
    assert (root / "site").is_symlink()
    assert (tmp_path / "webb" / "index.html").read_text() == "ny"


def test_a_swap_that_was_cut_off_is_finished(root: Path) -> None:
    """Killed between the two steps, the target is missing; the next start puts the new one there."""
    publish(root / "site", root, "gammal")
    place = Place(root / "site")
    place.new.mkdir(parents=True)
    fill(place, "ny")
    place.target.rename(place.old)
    with reserved(root / "site", root, lambda: None):
        assert (root / "site" / "index.html").read_text() == "ny"
    assert (root / "site" / "index.html").read_text() == "ny"
    assert not place.work.exists()


def test_a_half_build_is_cleared_away(root: Path) -> None:
    """What a killed build left is not mixed into the next."""
    place = Place(root / "site")
    place.new.mkdir(parents=True)
    (place.new / "halv.html").touch()
    publish(root / "site", root, "ny")
    assert set(tree(root / "site")) == {MARKER, "index.html"}


def test_a_second_build_waits_for_the_first(root: Path) -> None:
    """Two builds at once write one after the other, and the one that waits says so."""
    told, turns = threading.Event(), []

    def second() -> None:
        with reserved(root / "site", root, told.set) as place:
            turns.append("andra")
            fill(place, "andra")
            place.swap()

    with reserved(root / "site", root, lambda: None) as place:
        other = threading.Thread(target=second)
        other.start()
        assert told.wait(60)
        turns.append("första")
        fill(place, "första")
        place.swap()
    other.join(60)
    assert turns == ["första", "andra"]
    assert (root / "site" / "index.html").read_text() == "andra"
    assert sorted(path.name for path in root.iterdir()) == ["content", "data", "site"]


def test_the_lock_lets_one_in_at_a_time(tmp_path: Path) -> None:
    """Many at once, each taking the lock file away after itself: never two inside."""
    inside, most = [0], [0]

    def work() -> None:
        for _ in range(5):
            with locked(tmp_path / "mapp" / "las", lambda: None):
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                inside[0] -= 1

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert most == [1]
    assert list((tmp_path / "mapp").iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL there")
def test_a_dead_holder_lets_go_of_the_lock(tmp_path: Path) -> None:
    """A lock whose holder was killed is free, though its file is left."""
    lock = tmp_path / "las"
    holding = (
        "import signal, os\nfrom pathlib import Path\nfrom build_tools.lock import locked\n"
        f"with locked(Path({str(lock)!r}), lambda: None):\n    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", holding], check=False, cwd=Path(site.__file__).parents[2])
    assert done.returncode == -signal.SIGKILL
    assert lock.exists()
    with locked(lock, lambda: pytest.fail("had to wait")):
        pass


OLD, NEW = (changed(BUILT, files=(*FILES, File("version.md", f"# {word}\n"))) for word in ("Gammal", "Ny"))
COUNTED = ("open", "os.", "shutil.", "ctypes.")


def killed_build(root: Path, moment: int) -> tuple[int, int]:
    """Build NEW in a child that kills itself at its `moment`th touch of the disk.

    A child that lives tells how many touches it had before the swap and in all.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        _build_and_die(root, moment, writer)
    os.close(writer)
    with os.fdopen(reader) as counted:
        said = counted.read().split()
    assert os.waitpid(child, 0)[1] == (0 if said else signal.SIGKILL)
    before, total = map(int, said or (0, 0))
    return before, total


def _build_and_die(root: Path, moment: int, writer: int) -> None:
    seen = 0

    def count(event: str, _: tuple[object, ...]) -> None:
        nonlocal seen
        if event.startswith(COUNTED):
            seen += 1
            if seen == moment:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    with reserved(root / "site", root, lambda: None) as place:
        site.write(root, NEW, place.new)
        before = seen
        place.swap()
    os.write(writer, f"{before} {seen}".encode())
    os._exit(0)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the killed child is a fork")
def test_killed_at_any_moment_the_old_or_the_new_site_is_whole(
    root: Path, tmp_path: Path, steps: str
) -> None:
    """A build may die at any touch of the disk: what stands is whole, and the next build completes.

    In one step it stands all the time; in two, the next start finishes what was cut off.
    """
    old, new = (tree(written(root, tmp_path / word, built)) for word, built in (("old", OLD), ("new", NEW)))
    assert old != new
    shutil.copytree(tmp_path / "old", root / "site")
    before, total = killed_build(root, moment=0)
    assert tree(root / "site") == new
    dice = random.Random(2021)  # noqa: S311
    for moment in (
        *dice.sample(range(1, before), 3),
        *range(before, before + 7),
        dice.randrange(before, total),
    ):
        shutil.rmtree(root / "site")
        shutil.copytree(tmp_path / "old", root / "site")
        assert killed_build(root, moment) == (0, 0)
        if steps == "one step":
            assert tree(root / "site") in (old, new)
        with reserved(root / "site", root, lambda: None):
            assert tree(root / "site") in (old, new)
        assert sorted(path.name for path in root.iterdir()) == ["content", "data", "site"]
    assert killed_build(root, moment=0) > (0, 0)
    assert tree(root / "site") == new


# The preview and the plugin ---------------------------------------------------------------------------------


def test_a_preview_without_pages_shows_what_stands_in_the_way() -> None:
    """Where nothing could be read, the front page lists the findings; no words of theirs become markup."""
    hostile = changed(ERROR, message="</ul><script>alert(1)</script> *å*\n# x")
    pages = preview.with_front_page(Built((hostile, WARNING), (), (), None))
    assert [file.path for file in pages] == ["index.md"]
    text = str(pages[0].content)
    assert "<script>" not in text
    assert text.count("<li>") == 2
    assert "\n# x" not in text
    assert "1 fel och 1 varning i 1 fil." in text
    assert preview.with_front_page(BUILT) == FILES


def test_a_preview_takes_the_next_free_port(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second preview does not stumble over the first."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setattr(preview, "FIRST_PORT", taken.getsockname()[1])
        assert preview.free_port() != taken.getsockname()[1]


@pytest.mark.parametrize(
    ("said", "level", "told"),
    [
        ("[12:30:00] Detected file changes", logging.INFO, "Något har ändrats. Bygger om …\n"),
        ("[12:30:00] Serving on http://127.0.0.1:8000/", logging.INFO, "http://127.0.0.1:8000/"),
        ("[12:30:00] Browser connected: http://x/", logging.INFO, ""),
        (
            "Doc file 'om/index.md' contains a link 'x.md', but the target 'om/x.md' is not found among "
            "documentation files.",
            logging.WARNING,
            "content/om/index.md:1  fel  S01  Länken x.md leder till",
        ),
        ("Något annat {konstigt}", logging.ERROR, "MkDocs kan inte bygga sajten: Något annat {konstigt}"),
    ],
)
def test_the_preview_speaks_swedish(
    root: Path, capsys: pytest.CaptureFixture[str], said: str, level: int, told: str
) -> None:
    """What MkDocs' server says is said in Swedish, or not at all."""
    preview.Interpreter(root).handle(logging.LogRecord("mkdocs", level, "", 0, said, (), None))
    heard = capsys.readouterr().err
    assert told in heard
    assert bool(heard) == bool(told)


SERVED = """
import signal
from pathlib import Path
from urllib.request import urlopen
from build_tools.build import Built
from build_tools.model import File
from build_tools.outlets import preview

def build(root, preview):
    assert preview
    words = [path.read_text("utf-8") for path in sorted(root.rglob("*.txt"))]
    return Built((), (File("index.md", "# " + " ".join(words)),), (), None)

signal.signal(signal.SIGINT, signal.default_int_handler)
preview.build = build
preview.serve(Path(ROOT))
"""


def looked_up(url: str, sought: str) -> str:
    """Ask for a page until it holds what is sought; the test is over if it never does."""
    for _ in range(600):
        with suppress(OSError), urlopen(url, timeout=60) as answer:  # noqa: S310
            page: str = answer.read().decode("utf-8")
            if sought in page:
                return page
        time.sleep(0.1)
    pytest.fail(f"{sought} never came")


@pytest.mark.skipif(os.name == "nt", reason="no SIGINT there")
def test_a_change_shows_in_the_preview(root: Path) -> None:
    """A change in data/, content/ or mkdocs.yml is shown, faulty settings are told, Ctrl+C ends it well."""
    (root / "data" / "a.txt").write_text("Ett")
    (root / "mkdocs.yml").write_text("site_name: Prov\n")
    code = SERVED.replace("ROOT", repr(str(root)))
    source = Path(preview.__file__).parents[2]
    served = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE, text=True, cwd=source)
    assert served.stderr is not None
    lines = iter(served.stderr.readline, "")
    url = next(line.split()[2] for line in lines if "Förhandsvisning på" in line)
    looked_up(url, "Ett")
    (root / "data" / "a.txt").write_text("Två")
    looked_up(url, "Två")
    (root / "content" / "b.txt").write_text("Tre")
    looked_up(url, "Tre Två")
    (root / "mkdocs.yml").write_text("site_name: [\n")
    assert "S09" in looked_up(url, "mkdocs.yml:1")
    (root / "mkdocs.yml").write_text("site_name: Prov\n")
    looked_up(url, "Tre Två")
    served.send_signal(signal.SIGINT)
    said = list(lines)
    assert served.wait(60) == 0
    served.stderr.close()
    assert said[-1] == "Förhandsvisningen är avslutad.\n"
    assert [line for line in said if "Traceback" in line] == []


def plugin_build(root: Path, built: Built, monkeypatch: pytest.MonkeyPatch, command: str = "build") -> None:
    """Build as plain `mkdocs build --strict` does, with the story of `built`."""

    def fake(asked: Path, *, preview: bool = False) -> Built:
        assert asked == root
        assert preview == (command == "serve")
        return built

    monkeypatch.setattr("build_tools.plugin.build", fake)
    monkeypatch.setattr(preview, "build", fake)
    (root / "mkdocs.yml").write_text("site_name: Prov\ndocs_dir: content\ntheme: material\n")
    config = load_config(str(root / "mkdocs.yml"), strict=True)
    config.plugins["samrapport"] = plugin = SamrapportPlugin()
    plugin.on_startup(command="serve" if command == "serve" else "build", dirty=False)
    build_site(config)
    assert [Path(path).name for path in config.watch] == ["data"]


def test_plain_mkdocs_builds_the_same_site(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`mkdocs build` with the plugin and three lines of mkdocs.yml gives what `bygg` gives, byte for byte."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    plugin_build(root, BUILT, monkeypatch)
    assert tree(root / "site") == tree(written(root, tmp_path / "ut"))


def test_plain_mkdocs_stops_on_an_error_before_it_empties_the_site(
    root: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """An error in the data stops `mkdocs build` while the old site still stands; each finding is told."""
    (root / "site").mkdir()
    (root / "site" / "index.html").write_text("gammal")
    stopped = changed(BUILT, findings=(ERROR, NOTICE), files=())
    with pytest.raises(Abort):
        plugin_build(root, stopped, monkeypatch)
    assert (root / "site" / "index.html").read_text() == "gammal"
    told = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert "R01a" in told[0]
    assert "1 fel och 1 notis i 2 filer." in told[1]


def test_a_warning_counts_in_plain_strict_mode(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`mkdocs build --strict` counts our warnings like its own; notices do not count."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    plugin_build(root, changed(BUILT, findings=(NOTICE,)), monkeypatch)
    with pytest.raises(Abort, match="1 warning"):
        plugin_build(root, changed(BUILT, findings=(WARNING,)), monkeypatch)


def test_a_preview_goes_on_in_spite_of_errors(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the preview findings stand on the pages and stop nothing, also where there is no page at all."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    plugin_build(root, Built((ERROR, WARNING), (), (), None), monkeypatch, command="serve")
    assert "R01a" in (root / "site" / "index.html").read_text("utf-8")
