"""How wide a text may become, and how it is broken into lines.

The page decides the font, so widths are a little more than those of Helvetica and Arial, which are wider
than the theme's own Source Sans: what fits here fits on the page.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import accumulate

_EMS = {
    0.24: "ijl'",
    0.30: " \u00a0.,:;!/\\ftI|",
    0.36: '()[]{}-·r"°*',
    0.54: "csvxykzJ",
    0.70: "ABEFKLPSTVXYZÅÄÁÀÉÈ&",
    0.75: "CDHNRUÜw",
    0.81: "GOQÖØ",
    0.86: "mM",
    1.03: "W%@—…‰Æ",
}
_WIDTH = {letter: width for width, letters in _EMS.items() for letter in letters}
_OTHER = 0.6
_FULL = 1.1
_BOLD = 1.1
_LATIN_END = 0x250
_BLANK = re.compile(r"[ \t\r\n\f\v\x85\u2028\u2029]+")


def plain(text: str) -> str:
    """A text on one line, without the control characters and half characters that XML refuses."""
    line = _BLANK.sub(" ", text).strip()
    if line.isprintable():
        return line
    return "".join(letter for letter in line if letter == "\u00a0" or unicodedata.category(letter)[0] != "C")


def width(text: str, size: float, strong: bool = False) -> float:
    """The most room a text of a size is likely to take."""
    ems = sum(_WIDTH.get(letter, _OTHER if ord(letter) < _LATIN_END else _FULL) for letter in text)
    return ems * size * (_BOLD if strong else 1)


def wrapped(text: str, size: float, room: float, strong: bool = False) -> tuple[str, ...]:
    """The lines of a text where none is wider than the room; a word that is wider is cut."""
    lines: list[str] = []
    for word in _words(plain(text), size, room, strong):
        if lines and width(f"{lines[-1]} {word}", size, strong) <= room:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return tuple(lines)


def _words(text: str, size: float, room: float, strong: bool) -> Iterator[str]:
    for word in text.split(" "):
        while width(word, size, strong) > room:
            cut = _fitting(word, size, room, strong)
            yield word[:cut]
            word = word[cut:]
        if word:
            yield word


def _fitting(word: str, size: float, room: float, strong: bool) -> int:
    """How many letters of a word fit, cut after a hyphen or a no-break space where there is one."""
    ends = accumulate(width(letter, size, strong) for letter in word)
    cut = max(1, sum(1 for end in ends if end <= room))
    kind_place = max(word.rfind(mark, 0, cut) for mark in "-/\u00a0")
    return kind_place + 1 if kind_place > 0 else cut
