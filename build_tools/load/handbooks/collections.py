"""What is told in rows and lists: programmes, lists, grids, cases, works, cards, changes and pages."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.load.catalogue import words
from build_tools.load.handbooks.shelf import Shelf, listed
from build_tools.load.periods import read_day
from build_tools.load.report.ledger import part, rows, word
from build_tools.load.shapes import FLAGS
from build_tools.load.yaml_file import ListNode, MapNode, ScalarNode
from build_tools.model import (
    Case,
    Entrance,
    Grid,
    GridRow,
    HandbookPage,
    ItemGroup,
    ItemList,
    LicenceCard,
    Outlink,
    Programme,
    Regulation,
    Revision,
    Session,
    Stop,
    Work,
)


def read_programme(name: str, node: MapNode, shelf: Shelf) -> Programme:
    """Sessions in order."""
    del shelf
    return Programme(
        id=name,
        name=word(node, "namn", name),
        kind=word(node, "slag", "program"),
        where=node.where,
        sessions=tuple(
            Session(
                theme=word(row, "tema"),
                where=row.where,
                items=listed(row, "punkter"),
                time=word(row, "tid"),
                material=listed(row, "material"),
            )
            for row in rows(node.entries.get("traffar"))
        ),
        summary=word(node, "kort"),
        page=word(node, "sida"),
        note=word(node, "not"),
    )


def read_list(name: str, node: MapNode, shelf: Shelf) -> ItemList:
    """Items under headings."""
    owner = f"listor.{name}"
    return ItemList(
        id=name,
        name=word(node, "namn", name),
        kind=word(node, "slag", "lista"),
        where=node.where,
        groups=tuple(
            ItemGroup(
                title=word(row, "rubrik"),
                items=listed(row, "punkter"),
                where=row.where,
                step=shelf.name(row, "steg", "steg", owner),
                page=word(row, "sida"),
                note=word(row, "not"),
            )
            for row in rows(node.entries.get("grupper"))
        ),
        poster=FLAGS.get(word(node, "affisch", "false"), False),
        summary=word(node, "kort"),
        page=word(node, "sida"),
        note=word(node, "not"),
    )


def read_grid(name: str, node: MapNode, shelf: Shelf) -> Grid:
    """Texts in rows and columns; a cell stands in a column that there is."""
    columns = part(node, "kolumner")
    return Grid(
        id=name,
        name=word(node, "namn", name),
        kind=word(node, "slag", "tabell"),
        where=node.where,
        corner=word(node, "horn"),
        columns={key: word(columns, key) for key in columns.entries},
        rows=tuple(_grid_row(row, f"tabeller.{name}", shelf) for row in rows(node.entries.get("rader"))),
        summary=word(node, "kort"),
        page=word(node, "sida"),
        note=word(node, "not"),
    )


def _grid_row(node: MapNode, grid: str, shelf: Shelf) -> GridRow:
    told = part(node, "celler")
    for key in told.entries:
        shelf.refer(f"{grid}.kolumner", key, grid, told.key(key))
    cells = {key: words(child) for key, child in told.entries.items()}
    return GridRow(word(node, "rubrik"), cells, node.where, word(node, "not"))


def read_case(name: str, node: MapNode, shelf: Shelf) -> Case:
    """A case; whether its way is one is tried by the checks."""
    owner = f"fall.{name}"
    return Case(
        id=name,
        name=word(node, "namn", name),
        process=shelf.name(node, "process", "processer", owner),
        where=node.where,
        background=word(node, "bakgrund"),
        stops=tuple(
            Stop(
                step=word(row, "steg"),
                event=word(row, "handelse"),
                where=row.where,
                activities=shelf.names(row, "aktiviteter", "aktiviteter", owner),
            )
            for row in rows(node.entries.get("vag"))
        ),
        end=word(node, "slut"),
        lessons=listed(node, "lardomar"),
    )


def read_work(name: str, node: MapNode, shelf: Shelf) -> Work:
    """A work that the handbook builds on."""
    del shelf
    return Work(
        id=name,
        subject=word(node, "amne"),
        where=node.where,
        title=word(node, "titel"),
        author=word(node, "upphov"),
        year=word(node, "ar"),
        kind=word(node, "slag"),
        publisher=word(node, "utgivare"),
        doi=word(node, "doi"),
        link=word(node, "adress"),
        checked=read_day(node.entries.get("kontrollerad")),
        page=word(node, "sida"),
        note=word(node, "not"),
    )


def read_card(name: str, node: MapNode, shelf: Shelf) -> LicenceCard:
    """The card of a licensed instrument."""
    del shelf
    return LicenceCard(
        id=name,
        name=word(node, "namn", name),
        where=node.where,
        holder=word(node, "rattighetshavare"),
        licence=word(node, "licens"),
        link=word(node, "adress"),
        summary=word(node, "kort"),
        checked=read_day(node.entries.get("kontrollerad")),
    )


def read_regulation(name: str, node: MapNode, shelf: Shelf) -> Regulation:
    """A law, a code, a numbered form or a deadline, with the time it holds."""
    return Regulation(
        id=name,
        name=word(node, "namn", name),
        kind=word(node, "slag", "lag"),
        where=node.where,
        since=word(node, "galler_fran"),
        until=word(node, "galler_till"),
        summary=word(node, "kort"),
        checked=read_day(node.entries.get("kontrollerad")),
        review_by=read_day(node.entries.get("granskas")),
        link=word(node, "adress"),
        steps=shelf.names(node, "steg", "steg", f"regler.{name}"),
        page=word(node, "sida"),
        note=word(node, "not"),
    )


def read_entrances(tree: MapNode, shelf: Shelf) -> Iterator[Entrance]:
    """Where readers with a role begin."""
    for row in rows(tree.entries.get("ingangar")):
        pages = shelf.names(row, "sidor", "sidor", "ingangar")
        yield Entrance(word(row, "for"), word(row, "kort"), pages)


def read_outlinks(tree: MapNode) -> Iterator[Outlink]:
    """What lies outside of the handbook."""
    for row in rows(tree.entries.get("lankar")):
        yield Outlink(word(row, "namn"), word(row, "adress"), word(row, "kort"))


def read_changes(tree: MapNode, shelf: Shelf) -> Iterator[Revision]:
    """The versions of the handbook."""
    for row in rows(tree.entries.get("andringar")):
        day = read_day(row.entries.get("datum"))
        if day:
            yield Revision(
                version=word(row, "version"),
                day=day,
                text=word(row, "vad"),
                where=row.where,
                pages=shelf.names(row, "sidor", "sidor", "andringar"),
                reports=shelf.names(row, "rapporter", "rapporter", "andringar"),
            )


def read_page(name: str, node: MapNode, shelf: Shelf) -> HandbookPage:
    """A page as it is declared; what it shows is a section, or one part of it."""
    shown = node.entries.get("visar")
    for item in shown.items if isinstance(shown, ListNode) else ():
        if isinstance(item, ScalarNode):
            kind, _, part_id = item.text.partition(":")
            shelf.refer(kind if part_id else "avsnitt", part_id or kind, f"sidor.{name}", item.where)
    return HandbookPage(name, word(node, "titel", name), word(node, "grupp"), node.where, words(shown))
