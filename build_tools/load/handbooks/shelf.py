"""What is noted while a handbook is read: what it refers to, its free texts, and what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from build_tools.load.catalogue import words
from build_tools.load.report.ledger import part, word
from build_tools.load.yaml_file import BrokenNode, ListNode, MapNode, Node, ScalarNode
from build_tools.model import DefinedMeasure, Finding, Paragraph, Reference, Where

T = TypeVar("T")
SPACE = " "


@dataclass(slots=True)
class Shelf:
    """One reading of a handbook; `place` begins the lasting places of its parts."""

    place: str
    found: list[Finding] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    defined: list[DefinedMeasure] = field(default_factory=list)

    def name(self, node: MapNode, key: str, kind: str, owner: str) -> str:
        """An id under a key, noted as a reference to a part of a kind."""
        found = node.entries.get(key)
        self._note(found, kind, owner)
        return word(node, key)

    def names(self, node: MapNode, key: str, kind: str, owner: str) -> tuple[str, ...]:
        """A list of ids, each noted as a reference."""
        found = node.entries.get(key)
        for item in found.items if isinstance(found, ListNode) else ():
            self._note(item, kind, owner)
        return words(found)

    def refer(self, kind: str, name: str, owner: str, where: Where) -> None:
        """Note a reference."""
        self.references.append(Reference(kind, name, owner, where))

    def define(self, node: MapNode, section: str, part: str) -> None:
        """Note the measures that a part defines."""
        told = node.entries.get("definierar")
        for item in told.items if isinstance(told, ListNode) else ():
            if isinstance(item, ScalarNode):
                measure, _, heading = item.text.partition("#")
                self.refer("matt", measure, f"{section}.{part}", item.where)
                self.defined.append(DefinedMeasure(measure, section, part, item.where, heading))

    def _note(self, node: Node | None, kind: str, owner: str) -> None:
        if isinstance(node, ScalarNode):
            self.refer(kind, node.text, owner, node.where)


def entries(node: MapNode, key: str) -> Iterator[tuple[str, MapNode]]:
    """The parts under a key by their ids."""
    for name, value in part(node, key).entries.items():
        if isinstance(value, MapNode):
            yield name, value


def read_parts(
    tree: MapNode, key: str, shelf: Shelf, read: Callable[[str, MapNode, Shelf], T]
) -> dict[str, T]:
    """Every part of a section, read one by one, with the measures that it defines."""
    for name, node in entries(tree, key):
        shelf.define(node, key, name)
    return {name: read(name, node, shelf) for name, node in entries(tree, key)}


def listed(node: MapNode, key: str) -> tuple[str, ...]:
    """The texts of a list under a key."""
    return words(node.entries.get(key))


def paragraphs(node: Node) -> Iterator[Paragraph]:
    """Every text of a tree that is more than a word, with its place."""
    match node:
        case MapNode():
            for child in node.entries.values():
                yield from paragraphs(child)
        case ListNode():
            for child in node.items:
                yield from paragraphs(child)
        case ScalarNode():
            if SPACE in node.text.strip() or not node.plain or len(node.text) > 8:
                yield Paragraph(node.text, node.where)
        case BrokenNode():
            pass
