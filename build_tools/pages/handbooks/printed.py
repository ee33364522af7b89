"""A handbook for paper: each chapter and the whole of it on one page, and lists to hang on a wall.

What stands on the pages is put together again and never written twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from build_tools import texts
from build_tools.addresses import to
from build_tools.model import File, Handbook, Heading, ItemList, Placement
from build_tools.pages.handbooks.pieces import Piece
from build_tools.pages.handbooks.view import handbook_path, poster_path, print_path
from build_tools.pages.layout import Link, heading_text, render, safe

DEEPEST = 6
OWN = re.compile(r'(\bid="|href="(?:\./)?#|aria-(?:labelledby|describedby)="|url\(#)')
"""The beginning of every name that a block gives or refers to within its own page."""
WHOLE = "Hela handboken"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of the handbook on its way to paper."""

    id: str
    title: str
    group: str
    blocks: tuple[Markup, ...]
    pieces: tuple[Piece, ...]


def sheet(page: str, title: str, group: str, body: Sequence[object], pieces: Sequence[Piece]) -> Sheet:
    """A page with its text and its parts, all names made its own so that pages can stand after each other."""
    return Sheet(
        page,
        title,
        group,
        tuple(_blocks(page, body)),
        tuple(replace(one, anchor=f"{page}-{one.anchor}", html=_named(page, one.html)) for one in pieces),
    )


def _blocks(page: str, body: Sequence[object]) -> Iterator[Markup]:
    for piece in body:
        if isinstance(piece, Heading):
            signs = "#" * min(piece.level + 1, DEEPEST)
            yield Markup("{} {} {{: #{}-{} }}").format(signs, heading_text(piece.text), page, piece.anchor)
        elif not isinstance(piece, Placement):
            yield Markup('<div class="sr-text">\n{}\n</div>').format(_named(page, safe(str(piece))))


def _named(page: str, html: Markup) -> Markup:
    return Markup(OWN.sub(rf"\g<1>{page}-", str(html)))  # noqa: S704 - safe before, and only names are changed


def printouts(handbook: Handbook, sheets: Sequence[Sheet]) -> Iterator[File]:
    """The whole handbook, each of its chapters, and its posters."""
    yield _printout(handbook, WHOLE, print_path(handbook.id), sheets)
    for group in dict.fromkeys(one.group for one in sheets):
        own = [one for one in sheets if one.group == group]
        yield _printout(handbook, group, print_path(handbook.id, group), own)
    for found in handbook.lists.values():
        if found.poster:
            yield _poster(handbook, found)


def _printout(handbook: Handbook, name: str, path: str, sheets: Sequence[Sheet]) -> File:
    values = {
        "title": f"{handbook.name}: {name}",
        "description": f"{handbook.name}, {name.lower()}, för utskrift.",
        "handbook": handbook,
        "back": Link(handbook.name, to(path, handbook_path(handbook.id))),
        "foot": _foot(handbook),
        "sheets": sheets,
    }
    return File(path, render("handbook_print.md", values), f"data/metoder/{handbook.id}.yml")


def _poster(handbook: Handbook, found: ItemList) -> File:
    path = poster_path(handbook.id, found.id)
    values = {
        "title": found.name,
        "description": f"{found.name}: en affisch ur {handbook.name}.",
        "list": found,
        "back": Link(handbook.name, to(path, handbook_path(handbook.id))),
        "foot": _foot(handbook),
    }
    return File(path, render("handbook_poster.md", values), f"data/metoder/{handbook.id}.yml")


def _foot(handbook: Handbook) -> str:
    """What tells a paper's reader which version she holds."""
    day = f", {texts.day(handbook.revised)}" if handbook.revised else ""
    return f"{handbook.name}, version {handbook.version}{day}. Den senaste versionen står på webbplatsen."


def print_links(handbook: Handbook, path: str, group: str = "") -> tuple[Link, ...]:
    """The ways from a page to its chapter on paper, or to every chapter, and to the whole."""
    groups = [group] if group else list(dict.fromkeys(page.group for page in handbook.pages.values()))
    chapters = (Link(f"kapitlet {one}", to(path, print_path(handbook.id, one))) for one in groups)
    return (*chapters, Link(WHOLE.lower(), to(path, print_path(handbook.id))))
