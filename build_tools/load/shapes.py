"""The kinds of shape that values in data files have; each reads a node, and the schemas are made of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from build_tools import texts
from build_tools.load.codes import (
    BAD_DATE,
    CLASHING,
    IMPOSSIBLE_DATE,
    MISSING_KEY,
    NOT_A_NUMBER,
    UNKNOWN_KEY,
    UNKNOWN_WORD,
    WRONG_SHAPE,
    fault,
    without_sign,
)
from build_tools.load.yaml_file import NUMBER, BrokenNode, ListNode, MapNode, Node, ScalarNode
from build_tools.model import Finding

DAY = "^(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}$"
MONTH = "^(19|20)[0-9]{2}-[0-9]{2}(-[0-9]{2})?$"
COMMA_NUMBER = "-?[0-9]+,[0-9]+"
LARGEST = 10**15
FILE = "filen"
ADVICE = "Skriv med små bokstäver utan å, ä, ö och mellanslag"
MANY_KEYS = 12
EMPTY_WORDS = frozenset({"", "~", "null", "Null", "NULL"})
FLAGS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
NUMBER_LIKE = re.compile(r"[-+−]?[0-9 \u00a0\u2009\u202f_.,]+")


def check(shape: Shape, node: Node, name: str = FILE) -> tuple[Node | None, tuple[Finding, ...]]:
    """What of a node has the right shape, and what is wrong with the rest."""
    found: list[Finding] = []
    return shape.clean(node, name, found), tuple(found)


def what(node: Node) -> str:
    """A node in words, for messages."""
    if isinstance(node, MapNode):
        return "en grupp av nycklar och värden"
    if isinstance(node, ListNode):
        return "en lista"
    if isinstance(node, BrokenNode) or is_empty(node):
        return "inget värde"
    if node.number is not None:
        return f"talet {node.text}"
    return f"”{_short(node.text)}”"


def is_empty(node: Node) -> bool:
    """Whether nothing stands after the colon."""
    return isinstance(node, ScalarNode) and node.plain and node.text in EMPTY_WORDS


def not_an_id(text: str, example: str, advice: str) -> str:
    """What to say of a text that is no id."""
    return f"”{_short(text)}” går inte att använda här. {advice}, som {example}."


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 40 else f"{flat[:39]}…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A shape with its Swedish title and description. `ref` names it where many places share it."""

    title: str
    description: str = ""
    ref: str = ""

    def clean(self, node: Node, name: str, found: list[Finding]) -> Node | None:
        """The node without what is wrong in it; None where nothing is left."""
        raise NotImplementedError

    def expected(self) -> str:
        """The shape in words, for messages."""
        raise NotImplementedError

    def refuse(self, node: Node, name: str, found: list[Finding], code: str = WRONG_SHAPE) -> None:
        """Say that another shape was expected, unless the value is reported already."""
        if isinstance(node, BrokenNode):
            return
        there = "står inget värde" if is_empty(node) else f"står {what(node)}"
        remedy = " Skriv saknas om uppgiften saknas." if is_empty(node) and self.takes("saknas") else ""
        found.append(
            fault(code, node.where, f"{name}: här {there}, men det ska vara {self.expected()}.{remedy}")
        )

    def takes(self, word: str) -> bool:
        """Whether a word may stand here."""
        del word
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Shape):
    """A text. A number will do as well where it is free."""

    def expected(self) -> str:
        return "en text"

    def clean(self, node: Node, name: str, found: list[Finding]) -> Node | None:
        if isinstance(node, ScalarNode) and not is_empty(node) and node.text.strip():
            if not (node.plain and node.text in FLAGS):
                return node
            message = (
                f"{name}: {node.text} utan citattecken är ett ja eller nej. Sätt texten inom citattecken."
            )
            found.append(fault(WRONG_SHAPE, node.where, message))
            return None
        self.refuse(node, name, found)
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Code(Shape):
    """An id in small ASCII letters. What it may be is looked up afterwards, not here."""

    pattern: str
    example: str
    advice: str = ADVICE

    def expected(self) -> str:
        return f"ett id som {self.example}"

    def clean(self, node: Node, name: str, found: list[Finding]) -> Node | None:
        if isinstance(node, ScalarNode) and not is_empty(node) and not (node.plain and node.text in FLAGS):
            if re.fullmatch(self.pattern, node.text):
                return node
            found.append(
                fault(UNKNOWN_WORD, node.where, f"{name}: {not_an_id(node.text, self.example, self.advice)}")
            )
            return None
        self.refuse(node, name, found)
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Word(Shape):
    """One of a few fixed words. `no_number` is what to say to somebody who writes a number."""

    words: Mapping[str, str]
    no_number: tuple[str, str] = ("", "")

    def expected(self) -> str:
        return texts.listed(list(self.words), "eller")

    def takes(self, word: str) -> bool:
        return word in self.words

    def clean(self, node: Node, name: str, found: list[Finding]) -> Node | None:
        if isinstance(node, ScalarNode) and not is_empty(node):
            if node.text in self.words:
                return node
            code, refusal = self.no_number
            if refusal and node.number is not None:
                found.append(fault(code, node.where, f"{name}: {refusal}"))
            else:
                found.append(fault(UNKNOWN_WORD, node.where, self._unknown(node, name)))
            return None
        self.refuse(node, name, found)
        return None

    def _unknown(self, node: ScalarNode, name: str) -> str:
        near = texts.suggestion(node.text, self.words)
        return f"{name}: här står ”{_short(node.text)}”, men det ska vara {self.expected()}.{near}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Shape):
    """A number of plain digits, or one of the words that may stand in its place."""

    whole: bool = False
    lowest: int = -LARGEST
    highest: int = LARGEST
    words: Mapping[str, str] = field(default_factory=dict)

    def expected(self) -> str:
        number = "ett helt tal" if self.whole else "ett tal"
        return f"{number} (eller ett ord, som {next(iter(self.words))})" if self.words else number

    def takes(self, word: str) -> bool:
        return word in self.words

    def clean(self, node: Node, name: str, found: list[Finding]) -> Node | None:
        if not isinstance(node, ScalarNode) or is_empty(node):
            self.refuse(node, name, found)
            return None
        if node.text in self.words:
            return node
        number = node.number
        if number is None or (self.whole and not node.text.lstrip("-").isdecimal()):
            found.append(fault(NOT_A_NUMBER, node.where, f"{name}: {self._why(node)}"))
            return None
        if not self.lowest <= number <= self.highest:
            message = f"{name}: {node.text} är utanför det möjliga. {self._range()}"
            if number < 0 <= -number <= self.highest and not self.lowest:
                found.append(without_sign(NOT_A_NUMBER, node.where, message, node.text))
            else:
                found.append(fault(NOT_A_NUMBER, node.where, message))
            return None
        return node

    def _range(self) -> str:
        if self.highest == LARGEST:
            return f"Skriv minst {self.lowest}." if self.lowest > -LARGEST else "Skriv ett mindre tal."
        return f"Skriv {self.lowest} till {self.highest}."

    def _why(self, node: ScalarNode) -> str:
        """Why a text is no number, as concretely as it can be said."""
        text = node.text.strip()
        if text == "skyddad":
            return (
                "skyddad sätts bara av bygget. Skriv talet, eller utelamnat om det gäller enstaka personer."
            )
        if node.number is not None:
            return f"{text} är inget helt tal. Skriv det utan decimaler."
        if not node.plain and NUMBER.fullmatch(text):
            plain = text.replace(",", ".")
            return f"”{text}” står inom citattecken och är då text. Skriv {plain} utan citattecken."
        if NUMBER_LIKE.fullmatch(text) and (digits := _plain_digits(text)):
            return f"”{text}” går inte att läsa som tal. Skriv {digits}, med bara siffror."
        if node.plain and NUMBER.fullmatch(text):
            return f"talet {_short(text)} är för långt. Skriv ett kortare."
        near = texts.suggestion(text, self.words)
        if near:
            return f"här står ”{_short(text)}”, men det ska vara {self.expected()}.{near}"
        return f"här står ”{_short(text)}”, men det ska vara {self.expected()}. Skriv det med bara siffror."


def _plain_digits(text: str) -> str:
    """The number that somebody most likely meant: spaces, underscores and groups of three taken out."""
    bare = re.sub(r"[ _\u00a0\u2009\u202f]", "", text).replace("−", "-").lstrip("+")
    if len(bare) > 18:
        return ""
    if re.fullmatch(r"-?[0-9]{1,3}([.,][0-9]{3}){2,}", bare):
        return re.sub(r"[.,]", "", bare)
    if re.fullmatch(r"-?[.,][0-9]+", bare):
        bare = re.sub(r"[.,]", "0.", bare)
    return bare.replace(",", ".") if NUMBER.fullmatch(bare) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day(Shape):
    """A date; a month alone where `month` says so; or a fixed word."""

    month: bool = False
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def pattern(self) -> str:
        """What it must look like; whether the day exists is seen afterwards."""
        form = MONTH if self.month else DAY
        return f"^({'|'.join([form.strip('^$'), *self.words])})$" if self.words else form

    def expected(self) -> str:
        form = "en dag som 2021-12-31"
        form += " eller en månad som 2021-12" if self.month else ""
        return f"{form} eller ordet {texts.listed(list(self.words), 'eller')}" if self.words else form

    def takes(self, word: str) -> bool:
        return word in self.words

    def clean(self, node: Node, name: str, found: list[Finding]) -> Node | None:
        if not isinstance(node, ScalarNode) or is_empty(node) or node.number is not None:
            self.refuse(node, name, found, BAD_DATE if isinstance(node, ScalarNode) else WRONG_SHAPE)
            return None
        if not re.fullmatch(self.pattern, node.text):
            found.append(fault(BAD_DATE, node.where, f"{name}: {self._why(node.text)}"))
            return None
        if node.text in self.words or day_of(node.text):
            return node
        found.append(fault(IMPOSSIBLE_DATE, node.where, f"{name}: {node.text} finns inte i almanackan."))
        return None

    def _why(self, text: str) -> str:
        if re.fullmatch(r"[0-9]+-[0-9]{2}-[0-9]{2}", text) and not re.match(r"(19|20)[0-9]{2}-", text):
            return f"här står ”{text}”. Ett år skrivs med fyra siffror och börjar med 19 eller 20."
        return f"här står ”{_short(text)}”, men det ska vara {self.expected()}."


def day_of(text: str) -> date | None:
    """The day of a date or the first of a month; None where the calendar has none."""
    try:
        return date.fromisoformat(text if len(text) > 7 else f"{text}-01")
    except ValueError:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag(Shape):
    """true or false."""

    def expected(self) -> str:
        return "true eller false"

    def clean(self, node: Node, name: str, found: list[Finding]) -> Node | None:
        if isinstance(node, ScalarNode) and node.plain and node.text in FLAGS:
            return node
        self.refuse(node, name, found)
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields(Shape):
    """Named keys. `scalar` is what may stand alone in their place.

    `one_of` are groups of keys of which exactly one must stand, `at_most` of which one may and
    `at_least` of which one must. `hint` helps somebody who wrote an unknown key; it may name {name}
    and {key}.
    """

    fields: Mapping[str, Shape]
    required: tuple[str, ...] = ()
    scalar: Shape | None = None
    one_of: tuple[tuple[str, ...], ...] = ()
    at_most: tuple[tuple[str, ...], ...] = ()
    at_least: tuple[tuple[str, ...], ...] = ()
    others: Shape | None = None
    """The shape of keys that are not named; without it they are unknown."""
    other_pattern: str = ""
    hint: str = ""

    def expected(self) -> str:
        keys = f"nycklar ({', '.join([*self.fields][:4])}{' …' if len(self.fields) > 4 else ''})"
        return f"{self.scalar.expected()}, eller {keys}" if self.scalar else keys

    def takes(self, word: str) -> bool:
        return self.scalar is not None and self.scalar.takes(word)

    def clean(self, node: Node, name: str, found: list[Finding]) -> Node | None:
        if self.scalar and isinstance(node, ScalarNode):
            return self.scalar.clean(node, name, found)
        if not isinstance(node, MapNode):
            self.refuse(node, name, found)
            return None
        kept: dict[str, Node] = {}
        for key, value in node.entries.items():
            shape = self.fields.get(key) or self._other(key)
            if shape is None:
                found.append(fault(UNKNOWN_KEY, node.key(key), self._unknown(key, name)))
            elif (clean := shape.clean(value, key, found)) is not None:
                kept[key] = clean
        self._missing(node, name, found)
        return node._replace(entries=kept)

    def _other(self, key: str) -> Shape | None:
        return self.others if self.others and re.fullmatch(self.other_pattern, key) else None

    def _unknown(self, key: str, name: str) -> str:
        near = texts.suggestion(key, self.fields)
        hint = self.hint.replace("{name}", name).replace("{key}", _short(key))
        more = " …" if len(self.fields) > MANY_KEYS else ""
        told = near or hint or f" Här får stå {', '.join([*self.fields][:MANY_KEYS])}{more}."
        place = "i filen" if name == FILE else f"under {name}"
        return f"Nyckeln ”{_short(key)}” finns inte {place}.{told}"

    def _missing(self, node: MapNode, name: str, found: list[Finding]) -> None:
        for key in self.required:
            if key not in node.entries:
                found.append(fault(MISSING_KEY, node.where, f"{name}: ”{key}” fattas. {self._remedy(key)}"))
        for group in self.one_of:
            self._count(node, name, group, 1, found)
        for group in self.at_most:
            self._count(node, name, group, 0, found)
        for group in self.at_least:
            if not any(key in node.entries for key in group):
                words = texts.listed(list(group), "eller")
                message = f"{name}: skriv minst en av {words}; här står ingen av dem."
                found.append(fault(CLASHING, node.where, message))

    def _remedy(self, key: str) -> str:
        return f"Lägg till {key}: {self.fields[key].expected()}."

    @staticmethod
    def _count(node: MapNode, name: str, group: tuple[str, ...], least: int, found: list[Finding]) -> None:
        there = [key for key in group if key in node.entries]
        if least <= len(there) <= 1:
            return
        told = f"här står {texts.listed(there)}" if there else "här står ingen av dem"
        words = texts.listed(list(group), "eller")
        message = f"{name}: skriv {'precis' if least else 'högst'} en av {words}; {told}."
        found.append(fault(CLASHING, node.key(there[1]) if there else node.where, message))


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyed(Shape):
    """Keys that the writer chooses among the ids of something else, all with values of one shape."""

    pattern: str
    example: str
    value: Shape

    def expected(self) -> str:
        return f"nycklar som {self.example}, var och en med sitt värde"

    def clean(self, node: Node, name: str, found: list[Finding]) -> Node | None:
        if not isinstance(node, MapNode):
            self.refuse(node, name, found)
            return None
        kept: dict[str, Node] = {}
        for key, value in node.entries.items():
            if not re.fullmatch(self.pattern, key):
                found.append(fault(UNKNOWN_KEY, node.key(key), not_an_id(key, self.example, ADVICE)))
            elif (clean := self.value.clean(value, key, found)) is not None:
                kept[key] = clean
        return node._replace(entries=kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows(Shape):
    """A list."""

    item: Shape

    def expected(self) -> str:
        return "en lista, där varje rad börjar med bindestreck eller allt står inom [ ]"

    def clean(self, node: Node, name: str, found: list[Finding]) -> Node | None:
        if not isinstance(node, ListNode):
            self.refuse(node, name, found)
            return None
        row = "raden" if name == FILE else name
        cleaned = [self.item.clean(item, row, found) for item in node.items]
        return node._replace(items=tuple(item for item in cleaned if item is not None))


def number_of(node: Node | None) -> Decimal | None:
    """The number of a node, where it has one."""
    return node.number if isinstance(node, ScalarNode) else None
