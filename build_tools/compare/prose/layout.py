"""Two reports' sentences laid out for reading: lines and passages, with what became of each sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from build_tools.compare.prose import words
from build_tools.compare.prose.matching import Matches
from build_tools.compare.prose.sections import WrittenPart
from build_tools.model import Block, Change, Form, Line, Passage, Place, Sentence


@dataclass(frozen=True, slots=True)
class Spot:
    """A sentence where it stands: its block and its text are counted through the whole report."""

    sentence: str
    form: Form
    block: int
    text: int
    place: Place


@dataclass(frozen=True, slots=True)
class Report:
    """All sentences of a report, and the HTML of its blocks."""

    spots: tuple[Spot, ...]
    blocks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """What a part covers of a report: its sentences and its blocks."""

    spots: range
    blocks: range


class Reader:
    """Counts through the parts of a report as they are read."""

    def __init__(self) -> None:
        self._spots: list[Spot] = []
        self._blocks: list[str] = []
        self._texts = 0

    def take(self, part: WrittenPart | None, number: int, title: str) -> Reach:
        """Read a part, or none."""
        spots, blocks = len(self._spots), len(self._blocks)
        for piece in part.pieces if part else ():
            for text in piece.texts:
                place = Place(number, title, part.id, part.title) if part else Place(number, title, "", "")
                told = (Spot(one, text.form, len(self._blocks), self._texts, place) for one in text.sentences)
                self._spots.extend(told)
                self._texts += 1
            self._blocks.append(piece.html)
        return Reach(range(spots, len(self._spots)), range(blocks, len(self._blocks)))

    def report(self) -> Report:
        """All that was read."""
        return Report(tuple(self._spots), tuple(self._blocks))


class Layout:
    """Makes the passages of each part out of two reports and the pairs between them."""

    def __init__(self, before: Report, after: Report, matches: Matches) -> None:
        self.before = before
        self.after = after
        self.kept = dict(matches.kept)
        self.kept_after = {j: i for i, j in matches.kept}
        self.moved = dict(matches.moved)
        self.moved_after = {j: i for i, j in matches.moved}

    def passages(self, old: Reach, new: Reach) -> Iterator[Passage]:
        """The passages of a part, in the order of both reports; what only the first has comes first."""
        groups = list(self._groups(old, new))
        of_old = {block: at for at, (blocks, _) in enumerate(groups) for block in blocks}
        of_new = {block: at for at, (_, blocks) in enumerate(groups) for block in blocks}
        lines: list[list[Line]] = [[] for _ in groups]
        for line, (is_new, block) in self._lines(old.spots, new.spots):
            lines[of_new[block] if is_new else of_old[block]].append(line)
        changes_old = _by_block(self.before.spots, old.spots, self._old_change)
        changes_new = _by_block(self.after.spots, new.spots, self._new_change)
        for at, (first, second) in enumerate(groups):
            yield Passage(
                tuple(Block(self.before.blocks[at], _whole(changes_old.get(at, ()))) for at in first),
                tuple(Block(self.after.blocks[at], _whole(changes_new.get(at, ()))) for at in second),
                tuple(lines[at]),
            )

    def _groups(self, old: Reach, new: Reach) -> Iterator[tuple[range, range]]:
        """Blocks that share sentences, and between them those that share none."""
        i, j = old.blocks.start, new.blocks.start
        linked = [
            (self.before.spots[at].block, self.after.spots[self.kept[at]].block)
            for at in old.spots
            if at in self.kept
        ]
        for first, second in _joined(linked):
            yield from ((range(at, at + 1), range(0)) for at in range(i, first.start))
            yield from ((range(0), range(at, at + 1)) for at in range(j, second.start))
            yield first, second
            i, j = first.stop, second.stop
        yield from ((range(at, at + 1), range(0)) for at in range(i, old.blocks.stop))
        yield from ((range(0), range(at, at + 1)) for at in range(j, new.blocks.stop))

    def _lines(self, old: range, new: range) -> Iterator[tuple[Line, tuple[bool, int]]]:
        """Each line with whether it is the second report's, and its block there."""
        partner = self._partners(old)
        found: dict[tuple[int, int, int], list[Sentence]] = {}
        heads: dict[tuple[int, int, int], Spot] = {}
        reached = -1
        for at, is_new in self._read_together(old, new):
            spot = (self.after if is_new else self.before).spots[at]
            own = partner.get(at)
            line = (
                (spot.text, 0, 0) if is_new else (own, 0, 0) if own is not None else (reached, 1, spot.text)
            )
            reached = spot.text if is_new else reached
            found.setdefault(line, []).append(self._after(at) if is_new else self._gone(at))
            if is_new or own is None:
                heads[line] = spot
        for line in sorted(found):
            yield Line(heads[line].form, tuple(found[line])), (line[1] == 0, heads[line].block)

    def _partners(self, old: range) -> Mapping[int, int]:
        """For each lost sentence the text of the second report that goes on with its own, if any does."""
        spots = self.before.spots
        found: dict[int, int] = {}
        for order in (reversed(old), old):  # what stands before a sentence counts before what comes after
            last: dict[int, int] = {}
            for at in order:
                if at in self.kept:
                    last[spots[at].text] = self.after.spots[self.kept[at]].text
                elif spots[at].text in last:
                    found[at] = last[spots[at].text]
        return found

    def _read_together(self, old: range, new: range) -> Iterator[tuple[int, bool]]:
        """Both reports' sentences in reading order: what is lost before what is new, pairs once."""
        i, j = old.start, new.start
        for next_i, next_j in [*((at, self.kept[at]) for at in old if at in self.kept), (old.stop, new.stop)]:
            yield from ((at, False) for at in range(i, next_i))
            yield from ((at, True) for at in range(j, min(next_j + 1, new.stop)))
            i, j = next_i + 1, next_j + 1

    def _after(self, j: int) -> Sentence:
        """What became of a sentence that stands in the second report."""
        told = self.after.spots[j].sentence
        if j in self.kept_after:
            before = self.before.spots[self.kept_after[j]].sentence
            if words.key(before) == words.key(told):
                return Sentence(Change.SAME, before, told)
            return Sentence(Change.EDITED, before, told, words.spans(before, told))
        if j in self.moved_after:
            origin = self.before.spots[self.moved_after[j]]
            touched = words.key(origin.sentence) != words.key(told)
            spans = words.spans(origin.sentence, told) if touched else ()
            return Sentence(Change.MOVED, "", told, spans, origin.place)
        return Sentence(Change.NEW, "", told)

    def _gone(self, i: int) -> Sentence:
        """What became of a sentence that no longer stands where it stood."""
        told = self.before.spots[i].sentence
        if i in self.moved:
            return Sentence(Change.MOVED, told, other=self.after.spots[self.moved[i]].place)
        return Sentence(Change.DROPPED, told)

    def _old_change(self, i: int) -> Change:
        return self._after(self.kept[i]).change if i in self.kept else self._gone(i).change

    def _new_change(self, j: int) -> Change:
        return self._after(j).change


def _by_block(
    spots: Sequence[Spot], places: range, change: Callable[[int], Change]
) -> Mapping[int, Sequence[Change]]:
    """What became of the sentences of each block."""
    found: dict[int, list[Change]] = {}
    for at in places:
        found.setdefault(spots[at].block, []).append(change(at))
    return found


def _joined(linked: Sequence[tuple[int, int]]) -> Iterator[tuple[range, range]]:
    """Blocks linked with one another, directly or through others; the links come in the order of both."""
    first: list[int] = []
    second: list[int] = []
    for old, new in linked:
        if first and old > first[1] and new > second[1]:
            yield range(first[0], first[1] + 1), range(second[0], second[1] + 1)
            first, second = [], []
        first = [first[0] if first else old, old]
        second = [second[0] if second else new, new]
    if first:
        yield range(first[0], first[1] + 1), range(second[0], second[1] + 1)


def _whole(changes: Sequence[Change]) -> Change:
    """What became of a block: what became of all its sentences, or edited where they differ."""
    found = set(changes)
    return found.pop() if len(found) == 1 else Change.EDITED if found else Change.SAME
