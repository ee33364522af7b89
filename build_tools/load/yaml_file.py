"""YAML text to a small tree where every key and value knows its line and column, in one pass over events."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

import yaml

from build_tools.load.codes import (
    DECIMAL_COMMA,
    DOUBLED_KEY,
    EMPTY,
    FORBIDDEN_YAML,
    SYNTAX,
    TAB,
    TOO_DEEP,
    UNREADABLE,
    WRONG_SHAPE,
    fault,
)
from build_tools.load.source import place
from build_tools.load.syntax import explained
from build_tools.model import Finding, Where

DEPTH = 50
NUMBER = re.compile(r"-?[0-9]+([.,][0-9]+)?")
LONGEST_NUMBER = 18
# What YAML allows in no text; halves of characters among them.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
TABBED = re.compile(r" *\t")
# libyaml is eight times faster; without it the same events come from Python.
LOADER: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


# Tuples, not dataclasses: a tree of frozen dataclasses takes three times as long to build.
class ScalarNode(NamedTuple):
    """A text, a number or nothing. `plain` tells that it stands without quotation marks."""

    text: str
    plain: bool
    file: str
    line: int
    column: int

    @property
    def where(self) -> Where:
        """Its place."""
        return Where(self.file, self.line, self.column)

    @property
    def number(self) -> Decimal | None:
        """Its number, where it is plain digits: `58.0` keeps its nought, `16,5` is read as 16.5."""
        if self.plain and len(self.text) <= LONGEST_NUMBER and NUMBER.fullmatch(self.text):
            return Decimal(self.text.replace(",", "."))
        return None


class ListNode(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    file: str
    line: int
    column: int

    @property
    def where(self) -> Where:
        """Its place."""
        return Where(self.file, self.line, self.column)


class BrokenNode(NamedTuple):
    """A value that could not be read and is reported already."""

    file: str
    line: int
    column: int

    @property
    def where(self) -> Where:
        """Its place."""
        return Where(self.file, self.line, self.column)


class MapNode(NamedTuple):
    """Keys with values, in the order of the file; every key's own place is beside."""

    entries: dict[str, Node]
    keys: dict[str, tuple[int, int]]
    file: str
    line: int
    column: int

    @property
    def where(self) -> Where:
        """Its place."""
        return Where(self.file, self.line, self.column)

    def key(self, name: str) -> Where:
        """The place of a key; of the whole where the key is missing."""
        return Where(self.file, *self.keys.get(name, (self.line, self.column)))


Node = ScalarNode | ListNode | MapNode | BrokenNode


def read_tree(text: str, file: str) -> tuple[Node | None, tuple[Finding, ...]]:
    """The tree of a YAML text, or None where it cannot be read, and what is wrong with it."""
    reader = _Reader(text, file)
    tree = reader.read()
    return tree, tuple(reader.found)


class _StopError(Exception):
    """The rest of the file cannot be read; the finding is made."""


class _Reader:
    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.found = [*self._tabs()]

    def read(self) -> Node | None:
        strange = CONTROL.search(self.text)
        if strange:
            self._invisible(strange)
            return None
        loader = LOADER(self.text)
        try:
            return self._document(self._events(loader))
        except _StopError:
            return None
        except yaml.MarkedYAMLError as error:
            if not self.found or self.found[0].code != TAB:  # a tab explains every error after it
                line, column, message = explained(error, self.text)
                self._say(SYNTAX, line, column, message)
        finally:
            loader.dispose()
        return None

    def _invisible(self, strange: re.Match[str]) -> None:
        where = place(self.text, strange.start(), self.file)
        code = f"U+{ord(strange[0]):04X}"
        message = f"Här står ett osynligt styrtecken ({code}), som inte hör hemma i data. Ta bort det."
        self.found.append(fault(UNREADABLE, where, message))

    def _tabs(self) -> Iterator[Finding]:
        message = "Raden är indragen med tabb. Byt tabben mot mellanslag, två för varje steg."
        for number, line in enumerate(self.text.split("\n"), 1) if "\t" in self.text else ():
            tab = TABBED.match(line)
            if tab:
                yield fault(TAB, Where(self.file, number, tab.end()), message)

    def _say(self, code: str, line: int, column: int, message: str) -> None:
        self.found.append(fault(code, Where(self.file, line, column), message))

    @staticmethod
    def _events(loader: Any) -> Iterator[Any]:
        while (event := loader.get_event()) is not None:
            yield event

    def _document(self, events: Iterator[Any]) -> Node | None:
        next(events)  # the start of the stream
        if type(next(events)) is yaml.StreamEndEvent:
            self._say(EMPTY, 1, 1, "Filen är tom. Fyll i den, eller ta bort den.")
            return None
        tree = self._node(next(events), events, 1)
        next(events)  # the end of the document
        event = next(events)
        if type(event) is yaml.DocumentStartEvent:
            mark: Any = event.start_mark
            message = (
                "Här börjar ett andra dokument (---). En fil har ett enda: ta bort raden och det som följer."
            )
            self._say(FORBIDDEN_YAML, mark.line + 1, mark.column + 1, message)
        return tree

    def _node(self, event: Any, events: Iterator[Any], depth: int) -> Node:
        kind = type(event)
        mark = event.start_mark
        line, column = mark.line + 1, mark.column + 1
        if event.anchor is not None:
            self._strange(kind is yaml.AliasEvent, event.anchor, line, column)
        if kind is yaml.AliasEvent:
            return BrokenNode(self.file, line, column)
        if kind is yaml.ScalarEvent:
            plain = not event.style
            node: Node = ScalarNode(event.value, plain, self.file, line, column)
        elif depth > DEPTH:
            self._say(TOO_DEEP, line, column, f"Här är filen mer än {DEPTH} nivåer djup. Skriv den plattare.")
            raise _StopError
        elif kind is yaml.SequenceStartEvent:
            node = self._list(events, depth, line, column)
        else:
            node = self._map(event, events, depth, line, column)
        return node if event.tag is None else self._tagged(event, line, column)

    def _strange(self, alias: bool, name: str, line: int, column: int) -> None:
        what = f"Här står ett alias, *{name}" if alias else f"Här står ett ankare, &{name}"
        remedy = "Skriv ut värdet i stället." if alias else f"Ta bort &{name}."
        message = f"{what}. Sådana används inte. {remedy} Är det text, sätt den inom citattecken."
        self._say(FORBIDDEN_YAML, line, column, message)

    def _tagged(self, event: Any, line: int, column: int) -> Node:
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        message = (
            f"Här står en tagg, {tag}. Sådana används inte. Ta bort den, eller sätt texten inom citattecken."
        )
        self._say(FORBIDDEN_YAML, line, column, message)
        return BrokenNode(self.file, line, column)

    def _list(self, events: Iterator[Any], depth: int, line: int, column: int) -> ListNode:
        items = []
        while type(event := next(events)) is not yaml.SequenceEndEvent:
            items.append(self._node(event, events, depth + 1))
        return ListNode(tuple(items), self.file, line, column)

    def _map(self, start: Any, events: Iterator[Any], depth: int, line: int, column: int) -> MapNode:
        node = MapNode({}, {}, self.file, line, column)
        last = ""
        while type(event := next(events)) is not yaml.MappingEndEvent:
            key = self._node(event, events, depth + 1)
            value = self._node(next(events), events, depth + 1)
            if start.flow_style and self._comma(node, last, key, value):
                continue
            if isinstance(key, ScalarNode) and (key.text or not key.plain):
                last = key.text
                self._enter(node, key, value)
            elif not isinstance(key, BrokenNode):
                message = "Här saknas en nyckel: före kolonet ska det stå ett ord."
                self._say(WRONG_SHAPE, key.line, key.column, message)
        return node

    def _enter(self, node: MapNode, key: ScalarNode, value: Node) -> None:
        if key.text == "<<" and key.plain:
            message = "<< slår ihop grupper. Sådant används inte: skriv ut uppgifterna."
            self._say(FORBIDDEN_YAML, key.line, key.column, message)
        elif key.text in node.entries:
            first = node.keys[key.text][0]
            message = (
                f"”{key.text}” står redan på rad {first}. Ta bort den ena; tills dess gäller den första."
            )
            self._say(DOUBLED_KEY, key.line, key.column, message)
        else:
            node.entries[key.text] = value
            node.keys[key.text] = (key.line, key.column)

    def _comma(self, node: MapNode, last: str, key: Node, value: Node) -> bool:
        """Whether `{man: 16,5}` was meant as 16.5: YAML sees a key 5 without a value."""
        if not (isinstance(key, ScalarNode) and key.plain and key.text.isdecimal() and _empty(value)):
            return False
        before = node.entries.get(last)
        if isinstance(before, ScalarNode) and before.number is not None:
            meant = f"{before.text},{key.text}"
            decimal = f"Skriv {before.text}.{key.text} med punkt"
            remedy = "Skriv siffrorna ihop, utan komma" if len(key.text) == 3 else decimal
            message = (
                f"Inom {{ }} skiljer kommat två uppgifter åt, så ”{last}: {meant}” läses som {before.text} "
                f"och en nyckel {key.text}. {remedy}."
            )
            self._say(DECIMAL_COMMA, before.line, before.column, message)
            node.entries[last] = BrokenNode(self.file, before.line, before.column)
            return True
        return isinstance(before, BrokenNode)


def _empty(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.plain and not node.text
