"""What a person sees in a terminal: findings with the line they stand on, and how far a build has come."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.text import Text

from build_tools.model import Finding, Level
from build_tools.outlets.excerpts import excerpt, room_in
from build_tools.outlets.findings import heading, printable, proposals, summary

COLOURS = {Level.ERROR: "bold red", Level.WARNING: "yellow", Level.NOTICE: "cyan"}
YES = frozenset({"j", "ja"})
NO = frozenset({"n", "nej"})


def show(findings: Sequence[Finding], root: Path) -> None:
    """Print findings, each with the line it is about, and their sum; in colour on a terminal."""
    if not sys.stdout.isatty():
        lines = [line for finding in findings for line in plain(finding, root)]
        sys.stdout.write("\n".join((*lines, summary(findings), "")))
        return
    console = Console(highlight=False, markup=False, emoji=False)
    for finding in findings:
        console.print(Text("\n").join(coloured(finding, root, console.width)), soft_wrap=True)
    console.print(Text(summary(findings), style="bold"), soft_wrap=True)


def plain(finding: Finding, root: Path) -> Iterator[str]:
    """The finding on one line, then the source line with a caret, then its proposals."""
    yield printable(heading(finding))
    yield from excerpt(root, finding.where)
    yield from map(printable, proposals(finding))


def coloured(finding: Finding, root: Path, width: int) -> Iterator[Text]:
    """The same in colour: what is grave stands out, and the caret has the colour of the finding."""
    where = finding.where
    colour = COLOURS[finding.level]
    yield Text.assemble(
        (printable(f"{where.file}:{where.line}"), "bold"),
        (f"  {finding.level.value}", colour),
        (printable(f"  {finding.code}  "), "dim"),
        printable(finding.message),
    )
    for line, style in zip(excerpt(root, where, room_in(width)), ("dim", colour), strict=False):
        yield Text(line, style=style)
    for line in proposals(finding):
        yield Text(printable(line), style="green")


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
