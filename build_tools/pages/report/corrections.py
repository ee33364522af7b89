"""What was changed in a report after it was published, as its readers are told."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from build_tools import texts
from build_tools.model import Correction
from build_tools.pages.report.figures import figure_label
from build_tools.pages.tables import Context


@dataclass(frozen=True, slots=True)
class Changed:
    """A corrected figure: what it is, where it stands, and what was changed when and why."""

    label: str
    href: str
    day: str
    text: str
    reason: str


def corrections(context: Context, anchors: Collection[str]) -> tuple[Changed, ...]:
    """The report's corrections, the newest first; `anchors` are those of its page."""
    newest = sorted(context.report.corrections, key=lambda one: one.day, reverse=True)
    return tuple(_changed(one, context, anchors) for one in newest)


def _changed(one: Correction, context: Context, anchors: Collection[str]) -> Changed:
    anchor = texts.anchor(cell_of(one))
    href = f"#{anchor}" if anchor in anchors else ""
    return Changed(corrected(one, context), href, texts.day(one.day), change_text(one), one.reason)


def cell_of(one: Correction) -> str:
    """The cell that a correction is about."""
    return one.place.partition("#")[2]


def corrected(one: Correction, context: Context) -> str:
    """What the corrected figure is called."""
    figure = context.figure(cell_of(one))
    return figure_label(figure, context) if figure is not None else "En uppgift"


def change_text(one: Correction) -> str:
    """From what to what, where both may be told."""
    if one.old and one.new:
        return f"{one.old} har ändrats till {one.new}."
    return "Siffran har ändrats. Den är skyddad och visas inte."
