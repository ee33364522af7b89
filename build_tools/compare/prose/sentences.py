"""Swedish text split into sentences: abbreviations, dates, numbers, quotes and parentheses hold together.

The libraries weighed do worse on Swedish: sentencex ends sentences at `t.ex.`, `kl.` and `kap.`, and pysbd
has no Swedish and tears quotes from their full stops.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_GOES_ON = (
    *("adj", "anm", "avs", "bl a", "ca", "d v s", "dvs", "eg", "ev", "ex", "exkl", "f d", "f n", "forts"),
    *(
        "fr o m",
        "f ö",
        "förf",
        "i st f",
        "inkl",
        "jfr",
        "kl",
        "m a o",
        "m h a",
        "motsv",
        "nr",
        "nuv",
        "p g a",
    ),
    *("pga", "prel", "resp", "s k", "t ex", "tel", "tidl", "t o m", "t v", "u a", "uppl", "urspr"),
)
"""Abbreviations that are never the last word: a name or a number comes after them. `m.fl.`, `m.m.` and `osv.`
are not among them, for they do end sentences."""
_BEFORE_NUMBERS = (
    *("jan", "feb", "febr", "mars", "apr", "aug", "sept", "sep", "okt", "nov", "dec"),
    *("mån", "tis", "ons", "tors", "fre", "lör", "sön"),
    *("art", "avd", "bil", "fig", "kap", "max", "min", "mom", "p", "s", "sid", "st", "tab", "v", "vol"),
)
"""Abbreviations that go on where a number comes after them, and may end a sentence otherwise."""


def _dotted(words: tuple[str, ...]) -> str:
    """A pattern for abbreviations with their dots, written together or apart: `t.ex` and `t. ex`."""
    return "|".join(r"\.\s?".join(map(re.escape, word.split())) for word in sorted(words, key=len)[::-1])


_END = re.compile(r"[.!?…]+[”’\"'»)\]]*\s+|\n")
"""Where a sentence can end. No sign is looked at twice, so time follows the length of the text."""
_OPENS = "”\"'’«(["
_DASHES = "–—-•"
_ABBREVIATED = re.compile(rf"(?:^|[\s(”\"«/–-])(?:{_dotted(_GOES_ON)})\.$", re.IGNORECASE)
_BEFORE_NUMBER = re.compile(rf"(?:^|[\s(])(?:{_dotted(_BEFORE_NUMBERS)})\.$", re.IGNORECASE)
_NUMBER_OF_LIST = re.compile(r"[(]?(?:\d{1,3}|[a-zåäöA-ZÅÄÖ])[.)]+(?:\d{1,3}[.)]?)*")
_LONGEST_TAIL = 24
"""How far back from a full stop an abbreviation is looked for."""


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, in order, without the space around them. Nothing but space is left out."""
    return tuple(found for piece in _pieces(text) if (found := piece.strip()))


def _pieces(text: str) -> Iterator[str]:
    start = depth = counted = 0
    for end in _END.finditer(text):
        depth = max(0, depth + text.count("(", counted, end.end()) - text.count(")", counted, end.end()))
        counted = end.end()
        if end.group() == "\n" or (not depth and _ends(text, start, end)):
            yield text[start : end.end()]
            start, depth = end.end(), 0
    yield text[start:]


def _ends(text: str, start: int, end: re.Match[str]) -> bool:
    """Whether a sentence ends at a full stop, given what stands before it and what comes after."""
    following = text[end.end() : end.end() + 4].lstrip(_OPENS + _DASHES + " ")[:1]
    if not following or following.islower():
        return not following
    if not end.group().startswith("."):
        return True
    tail = text[max(start, end.start() - _LONGEST_TAIL) : end.start() + 1]
    if _ABBREVIATED.search(tail) or (following.isdigit() and _BEFORE_NUMBER.search(tail)):
        return False
    return not _NUMBER_OF_LIST.fullmatch(text[start : end.end()].strip())
