"""What a report states a second time, of figures that have their place elsewhere."""

from __future__ import annotations

from dataclasses import replace

from build_tools.load.codes import UNKNOWN_NAME, WRONG_UNIT
from build_tools.load.report.ledger import TIMES, Ledger, word
from build_tools.load.shapes import number_of
from build_tools.load.values import KEYS, KIND_WORDS, Slot, read_value
from build_tools.load.yaml_file import MapNode, ScalarNode
from build_tools.model import Cell, Fact, Kind, Role, Stated, Template
from build_tools.texts import listed, suggestion, unit_name

THOUSANDS = {"tkr": ("kr", 1000)}


def read_stated(nodes: tuple[MapNode, ...], ledger: Ledger, template: Template | None) -> None:
    """Figures told otherwise somewhere else in the source: compared, never counted with."""
    for node in nodes:
        name = node.entries.get("cell")
        found = ledger.cell(name) if isinstance(name, ScalarNode) else None
        if found is None:
            continue
        cell, kind = found
        key = next((key for key in ("varde", *KEYS, "fran") if key in node.entries), "")
        slot = _slot(node, ledger, cell, kind if key in ("varde", "fran") else KEYS.get(key, kind))
        fact = _fact(node, key, slot, ledger) if slot else None
        if fact:
            section = number_of(node.entries.get("avsnitt"))
            _in_template(node, ledger, template)
            number = None if section is None else int(section)
            ledger.stated.append(Stated(fact, Role.ELSEWHERE, number, word(node, "del")))


def _slot(node: MapNode, ledger: Ledger, cell: Cell, kind: Kind) -> Slot | None:
    """The place to compare with, in the unit of its measure."""
    measure = ledger.catalogue.measures.get(cell.measure)
    stated = word(node, "enhet")
    own = "procent" if kind is Kind.SHARE else (measure.unit if measure else stated)
    unit, factor = THOUSANDS.get(stated, (stated, 1))
    if stated and unit != own:
        what = f"{KIND_WORDS[kind].capitalize()} i {cell.id}"
        message = (
            f"{what} anges i {unit_name(own)}, men här står {unit_name(stated)}. Rätta enheten, eller cellen."
        )
        ledger.say(WRONG_UNIT, node.key("enhet"), message)
        return None
    personal = measure is not None and measure.unit in TIMES
    return Slot(cell, kind, personal=personal, factor=factor)


def _fact(node: MapNode, key: str, slot: Slot, ledger: Ledger) -> Fact | None:
    """Read the row as a value of the kind it states; the cell keeps its own id."""
    value = node.entries.get(key)
    if not isinstance(value, ScalarNode):
        return None
    name = (
        "fran" if key == "fran" else next((name for name, kind in KEYS.items() if kind is slot.kind), "summa")
    )
    entries = {name: value, **{other: node.entries[other] for other in node.entries if other not in KEYS}}
    figure = read_value(node._replace(entries=entries), slot, ledger.found)
    return replace(figure, cell=slot.cell) if isinstance(figure, Fact) else None


def _in_template(node: MapNode, ledger: Ledger, template: Template | None) -> None:
    """Whether section and part are the template's."""
    number = number_of(node.entries.get("avsnitt"))
    if template is None or number is None:
        return
    section = next((section for section in template.sections if section.number == number), None)
    if section is None:
        known = listed([str(section.number) for section in template.sections], "eller")
        message = f"Mallen {template.id} har inget avsnitt {number}. Skriv {known}."
        ledger.say(UNKNOWN_NAME, node.key("avsnitt"), message)
        return
    told = word(node, "del")
    known_parts = [part.id for part in section.parts]
    if told and known_parts and told not in known_parts:
        near = suggestion(told, known_parts) or f" Skriv {listed(known_parts, 'eller')}."
        ledger.say(UNKNOWN_NAME, node.key("del"), f"Avsnitt {number} har ingen del ”{told}”.{near}")
