"""Swedish cases as text: title, what the writer has written, and what comes of it, a dot on a line between.

A case is set in the small project of `tests/projekt`, with one team (`nord`) and one year (2024).
`=== sökväg` begins another file than the report's figures. A report of another year or team that does not say
what it is gets the rest: who and when from its path, the same text, and a file for its team.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).parent / "projekt"
REPORT = "data/rapporter/nord/2024.yml"
TEXT = "content/rapporter/nord/2024.md"
ANOTHER_FILE = "=== "
IDENTITY = """
rapport:
  insats: nord
  typ: arsrapport
  mall: liten
  period: {start: 2024-01-01, slut: 2024-12-31, typ: kalenderar}
  status: slutlig
  kalla: Påhittad
"""
GOALS = """
definitioner: {mal_orsaker: [arbete, studier], mal_namnare: utan_tidiga_avhopp, tidigt_avhopp: saknas}
"""
OTHER_REPORT = re.compile(r"data/rapporter/([a-z]+)/([0-9]{4})\.yml")
PROSE = """# Team Nord 2024

## 1. Deltagare

### Beskrivning

Text.

### Analys

Text.

## 2. Organisation

### Beskrivning

Text.
"""


@dataclass(frozen=True, slots=True)
class Case:
    """A title, what the writer has written, and what should come of it."""

    file: Path
    title: str
    written: str
    expected: str


def cases(file: Path) -> list[Case]:
    """The cases of a file."""
    pieces = ("\n" + file.read_text(encoding="utf-8")).split("\n.\n")
    assert len(pieces) % 3 == 1, f"{file.name}: varje fall har tre delar"
    triples = zip(pieces[0::3], pieces[1::3], pieces[2::3], strict=False)
    return [Case(file, title.strip().splitlines()[-1], written, told) for title, written, told in triples]


def rewrite(case: Case, given: str) -> None:
    """Write what a case gives as what it should give (`pytest --regen`)."""
    expected = f"{case.expected}\n" if case.expected else "\n"
    old = f"\n.\n{case.written}\n.\n{expected}.\n"
    text = "\n" + case.file.read_text(encoding="utf-8")
    assert old in text
    new = f"\n.\n{case.written}\n.\n{given}\n.\n"
    case.file.write_text(text.replace(old, new, 1)[1:], encoding="utf-8")


def files_of(written: str) -> dict[str, str]:
    """The files of a case: the report's figures, and any that is told with `=== path`."""
    found: dict[str, list[str]] = {REPORT: []}
    current = REPORT
    for line in written.splitlines():
        if line.startswith(ANOTHER_FILE):
            current = line.removeprefix(ANOTHER_FILE)
            found[current] = []
        else:
            found[current].append(line)
    return {TEXT: PROSE} | {name: "\n".join(lines) + "\n" for name, lines in found.items()}


def _around(files: dict[str, str]) -> dict[str, str]:
    """The files with what a report of another year or team lacks."""
    whole = dict(files)
    for name, text in files.items():
        other = OTHER_REPORT.fullmatch(name)
        if other and name != REPORT and "rapport:" not in text:
            team, year = other.groups()
            whole[name] = text + IDENTITY.replace("nord", team).replace("2024", year)
            whole.setdefault(f"content/rapporter/{team}/{year}.md", PROSE)
            if team != "nord":
                own = (PROJECT / "data/insatser/nord.yml").read_text("utf-8")
                whole.setdefault(f"data/insatser/{team}.yml", own.replace("Nord", team.capitalize()))
    return whole


def write_project(root: Path, written: str) -> None:
    """Make the project of a case in an empty folder."""
    shutil.copytree(PROJECT / "data", root / "data")
    for name, text in _around(files_of(written)).items():
        told = text
        if name == REPORT:
            told += IDENTITY if "rapport:" not in text else ""
            told += GOALS if "definitioner:" not in text else ""
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(told, encoding="utf-8")
