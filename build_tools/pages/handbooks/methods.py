"""The ways into the handbooks: from the methods of an insats, and from a measure to where it is defined."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools import texts
from build_tools.addresses import to
from build_tools.model import Intervention, Publication
from build_tools.pages.handbooks.view import ACTIVITIES, handbook_path, page_path, part_anchor, view_of
from build_tools.pages.layout import Link


def method_links(team: Intervention, path: str, publication: Publication) -> tuple[Link, ...]:
    """The methods of an insats: a handbook, an activity that some handbook tells of, or only the name."""
    return tuple(_method(method, path, publication) for method in team.methods)


def _method(method: str, path: str, publication: Publication) -> Link:
    """Ids of methods are written with underscores or hyphens; both mean the same."""
    wanted = texts.anchor(method)
    for key, handbook in publication.handbooks.items():
        if texts.anchor(key) == wanted:
            return Link(handbook.name, to(path, handbook_path(key)))
    for handbook in publication.handbooks.values():
        for key in handbook.activities:
            link = (
                view_of(handbook, publication, path).link(ACTIVITIES, key)
                if texts.anchor(key) == wanted
                else None
            )
            if link:
                return link
    return Link(wanted.replace("-", " ").capitalize())


def definitions_of(measure: str, path: str, publication: Publication) -> Iterator[Link]:
    """Where the handbooks define a measure: a page, or a table of figures on its page."""
    for handbook in publication.handbooks.values():
        for page in handbook.pages.values():
            if measure in page.defines:
                yield Link(f"{handbook.name}: {page.title}", to(path, page_path(handbook.id, page.id)))
        view = view_of(handbook, publication, path)
        for table in handbook.figures.values():
            home = view.homes.get(("siffror", table.id))
            if measure in table.defines and home:
                anchor = part_anchor("siffror", table.id)
                target = page_path(handbook.id, home.page)
                yield Link(f"{handbook.name}: {table.title}", to(path, target, anchor))
