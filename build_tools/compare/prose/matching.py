"""Which sentence of one report is which of the other: in its place, word for word or edited, or moved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from build_tools.compare.prose import words
from build_tools.compare.prose.order import WINDOW, Pair, likest, same

MOVED_WORDS = 4
"""Words of a sentence that is told as moved. Shorter ones (`Se ovan.`) stand in many places by chance."""
MOVED_ALIKE = 0.8
"""Likeness of a sentence that has both moved and been touched up: nobody should doubt that it is the same."""
SHINGLE = 3
"""Words in a row by which a touched-up sentence is looked up elsewhere."""
CROWD = 8
"""Sentences that share a row of words at most: a turn of phrase that more share says nothing."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The sentences of a part in both reports, by their places among all sentences."""

    before: range
    after: range


@dataclass(slots=True)
class Matches:
    """Pairs of places: in the same order within their part, or moved."""

    kept: list[Pair] = field(default_factory=list)
    moved: list[Pair] = field(default_factory=list)

    def turned(self) -> Matches:
        """The same, seen from the other report."""
        return Matches(*([(j, i) for i, j in pairs] for pairs in (self.kept, self.moved)))


def match(before: Sequence[str], after: Sequence[str], stretches: Sequence[Stretch]) -> Matches:
    """Pair every sentence at most once.

    It is always done in the same direction, so that the answer is the same whichever report comes first.
    """
    if tuple(after) < tuple(before):
        return match(after, before, [Stretch(one.after, one.before) for one in stretches]).turned()
    search = _Search(before, after, stretches)
    search.keep(words.key, same)
    search.keep(words.moved_key, same)
    search.move_alike()
    search.keep_edited()
    search.move_touched()
    return Matches(sorted(search.kept.items()), sorted(search.moved.items()))


class _Search:
    """Pairs found so far, by their places in the first report."""

    def __init__(self, before: Sequence[str], after: Sequence[str], stretches: Sequence[Stretch]) -> None:
        self.before = before
        self.after = after
        self.stretches = stretches
        self.kept: dict[int, int] = {}
        self.moved: dict[int, int] = {}
        self._taken: set[int] = set()

    def keep(
        self, key: Callable[[str], str], order: Callable[[Sequence[str], Sequence[str]], list[Pair]]
    ) -> None:
        """Pair sentences with the same key that stand between the same neighbours."""
        for old, new in list(self._gaps()):
            one, other = [key(self.before[i]) for i in old], [key(self.after[j]) for j in new]
            self._pair(self.kept, ((old[i], new[j]) for i, j in order(one, other)))

    def keep_edited(self) -> None:
        """Pair sentences that stand between the same neighbours and are alike."""
        for old, new in list(self._gaps()):
            one, other = [words.bag(self.before[i]) for i in old], [words.bag(self.after[j]) for j in new]
            found = likest(len(old), len(new), _likenesses(one, other))
            self._pair(self.kept, ((old[i], new[j]) for i, j in found))

    def move_alike(self) -> None:
        """Pair sentences with the same words, wherever they stand."""
        places: dict[str, list[int]] = {}
        for j in self._free_after():
            places.setdefault(words.moved_key(self.after[j]), []).append(j)
        for i in self._free_before():
            waiting = places.get(words.moved_key(self.before[i]), [])
            self._pair(self.moved, [(i, j) for j in waiting if j not in self._taken][:1])

    def move_touched(self) -> None:
        """Pair sentences that are nearly the same, wherever they stand."""
        index: dict[tuple[str, ...], list[int]] = {}
        for j in self._free_after():
            for shingle in _shingles(self.after[j]):
                index.setdefault(shingle, []).append(j)
        for i in self._free_before():
            met = [index.get(shingle, []) for shingle in _shingles(self.before[i])]
            near = {j for found in met if len(found) <= CROWD for j in found} - self._taken
            bag = words.bag(self.before[i])
            score, j = max(
                ((words.likeness(bag, words.bag(self.after[j])), -j) for j in near), default=(0, 0)
            )
            if score >= MOVED_ALIKE:
                self._pair(self.moved, [(i, -j)])

    def _pair(self, into: dict[int, int], pairs: Iterator[Pair] | Sequence[Pair]) -> None:
        for i, j in pairs:
            into[i] = j
            self._taken.add(j)

    def _free_before(self) -> list[int]:
        places = range(len(self.before))
        free = [i for i in places if i not in self.kept and i not in self.moved]
        return [i for i in free if words.count(self.before[i]) >= MOVED_WORDS]

    def _free_after(self) -> list[int]:
        free = [j for j in range(len(self.after)) if j not in self._taken]
        return [j for j in free if words.count(self.after[j]) >= MOVED_WORDS]

    def _gaps(self) -> Iterator[tuple[list[int], list[int]]]:
        """The unpaired sentences of a part that stand between the same two pairs."""
        for stretch in self.stretches:
            held = [(i, self.kept[i]) for i in stretch.before if i in self.kept]
            first = (stretch.before.start - 1, stretch.after.start - 1)
            last = (stretch.before.stop, stretch.after.stop)
            for (i, j), (next_i, next_j) in pairwise((first, *held, last)):
                old = [at for at in range(i + 1, next_i) if at not in self.moved]
                new = [at for at in range(j + 1, next_j) if at not in self._taken]
                if old and new:
                    yield old, new


def _likenesses(
    one: Sequence[frozenset[str]], other: Sequence[frozenset[str]]
) -> Callable[[int, int], float]:
    """How alike two sentences of a gap are; of two equally alike, the nearer in the row is more so."""

    def alike(i: int, j: int) -> float:
        score = words.likeness(one[i], other[j])
        return score + 1e-6 * (WINDOW - abs(i - j)) if score else 0.0

    return alike


def _shingles(sentence: str) -> Iterator[tuple[str, ...]]:
    told = words.moved_key(sentence).split()
    return (tuple(told[at : at + SHINGLE]) for at in range(max(1, len(told) - SHINGLE + 1)))
