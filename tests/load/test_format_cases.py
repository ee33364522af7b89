"""Swedish cases for the loader: a title, one or more files, and the findings they give.

A case file is named after the data file that its cases write: `rapport.md` writes a report, `policy.md` the
policy. What stands in `nyckeltal.md` and `kategorier.md` comes before the small project's own. A line
`=== path` begins another file, and `=== path saknas` takes one away. Everything else comes from the small
project beside this module. Fields are parted by lines with a single full stop. After a change of messages,
`pytest tests/load/test_format_cases.py --regen` writes the expected part anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from build_tools.load import load
from build_tools.load.codes import CODES
from build_tools.model import Finding

FOLDER = Path(__file__).parents[1] / "cases" / "format"
HOMES = {
    "rapport": "data/rapporter/sater/2021.yml",
    "insats": "data/insatser/sater.yml",
    "handbok": "data/metoder/amia.yml",
    "handboksdel": "data/metoder/amia/del.yml",
}
JOINED = ("nyckeltal", "kategorier")
BASE = Path(__file__).parent / "projekt"
CLEAN = "inga anmärkningar"
GONE = " saknas"
BY_HAND = {"F02", "F24"}
"""Codes that need a file no case can hold; test_folder.py and test_source.py have them."""


@dataclass(frozen=True, slots=True)
class Case:
    """One case and where it stands."""

    file: Path
    title: str
    given: str
    expected: str

    @property
    def home(self) -> str:
        """The file that the case writes."""
        return HOMES.get(self.file.stem, f"data/{self.file.stem}.yml")

    def files(self) -> Mapping[str, str | None]:
        """What the case writes, by path; None for a file that it takes away."""
        parts = re.split(r"^=== (.+)\n", self.given, flags=re.MULTILINE)
        own = (BASE / self.home).read_text("utf-8") if self.file.stem in JOINED else ""
        first = parts[0] + own
        wanted: dict[str, str | None] = {self.home: first} if parts[0] else {}
        for path, text in zip(parts[1::2], parts[2::2], strict=True):
            wanted[path.removesuffix(GONE)] = None if path.endswith(GONE) else text
        return wanted

    def told(self, finding: Finding) -> str:
        """A finding on one line; the file is told where it is another than the case's own."""
        where = finding.where
        file = "" if where.file == self.home else f"{where.file}:"
        return f"{file}{where.line}:{where.column} {finding.level} {finding.code} {finding.message}"


def read(file: Path) -> Iterator[Case]:
    """The cases of a file."""
    fields = re.split(r"^\.\n", file.read_text("utf-8"), flags=re.MULTILINE)
    for title, given, expected in zip(fields[0::3], fields[1::3], fields[2::3], strict=False):
        yield Case(file, title.strip(), given, expected.strip())


def rewrite(case: Case, result: str) -> None:
    """Write the expected part of a case anew."""
    text = case.file.read_text("utf-8")
    begun = f"{case.title}\n.\n{case.given}.\n"
    assert text.count(begun) == 1, f"two cases are alike: {case.title}"
    before, after = text.split(begun)
    rest = re.split(r"^\.\n", after, maxsplit=1, flags=re.MULTILINE)[1]
    case.file.write_text(f"{before}{begun}{result}\n.\n{rest}", encoding="utf-8")


CASES = [case for file in sorted(FOLDER.glob("*.md")) for case in read(file)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file.stem}: {case.title}")
def test_what_the_loader_says(
    case: Case, copy: Callable[[Mapping[str, str | None]], Path], request: pytest.FixtureRequest
) -> None:
    """Each case gives the findings that stand under it, and no others."""
    found = load(copy(case.files()))[1]
    result = "\n".join(case.told(finding) for finding in found) or CLEAN
    if request.config.getoption("--regen", default=False):
        rewrite(case, result)
    else:
        assert result == case.expected


def test_every_code_has_a_case() -> None:
    """A code that no case gives is a promise that nobody has seen kept."""
    spoken = {code for case in CASES for code in re.findall(r"\b[FR][0-9]{2}[a-z]?\b", case.expected)}
    assert {row.code for row in CODES} - BY_HAND <= spoken


def test_titles_tell_cases_apart() -> None:
    """Two cases of a file never bear one title."""
    titles = [(case.file.stem, case.title) for case in CASES]
    assert len(titles) == len(set(titles)) > 0
