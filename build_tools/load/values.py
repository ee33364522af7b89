"""The grammar of a value: a number, a word, or keys that tell more; and the interval its digits stand for.

The intervals follow facts/comparison-and-prose.md 4.3 and 4.5: half the last printed digit, and for the
words before a number *cirka* 5 percent either way, *drygt* up to 10 percent more, *knappt* and *närmare*
down to 10 percent less. Ends are counted in: a test that is a hair too mild never accuses wrongly.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from build_tools import texts
from build_tools.load.cells import as_kind
from build_tools.load.codes import CLASHING, NOT_A_NUMBER, PERSONS, WRONG_UNIT, fault, without_sign
from build_tools.load.formats.plain import MARKS
from build_tools.load.formats.values import AMOUNTS
from build_tools.load.periods import read_day, read_period
from build_tools.load.shapes import number_of
from build_tools.load.yaml_file import MapNode, Node, ScalarNode
from build_tools.model import (
    Blank,
    Cell,
    Derivation,
    Fact,
    Finding,
    Hedge,
    Interval,
    Kind,
    Mark,
    Period,
    Where,
)

ENDLESS = Decimal(10) ** 30
FIVE_PERCENT = Decimal("0.05")
TENTH = Decimal("0.1")
SMALLEST_GROUP = 3
"""Ages and times of fewer persons are never entered."""
KEYS = {"antal": Kind.COUNT, "summa": Kind.SUM, "medel": Kind.MEAN, "andel": Kind.SHARE}
ALLOWED = {
    Kind.COUNT: (Kind.COUNT, Kind.SHARE),
    Kind.SUM: (Kind.SUM,),
    Kind.MEAN: (Kind.MEAN, Kind.SUM),
    Kind.SHARE: (Kind.SHARE, Kind.COUNT),
    Kind.AMOUNT: (Kind.AMOUNT,),
}
SAME = {(Kind.AMOUNT, "antal"), (Kind.AMOUNT, "summa"), (Kind.SUM, "antal")}
"""Where another key means the kind itself."""
KIND_WORDS = {
    Kind.COUNT: "ett antal",
    Kind.SUM: "en summa",
    Kind.MEAN: "ett medelvärde",
    Kind.SHARE: "en andel",
    Kind.AMOUNT: "ett belopp",
}


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell that waits for its value, and what sort of number belongs there.

    `whole` counts cannot be broken; `personal` are ages and times, which are not entered of one or two
    persons; `factor` turns thousands into units; `period` is the section's own.
    """

    cell: Cell
    kind: Kind
    whole: bool = False
    personal: bool = False
    factor: int = 1
    period: Period | None = None
    n: Decimal | Mark | None = None
    n_where: Where | None = None


def read_value(node: Node, slot: Slot, found: list[Finding]) -> Fact | Blank | None:
    """The figure that stands in a place; None where it is wrong in a way that is now reported."""
    if isinstance(node, ScalarNode):
        if node.text in MARKS:
            return Blank(slot.cell, Mark(node.text), node.where)
        return _Written({}, slot, found).fact(node, slot.kind)
    if not isinstance(node, MapNode):
        return None
    keys = [key for key in AMOUNTS if key in node.entries]
    if len(keys) != 1:
        return None  # said by the shape, or the value itself is broken
    return _Written(node.entries, slot, found).read(keys[0])


@dataclass(frozen=True, slots=True)
class _Written:
    """One value as it stands, with what is told beside it."""

    told: Mapping[str, Node]
    slot: Slot
    found: list[Finding]

    def read(self, key: str) -> Fact | Blank | None:
        slot, number = self.slot, self._beside(key)
        if not isinstance(number, ScalarNode):
            return None
        kind = slot.kind if key == "fran" or (slot.kind, key) in SAME else KEYS[key]
        if kind not in ALLOWED[slot.kind]:
            self._say(WRONG_UNIT, number.where, self._other_kind(key))
            return None
        if number.text in MARKS:
            return Blank(slot.cell, Mark(number.text), number.where, self._text("not"))
        return self.fact(number, kind)

    def fact(self, number: ScalarNode, kind: Kind) -> Fact | Blank | None:
        value = number.number
        if value is None or not self._possible(value, number, kind):
            return None
        if self._single():
            where = number.where
            message = (
                "Ålder och tid för färre än tre personer skrivs inte in. Skriv utelamnat i stället för talet."
            )
            self._say(PERSONS, where, message)
            return Blank(self.slot.cell, Mark.WITHHELD, where, self._text("not"))
        upper = number_of(self._beside("till"))
        if (self._beside("fran") is None) != (self._beside("till") is None) or (
            upper is not None and upper <= value
        ):
            self._say(
                CLASHING, number.where, "Ett spann skrivs {fran: 10, till: 15}, med det lägre talet först."
            )
            return None
        made = self._made(number, value, upper, kind)
        return counted(made, self.slot.cell) if self.slot.kind is Kind.COUNT else made

    def _made(self, number: ScalarNode, value: Decimal, upper: Decimal | None, kind: Kind) -> Fact:
        slot = self.slot
        stated = number_of(self._beside("decimaler"))
        decimals = texts.precision(value) if stated is None else int(stated)
        hedge = Hedge(self._text("ungefar")) if self._text("ungefar") else None
        interval = spread(value, upper, decimals, hedge, exact=kind is Kind.COUNT)
        factor = slot.factor
        return Fact(
            cell=slot.cell if kind is slot.kind else as_kind(slot.cell, kind),
            value=value * factor,
            interval=interval.scaled(factor),
            kind=kind,
            where=number.where,
            decimals=decimals if factor == 1 else 0,
            n=self._n(),
            n_where=self._n_where(),
            hedge=hedge,
            upper=None if upper is None else upper * factor,
            upper_where=None if upper is None else base_where(self._beside("till")),
            period=self._period() or slot.period,
            printed_only=self._text("kalla") == "tryckt",
            carried=self._text("kalla") == "overford",
            page=self._text("sida"),
            note=self._text("not"),
            factor=factor,
        )

    def _possible(self, value: Decimal, number: ScalarNode, kind: Kind) -> bool:
        n = self._n()
        if kind is Kind.COUNT and value < 0:
            message = f"Ett antal kan inte vara under noll; här står {number.text}."
            told = (number.where, message, number.text, self.slot.cell.id)
            self.found.append(without_sign(NOT_A_NUMBER, *told))
        elif kind is Kind.COUNT and (self.slot.whole or self.slot.kind is not kind) and value % 1:
            measure = self.slot.cell.measure
            message = f"{measure} räknas i hela tal, men här står {number.text}. Kontrollera talet."
            self._say(WRONG_UNIT, number.where, message)
        elif n == 0 and kind in (Kind.MEAN, Kind.SHARE):
            message = "n är 0, och då finns inget att dela med. Skriv ej_tillampligt i stället för talet."
            self._say(NOT_A_NUMBER, number.where, message)
        elif kind is Kind.SUM and self.slot.kind is Kind.MEAN and not isinstance(n, Decimal):
            message = (
                "En summa blir ett medelvärde först med n, antalet personer. Lägg till n, eller skriv medel."
            )
            self._say(CLASHING, number.where, message)
        else:
            return True
        return False

    def _single(self) -> bool:
        n = self._n()
        return self.slot.personal and isinstance(n, Decimal) and n < SMALLEST_GROUP

    def _other_kind(self, key: str) -> str:
        expected = [name for name, kind in KEYS.items() if kind in ALLOWED[self.slot.kind]]
        words = texts.listed(expected, "eller") or "bara talet"
        measure = self.slot.cell.measure
        return f"{measure} är {KIND_WORDS[self.slot.kind]} och kan inte anges med {key}. Skriv {words}."

    def _beside(self, key: str) -> Node | None:
        return self.told.get(key)

    def _text(self, key: str) -> str:
        node = self._beside(key)
        return node.text if isinstance(node, ScalarNode) else ""

    def _n(self) -> Decimal | Mark | None:
        node = self._beside("n")
        return self.slot.n if node is None else read_base(node)

    def _n_where(self) -> Where | None:
        node = self._beside("n")
        return node.where if isinstance(node, ScalarNode) else self.slot.n_where

    def _period(self) -> Period | None:
        day = read_day(self._beside("per"))
        return Period(day, day) if day else read_period(self._beside("period"), self.found)

    def _say(self, code: str, where: Where, message: str) -> None:
        self.found.append(fault(code, where, message))


def counted(fact: Fact, cell: Cell) -> Fact:
    """A share with its base is a count where exactly one whole number gives that share."""
    n, plain = fact.n, fact.hedge is None and fact.upper is None
    if fact.kind is not Kind.SHARE or not plain or not isinstance(n, Decimal):
        return fact
    count = count_of(fact.value, fact.decimals, n)
    if count is None:
        return fact
    formula = f"Det enda antal som är {texts.percent(fact.value, fact.decimals)} av {texts.number(n)}."
    return replace(
        fact,
        cell=cell,
        value=count,
        interval=Interval(count, count),
        kind=Kind.COUNT,
        decimals=0,
        derivation=Derivation("andel_av_n", formula, ()),
        share=fact,
    )


def read_base(node: Node | None) -> Decimal | Mark | None:
    """The number behind a mean or a share, or the word in its place."""
    if not isinstance(node, ScalarNode):
        return None
    return Mark(node.text) if node.text in MARKS else node.number


def base_where(node: Node | None) -> Where | None:
    """Where the number behind a mean or a share stands."""
    return node.where if isinstance(node, ScalarNode) else None


def spread(
    value: Decimal, upper: Decimal | None, decimals: int, hedge: Hedge | None, *, exact: bool
) -> Interval:
    """All numbers that a printed figure can stand for."""
    half = Decimal(0) if exact else Decimal("0.5").scaleb(-decimals)
    if upper is not None:
        return Interval(value - half, upper + half)
    size = abs(value)
    match hedge:
        case None:
            return Interval(value - half, value + half)
        case Hedge.ABOUT:
            slack = max(size * FIVE_PERCENT, Decimal("0.5").scaleb(-decimals))
            return Interval(value - slack, value + slack)
        case Hedge.JUST_OVER:
            return _between(value, value + value * TENTH)
        case Hedge.JUST_UNDER | Hedge.NEARLY:
            return _between(value, value - value * TENTH)
        case Hedge.AT_LEAST:
            return Interval(value, ENDLESS)
        case Hedge.AT_MOST:
            return Interval(min(Decimal(0), value), value)


def _between(one: Decimal, other: Decimal) -> Interval:
    return Interval(min(one, other), max(one, other))


def count_of(share: Decimal, decimals: int, n: Decimal) -> Decimal | None:
    """The only whole number that gives a share of n, or None where several or none do."""
    half = Decimal("0.5").scaleb(-decimals)
    low = int((share - half) * n / 100)
    high = int((share + half) * n / 100) + 1
    if high - low > 3:
        return None
    fitting = [
        Decimal(count)
        for count in range(max(low, 0), high + 1)
        if n and texts.rounded(Decimal(100 * count) / n, decimals) == texts.rounded(share, decimals)
    ]
    return fitting[0] if len(fitting) == 1 else None
