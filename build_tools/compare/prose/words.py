"""Sentences as words: what makes two of them the same, how alike they are, and which words were changed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from build_tools.model import Change, Span

LONG = 400
"""Words of a sentence that is compared word for word. A longer one is none, and would take too long."""
GLUE = 3
"""Letters of a word that, alone between two changed passages, is counted to them: `och`, `på`, `att`."""

_SPACE = r"[ \u00a0\u2009\u202f]"
_NUMBER = rf"[-−+]?(?:\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)|\d+)(?:[.,:/–-]\d+)*(?:{_SPACE}?[%‰])?"
_SIGNS = r".,;:!?…()\[\]{}”’\"'«»–—"
_TOKEN = re.compile(rf"\s+|{_NUMBER}|[^\s{_SIGNS}]+|.", re.DOTALL)
_DIGITS = re.compile(_NUMBER)


def key(sentence: str) -> str:
    """What two sentences have in common when they are the same: space and quotation marks may differ."""
    even = unicodedata.normalize("NFC", sentence).translate(_QUOTES)
    return " ".join(even.split())


def moved_key(sentence: str) -> str:
    """The same, for a sentence elsewhere: capitals and signs may differ too, but no word and no number."""
    return " ".join(word.casefold() for word in tokens(key(sentence)) if any(map(str.isalnum, word)))


_QUOTES = str.maketrans({"“": "”", "„": "”", '"': "”", "«": "”", "»": "”", "’": "'", "‘": "'"})


@lru_cache(maxsize=1 << 13)
def tokens(sentence: str) -> tuple[str, ...]:
    """The words, numbers and signs of a sentence. `12 345` and `45,5 %` are one each; joined they say it all.

    The space before a word belongs to it.
    """
    found: list[str] = []
    space = ""
    for token in _TOKEN.findall(sentence):
        if token.isspace():
            space = token
        elif found and not space and unicodedata.category(token[0]).startswith("M"):
            found[-1] += token
        else:
            found.append(space + token)
            space = ""
    return tuple(found)


@lru_cache(maxsize=1 << 13)
def bag(sentence: str) -> frozenset[str]:
    """The different words of a sentence for a measure of likeness, where one number is as good as another."""
    words = (word.strip().casefold() for word in tokens(key(sentence)))
    return frozenset("0" if word[0].isdigit() else word for word in words if any(map(str.isalnum, word)))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """How large a part of their words two texts share, from 0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def count(text: str) -> int:
    """How many words a text has, numbers counted and signs not."""
    return sum(any(map(str.isalnum, token)) for token in tokens(text))


def has_number(text: str) -> bool:
    """Whether any figure is written in digits."""
    return bool(_DIGITS.search(text))


def spans(before: str, after: str) -> tuple[Span, ...]:
    """The words of two sentences as kept, dropped and added ones, in the order in which they are read."""
    old, new = tokens(before), tokens(after)
    if max(len(old), len(new)) > LONG:
        return Span(Change.DROPPED, before), Span(Change.NEW, after)
    return tuple(_spans(old, new))


def _spans(old: Sequence[str], new: Sequence[str]) -> Iterator[Span]:
    for same, (low, high), (begin, end) in _runs(old, new):
        if same:
            yield Span(Change.SAME, "".join(new[begin:end]))
            continue
        if low < high:
            yield Span(Change.DROPPED, "".join(old[low:high]))
        if begin < end:
            yield Span(Change.NEW, "".join(new[begin:end]))


_Run = tuple[bool, tuple[int, int], tuple[int, int]]


def _runs(old: Sequence[str], new: Sequence[str]) -> list[_Run]:
    """Kept and changed runs by turns, a small word between two changed runs taken into them."""
    one, other = [_even(word) for word in old], [_even(word) for word in new]
    turned = other < one
    first, second = (other, one) if turned else (one, other)
    found: list[_Run] = []
    codes = SequenceMatcher(None, first, second, autojunk=False).get_opcodes()
    for place, (tag, a1, a2, b1, b2) in enumerate(codes):
        left, right = ((b1, b2), (a1, a2)) if turned else ((a1, a2), (b1, b2))
        same = tag == "equal" and not (0 < place < len(codes) - 1 and _is_glue(second[b1:b2]))
        if found and found[-1][0] == same:
            _, (low, _), (begin, _) = found.pop()
            left, right = (low, left[1]), (begin, right[1])
        found.append((same, left, right))
    return found


def _even(word: str) -> str:
    return " ".join(key(word).split())


def _is_glue(words: Sequence[str]) -> bool:
    """Whether a run is a small word or a sign alone: kept, it would cut one change in two."""
    return len(words) == 1 and len(words[0]) <= GLUE and not words[0][0].isdigit()
