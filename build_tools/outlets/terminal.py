"""What a person sees in a terminal: findings with the line they stand on, and how far a build has come."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from rich.console import Console
from rich.text import Text

from build_tools.model import Finding, Level, Where
from build_tools.outlets.findings import as_text, printable, proposals, summary

COLOURS = {Level.ERROR: "bold red", Level.WARNING: "yellow", Level.NOTICE: "cyan"}
YES = frozenset({"j", "ja"})
NO = frozenset({"n", "nej"})
WIDEST = 100
"""How much of a source line is shown around the place."""


def show(findings: Sequence[Finding], root: Path) -> None:
    """Print findings and their sum: in colour with the source line on a terminal, bare lines elsewhere."""
    if not sys.stdout.isatty():
        lines = [as_text(finding) for finding in findings]
        sys.stdout.write("\n".join((*lines, summary(findings), "")))
        return
    console = Console(highlight=False, markup=False, emoji=False)
    for finding in findings:
        console.print(Text("\n").join(coloured(finding, root)), soft_wrap=True)
    console.print(Text(summary(findings), style="bold"), soft_wrap=True)


def coloured(finding: Finding, root: Path) -> Iterator[Text]:
    """The finding's line in colour, then the source line with a caret, then its proposals."""
    where = finding.where
    colour = COLOURS[finding.level]
    yield Text.assemble(
        (printable(f"{where.file}:{where.line}"), "bold"),
        (f"  {finding.level.value}", colour),
        (printable(f"  {finding.code}  "), "dim"),
        printable(finding.message),
    )
    for line in excerpt(root, where):
        yield Text(line, style="dim")
    for line in proposals(finding):
        yield Text(printable(line), style="green")


def excerpt(root: Path, where: Where) -> tuple[str, ...]:
    """The source line and a caret below its column, cut to what fits around it."""
    lines = source_lines(root / where.file)
    if not 0 < where.line <= len(lines):
        return ()
    line, column = printable(lines[where.line - 1]), max(where.column, 1) - 1
    start = max(0, column - WIDEST // 2)
    return (f"    {line[start : start + WIDEST]}", f"    {' ' * (column - start)}^")


@lru_cache(maxsize=8)
def source_lines(path: Path) -> Sequence[str]:
    """Read a source file for showing; findings come sorted by file, so each file is read once."""
    try:
        return path.read_text("utf-8", errors="replace").split("\n")
    except (OSError, ValueError):  # a folder, a name with a nought byte, a file that has gone
        return ()


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Lend a function that shows what is being done, on a terminal only."""
    console = Console(stderr=True, highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        yield lambda _: None
        return
    with console.status("Börjar") as status:
        yield lambda stage: status.update(printable(stage))


def say(line: str) -> None:
    """Tell the user; on standard error, since findings on standard output may be read by a program."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def asked(question: str) -> bool:
    """Ask at the terminal until the answer is yes or no; an end of input is no."""
    while True:
        sys.stderr.write(question)
        sys.stderr.flush()
        answer = sys.stdin.readline()
        word = answer.strip().lower()
        if word in YES or word in NO or not answer:
            return word in YES
