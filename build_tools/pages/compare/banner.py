"""How far two reports can be compared, for the top of their page: counts, and every reason with its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from build_tools import texts
from build_tools.model import Comparability, Pair, PairRow
from build_tools.pages.compare.rows import VERDICTS, common, family
from build_tools.pages.layout import Link

COUNTED = {
    Comparability.YES: ("kan jämföras", "kan jämföras"),
    Comparability.RESERVED: ("kan jämföras med förbehåll", "kan jämföras med förbehåll"),
    Comparability.NO: ("kan inte jämföras", "kan inte jämföras"),
}


@dataclass(frozen=True, slots=True)
class Count:
    """How many figures have a verdict."""

    verdict: str
    text: str


@dataclass(frozen=True, slots=True)
class Why:
    """A reason, with ways to the rows that it holds for."""

    text: str
    count: str
    rows: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Reasons:
    """All reasons of one verdict."""

    verdict: str
    title: str
    told: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class Banner:
    """The verdicts counted, and why."""

    counts: tuple[Count, ...]
    reasons: tuple[Reasons, ...]


def banner(pair: Pair, anchors: Mapping[str, str]) -> Banner:
    """The verdicts of a pair. What parts add up to is another figure told again, and is not counted."""
    found = Counter(row.comparison.verdict for row in pair.rows() if not row.is_sum)
    counts = tuple(
        Count(VERDICTS[verdict][0], f"{_figures(count)} {said[count != 1]}")
        for verdict, said in COUNTED.items()
        if (count := found[verdict])
    )
    reasons = tuple(
        Reasons(VERDICTS[verdict][0], title, told)
        for verdict, title in (
            (Comparability.RESERVED, "Vad du behöver veta när du jämför"),
            (Comparability.NO, "Varför siffror inte kan jämföras"),
        )
        if (told := tuple(_reasons(pair, verdict, anchors)))
    )
    return Banner(counts, reasons)


def _figures(count: int) -> str:
    return "1 siffra" if count == 1 else f"{texts.number(count)} siffror"


def _reasons(pair: Pair, verdict: Comparability, anchors: Mapping[str, str]) -> Iterator[Why]:
    """Each reason once, those that hold for most rows first."""
    held: dict[str, list[PairRow]] = {}
    for row in pair.rows():
        if row.comparison.verdict is verdict:
            for reason in row.comparison.refusals or row.comparison.reservations:
                held.setdefault(reason.text, []).append(row)
    order = {text: at for at, text in enumerate(held)}
    for text in sorted(held, key=lambda text: (-len(held[text]), order[text])):
        yield Why(text, _figures(len(held[text])), tuple(_links(held[text], anchors)))


def _links(rows: Sequence[PairRow], anchors: Mapping[str, str]) -> Iterator[Link]:
    """A way to each row; rows of one table share theirs."""
    tables: dict[str, list[PairRow]] = {}
    for row in rows:
        tables.setdefault(family(row) or row.key, []).append(row)
    for own in tables.values():
        words = common([row.label for row in own]) if len({row.measure for row in own}) == 1 else []
        if len(own) > 1 and words:
            yield Link(f"{', '.join(words)} ({len(own)} rader)", f"#{anchors[own[0].key]}")
        else:
            yield from (Link(row.label, f"#{anchors[row.key]}") for row in own)
