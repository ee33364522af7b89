"""Which of two rows of sentences belong together, in the same order in both. Near-linear in their length."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

Pair = tuple[int, int]

WINDOW = 8
"""How many sentences to each side an edited one is looked for: further away it has moved, not been edited."""
ALIKE = 0.65
"""Likeness from which a sentence is an edited one: two words of three. With less, the marks are shreds:
`Av årets 56 nya deltagare kom 19 från socialtjänsten` is not `Det kom 66 nya deltagare` (0.5)."""


def same(one: Sequence[str], other: Sequence[str]) -> list[Pair]:
    """The longest common row of two, where a sentence told twice is its first and its second.

    That makes each one unique, so the longest rising row of places is found in n log n steps; the matcher of
    the standard library needs the square of that for a text made to tire it.
    """
    places = {word: at for at, word in enumerate(_numbered(one))}
    met = [(places[word], at) for at, word in enumerate(_numbered(other)) if word in places]
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for at, (place, _) in enumerate(met):
        length = bisect_left(ends, place)
        before.append(last[length - 1] if length else -1)
        if length == len(ends):
            ends.append(place)
            last.append(at)
        else:
            ends[length], last[length] = place, at
    return _traced(met, before, last[-1] if last else -1)


def _numbered(words: Sequence[str]) -> Iterator[tuple[str, int]]:
    told: Counter[str] = Counter()
    for word in words:
        told[word] += 1
        yield word, told[word]


def _traced(met: Sequence[Pair], before: Sequence[int], at: int) -> list[Pair]:
    found: list[Pair] = []
    while at >= 0:
        found.append(met[at])
        at = before[at]
    return found[::-1]


def likest(length: int, other: int, alike: Callable[[int, int], float]) -> list[Pair]:
    """The pairs in the same order that are together most alike, each within the window of the other.

    The window follows the straight line from beginning to end of both rows.
    """
    best: list[dict[int, float]] = [{}]
    for i in range(length):
        best.append(_next_row(i, length, other, best[i], alike))
    return _chosen(length, other, best, alike)


def _near(i: int, length: int, other: int) -> range:
    """The places in the other row that one in this row is compared with."""
    middle = (2 * i + 1) * other // (2 * length)
    return range(max(0, middle - WINDOW), min(other, middle + WINDOW + 1))


def _next_row(
    i: int, length: int, other: int, above: dict[int, float], alike: Callable[[int, int], float]
) -> dict[int, float]:
    """The best sums that end at each place of a row; `row[j]` is for the first i + 1 and the first j."""
    near = _near(i, length, other)
    highest = max(above, default=0)
    row = {near.start: _at(above, near.start, highest)}
    for j in near:
        value = alike(i, j)
        taken = _at(above, j, highest) + value if value >= ALIKE else 0.0
        row[j + 1] = max(row[j], _at(above, j + 1, highest), taken)
    return row


def _at(row: dict[int, float], j: int, highest: int) -> float:
    """The best sum at a place: beyond the row's end nothing more has been won."""
    return row[j] if j in row else row.get(highest, 0.0) if j > highest else 0.0


def _chosen(
    length: int, other: int, best: Sequence[dict[int, float]], alike: Callable[[int, int], float]
) -> list[Pair]:
    """The pairs of the best sum, found from its end."""
    found: list[Pair] = []
    j = other
    for i in range(length - 1, -1, -1):
        row = best[i + 1]
        near = _near(i, length, other)
        j = min(j, near.stop)
        while j > near.start and row[j] == row[j - 1]:
            j -= 1
        above = _at(best[i], j, max(best[i], default=0))
        if j > near.start and row[j] > above:
            j -= 1
            found.append((i, j))
    return found[::-1]
