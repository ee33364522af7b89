"""Every kind of page, by Swedish cases: figures in, page out as a reader without pictures meets it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from build_tools.build import build
from tests.casefiles import Case, cases, rewrite, write_project

CASES = sorted((Path(__file__).parents[1] / "cases" / "sidor").glob("*.md"))
ALL = [case for file in CASES for case in cases(file)]
WANTED = re.compile(r"visa: (?P<path>\S+)(?: från (?P<start>.+?) till (?P<end>.+))?")
BLOCKS = {"p", "li", "tr", "caption", "dt", "dd", "summary", "figcaption", "nav", "div", "section", "aside"}


class Reader(HTMLParser):
    """The text of a page: a line for each block, cells with a bar between, pictures as their title."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = [""]
        self.drawn = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line where a block begins; a picture is told by its title."""
        if tag in BLOCKS:
            self.lines.append("")
        elif tag in {"td", "th"} and self.lines[-1]:
            self.lines[-1] += " | "
        self.drawn += tag == "svg"
        if tag == "title":
            self.lines.append("[bild] ")

    def handle_endtag(self, tag: str) -> None:
        """End a line where a block ends."""
        self.drawn -= tag == "svg"
        if tag in BLOCKS or tag == "title":
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        """Take text; of a picture, only its title."""
        lines = data.split("\n")
        if not self.drawn or self.lines[-1].startswith("[bild]"):
            self.lines[-1] += lines[0]
            self.lines += lines[1:]


def read(page: str) -> str:
    """A page as lines of text, without front matter and empty lines."""
    reader = Reader()
    reader.feed(page.split("---\n", 2)[2])
    return "\n".join(line for raw in reader.lines if (line := " ".join(raw.split())))


def seen(case: Case, root: Path) -> str:
    """The page that a case asks for, or the piece of it between two headings."""
    first, _, written = case.written.partition("\n")
    wanted = WANTED.fullmatch(first)
    assert wanted, f"{case.title}: första raden ska vara ”visa: sida.md” eller ”visa: sida.md från A till B”"
    write_project(root, written)
    built = build(root, preview="utkast" in written)
    assert built.files, [finding.message for finding in built.findings]
    text = read(next(str(file.content) for file in built.files if file.path == wanted["path"]))
    if wanted["start"]:
        text = text[text.index(wanted["start"]) :] + "\nSLUT"
        text = text[: text.index(wanted["end"])].strip()
    return text


@pytest.mark.parametrize("case", ALL, ids=lambda case: f"{case.file.stem}: {case.title}")
def test_case(case: Case, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """A page says what its case says."""
    given = seen(case, tmp_path)
    if request.config.getoption("--regen") and given != case.expected:
        rewrite(case, given)
    assert given == case.expected
