"""What a page declares under `visar` → pieces, in that order; a new kind of part is one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from build_tools.pages.handbooks.collections import (
    card_pieces,
    case_pieces,
    change_pieces,
    grid_pieces,
    list_pieces,
    plain_pieces,
    regulation_pieces,
    work_pieces,
)
from build_tools.pages.handbooks.figures import figure_pieces
from build_tools.pages.handbooks.method import (
    activity_pieces,
    catalogue_pieces,
    form_pieces,
    process_pieces,
    programme_pieces,
    role_pieces,
    routine_pieces,
    scale_pieces,
)
from build_tools.pages.handbooks.method import step_pieces as step
from build_tools.pages.handbooks.pieces import Piece
from build_tools.pages.handbooks.view import ACTIVITIES, STEPS, View
from build_tools.pages.layout import Link

Maker = Callable[[Any, View], Iterator[Piece]]
MAKERS: Mapping[str, Maker] = {
    "processer": process_pieces,
    "rutiner": routine_pieces,
    "roller": role_pieces,
    ACTIVITIES: activity_pieces,
    "blanketter": form_pieces,
    "skalor": scale_pieces,
    "program": programme_pieces,
    "listor": list_pieces,
    "tabeller": grid_pieces,
    "fall": case_pieces,
    "siffror": figure_pieces,
    "licenskort": card_pieces,
}
TABLES: Mapping[str, Callable[[Iterable[Any], View], Iterator[Piece]]] = {
    "regler": regulation_pieces,
    "litteratur": work_pieces,
}
"""Sections whose parts stand in one table on a page, where the first of them is named."""
ELSEWHERE = {
    "processer": "Processer",
    "rutiner": "Rutiner",
    "roller": "Roller",
    ACTIVITIES: "Verktyg med egen sida",
    "blanketter": "Blanketter på andra sidor",
    "skalor": "Skalor",
    "program": "Upplägg",
    "listor": "Listor",
    "tabeller": "Tabeller",
    "fall": "Fall",
    "siffror": "Siffror",
    "licenskort": "Licenser",
}
"""The heading over parts that stand in full on other pages, by section."""


def shown_pieces(view: View) -> Iterator[Piece]:
    """All that the page shows; a part that there is not is left out, as the checks tell of it."""
    parts, tables = view.handbook.sections(), dict(TABLES)
    for shown in view.page.shows if view.page else ():
        section, _, name = shown.partition(":")
        if section == STEPS:
            yield from step(name, view)
        elif section == "andringar":
            yield from change_pieces(view.handbook.changes, view)
        elif section in tables:
            if rows := _named(section, parts[section], view):
                yield from tables.pop(section)(rows, view)
        elif section in MAKERS and name in parts[section]:
            yield from MAKERS[section](parts[section][name], view)
        elif section in MAKERS and not name:
            yield from _whole(section, parts[section], view)


def _named(section: str, parts: Mapping[str, Any], view: View) -> list[Any]:
    """The parts of a section that the page shows: those it names, or all where it names the section alone."""
    shows = view.page.shows if view.page else ()
    return [one for key, one in parts.items() if section in shows or f"{section}:{key}" in shows]


def _whole(section: str, parts: Mapping[str, Any], view: View) -> Iterator[Piece]:
    """All parts of a section: in full those at home here, in a line those that stand elsewhere."""
    here = [one for key, one in parts.items() if view.at_home(section, key)]
    if section == ACTIVITIES and not here:
        yield from catalogue_pieces(tuple(parts.values()), view)
        return
    for one in here:
        yield from MAKERS[section](one, view)
    others = [
        (view.link(section, key) or Link(key), _brief(one))
        for key, one in parts.items()
        if not view.at_home(section, key)
    ]
    yield from plain_pieces(others, ELSEWHERE[section], f"{section}-pa-andra-sidor")


def _brief(part: Any) -> str:
    """A few words of a part: what it is for, or what it is."""
    return str(getattr(part, "purpose", "") or getattr(part, "summary", ""))
