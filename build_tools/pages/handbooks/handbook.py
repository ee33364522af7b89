"""The method handbooks: the list of them, the first page of each, and each page with its text and parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from markupsafe import Markup

from build_tools import texts
from build_tools.addresses import to
from build_tools.model import Entrance, File, Handbook, HandbookPage, Heading, Placement, Publication
from build_tools.pages.explained import Explainer, explainer
from build_tools.pages.handbooks.collections import change_pieces
from build_tools.pages.handbooks.methods import defined_by
from build_tools.pages.handbooks.notes import at_parts, remarks
from build_tools.pages.handbooks.pieces import Piece
from build_tools.pages.handbooks.printed import print_links, printouts, sheet
from build_tools.pages.handbooks.results import results
from build_tools.pages.handbooks.shown import shown_pieces
from build_tools.pages.handbooks.view import Home, Named, View, handbook_path, homes, named, page_path
from build_tools.pages.layout import Link, heading_text, render, safe
from build_tools.pages.overviews.parts import crumbs, list_page
from build_tools.stages import page

HANDBOOKS = "metoder/index.md"
KINDS = {"metod": "Metodhandbok", "kurs": "Kurs", "arbetssatt": "Arbetssätt"}
LEAD = "Så arbetar teamen: handböcker med steg, verktyg, blanketter och det man vet om resultaten."


@page("metoder", "Metoder")
def handbooks(publication: Publication) -> Iterator[File]:
    """Metodhandböckerna: listan, varje handboks första sida och alla dess sidor."""
    found = publication.handbooks.values()
    if found:
        yield list_page(HANDBOOKS, "Metoder", LEAD, [_link(one) for one in found])
    for handbook in found:
        names = named(handbook)
        places = homes(handbook, names)
        yield _start(handbook, publication, names, places)
        sheets = []
        for own in handbook.pages.values():
            view = View(handbook, publication, page_path(handbook.id, own.id), names, places, own)
            pieces = tuple(_noted(shown_pieces(view), view))
            yield _page(view, own, pieces)
            body = own.prose.body if own.prose else ()
            sheets.append(sheet(own.id, own.title, own.group, body, pieces))
        yield from printouts(handbook, sheets)


def _link(handbook: Handbook) -> Link:
    status = ", utkast" if handbook.status == "utkast" else ""
    kind = KINDS.get(handbook.kind, handbook.kind.capitalize())
    meta = f"{kind}{status}. {handbook.summary}"
    return Link(handbook.name, to(HANDBOOKS, handbook_path(handbook.id)), meta)


def _start(
    handbook: Handbook, publication: Publication, names: Named, places: dict[tuple[str, str], Home]
) -> File:
    """The first page: what the handbook is, who answers for it, its pages by group and its versions."""
    path = handbook_path(handbook.id)
    view = View(handbook, publication, path, names, places)
    values = {
        "title": handbook.name,
        "description": f"{KINDS.get(handbook.kind, 'Handbok')}: {handbook.summary}",
        "crumbs": crumbs(path, handbook.name, Link("Metoder", HANDBOOKS)),
        "handbook": handbook,
        "facts": tuple(_facts(handbook)),
        "notes": tuple(remarks(view)),
        "groups": [(group, texts.anchor(texts.ascii_words(group)), pages) for group, pages in _groups(view)],
        "printed": print_links(handbook, path),
        "entrances": tuple(_entrances(view)),
        "results": results(view, [handbook.id]),
        "pieces": tuple(change_pieces(handbook.changes, view)) if handbook.changes else (),
    }
    return File(path, render("handbook.md", values), f"data/metoder/{handbook.id}.yml")


def _facts(handbook: Handbook) -> Iterator[tuple[str, tuple[Link, ...]]]:
    owner = ", ".join(part for part in (handbook.owner, handbook.organisation) if part)
    pairs = (
        ("Slag", KINDS.get(handbook.kind, handbook.kind.capitalize())),
        ("Version", handbook.version),
        ("Reviderad", texts.day(handbook.revised) if handbook.revised else ""),
        ("Granskas senast", texts.day(handbook.review_by) if handbook.review_by else ""),
        ("Ansvarar för handboken", owner),
        ("Licens", handbook.licence),
        ("Källa", handbook.source),
    )
    return ((term, (Link(text),)) for term, text in pairs if text)


def _entrances(view: View) -> Iterator[tuple[Entrance, tuple[Link, ...]]]:
    """Where readers with a role begin, with the ways to the pages."""
    for one in view.handbook.entrances:
        yield one, tuple(link for page in one.pages if (link := view.page_link(page)))


def _groups(view: View) -> Iterator[tuple[str, list[Link]]]:
    """The pages under the headings of their groups, in order."""
    groups: dict[str, list[Link]] = {}
    for one in view.handbook.pages.values():
        meta = one.prose.description if one.prose else ""
        link = Link(one.title, to(view.path, page_path(view.handbook.id, one.id)), meta)
        groups.setdefault(one.group, []).append(link)
    yield from groups.items()


def _page(view: View, own: HandbookPage, parts: Sequence[Piece]) -> File:
    handbook, path = view.handbook, view.path
    reader = explainer(view.publication, path)
    prose = tuple(_prose(own, reader))
    pieces = tuple(_explained(piece, reader) for piece in parts)
    before, after = _neighbours(view, own)
    changed = [change for change in handbook.changes if own.id in change.pages]
    methods = [part for shown in own.shows for part in [shown.removeprefix("aktiviteter:")] if part != shown]
    values = {
        "title": own.title,
        "description": (own.prose.description if own.prose else "") or f"{handbook.name}: {own.title}.",
        "crumbs": crumbs(
            path, own.title, Link("Metoder", HANDBOOKS), Link(handbook.name, handbook_path(handbook.id))
        ),
        "handbook": handbook,
        "prose": prose,
        "pieces": pieces,
        "results": results(view, methods) if methods else None,
        "defines": defined_by("sidor", own.id, view),
        "keywords": reader.other_words(_text(prose, pieces)),
        "before": before,
        "after": after,
        "revised": texts.day(handbook.revised) if handbook.revised else "",
        "review_by": texts.day(handbook.review_by) if handbook.review_by else "",
        "changed": [(one, texts.day(one.day)) for one in reversed(changed)],
        "first": (handbook.changes[0], texts.day(handbook.changes[0].day)) if handbook.changes else None,
        "start": to(path, handbook_path(handbook.id)),
        "printed": print_links(handbook, path, own.group),
        "proposals": view.page_link(handbook.proposals),
    }
    source = f"content/metoder/{handbook.id}/{own.id}.md" if own.prose else f"data/metoder/{handbook.id}.yml"
    return File(path, render("handbook_page.md", values), source)


def _prose(own: HandbookPage, reader: Explainer) -> Iterator[Markup]:
    """The writer's text: headings as Markdown, text as HTML with the words of the glossary explained."""
    for piece in own.prose.body if own.prose else ():
        if isinstance(piece, Heading):
            yield Markup("{} {} {{: #{} }}").format("#" * piece.level, heading_text(piece.text), piece.anchor)
        elif not isinstance(piece, Placement):
            yield Markup('<div class="sr-text">\n{}\n</div>').format(reader.explain(safe(piece)))


def _explained(piece: Piece, reader: Explainer) -> Piece:
    """A part with the words of the glossary explained where the text above it has not already."""
    return replace(piece, html=reader.explain(piece.html))


def _noted(pieces: Iterable[Piece], view: View) -> Iterator[Piece]:
    """The parts, each with what has been remarked on and accepted of it, and the measures that it defines."""
    said = at_parts(view)
    parts = {home.anchor: part for part, home in view.homes.items()}
    for piece in pieces:
        part = parts.get(piece.anchor)
        defines = defined_by(*part, view) if part else ()
        yield replace(piece, notes=said.get(piece.anchor, ()), defines=defines)


def _text(prose: Sequence[Markup], pieces: Sequence[Piece]) -> str:
    return "\n".join((*prose, *(f"{piece.title} {piece.html}" for piece in pieces)))


def _neighbours(view: View, own: HandbookPage) -> tuple[Link | None, Link | None]:
    """The pages before and after within the group."""
    group = [one.id for one in view.handbook.pages.values() if one.group == own.group]
    place = group.index(own.id)
    before = view.page_link(group[place - 1]) if place else None
    after = view.page_link(group[place + 1]) if place + 1 < len(group) else None
    return before, after
