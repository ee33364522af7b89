"""Two texts laid side by side before, kept by what they say and by the code that laid them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from build_tools.kept import code, digest, read, write
from build_tools.model import (
    AlignedPart,
    AlignedSection,
    Alignment,
    Block,
    Change,
    Form,
    Line,
    Passage,
    Place,
    Sentence,
    Span,
    Standing,
    Written,
    passages,
)

CODE = (Path(__file__).parent, Path(passages.__file__))
"""What lays texts side by side."""


def place(before: Written, after: Written, folder: Path) -> Path:
    """The file for two texts. Where in its file a text stands is no part of it."""
    text = json.dumps([code(*CODE), _told(before), _told(after)], ensure_ascii=False)
    return folder / "texter" / f"{digest(text)}.json"


def _told(written: Written) -> list[object]:
    """All of a text that the alignment rests on."""
    sections = written.prose.sections if written.prose else ()
    parts = ((section.number, part) for section in sections for part in section.parts)
    body = [
        (number, part.id, part.title, [piece for piece in part.body if isinstance(piece, str)])
        for number, part in parts
    ]
    return [[(one.number, one.id, one.title) for one in written.template.sections], body]


def kept(file: Path) -> Alignment | None:
    """What was found before, if it was."""
    text = read(file)
    if text is None:
        return None
    share, sections = json.loads(text)
    return Alignment(tuple(map(_section, sections)), share)


def keep(file: Path, found: Alignment) -> None:
    """Keep what was found."""
    rows = [_section_row(section) for section in found.sections]
    write(file, json.dumps([found.share, rows], ensure_ascii=False, separators=(",", ":")))


def _section_row(one: AlignedSection) -> list[object]:
    parts = [(part.id, part.title, [_passage_row(each) for each in part.passages]) for part in one.parts]
    return [one.number, one.title, one.other_title, one.standing, one.share, parts, one.foreign]


def _passage_row(one: Passage) -> list[object]:
    sides = [[(block.html, block.change) for block in side] for side in (one.before, one.after)]
    return [*sides, [(line.form, [_sentence_row(told) for told in line.sentences]) for line in one.lines]]


def _sentence_row(one: Sentence) -> list[object]:
    spans = [(span.change, span.text) for span in one.spans]
    other = one.other and (one.other.number, one.other.title, one.other.part, one.other.part_title)
    return [one.change, one.before, one.after, spans, other]


def _section(row: Sequence[Any]) -> AlignedSection:
    number, title, other_title, standing, share, parts, foreign = row
    told = tuple(AlignedPart(name, head, tuple(map(_passage, each))) for name, head, each in parts)
    return AlignedSection(number, title, other_title, Standing(standing), share, told, foreign)


def _passage(row: Sequence[Any]) -> Passage:
    before, after, lines = row
    first, second = (tuple(Block(html, Change(change)) for html, change in side) for side in (before, after))
    told = (Line(Form(form), tuple(map(_sentence, sentences))) for form, sentences in lines)
    return Passage(first, second, tuple(told))


def _sentence(row: Sequence[Any]) -> Sentence:
    change, before, after, spans, other = row
    told = tuple(Span(Change(kind), text) for kind, text in spans)
    return Sentence(Change(change), before, after, told, Place(*other) if other else None)
