"""How a change is shown before it is made: a unified diff, in colour on a terminal."""

import difflib
import re
import sys
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.text import Text

from build_tools.outlets.findings import printable

COLOURS = {"---": "bold", "+++": "bold", "@@": "cyan", "-": "red", "+": "green"}
"""By how a line begins, the longest first."""
BREAK = re.compile(r"\r\n|\r|\n")


def unified(file: str, before: bytes, after: bytes) -> Iterator[str]:
    """The lines that differ with three around them, as `diff -u` writes them."""
    lines = (_lines(before), _lines(after))
    for line in difflib.unified_diff(*lines, f"{file} (nu)", f"{file} (förslag)", lineterm=""):
        yield printable(line)


def show(lines: Sequence[str]) -> None:
    """Print a diff; the signs tell what the colours tell."""
    if not sys.stdout.isatty():
        sys.stdout.writelines(f"{line}\n" for line in lines)
        return
    console = Console(highlight=False, markup=False, emoji=False)
    for line in lines:
        style = next((colour for start, colour in COLOURS.items() if line.startswith(start)), "")
        console.print(Text(line, style=style), soft_wrap=True)


def _lines(content: bytes) -> list[str]:
    """The lines of a file as a person sees them; how they end is no part of what is shown."""
    return BREAK.split(content.decode("utf-8", errors="replace").removeprefix("\ufeff"))
