"""How the work is done: processes, routines, roles, activities, forms and scales."""

from __future__ import annotations

from build_tools.load.catalogue import whole
from build_tools.load.handbooks.shelf import Shelf, entries, listed
from build_tools.load.periods import read_day
from build_tools.load.report.ledger import part, rows, word
from build_tools.load.shapes import FLAGS
from build_tools.load.yaml_file import ListNode, MapNode, Node, ScalarNode
from build_tools.model import (
    Activity,
    EndState,
    FormField,
    HandbookRole,
    Moment,
    PaperForm,
    Practice,
    Process,
    ProcessStep,
    RatingScale,
    Routine,
    ScaleBand,
    SubStep,
    Variant,
    Way,
)


def read_process(name: str, node: MapNode, shelf: Shelf) -> Process:
    """The steps of a process and the ways between them. The ways are tried by the checks."""
    owner = f"processer.{name}"
    return Process(
        id=name,
        name=word(node, "namn", name),
        where=node.where,
        summary=word(node, "kort"),
        principle=word(node, "princip"),
        start=word(node, "start"),
        first=word(node, "forst"),
        steps={key: _step(key, step, f"{owner}.{key}", shelf) for key, step in entries(node, "steg")},
        ends={
            key: EndState(key, word(end, "namn", key), end.where, word(end, "not"))
            for key, end in entries(node, "slut")
        },
        ways=tuple(_way(row) for row in rows(node.entries.get("vagar"))),
        throughout=listed(node, "genomgaende"),
        times=listed(node, "tider"),
        page=word(node, "sida"),
        note=word(node, "not"),
    )


def _way(node: MapNode) -> Way:
    return Way(word(node, "fran"), word(node, "till"), node.where, word(node, "nar"), word(node, "not"))


def _step(name: str, node: MapNode, owner: str, shelf: Shelf) -> ProcessStep:
    shelf.define(node, "steg", name)
    return ProcessStep(
        id=name,
        name=word(node, "namn", name),
        where=node.where,
        summary=word(node, "kort"),
        trigger=word(node, "utloses_av"),
        results=listed(node, "resultat"),
        actions=listed(node, "gor"),
        substeps={
            key: SubStep(key, word(below, "namn", key), word(below, "not"))
            for key, below in entries(node, "delsteg")
        },
        roles=shelf.names(node, "roller", "roller", owner),
        others=listed(node, "medverkar"),
        forms=shelf.names(node, "blanketter", "blanketter", owner),
        records=listed(node, "registreras"),
        page=word(node, "sida"),
        note=word(node, "not"),
    )


def read_routine(name: str, node: MapNode, shelf: Shelf) -> Routine:
    """A routine, moment by moment; a variant that is told of must be one of the routine's."""
    variants = {
        key: Variant(key, word(variant, "namn", key), word(variant, "sida"))
        for key, variant in entries(node, "varianter")
    }
    return Routine(
        id=name,
        name=word(node, "namn", name),
        where=node.where,
        summary=word(node, "kort"),
        variants=variants,
        moments={
            key: _moment(key, moment, f"rutiner.{name}", shelf) for key, moment in entries(node, "moment")
        },
        note=word(node, "not"),
    )


def _moment(name: str, node: MapNode, routine: str, shelf: Shelf) -> Moment:
    owner = f"{routine}.{name}"
    practices = {}
    told = part(node, "varianter")
    for key, child in told.entries.items():
        shelf.refer(f"{routine}.varianter", key, owner, told.key(key))
        practices[key] = _practice(child, owner, shelf)
    common = node.entries.get("gemensamt")
    return Moment(
        id=name,
        name=word(node, "namn", name),
        where=node.where,
        step=shelf.name(node, "steg", "steg", owner),
        common=_practice(common, owner, shelf) if common else None,
        practices=practices,
    )


def _practice(node: Node, owner: str, shelf: Shelf) -> Practice:
    if not isinstance(node, MapNode):
        return Practice((node.text,) if isinstance(node, ScalarNode) else (), node.where)
    items = listed(node, "punkter") if isinstance(node.entries.get("punkter"), ListNode) else ()
    return Practice(
        items=items or ((word(node, "text"),) if word(node, "text") else ()),
        where=node.where,
        demand=word(node, "krav"),
        roles=shelf.names(node, "ansvar", "roller", owner),
        page=word(node, "sida"),
        note=word(node, "not"),
    )


def read_role(name: str, node: MapNode, shelf: Shelf) -> HandbookRole:
    """A role: what it does, must have and should have."""
    del shelf
    return HandbookRole(
        id=name,
        name=word(node, "namn", name),
        where=node.where,
        organisation=word(node, "organisation"),
        summary=word(node, "kort"),
        tasks=listed(node, "uppgifter"),
        must=listed(node, "ska"),
        should=listed(node, "bor"),
        page=word(node, "sida"),
        note=word(node, "not"),
    )


def read_activity(name: str, node: MapNode, shelf: Shelf) -> Activity:
    """A tool of the method."""
    owner = f"aktiviteter.{name}"
    return Activity(
        id=name,
        name=word(node, "namn", name),
        category=word(node, "kategori"),
        where=node.where,
        purpose=word(node, "syfte"),
        audience=listed(node, "malgrupp"),
        actions=listed(node, "gor"),
        time=listed(node, "tid"),
        material=listed(node, "material"),
        results=listed(node, "resultat"),
        demands=listed(node, "krav"),
        offered_by=listed(node, "erbjuds_av"),
        local=listed(node, "provad_i"),
        towns=listed(node, "orter"),
        keeper=shelf.name(node, "ansvarig", "roller", owner),
        feedback=listed(node, "aterkoppling"),
        lessons=listed(node, "lardomar"),
        steps=shelf.names(node, "steg", "steg", owner),
        roles=shelf.names(node, "roller", "roller", owner),
        forms=shelf.names(node, "blanketter", "blanketter", owner),
        programme=shelf.name(node, "program", "program", owner),
        figures=shelf.names(node, "siffror", "siffror", owner),
        card=shelf.name(node, "kort", "licenskort", owner),
        reviewed=read_day(node.entries.get("granskad")),
        review_by=read_day(node.entries.get("granskas")),
        page=word(node, "sida"),
        note=word(node, "not"),
    )


def read_form(name: str, node: MapNode, shelf: Shelf) -> PaperForm:
    """A form; a field may be a name alone."""
    owner = f"blanketter.{name}"
    told = node.entries.get("falt")
    fields = told.items if isinstance(told, ListNode) else ()
    return PaperForm(
        id=name,
        name=word(node, "namn", name),
        kind=word(node, "slag", "blankett"),
        where=node.where,
        purpose=word(node, "syfte"),
        fields=tuple(_field(field) for field in fields),
        version=word(node, "version"),
        printable=FLAGS.get(word(node, "skrivs_ut", "true"), True),
        signed_by=shelf.names(node, "undertecknas", "roller", owner),
        steps=shelf.names(node, "steg", "steg", owner),
        card=shelf.name(node, "kort", "licenskort", owner),
        page=word(node, "sida"),
        note=word(node, "not"),
    )


def _field(node: Node) -> FormField:
    if isinstance(node, MapNode):
        return FormField(word(node, "namn"), word(node, "slag", "text"), word(node, "hjalp"))
    return FormField(node.text if isinstance(node, ScalarNode) else "")


def read_rating_scale(name: str, node: MapNode, shelf: Shelf) -> RatingScale:
    """A scale with its items, or with the card of whoever owns them."""
    anchors = part(node, "ankare")
    bands = (
        (whole(row.entries.get("fran")), whole(row.entries.get("till")), word(row, "betyder"))
        for row in rows(node.entries.get("band"))
    )
    return RatingScale(
        id=name,
        name=word(node, "namn", name),
        version=word(node, "version"),
        where=node.where,
        purpose=word(node, "syfte"),
        items=listed(node, "poster"),
        anchors={key: word(anchors, key) for key in anchors.entries},
        bands=tuple(
            ScaleBand(low, high, text) for low, high, text in bands if low is not None and high is not None
        ),
        card=shelf.name(node, "kort", "licenskort", f"skalor.{name}"),
        page=word(node, "sida"),
        note=word(node, "not"),
    )
