"""The ways into the handbooks: from the methods of an insats, and from a measure to where it is defined."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools import texts
from build_tools.addresses import measure_path, to
from build_tools.model import DefinedMeasure, Heading, Intervention, Publication
from build_tools.pages.handbooks.view import ACTIVITIES, View, handbook_path, page_path, view_of
from build_tools.pages.layout import Link

PAGES = "sidor"


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
    """Where the handbooks define a measure: a part on its page, a page, or a heading in the text of one."""
    for handbook in publication.handbooks.values():
        own = [one for one in handbook.defined if one.measure == measure]
        view = view_of(handbook, publication, path) if own else None
        for one in own if view else ():
            link = _defining(one, view) if view else None
            if link:
                yield Link(f"{handbook.name}: {link.text}", link.href)


def _defining(one: DefinedMeasure, view: View) -> Link | None:
    """The way to what defines a measure; nothing where that stands on no page."""
    if one.section != PAGES:
        link = view.link(one.section, one.part)
        return link if link and link.href else None
    page = view.handbook.pages[one.part]
    body = page.prose.body if page.prose else ()
    heading = next(
        (piece for piece in body if isinstance(piece, Heading) and piece.anchor == one.heading), None
    )
    way = to(view.path, page_path(view.handbook.id, page.id), heading.anchor if heading else "")
    return Link(heading.text if heading else page.title, way)


def defined_by(section: str, part: str, view: View) -> tuple[Link, ...]:
    """The ways to the pages of the measures that a part, or a page, is the definition of."""
    known = view.publication.catalogue.measures
    own = (one.measure for one in view.handbook.defined if (one.section, one.part) == (section, part))
    return tuple(Link(known[one].label, to(view.path, measure_path(one))) for one in own if one in known)
