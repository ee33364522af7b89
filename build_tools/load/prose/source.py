"""A writer's file as lines that the Markdown library can read in bounded time, with nothing hidden in them.

Everything that would make the library slow or deep is taken out here, line by line, with a finding; comments,
front matter and code blocks are taken out too, since none of them is prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from build_tools.load.prose import codes
from build_tools.load.prose.codes import Remarks
from build_tools.load.prose.sanitise import FORBIDDEN, INVISIBLE
from build_tools.texts import number

LARGEST = 200_000
"""Bytes of a file."""
MOST_LINES = 5_000
LONGEST = 5_000
"""Characters of a paragraph, and so of a line."""
MOST_IN_A_ROW = 400
"""Lines without an empty one between: the library's time grows with their square."""
DEEPEST = 8
"""Lists and quotes in one another: the library reads them by recursion."""
MOST_BARS = 25
"""Vertical bars in a line: one long table heading would make every short row as long."""
TAB = 4

_OPENING = re.compile(r" *(?:>|(?:[-+*:]|\d+\.)(?= |$))")
_FENCE = re.compile(r"( *)(`{3,}|~{3,})([^`]*)$")
_RULE = re.compile(r" {0,3}([-_*])(?: {0,2}\1)+ *$")
_BULLET = re.compile(r" {0,3}(?:[-+*]|1\.) +\S")
_STANDS_ALONE = "\x02kod{}\x03"
"""What stands for a code block in the feed; writers' control characters are gone before it is put in."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file ready to be read. `lines` are numbered as in the file; `feed` is what the library gets."""

    lines: tuple[str, ...]
    feed: str
    code: dict[str, str]
    """The text of each code block by what stands for it in the feed."""


def read_source(text: str, remarks: Remarks) -> Source | None:
    """The file's lines, or None where it is too large to be read at all."""
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > LARGEST:
        remarks.error(
            codes.SIZE, f"Texten är {number(size)} byte. Högst {number(LARGEST)} får plats i en fil."
        )
        return None
    lines = _seen(text.removeprefix("\ufeff"), remarks).expandtabs(TAB).split("\n")
    written = sum(1 for line in lines if line.strip())
    if written > MOST_LINES:
        remarks.error(codes.SIZE, f"Filen har {number(written)} rader. Högst {number(MOST_LINES)} får plats.")
        return None
    lines = [_bounded(line, at, remarks) for at, line in enumerate(lines, 1)]
    _drop_front_matter(lines, remarks)
    code = _take_out(lines, remarks)
    _bound_rows(lines, remarks)
    return Source(tuple(lines), _feed(lines), code)


def _seen(text: str, remarks: Remarks) -> str:
    """The text with plain line ends and without characters that nobody can see."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for at, char, count in _firsts(FORBIDDEN, text):
        message = f"Här står {_described(char)} ({_times(count)} i texten). Ta bort det."
        remarks.error(codes.FORBIDDEN_CHARACTER, message, *_place(text, at))
    for at, char, count in _firsts(INVISIBLE, text):
        message = f"Här står ett osynligt tecken, U+{ord(char):04X} ({_times(count)} i texten). Ta bort det."
        remarks.warning(codes.INVISIBLE_CHARACTER, message, *_place(text, at))
    return INVISIBLE.sub("", FORBIDDEN.sub(" ", text))


def _firsts(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, str, int]]:
    """Where each kind of character stands first, and how often it stands in all."""
    found: dict[str, list[int]] = {}
    for match in pattern.finditer(text):
        found.setdefault(match.group(), []).append(match.start())
    for char, places in found.items():
        yield places[0], char, len(places)


def _described(char: str) -> str:
    if char in "\u2028\u2029":
        return f"en särskild radbrytning, U+{ord(char):04X}"
    if "\u202a" <= char <= "\u202e" or "\u2066" <= char <= "\u2069":
        return f"ett tecken som vänder skrivriktningen, U+{ord(char):04X}"
    if "\ud800" <= char <= "\udfff":
        return f"ett halvt tecken, U+{ord(char):04X}"
    return f"ett styrtecken, U+{ord(char):04X}"


def _times(count: int) -> str:
    return "en gång" if count == 1 else f"{number(count)} gånger"


def _place(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def _bounded(line: str, at: int, remarks: Remarks) -> str:
    """The line, or an empty one where the library would need too long or too deep a stack for it."""
    if len(line) > LONGEST:
        message = (
            f"Raden har {number(len(line))} tecken. Ett stycke får ha högst {number(LONGEST)}: dela upp det."
        )
        remarks.error(codes.LONG, message, at)
        return ""
    if _depth(line) > DEEPEST:
        message = (
            f"Listan eller citatet är mer än {DEEPEST} nivåer djupt. Använd färre nivåer eller mindre indrag."
        )
        remarks.error(codes.DEEP, message, at)
        return ""
    if line.count("|") > MOST_BARS:
        message = f"Tabellen har mer än {MOST_BARS - 1} kolumner. Dela upp den."
        remarks.error(codes.DEEP, message, at)
        return ""
    return line


def _depth(line: str) -> int:
    """How many lists and quotes a line opens or stands in."""
    if line[:1].isalpha() or _RULE.match(line):
        return 0
    count = (len(line) - len(line.lstrip(" "))) // TAB
    at = 0
    while count <= DEEPEST and (opening := _OPENING.match(line, at)):
        count += 1
        at = opening.end()
    return count


def _drop_front_matter(lines: list[str], remarks: Remarks) -> None:
    """Empty the lines between two dashed lines at the top: Markdown would make a heading of them."""
    end = next((at for at, line in enumerate(lines) if at and line.rstrip() in {"---", "..."}), 0)
    if lines[0].rstrip() != "---" or not any(":" in line for line in lines[1:end]):
        return
    lines[: end + 1] = [""] * (end + 1)
    message = (
        "Inställningarna överst i filen används inte. Ta bort dem; titeln skrivs som en rubrik: # Titel."
    )
    remarks.warning(codes.FRONT_MATTER, message)


def _take_out(lines: list[str], remarks: Remarks) -> dict[str, str]:
    """Empty the lines of comments, and put one line in place of each code block."""
    code: dict[str, str] = {}
    at = 0
    while at < len(lines):
        start = lines[at].lstrip(" ")[:4]
        if start == "<!--":
            at = _drop_comment(lines, at, remarks)
        elif start[:3] in {"```", "~~~"} and (fence := _FENCE.match(lines[at])):
            mark = _STANDS_ALONE.format(len(code))
            code[mark], at = _drop_code(lines, at, fence, mark, remarks)
        else:
            at += 1
    return code


def _drop_comment(lines: list[str], first: int, remarks: Remarks) -> int:
    """Empty a comment that begins a line; the number of the line where it ends, which may hold more."""
    begin = lines[first].index("<!--") + 4
    for at in range(first, len(lines)):
        end = lines[at].find("-->", begin if at == first else 0)
        if end >= 0:
            lines[at] = lines[at][end + 3 :].lstrip(" ")
            lines[first:at] = [""] * (at - first)
            return at
    message = "Kommentaren som börjar här slutar aldrig och tar med resten av filen. Avsluta den med -->."
    remarks.error(codes.UNCLOSED, message, first + 1, begin - 3)
    lines[first:] = [""] * (len(lines) - first)
    return len(lines)


def _drop_code(
    lines: list[str], first: int, fence: re.Match[str], mark: str, remarks: Remarks
) -> tuple[str, int]:
    """Take out a code block; its text, and the number of the line after it."""
    indent, ticks = fence.group(1), fence.group(2)
    ends = (at for at in range(first + 1, len(lines)) if _closes(lines[at], ticks))
    last = next(ends, None)
    if last is None:
        message = (
            f"Kodrutan som börjar här slutar aldrig och tar med resten av filen. Avsluta den med {ticks[:3]}."
        )
        remarks.error(codes.UNCLOSED, message, first + 1, len(indent) + 1)
        last = len(lines)
    text = "\n".join(line.removeprefix(indent) for line in lines[first + 1 : last])
    lines[first : last + 1] = [indent + mark, *[""] * (min(last, len(lines) - 1) - first)]
    return text, last + 1


def _closes(line: str, ticks: str) -> bool:
    found = line.strip(" ")
    return len(found) >= len(ticks) and not found.strip(ticks[0])


def _bound_rows(lines: list[str], remarks: Remarks) -> None:
    """Empty runs of lines that are too long."""
    for first, last in _runs(lines):
        if last - first > MOST_IN_A_ROW:
            message = (
                f"{number(last - first)} rader följer på varandra utan en tom rad. "
                f"Högst {MOST_IN_A_ROW} får göra det: dela upp texten, listan eller tabellen."
            )
            remarks.error(codes.DEEP, message, first + 1)
            lines[first:last] = [""] * (last - first)


def _runs(lines: Iterable[str]) -> Iterator[tuple[int, int]]:
    """The first line of each run of lines with text, and the line after it."""
    first: int | None = None
    at = -1
    for at, line in enumerate(lines):
        if line.strip() and first is None:
            first = at
        elif not line.strip() and first is not None:
            yield first, at
            first = None
    if first is not None:
        yield first, at + 1


def _feed(lines: list[str]) -> str:
    """The text as the library gets it: blank lines once, and around what stands alone.

    A list may follow a paragraph directly, as it may in every other Markdown.
    """
    fed: list[str] = []
    plain = False
    for line in lines:
        if not line.strip():
            fed.append("")
            plain = False
        elif line.lstrip(" ").startswith("\x02"):
            fed += ["", line, ""]
            plain = False
        elif plain and _BULLET.match(line):
            fed += ["", line]
            plain = False
        else:
            if not fed or not fed[-1]:
                plain = not line.startswith((" " * TAB, ">")) and not _BULLET.match(line)
            fed.append(line)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(fed)).strip("\n") + "\n\n"
