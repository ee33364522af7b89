"""The files of one handbook → the handbook: its parts may stand in one file or in several."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from build_tools.load.codes import TWICE, fault
from build_tools.load.handbooks.collections import (
    read_card,
    read_case,
    read_changes,
    read_entrances,
    read_grid,
    read_list,
    read_outlinks,
    read_page,
    read_programme,
    read_regulation,
    read_work,
)
from build_tools.load.handbooks.figures import read_table
from build_tools.load.handbooks.method import (
    read_activity,
    read_form,
    read_process,
    read_rating_scale,
    read_role,
    read_routine,
)
from build_tools.load.handbooks.shelf import Shelf, paragraphs, read_parts
from build_tools.load.periods import read_day
from build_tools.load.report.ledger import part, word
from build_tools.load.yaml_file import ListNode, MapNode, Node
from build_tools.model import Finding, Handbook, Where


def read_handbook(
    name: str, tree: MapNode, parts: Iterable[MapNode] = ()
) -> tuple[Handbook, tuple[Finding, ...]]:
    """A handbook from its own file and those of its folder."""
    shelf = Shelf(f"metoder/{name}")
    whole = tree
    for other in parts:
        whole = _joined(whole, other, shelf)
    handbook = _filled(_identity(name, whole, shelf), whole, shelf)
    handbook = replace(
        handbook,
        references=tuple(shelf.references),
        defined=tuple(shelf.defined),
        texts=tuple(dict.fromkeys(paragraphs(whole))),
    )
    return handbook, tuple(replace(finding, about=shelf.place) for finding in shelf.found)


def _joined(tree: MapNode, other: MapNode, shelf: Shelf) -> MapNode:
    """A tree with the sections of another file; the same part never stands in two."""
    entries = dict(tree.entries)
    for key, node in other.entries.items():
        entries[key] = _both(entries[key], node, shelf) if key in entries else node
    return tree._replace(entries=entries, keys={**other.keys, **tree.keys})


def _both(one: Node, other: Node, shelf: Shelf) -> Node:
    if isinstance(one, MapNode) and isinstance(other, MapNode):
        for key in other.entries:
            if key in one.entries:
                message = f"{key} står redan i {one.entries[key].file}. Behåll den ena."
                shelf.found.append(fault(TWICE, other.key(key), message))
        new = {key: child for key, child in other.entries.items() if key not in one.entries}
        return one._replace(entries={**one.entries, **new}, keys={**other.keys, **one.keys})
    if isinstance(one, ListNode) and isinstance(other, ListNode):
        return one._replace(items=(*one.items, *other.items))
    return one


def _identity(name: str, tree: MapNode, shelf: Shelf) -> Handbook:
    told = part(tree, "handbok")
    owner = part(told, "agare")
    return Handbook(
        id=name,
        name=word(told, "namn", name),
        kind=word(told, "slag", "metod"),
        where=Where(tree.file, told.line, told.column),
        summary=word(told, "kort"),
        owner=word(owner, "roll"),
        organisation=word(owner, "organisation"),
        version=word(told, "version"),
        revised=read_day(told.entries.get("reviderad")),
        review_by=read_day(told.entries.get("granskas")),
        licence=word(told, "licens"),
        status=word(told, "status", "utkast"),
        source=word(told, "kalla"),
        proposals=shelf.name(told, "forslag", "sidor", "handbok"),
    )


def _filled(handbook: Handbook, tree: MapNode, shelf: Shelf) -> Handbook:
    return replace(
        handbook,
        processes=read_parts(tree, "processer", shelf, read_process),
        routines=read_parts(tree, "rutiner", shelf, read_routine),
        roles=read_parts(tree, "roller", shelf, read_role),
        activities=read_parts(tree, "aktiviteter", shelf, read_activity),
        forms=read_parts(tree, "blanketter", shelf, read_form),
        scales=read_parts(tree, "skalor", shelf, read_rating_scale),
        programmes=read_parts(tree, "program", shelf, read_programme),
        lists=read_parts(tree, "listor", shelf, read_list),
        grids=read_parts(tree, "tabeller", shelf, read_grid),
        cases=read_parts(tree, "fall", shelf, read_case),
        figures=read_parts(tree, "siffror", shelf, read_table),
        works=read_parts(tree, "litteratur", shelf, read_work),
        cards=read_parts(tree, "licenskort", shelf, read_card),
        regulations=read_parts(tree, "regler", shelf, read_regulation),
        entrances=tuple(read_entrances(tree, shelf)),
        outlinks=tuple(read_outlinks(tree)),
        changes=tuple(read_changes(tree, shelf)),
        pages=read_parts(tree, "sidor", shelf, read_page),
    )
