"""How large a part of two texts stands unchanged, and what that is called."""

from __future__ import annotations

from collections.abc import Iterable

from build_tools.compare.prose.sections import SectionPair
from build_tools.compare.prose.words import count
from build_tools.model import AlignedPart, Change, Sentence, Standing

UNCHANGED = 90
"""Percent of the words from which a text is called unchanged: what differs is figures and single words."""
REVISED = 20
"""Percent from which it is called partly rewritten. Below it nothing but a turn of phrase is left."""


def sentences(parts: Iterable[AlignedPart]) -> Iterable[Sentence]:
    """Every sentence of some parts."""
    return (
        sentence
        for part in parts
        for passage in part.passages
        for line in passage.lines
        for sentence in line.sentences
    )


def words_of(parts: Iterable[AlignedPart]) -> tuple[int, int]:
    """How many words of both texts stand unchanged, and how many there are."""
    unchanged = whole = 0
    for one in sentences(parts):
        whole += count(one.before) + count(one.after)
        unchanged += _unchanged(one)
    return unchanged, whole


def _unchanged(one: Sentence) -> int:
    """Words that stand in both, counted in each. What has moved is counted as changed: its place is."""
    if one.change is Change.SAME:
        return count(one.before) + count(one.after)
    if one.change is Change.EDITED:
        return 2 * sum(count(span.text) for span in one.spans if span.change is Change.SAME)
    return 0


def percent(unchanged: int, whole: int) -> int:
    """Whole percent rounded down, so that 100 means every word."""
    return 100 * unchanged // whole if whole else 100


def standing(pair: SectionPair, share: int) -> Standing:
    """What the text of a section is to that of the other report."""
    if pair.before is None:
        return Standing.ADDED
    if pair.after is None:
        return Standing.MISSING
    if share >= UNCHANGED:
        return Standing.UNCHANGED
    return Standing.REVISED if share >= REVISED else Standing.REWRITTEN
