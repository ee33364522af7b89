"""Two reports' prose laid side by side: which sentences are the same, edited, new, dropped or moved."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from build_tools.model.catalogue import Template
from build_tools.model.reports import Prose


class Change(StrEnum):
    """What has become of a sentence, or of a whole paragraph, from the first report to the second."""

    SAME = "samma"
    EDITED = "omskriven"
    NEW = "ny"
    DROPPED = "struken"
    MOVED = "flyttad"


class Form(StrEnum):
    """What kind of text a line is."""

    PARAGRAPH = "stycke"
    ITEM = "punkt"
    HEADING = "rubrik"
    QUOTE = "citat"
    ROW = "tabellrad"
    CODE = "kod"


class Standing(StrEnum):
    """How the text of a section stands to that of the other report."""

    UNCHANGED = "oforandrad"
    REVISED = "delvis_omskriven"
    REWRITTEN = "omskriven"
    ADDED = "tillkommen"
    """Only the second report has it."""
    MISSING = "saknas"
    """Only the first report has it."""


@dataclass(frozen=True, slots=True)
class Written:
    """A report's protected prose with the headings it was written under."""

    template: Template
    prose: Prose | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a moved sentence stands in the other report."""

    number: int
    title: str
    part: str
    part_title: str


@dataclass(frozen=True, slots=True)
class Span:
    """Some words of a sentence with what has become of them: SAME, NEW or DROPPED."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the first report (`before`), of the second (`after`), or of both.

    One that has moved stands twice: where it was, with where it went, and where it is, with where it
    came from. `spans` are the words of one that was edited; of one that was both edited and moved they
    stand where it is.
    """

    change: Change
    before: str = ""
    after: str = ""
    spans: tuple[Span, ...] = ()
    other: Place | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, item, heading, quote or table row with its sentences, dropped ones where they stood."""

    form: Form
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A block of safe HTML as its writer has it, and what has become of it as a whole."""

    html: str
    change: Change


@dataclass(frozen=True, slots=True)
class Passage:
    """Blocks that belong together, often one in each report; a side is empty where text is new or gone."""

    before: tuple[Block, ...]
    after: tuple[Block, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class AlignedPart:
    """A part of a section (Beskrivning, Analys, Reflektion) in both reports."""

    id: str
    title: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class AlignedSection:
    """A section in both reports, or in one. `share` is how many percent of the words stand unchanged."""

    number: int
    title: str
    other_title: str
    """The heading in the first report, where the second has another."""
    standing: Standing
    share: int
    parts: tuple[AlignedPart, ...]
    foreign: bool = False
    """Whether the other report's template has no such section at all."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """The prose of two reports side by side, section by section."""

    sections: tuple[AlignedSection, ...]
    share: int
