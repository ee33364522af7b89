"""The writers' guide tells the truth: its examples are read, its findings are said, and its pages are found.

A code block whose first line is a comment with a path (`# data/…`, `<!-- content/… -->`) is that file.
The blocks below one heading are one project, set in what `DEFAULTS` says. A `text` block that begins with
a path is what `granska` says of it, its lines broken at will; `pytest --regen` writes it anew.
"""

from __future__ import annotations

import importlib
import re
import shutil
import struct
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import yaml

from build_tools.build import examine
from build_tools.commands import COMMANDS
from build_tools.commands.arguments import Parser
from build_tools.drafts import begin
from build_tools.load.formats import INTERVENTION, REPORT
from build_tools.load.formats.handbooks import FIGURE_FORMS, NEUTRAL, TYPES
from build_tools.load.formats.handbooks import SECTIONS as SECTIONS_OF_HANDBOOKS
from build_tools.load.formats.plain import HEDGES, MARKS
from build_tools.load.formats.project import ACCEPTED, ASSOCIATIONS, CORRECTIONS, GLOSSARY
from build_tools.load.periods import period_of
from build_tools.load.shapes import Fields, Rows
from build_tools.model import Finding, Level
from build_tools.outlets.differences import unified
from build_tools.outlets.findings import as_text
from build_tools.repairs import changes, choices

ROOT = Path(__file__).parents[1]
GUIDE = ROOT / "content" / "om" / "skriva"
PAGES = sorted(GUIDE.glob("*.md"))
DEFINITIONS = ("nyckeltal", "kategorier", "mallar", "skalor", "policy", "ordlista")
DEFAULTS = {
    "data/forbund.yml": "[{id: norra, namn: Norra, lan: Norra län, kommuner: [Nordby], policy: standard}]\n",
    "content/index.md": "# Start\n",
}
INSATS = "{{namn: {name}, typ: {kind}, forbund: norra, start: 2023-01, slut: pagaende}}\n"
PROJECT = "kusten"
"""The only insats of the examples that is a project."""
IDENTITY = """
rapport:
  insats: {name}
  typ: arsrapport
  mall: samverkansteam
  period: {{start: {start}, slut: {end}, typ: {kind}}}
  status: utkast
"""
HANDBOOK_IDENTITY = """
handbok:
  namn: Samtal i par
  slag: metod
  kort: Två handläggare möter deltagaren tillsammans.
  agare: {roll: Metodutvecklare, organisation: Norra samordningsförbundet}
  version: "1.0"
  reviderad: 2025-02-01
  granskas: 2026-02-01
  licens: Får användas fritt.
  status: utkast
"""
LARGEST_PICTURE = 120_000
WIDEST_PICTURE = 1000
FENCE = re.compile(r"^(`{3,})(\w*)$")
NAMED = re.compile(r"^(?:# |<!-- )((?:data|content)/\S+)(?: -->)?$")
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)")
COMMAND = re.compile(r"python3 -m build_tools ([^\n#`]+)")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of code in the guide: the heading above it, its kind, its text and where it stands."""

    page: Path
    heading: str
    kind: str
    text: str

    @property
    def file(self) -> str:
        """The file of a project that it is, if it is any."""
        named = NAMED.match(self.text.split("\n", 1)[0])
        return named.group(1) if named else ""

    @property
    def is_said(self) -> bool:
        """Whether it is what `granska` says."""
        return self.kind == "text" and self.text.startswith(("data/", "content/"))


@cache
def blocks(page: Path) -> tuple[Block, ...]:
    """The code blocks of a page."""
    found: list[Block] = []
    heading, fence, kind, held = "", "", "", [""]
    for line in page.read_text("utf-8").splitlines():
        if fence:
            if line == fence:
                found.append(Block(page, heading, kind, "\n".join(held) + "\n"))
                fence = ""
            else:
                held.append(line)
        elif opening := FENCE.match(line):
            fence, kind, held = opening.group(1), opening.group(2), []
        elif line.startswith("#"):
            heading = line
    return tuple(found)


EVERY = [block for page in PAGES for block in blocks(page)]
EXAMPLES = list(dict.fromkeys((block.page, block.heading) for block in EVERY if block.file))


def example(page: Path, heading: str) -> tuple[Block, ...]:
    """The blocks below one heading."""
    return tuple(block for block in blocks(page) if block.heading == heading)


def named(example: tuple[Path, str]) -> str:
    """What a test of an example is called."""
    return f"{example[0].stem} {example[1].lstrip('# ')}"


def files_of(parts: tuple[Block, ...]) -> dict[str, str]:
    """The project of an example: its own files, and what they need beside them."""
    files: dict[str, str] = {}
    for block in parts:
        if block.file:
            files[block.file] = files.get(block.file, "") + block.text
    for path in sorted(path for path in files if "/rapporter/" in path):
        name, stem = Path(path).parent.name, Path(path).stem
        data = f"data/rapporter/{name}/{stem}.yml"
        text = files.get(data, "")
        files[data] = text if "rapport:" in text else text + identity(name, stem)
        files.setdefault(f"content/rapporter/{name}/{stem}.md", "# Rapport\n")
        kind = "projekt" if name == PROJECT else "team"
        files.setdefault(f"data/insatser/{name}.yml", INSATS.format(name=name.title(), kind=kind))
    for path in (path for path in files if path.startswith("data/metoder/")):
        files[path] += "" if "handbok:" in files[path] else HANDBOOK_IDENTITY
    files.setdefault("data/insatser/nord.yml", INSATS.format(name="Nord", kind="team"))
    return DEFAULTS | files


def identity(name: str, stem: str) -> str:
    """The block `rapport` that an example leaves out."""
    period = period_of(stem)
    assert period, stem
    kind = "projekttid" if name == PROJECT else period.kind
    return IDENTITY.format(name=name, start=period.start, end=period.end, kind=kind)


def write(root: Path, files: Mapping[str, str]) -> None:
    """Write a project with those of the demo's definitions that it has not."""
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    for name in (name for name in DEFINITIONS if f"data/{name}.yml" not in files):
        shutil.copy(ROOT / "data" / f"{name}.yml", root / "data" / f"{name}.yml")


def flat(text: str) -> str:
    """A text with its lines and margins taken away."""
    return " ".join(text.split())


def told(findings: tuple[Finding, ...], said: str) -> list[str]:
    """What must stand in the guide: every error and warning, and the notices that it has chosen."""
    return [
        as_text(finding)
        for finding in findings
        if finding.level is not Level.NOTICE
        or flat(f"{finding.where.file}:{finding.where.line} notis {finding.code}") in said
    ]


def wrapped(text: str) -> str:
    """A finding on lines that fit a page."""
    lines = [
        part
        for line in text.splitlines()
        for part in textwrap.wrap(
            line,
            60,
            subsequent_indent=(" " * (len(line) - len(line.lstrip()) + 4)),
            break_long_words=False,
            break_on_hyphens=False,
        )
    ]
    return "\n".join(lines)


def rewrite(said: Block, findings: list[str]) -> None:
    """Write in the guide what granska says now."""
    before, heading, after = said.page.read_text("utf-8").partition(f"\n{said.heading}\n")
    new = "\n\n".join(map(wrapped, findings)) + "\n"
    told = after.replace(f"```text\n{said.text}```", f"```text\n{new}```", 1)
    said.page.write_text(before + heading + told, "utf-8")


@pytest.mark.parametrize("place", EXAMPLES, ids=named)
def test_every_example_is_read_and_every_finding_is_said(
    place: tuple[Path, str], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """An example has no error and no warning but those that the guide says that granska gives."""
    parts = example(*place)
    write(tmp_path, files_of(parts))
    findings = examine(tmp_path).findings
    said = next((block for block in parts if block.is_said), None)
    wanted = told(findings, flat(said.text) if said else "")
    if said and request.config.getoption("--regen"):
        rewrite(said, wanted)
    else:
        assert (flat(said.text) if said else "") == flat("\n".join(wanted))


def test_every_block_of_figures_says_which_file_it_is() -> None:
    """No example of figures escapes the test."""
    assert [(b.page.name, b.heading) for b in EVERY if b.kind == "yaml" and not b.file] == []
    assert len(EXAMPLES) > 40


def right() -> Iterator[tuple[str, object]]:
    """The files of the examples that have no fault, as YAML."""
    for place in EXAMPLES:
        parts = example(*place)
        if not any(block.is_said for block in parts):
            yield from ((b.file, yaml.safe_load(b.text)) for b in parts if b.kind == "yaml")


def keys_shown(prefix: str) -> set[str]:
    """The top keys of every right example of a kind of file, those of its rows where it is a list."""
    tops = [made for file, made in right() if file.startswith(prefix)]
    rows = [row for made in tops for row in (made if isinstance(made, list) else [made])]
    return {key for row in rows if isinstance(row, dict) for key in row}


@pytest.mark.parametrize(
    ("prefix", "shape"),
    [
        ("data/rapporter/", REPORT),
        ("data/insatser/", INTERVENTION),
        ("data/forbund.yml", ASSOCIATIONS.item),
        ("data/godtagna.yml", ACCEPTED.item),
        ("data/rattelser.yml", CORRECTIONS.item),
        ("data/ordlista.yml", GLOSSARY.item),
    ],
)
def test_every_key_has_an_example(prefix: str, shape: Fields) -> None:
    """Whoever may write a key finds it in the guide."""
    assert set(shape.fields) - keys_shown(prefix) == set()


def test_every_part_of_a_handbook_is_told() -> None:
    """Each section of a handbook, form of figures and way to count the middle stands in its chapter."""
    text = (GUIDE / "handbocker.md").read_text("utf-8")
    assert [name for name in SECTIONS_OF_HANDBOOKS if f"| `{name}` |" not in text] == []
    assert [name for name in NEUTRAL if f"| `{name}` |" not in text] == []
    assert [name for name in FIGURE_FORMS if f"`{name}`" not in text] == []
    assert [name for name in TYPES if f"`{name}`" not in text] == []


def below(key: str) -> set[str]:
    """The keys that stand right below a section of a report, in its rows where it is a list."""
    tops = [made[key] for file, made in right() if "/rapporter/" in file and key in (made or {})]  # type: ignore[index,operator]
    rows = [row for made in tops for row in (made if isinstance(made, list) else [made])]
    return {key for row in rows if isinstance(row, dict) for key in row}


SECTIONS = {
    key: shape.item if isinstance(shape, Rows) else shape
    for key, shape in REPORT.fields.items()
    if isinstance(shape.item if isinstance(shape, Rows) else shape, Fields)
}


@pytest.mark.parametrize("key", SECTIONS)
def test_every_key_of_a_section_is_told(key: str) -> None:
    """What a section takes is shown, or at least named on the pages about figures."""
    section = SECTIONS[key]
    assert isinstance(section, Fields)
    text = "\n".join(page.read_text("utf-8") for page in PAGES)
    missing = [name for name in section.fields if name not in below(key) and f"`{name}`" not in text]
    assert missing == []


def test_every_mark_and_every_hedge_is_told() -> None:
    """The words that stand in place of a number, and before one, are all explained."""
    marks = (GUIDE / "nar-tal-saknas.md").read_text("utf-8")
    numbers = (GUIDE / "skriva-tal.md").read_text("utf-8")
    assert [mark for mark in MARKS if f"| `{mark}` |" not in marks] == []
    assert [hedge for hedge in HEDGES if f"`{hedge}`" not in numbers] == []


def reached(start: Path) -> set[Path]:
    """The pages of the guide that links lead to from one of them."""
    seen, waiting = set[Path](), [start]
    while waiting:
        page = waiting.pop()
        if page not in seen:
            seen.add(page)
            links = LINK.findall(page.read_text("utf-8"))
            waiting += [p for link in links if (p := (page.parent / link).resolve()) in PAGES]
    return seen


def test_every_page_is_reached_from_the_first() -> None:
    """The list on the first page leads to every other, and about the site leads to the first."""
    first = (GUIDE / "index.md").read_text("utf-8")
    assert {f"({page.name})" for page in PAGES if page.stem != "index"} - set(
        re.findall(r"\([\w-]+\.md\)", first.partition("## Alla sidor")[2])
    ) == set()
    assert reached(GUIDE / "index.md") == set(PAGES)
    assert "(skriva/index.md)" in (GUIDE.parent / "index.md").read_text("utf-8")


def test_every_command_is_one_that_can_be_given() -> None:
    """What the guide tells the reader to type is understood by the program."""
    written = {line.strip() for page in PAGES for line in COMMAND.findall(page.read_text("utf-8"))}
    assert {line.split()[0] for line in written} == set(COMMANDS) - {"testa"}
    for line in sorted(written):
        name, *rest = line.replace("INSATS", "nord").replace("PERIOD", "2025").split()
        parser = Parser(prog=name)
        importlib.import_module(f"build_tools.commands.{name}").add_arguments(parser)
        parser.parse_args(rest)


def test_what_a_repair_would_change_is_told_as_it_is(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """The change shown is what `granska --ratta` shows at the line that the guide asks it for."""
    page = GUIDE / "granska.md"
    (shown,) = (block for block in blocks(page) if block.kind == "diff")
    (file, line) = re.findall(r"--ratta (\S+):(\d+)", page.read_text("utf-8"))[0]
    write(tmp_path, files_of(example(page, "### R01a: flödet")))
    proposal = choices(examine(tmp_path).findings, file, int(line))[0].proposal
    (change,) = changes(tmp_path, proposal)
    wanted = "".join(f"{one}\n" for one in unified(file, change.before, change.after))
    if request.config.getoption("--regen"):
        old = f"```diff\n{shown.text.lstrip()}```"
        page.write_text(page.read_text("utf-8").replace(old, f"```diff\n{wanted}```"), "utf-8")
    else:
        assert shown.text == wanted


def test_the_workflows_are_yaml_that_check_before_they_build() -> None:
    """The files for hosts are well formed, and run both commands in the right order."""
    flows = [b.text for b in blocks(GUIDE / "publicera.md") if b.kind == "yml"]
    assert len(flows) == 2
    for text in flows:
        assert isinstance(yaml.safe_load(text), dict)
        assert 0 < text.index("build_tools granska") < text.index("build_tools bygg")


def test_what_a_new_year_holds_is_told_as_it_is(tmp_path: Path) -> None:
    """The example of a begun year is what `ny` writes after the year before it."""
    parts = example(GUIDE / "nytt-ar.md", "## Sifferfilen som ny gör")
    before = next(block for block in parts if block.file.endswith("nord/2025.yml"))
    write(tmp_path, files_of((before,)))
    made = begin(tmp_path, "nord", "2026").files["data/rapporter/nord/2026.yml"]
    shown = [line for b in parts if b.file.endswith("nord/2026.yml") for line in b.text.splitlines()[1:]]
    assert shown
    assert [line for line in shown if line and line not in made.splitlines()] == []


def test_pictures_are_small_and_all_are_used() -> None:
    """A picture costs the reader little, fits a page, and stands on one."""
    text = "\n".join(page.read_text("utf-8") for page in PAGES)
    pictures = sorted((GUIDE / "bilder").iterdir())
    assert 4 <= len(pictures) <= 7
    for picture in pictures:
        content = picture.read_bytes()
        assert len(content) < LARGEST_PICTURE
        assert struct.unpack(">I", content[16:20])[0] <= WIDEST_PICTURE
        assert f"(bilder/{picture.name})" in text
