"""Two reports' prose laid side by side: section, part, paragraph, sentence, word.

Sentences are paired first, within their part and in order; paragraphs follow from what their sentences do.
So a paragraph cut in two stays the same text, and no sentence is compared with all others.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from build_tools.compare.prose.layout import Layout, Reach, Reader
from build_tools.compare.prose.matching import Stretch, match
from build_tools.compare.prose.sections import SectionPair, WrittenPart, section_pairs
from build_tools.compare.prose.shares import percent, standing, words_of
from build_tools.compare.prose.store import keep, kept, place
from build_tools.model import AlignedPart, AlignedSection, Alignment, Catalogue, PublishedReport, Written

__all__ = ["align", "aligned", "written"]

_Reaches = Sequence[tuple[WrittenPart, Reach, Reach]]


def written(report: PublishedReport, catalogue: Catalogue) -> Written:
    """The protected prose of a report with its template."""
    return Written(catalogue.templates[report.template], report.prose)


def aligned(before: Written, after: Written, cache: Path) -> Alignment:
    """Two texts side by side, kept from before where neither of them has changed."""
    file = place(before, after, cache)
    known = kept(file)
    if known is not None:
        return known
    found = align(before, after)
    keep(file, found)
    return found


def align(before: Written, after: Written) -> Alignment:
    """Two texts side by side. Every sentence of each stands in the result exactly once."""
    pairs = section_pairs(before, after)
    old, new = Reader(), Reader()
    reaches = [_read(pair, old, new) for pair in pairs]
    reports = old.report(), new.report()
    stretches = [Stretch(one.spots, other.spots) for parts in reaches for _, one, other in parts]
    told, retold = ([spot.sentence for spot in report.spots] for report in reports)
    layout = Layout(*reports, match(told, retold, stretches))
    sections = tuple(_section(pair, parts, layout) for pair, parts in zip(pairs, reaches, strict=True))
    counts = [words_of(section.parts) for section in sections]
    share = percent(sum(kept for kept, _ in counts), sum(whole for _, whole in counts))
    return Alignment(sections, share)


def _read(pair: SectionPair, old: Reader, new: Reader) -> _Reaches:
    """Read the parts of a section in both reports."""
    before, after = pair.before or pair.shown, pair.shown
    return [
        (part, old.take(one, before.number, before.title), new.take(other, after.number, after.title))
        for part, one, other in pair.parts()
    ]


def _section(pair: SectionPair, parts: _Reaches, layout: Layout) -> AlignedSection:
    named = ((part, tuple(layout.passages(old, new))) for part, old, new in parts)
    told = tuple(AlignedPart(part.id, part.title, passages) for part, passages in named)
    share = percent(*words_of(told)) if pair.before and pair.after else 0
    shown = pair.shown
    title = pair.before.title if pair.before and pair.before.title != shown.title else ""
    return AlignedSection(shown.number, shown.title, title, standing(pair, share), share, told, shown.foreign)
