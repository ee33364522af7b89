"""The line of a source that a finding is about, with a caret below its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from rich.cells import cell_len

from build_tools.model import Where
from build_tools.outlets.findings import printable

MARGIN = "    "
CUT = "…"
EACH_SIDE = 50
"""How many places of a terminal are shown on either side of the caret, where it is wide enough."""
LARGEST = 1_000_000
"""A larger file is no source that anybody reads line by line."""


def excerpt(root: Path, where: Where, room: int = EACH_SIDE) -> tuple[str, ...]:
    """The line and a caret below its column, cut around it; nothing where there is no text to show."""
    lines = source_lines(root, where.file)
    if not 0 < where.line <= len(lines) or not lines[where.line - 1].strip():
        return ()
    line = printable(lines[where.line - 1]).rstrip()
    at = min(max(where.column - 1, 0), len(line))
    before, after = _end(line[:at], room), _start(line[at:], room)
    return (f"{MARGIN}{before}{after}", f"{MARGIN}{' ' * cell_len(before)}^")


def room_in(width: int) -> int:
    """How much there is room for on either side of the caret in a terminal."""
    return max(1, min(EACH_SIDE, (width - len(MARGIN) - 2 * len(CUT)) // 2))


def _end(text: str, room: int) -> str:
    """As much of the end of a text as there is room for."""
    kept = "".join(_fitting(reversed(text), room))[::-1]
    return kept if len(kept) == len(text) else f"{CUT}{kept}"


def _start(text: str, room: int) -> str:
    """As much of the beginning of a text as there is room for."""
    kept = "".join(_fitting(text, room))
    return kept if len(kept) == len(text) else f"{kept}{CUT}"


def _fitting(characters: Iterable[str], room: int) -> Iterator[str]:
    """Characters until their places are filled: some take two, and some none."""
    for character in characters:
        room -= cell_len(character)
        if room < 0:
            return
        yield character


@lru_cache(maxsize=8)
def source_lines(root: Path, file: str) -> Sequence[str]:
    """The lines of a source of the project, none where it cannot be read as text.

    Findings come sorted by file, so each is read once.
    """
    try:
        path = (root / file).resolve()
        if not path.is_relative_to(root.resolve()) or path.stat().st_size > LARGEST or not path.is_file():
            return ()
        text = path.read_bytes().decode("utf-8")
    except (OSError, ValueError, RuntimeError):  # gone, not UTF-8, a nought byte in its name, a ring of links
        return ()
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return () if "\0" in text else lines
