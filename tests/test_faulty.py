"""The faulty copy: every fault that a tired colleague has planted is found where it stands, nothing else."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from build_tools import checks, protect
from build_tools.build import examine
from build_tools.commands import run
from build_tools.model import Finding
from build_tools.outlets.replace import MARKER
from build_tools.stages import handbook_check

HERE = Path(__file__).parent
FAULTY = HERE / "felaktig"
DEFINITIONS = ("nyckeltal.yml", "kategorier.yml", "mallar.yml", "skalor.yml", "policy.yml")
"""What is measured and how it is called is the demo's."""
CODE = r"[A-Z]\d\d[a-z]?"
MARK = re.compile(rf"(?:#|<!--) fel( senare)?: ({CODE}(?:, {CODE})*)")
CANNOT_STAND = {
    "R16b": "Yngst och äldst skrivs utelamnat, och inget annat mått i katalogen har en minsta.",
    "R26g": "Jämför med minst åtta andra team, och kopian har två.",
    "F53": "Felet är programmets, inte skribentens.",
}
"""Rules whose fault nobody can write with the demo's catalogue, and why."""
FOREIGN = re.compile(
    r"\b(?:the|and|is|not|expected|found|invalid|error|value|missing|None|True|False|Traceback|Decimal)\b"
)

Place = tuple[str, int, str]
"""A file, a line and a code."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What is written on the planted lines: what must be said there, and what nothing says yet."""

    now: Counter[Place]
    later: frozenset[Place]


def marks() -> Marks:
    """Every mark of the faulty copy."""
    now: Counter[Place] = Counter()
    later: set[Place] = set()
    for path in sorted(path for path in FAULTY.rglob("*") if path.suffix in (".yml", ".md")):
        for line, waits, code in _marked(path):
            place = (path.relative_to(FAULTY).as_posix(), line, code)
            if waits:
                later.add(place)
            else:
                now[place] += 1
    return Marks(now, frozenset(later))


def _marked(path: Path) -> Iterator[tuple[int, bool, str]]:
    """Line, whether it waits, and code. In a text a mark stands above its line; on line 1 it is about all."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        mark = MARK.search(line)
        if mark:
            below = path.suffix == ".md" and number > 1
            for code in mark[2].split(", "):
                yield number + below, bool(mark[1]), code


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The faulty copy as a project of its own."""
    root = tmp_path_factory.mktemp("felaktig") / "projekt"
    shutil.copytree(FAULTY, root)
    for name in DEFINITIONS:
        shutil.copy(HERE.parent / "data" / name, root / "data" / name)
    return root


@pytest.fixture(scope="module")
def findings(faulty: Path) -> tuple[Finding, ...]:
    """Everything that `granska` says of it."""
    return examine(faulty).findings


def place(finding: Finding) -> Place:
    """Where a finding is, and its code."""
    return finding.where.file, finding.where.line, finding.code


def test_every_fault_is_found_on_its_line_and_nothing_else(findings: tuple[Finding, ...]) -> None:
    """The findings are those that the marks ask for: same line, same code, as many times."""
    planted, said = marks(), Counter(map(place, findings))
    lines = {(file, line) for file, line, _code in planted.later}
    missing = [f"{file}:{line} ska ge {code}" for file, line, code in (planted.now - said).elements()]
    extra = [
        f"{file}:{line} ger {code}"
        + (" och står som fel senare: flytta upp det" if (file, line) in lines else ", som inte är väntat")
        for file, line, code in (said - planted.now).elements()
    ]
    assert missing + extra == []


def test_every_rule_has_a_fault() -> None:
    """No check of a report is without a fault that it finds here, but for those the format cannot hold.

    Those of handbooks have their faults in `tests/cases/metod/`.
    """
    planted = {code for _file, _line, code in marks().now}
    every = set(checks.rules()) | set(protect.rules())
    rules = every - {part.id for part in handbook_check.parts()}
    assert set(CANNOT_STAND) <= rules
    assert rules - set(CANNOT_STAND) - planted == set()


def test_what_waits_is_still_silent(findings: tuple[Finding, ...]) -> None:
    """A fault that no rule finds is marked so; when a rule comes, its mark is moved up."""
    families = {(file, line, code[:3]) for file, line, code in map(place, findings)}
    awake = [found for found in marks().later if (found[0], found[1], found[2][:3]) in families]
    assert awake == []


def test_findings_are_swedish_sentences(findings: tuple[Finding, ...]) -> None:
    """Each says what is wrong in whole Swedish sentences and names a place that is there."""
    for finding in findings:
        assert re.fullmatch(r"\S.*[.?]", finding.message), finding.message
        assert not FOREIGN.search(finding.message), finding.message
        lines = (FAULTY / finding.where.file).read_text("utf-8").count("\n")
        assert 1 <= finding.where.line <= lines, finding


def test_a_figure_that_breaks_two_sums_is_said_once(findings: tuple[Finding, ...]) -> None:
    """A total with its digits swapped breaks what came and what left; the second is told with the first."""
    told = [finding.message for finding in findings if finding.code == "R02a"]
    assert len(told) == 1
    assert "utslag till: R02b" in told[0]


def test_bygg_refuses_and_leaves_the_site_whole(
    faulty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With errors nothing is written: the site that was there is there, byte for byte."""
    site = tmp_path / "site"
    (site / "rapporter").mkdir(parents=True)
    (site / MARKER).touch()
    (site / "index.html").write_text("<p>Förra bygget", "utf-8")
    (site / "rapporter" / "index.html").write_text("<p>Alla rapporter", "utf-8")
    before = {path: path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}
    assert run(("bygg", "--rot", str(faulty), "--till", str(site))) == 1
    assert {path: path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    said = capsys.readouterr()
    assert "Inget är ersatt" in said.out + said.err
    assert "Traceback" not in said.out + said.err


def test_nothing_but_findings_leaves_the_program(faulty: Path) -> None:
    """No library writes a line of its own among the findings: what a program reads is objects alone."""
    command = [sys.executable, "-m", "build_tools", "granska", "--rot", str(faulty), "--format", "json"]
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent), "SAMRAPPORT_INNE": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    lines = done.stdout.decode("utf-8").splitlines()
    assert len(lines) > len(marks().now)
    assert [line for line in lines if not line.startswith("{")] == []
    assert done.stderr == b""
