"""Accepted findings about a handbook: each stands where the figure or the part stands that it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from build_tools import texts
from build_tools.addresses import RULES, to
from build_tools.model import Handbook, Note
from build_tools.pages.handbooks.view import ANCHORS, STEPS, View, page_path, part_anchor
from build_tools.pages.layout import Link
from build_tools.pages.report.chapters import Remark

FIGURES = "siffror"


def part_of(note: Note, handbook: Handbook) -> tuple[str, str] | None:
    """The section and id of the part that a note is about; None where it is about the whole handbook."""
    section, _, part = note.about.partition("#")[2].partition(".")
    if section in handbook.figures:
        return FIGURES, section
    name, _, inner = part.partition(".")
    if section == "processer" and any(
        inner == step for one in handbook.processes.values() for step in one.steps
    ):
        return STEPS, inner
    return (section, name) if section in ANCHORS and name else None


def cell_of(note: Note) -> str:
    """The figure that a note is about, as `<table>.<row>.<column>`."""
    return note.about.partition("#")[2]


def at_figures(table: str, view: View) -> Mapping[str, tuple[Note, ...]]:
    """The notes of a table of figures by the cell that they are about; under "" those of the whole table."""
    found: dict[str, list[Note]] = {}
    for note in view.publication.handbook_notes.get(view.handbook.id, ()):
        if part_of(note, view.handbook) == (FIGURES, table):
            cell = cell_of(note) if cell_of(note) in view.handbook.figures[table].cells else ""
            found.setdefault(cell, []).append(note)
    return {cell: tuple(own) for cell, own in found.items()}


def at_parts(view: View) -> Mapping[str, tuple[Remark, ...]]:
    """The notes about other parts than figures, by the anchor of the part."""
    found: dict[str, list[Remark]] = {}
    for number, note in enumerate(view.publication.handbook_notes.get(view.handbook.id, ()), 1):
        part = part_of(note, view.handbook)
        if part and part[0] != FIGURES:
            found.setdefault(part_anchor(*part), []).append(_remark(note, number, view))
    return {anchor: tuple(own) for anchor, own in found.items()}


def remarks(view: View) -> Iterator[Remark]:
    """All notes, for the first page of the handbook."""
    for number, note in enumerate(view.publication.handbook_notes.get(view.handbook.id, ()), 1):
        yield _remark(note, number, view)


def place(note: Note, view: View) -> Link | None:
    """The way from a page to the part that a note is about."""
    part = part_of(note, view.handbook)
    home = view.homes.get(part) if part else None
    if part is None or home is None:
        return None
    name = view.named.names[part]
    return Link(name, to(view.path, page_path(view.handbook.id, home.page), home.anchor))


def _remark(note: Note, number: int, view: View) -> Remark:
    return Remark(note, f"not-{number}", to(view.path, RULES, texts.anchor(note.code)), place(note, view))
