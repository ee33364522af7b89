"""`ny`: the next report begins where the last one ended, and nothing that exists is touched."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml

from build_tools.build import CACHE, build, examine
from build_tools.commands import run
from build_tools.drafts import RefusedError, begin, paths
from build_tools.drafts.tree import Branch, Items, Leaf, lines, quoted
from build_tools.model import Level

DEMO = Path(__file__).parents[1]
NEXT = [
    ("sater", "2022"),
    ("avesta", "2020-2021"),
    ("mitt-val", "2023-2025"),
    ("ockelbo", "2023-2024"),
    ("ekvik", "2026"),
    ("tallbro-ljungvad", "2025"),
    ("ljungvad", "2023"),
    ("strandhult", "2025"),
]
CHECKLIST = {"R28d", "R28f"}


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, with the next report of every insats begun."""
    root = demo(tmp_path_factory.mktemp("ny"))
    for intervention, period in NEXT:
        assert run(["ny", "--rot", str(root), intervention, period]) == 0
    return root


def demo(root: Path, *only: str) -> Path:
    """A copy of the demo to write in, with all its insatser or only some."""
    for folder in ("content", "data"):
        shutil.copytree(DEMO / folder, root / folder)
    for path in root.glob("*/rapporter/*") if only else ():
        if path.name not in only:
            shutil.rmtree(path)
    for path in root.glob("data/insatser/*.yml") if only else ():
        if path.stem not in only:
            path.unlink()
    for name in ("godtagna.yml", "rattelser.yml") if only else ():
        (root / "data" / name).write_text("[]\n", "utf-8")
    return root


def snapshot(root: Path) -> dict[str, bytes]:
    """Every file with its bytes."""
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def figures(root: Path, report: str) -> dict[str, dict[str, dict[str, object]]]:
    """The data file of a report."""
    found: dict[str, dict[str, dict[str, object]]] = yaml.safe_load(
        (root / paths(report)[0]).read_text("utf-8")
    )
    return found


def text(root: Path, report: str) -> str:
    """The text of a report."""
    return (root / paths(report)[1]).read_text("utf-8")


def test_what_is_begun_leaves_only_a_checklist(begun: Path) -> None:
    """A new report is a draft that stops nothing: what `granska` says of it is what is left to do."""
    files = {path for insats, period in NEXT for path in paths(f"{insats}/{period}")}
    said = [finding for finding in examine(begun).findings if finding.where.file in files]
    assert {finding.code for finding in said if finding.code not in CHECKLIST} <= {"R28c", "R12c"}
    assert {finding.level for finding in said} == {Level.NOTICE}
    assert {finding.where.file for finding in said if finding.code in CHECKLIST} == files


def test_a_draft_is_not_published(begun: Path) -> None:
    """The site builds with the drafts in the project, and shows none of them."""
    (DEMO / CACHE).mkdir(exist_ok=True)
    (begun / CACHE).symlink_to(DEMO / CACHE)  # charts and texts of the same reports are made once
    built = build(begun)
    assert built.files
    assert not any("sater/2022" in file.path for file in built.files)


def test_opening_balance_is_carried_and_marked(begun: Path) -> None:
    """The closing balance of the year before is the opening one, marked until somebody has looked at it."""
    opening = figures(begun, "sater/2022")["flode"]["ingang"]
    assert opening == {
        "kvinna": {"antal": 12, "kalla": "overford"},
        "man": {"antal": 17, "kalla": "overford"},
    }


def test_the_checklist_is_emptied_by_filling_in(begun: Path, tmp_path: Path) -> None:
    """A point goes when its number is written, its mark taken away or its text written."""
    root = tmp_path / "kopia"
    shutil.copytree(begun, root, symlinks=True)
    before = points(root, "sater/2022")
    data, prose = (root / path for path in paths("sater/2022"))
    filled = data.read_text("utf-8").replace("nya: {kvinna: saknas, man: saknas}", "nya: {kvinna: 9, man: 8}")
    data.write_text(filled.replace("{antal: 12, kalla: overford}", "12"), "utf-8")
    prose.write_text(prose.read_text("utf-8").replace("### Analys\n", "### Analys\n\nText.\n", 1), "utf-8")
    after = points(root, "sater/2022")
    assert after < before
    assert {about.partition("#")[2] for about in before - after} == {
        "flode.nya.kvinna",
        "flode.nya.man",
        "flode.ingang.kvinna",
        "avsnitt-1.analys",
    }


def points(root: Path, report: str) -> set[str]:
    """What is left to do in a report."""
    return {
        f.about for f in examine(root).findings if f.code in CHECKLIST and f.about.startswith(f"{report}#")
    }


def test_last_years_words_stand_under_each_heading(begun: Path) -> None:
    """Under each heading last year's text is a comment, and each section asks its template's questions."""
    new, old = text(begun, "sater/2022"), text(DEMO, "sater/2021")
    assert "# Samverkansteam Säter – årsrapport 2022" in new
    comments = re.findall(r"<!--(.*?)-->", new, re.DOTALL)
    assert "".join(re.findall(r"^(?!#).+$", old, re.MULTILINE)) == "".join(
        re.findall(r"^(?!#).+$", "\n".join(body(told) for told in comments), re.MULTILINE)
    )
    assert new.count("Frågor som avsnittet svarar på:\n- ") == new.count("\n## ")


def body(told: str) -> str:
    """Last year's words in a comment, without what says that they are."""
    return told.partition("Så stod det i rapporten för")[2].partition("\n")[2]


def test_no_number_of_last_year_is_left_as_a_value(begun: Path) -> None:
    """Last year's numbers stand only as comments beside, so that none is published as this year's."""
    kept = re.sub(r"#.*", "", (begun / paths("sater/2022")[0]).read_text("utf-8"))
    numbers = re.findall(r"(?<![\w-])\d+(?:\.\d+)?(?![\w-])", kept)
    assert numbers == ["12", "17"]


def test_a_team_made_of_two_opens_with_both(tmp_path: Path) -> None:
    """The first report of a merged team opens with what the two teams closed with."""
    root = demo(tmp_path, "tallbro", "ljungvad", "tallbro-ljungvad")
    for path in (
        *root.glob("*/rapporter/tallbro-ljungvad/2023.*"),
        *root.glob("*/rapporter/tallbro-ljungvad/2024.*"),
    ):
        path.unlink()
    draft = begin(root, "tallbro-ljungvad", "2023")
    flow = yaml.safe_load(draft.files[paths("tallbro-ljungvad/2023")[0]])["flode"]["ingang"]
    assert {sex: told["antal"] for sex, told in flow.items()} == {"kvinna": 49, "man": 42}


def test_a_gap_carries_nothing(tmp_path: Path) -> None:
    """Where a year lies between, last year's closing balance is not this year's opening one."""
    root = demo(tmp_path, "sater")
    draft = begin(root, "sater", "2023")
    assert "overford" not in draft.files[paths("sater/2023")[0]].split("\n\n", 1)[1]
    assert "ingen ingångsbalans är överförd" in " ".join(draft.told)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("sater", "2021"), "data/rapporter/sater/2021.yml finns redan. Inget är ändrat."),
        (("saeter", "2022"), "Insatsen saeter finns inte i data/insatser/. Menade du ”sater”?"),
        (("sater", "tjugotvå"), "”tjugotvå” är ingen period."),
        (("sater", "2022-2029"), "”2022-2029” är ingen period."),
        (("sater", "../../x"), "”../../x” är ingen period."),
        (("../sater", "2022"), "Insatsen ../sater finns inte"),
        (("sater", "2022", "--mall", "samverkanstem"), "Mallen samverkanstem finns inte i data/mallar.yml."),
    ],
)
def test_what_cannot_be_begun_is_told_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    """An existing period, an unknown insats, template or period: one sentence, and no file changed."""
    root = demo(tmp_path, "sater")
    before = snapshot(root)
    assert run(["ny", "--rot", str(root), *arguments]) == 2
    assert said in capsys.readouterr().err
    assert snapshot(root) == before


def test_a_report_with_only_text_is_not_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where one of the two files exists, neither is written."""
    root = demo(tmp_path, "sater")
    prose = root / paths("sater/2022")[1]
    prose.write_text("# Mitt eget\n", "utf-8")
    assert run(["ny", "--rot", str(root), "sater", "2022"]) == 2
    assert prose.read_text("utf-8") == "# Mitt eget\n"
    assert not (root / paths("sater/2022")[0]).exists()
    assert "content/rapporter/sater/2022.md finns redan" in capsys.readouterr().err


def test_a_first_report_has_the_templates_headings(tmp_path: Path) -> None:
    """An insats without an earlier report gets its template's headings and a flow to fill in."""
    root = demo(tmp_path, "sater")
    (root / "data/insatser/nytt.yml").write_text(
        "{namn: Samverkansteam Nytt, typ: team, forbund: sodra-dalarna, start: 2026-01, slut: pagaende}\n",
        "utf-8",
    )
    draft = begin(root, "nytt", "2026")
    assert "## 1. Deltagare – förutsättningar" in draft.files[paths("nytt/2026")[1]]
    assert yaml.safe_load(draft.files[paths("nytt/2026")[0]])["flode"]["nya"] == {
        "kvinna": "saknas",
        "man": "saknas",
    }
    assert "ingen tidigare rapport" in draft.told[0]
    assert run(["ny", "--rot", str(root), "nytt", "2026"]) == 0
    assert not [f for f in examine(root).findings if f.level is not Level.NOTICE and "nytt" in f.where.file]


def test_a_first_project_must_choose_its_template(tmp_path: Path) -> None:
    """Projects have templates of several kinds, so the writer says which."""
    root = demo(tmp_path, "sater")
    (root / "data/insatser/nytt.yml").write_text(
        "{namn: Nytt, typ: projekt, forbund: sodra-dalarna, start: 2026-01-15, slut: 2028-05-31}\n", "utf-8"
    )
    with pytest.raises(RefusedError, match="Välj mall med --mall: "):
        begin(root, "nytt", "2026-2028")
    draft = begin(root, "nytt", "2026-2028", "kursprojekt")
    period = yaml.safe_load(draft.files[paths("nytt/2026-2028")[0]])["rapport"]["period"]
    assert [str(period[key]) for key in ("start", "slut", "typ")] == [
        "2026-01-15",
        "2028-05-31",
        "projekttid",
    ]


@pytest.mark.parametrize("broken", ["data/rapporter/sater/2021.yml", "content/rapporter/sater/2021.md"])
@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"rapport: [", b"# --> <!-- {{ x }}\n\n## 1. A\n-->"]
)
def test_a_broken_report_before_is_no_hindrance(tmp_path: Path, broken: str, content: bytes) -> None:
    """Whatever last year's files hold, the next report can be begun, and its comments are closed."""
    root = demo(tmp_path, "sater")
    (root / broken).write_bytes(content)
    draft = begin(root, "sater", "2022")
    told = draft.files[paths("sater/2022")[1]]
    assert told.count("<!--") == told.count("-->")
    assert isinstance(yaml.safe_load(draft.files[paths("sater/2022")[0]]), dict)


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    """The same project gives the same draft."""
    root = demo(tmp_path, "ekvik")
    assert begin(root, "ekvik", "2026").files == begin(root, "ekvik", "2026").files


@pytest.mark.parametrize(
    "told",
    [
        "ja",
        "no",
        "a: b",
        "[x]",
        "# inte",
        '"x"',
        "\\",
        "tom ",
        "-1",
        "Säter",
        "2021-01-01 a",
        "{",
        "*x",
        "å-ö",
    ],
)
def test_a_text_is_read_back_as_it_was(told: str) -> None:
    """What is written as text is text when YAML reads it."""
    assert str(yaml.safe_load(f"x: {quoted(told)}")["x"]) == told
    tree = Branch({"rad": Items((Branch({"a": Leaf(quoted(told)), "b": Branch({"c": Leaf("1", "not")})}),))})
    assert yaml.safe_load("\n".join(lines(tree))) == {"rad": [{"a": told, "b": {"c": 1}}]} or told == "-1"
