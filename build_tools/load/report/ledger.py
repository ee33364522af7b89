"""Collects the figures of one report while its sections are read, each in its one place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from build_tools import texts
from build_tools.load.cells import address, asked_cell, find_cell
from build_tools.load.codes import CLASHING, COMPUTED, TWICE, UNKNOWN_NAME, fault
from build_tools.load.formats.values import AMOUNTS, SEXES, VALUE_FIELDS
from build_tools.load.periods import read_period
from build_tools.load.values import Slot, read_value
from build_tools.load.yaml_file import ListNode, MapNode, Node, ScalarNode
from build_tools.model import (
    Blank,
    Catalogue,
    Cell,
    Distribution,
    Fact,
    Finding,
    Goal,
    Kind,
    Level,
    Measure,
    Party,
    Period,
    Post,
    Prices,
    Role,
    Stated,
    Statement,
    Survey,
    Where,
)

ALL = "alla"
OTHERS = "grupper"
GROUP_KEYS = frozenset({*SEXES, ALL, OTHERS})
BOTH_SEXES = frozenset({"kvinna", "man"})
SEX = "kon"
TIMES = frozenset({"ar", "manader"})


@dataclass(frozen=True, slots=True)
class Names:
    """What a measure is told for: its population, measuring point and category."""

    measure: Measure
    population: str = ""
    point: str = ""
    category: str = ""


class Ledger:
    """The figures of one report, and what was wrong with them. `period` is the report's own."""

    def __init__(self, report: str, catalogue: Catalogue, period: Period) -> None:
        self.report = report
        self.catalogue = catalogue
        self.period = period
        self.cells: dict[str, Fact | Blank] = {}
        self.stated: list[Stated] = []
        self.found: list[Finding] = []
        self.distributions: dict[str, Distribution] = {}
        self.surveys: dict[str, Survey] = {}
        self.parties: dict[tuple[str, str], Party] = {}
        self.posts: list[Post] = []
        self.goals: dict[str, Goal] = {}
        self.statements: list[Statement] = []
        self.periods: dict[str, Period] = {}
        self.prices = Prices()

    def say(self, code: str, where: Where, message: str, level: Level = Level.ERROR) -> None:
        """Note a finding."""
        self.found.append(fault(code, where, message, level))

    # --- names -----------------------------------------------------------------------------------

    def measure(self, measure_id: str, where: Where) -> Measure | None:
        """A measure of the catalogue. Where the catalogue itself is missing, nothing more is said."""
        measure = self.catalogue.measures.get(measure_id)
        if measure is None and self.catalogue.measures:
            near = texts.suggestion(measure_id, self.catalogue.measures)
            remedy = near or " Lägg till måttet som en rad där, eller rätta id:t."
            self.say(UNKNOWN_NAME, where, f"Måttet ”{measure_id}” finns inte i data/nyckeltal.yml.{remedy}")
        return measure

    def fixed(self, measure_id: str, kind: Kind, where: Where, unit: str = "personer") -> Measure:
        """A measure that a section always has, also where the catalogue lacks its row."""
        row = self.catalogue.measures.get(measure_id)
        return row or Measure(measure_id, measure_id, "", unit, kind, where, groups=(SEX,))

    def known(self, enumeration: str, node: Node | None) -> str:
        """A code that an enumeration has; an unknown one is told and taken as it stands."""
        if not isinstance(node, ScalarNode):
            return ""
        found = self.catalogue.enumerations.get(enumeration)
        if found and node.text not in found.categories:
            near = texts.suggestion(node.text, found.categories)
            place = f"uppräkningen {enumeration} i data/kategorier.yml"
            self.say(UNKNOWN_NAME, node.where, f"”{node.text}” finns inte i {place}.{near}")
        return node.text

    def is_known(self, enumeration: str, code: str) -> bool:
        """Whether a code may stand: one of the enumeration's, or any where it is missing altogether."""
        found = self.catalogue.enumerations.get(enumeration)
        return found is None or code in found.categories

    def scale(self, node: Node | None) -> str:
        """A scale of the catalogue."""
        if not isinstance(node, ScalarNode):
            return ""
        if self.catalogue.scales and node.text not in self.catalogue.scales:
            near = texts.suggestion(node.text, self.catalogue.scales)
            self.say(UNKNOWN_NAME, node.where, f"Skalan ”{node.text}” finns inte i data/skalor.yml.{near}")
        return node.text

    def cell(self, node: ScalarNode) -> tuple[Cell, Kind] | None:
        """The cell that somebody names."""
        found = find_cell(node.text, self.report, self.catalogue, self.cells)
        found = found or asked_cell(node.text, self.report, self.surveys.values())
        if found is None and self.catalogue.measures:
            near = texts.suggestion(node.text, (*self.cells, *self.catalogue.measures))
            self.say(UNKNOWN_NAME, node.where, f"Det finns ingen cell som heter ”{node.text}”.{near}")
        return found

    # --- figures ---------------------------------------------------------------------------------

    def slot(self, names: Names, group: str = "", period: Period | None = None) -> Slot:
        """The place of a measure's figure."""
        measure = names.measure
        cell = address(
            self.report,
            measure,
            population=names.population,
            point=names.point,
            category=names.category,
            group=group,
        )
        whole = measure.kind is Kind.COUNT and measure.decimals == 0
        personal = measure.kind is Kind.MEAN and measure.unit in TIMES
        return Slot(cell, measure.kind, whole=whole, personal=personal, period=period)

    def put(self, node: Node, slot: Slot) -> Fact | Blank | None:
        """Read a value into its cell."""
        figure = read_value(node, slot, self.found)
        if figure is None:
            return None
        first = self.cells.setdefault(figure.cell.id, figure)
        if first is not figure:
            message = (
                f"{figure.cell.id} står redan på rad {first.where.line}. Varje uppgift har en plats: "
                "ta bort den ena, eller flytta den till uppgivet."
            )
            self.say(TWICE, figure.where, message)
        return figure

    def control(self, node: Node, slot: Slot) -> None:
        """Read a stated total, mean or deviation, which is compared and never counted with."""
        figure = read_value(node, slot, self.found)
        if isinstance(figure, Fact):
            self.stated.append(Stated(figure, Role.CONTROL))

    def enter(
        self, node: Node, slot_of: Callable[[str], Slot], measure: Measure, *, always_control: bool = False
    ) -> None:
        """Read a value, or a value for each group, with `alla` as a control where it can be computed."""
        write = self.control if always_control else self.put
        groups = self._groups(node)
        if groups is None:
            if self._whole_value(node):
                write(node, slot_of(""))
            return
        figures = [write(value, slot_of(code)) for code, value in self._coded(groups, measure)]
        total = groups.entries.get(ALL)
        if total is not None:
            by_sex = groups.entries.keys() >= BOTH_SEXES or OTHERS in groups.entries
            computable = by_sex and _computable(figures)
            (self.control if always_control or computable else self.put)(total, slot_of(""))

    def _groups(self, node: Node) -> MapNode | None:
        """The mapping, where it is one of groups."""
        if not isinstance(node, MapNode) or not GROUP_KEYS & node.entries.keys():
            return None
        mixed = [key for key in node.entries if key in VALUE_FIELDS]
        if mixed:
            groups = texts.listed([key for key in node.entries if key in GROUP_KEYS])
            message = (
                f"{mixed[0]} kan inte stå bredvid {groups}. "
                f"Skriv det i värdet för en grupp, till exempel alla: {{{mixed[0]}: …}}."
            )
            self.say(CLASHING, node.key(mixed[0]), message)
        return node

    def _whole_value(self, node: Node) -> bool:
        """Whether a value alone tells what it is."""
        if not isinstance(node, MapNode):
            return True
        there = [key for key in AMOUNTS if key in node.keys]
        if len(there) != 1 and node.keys.keys() <= VALUE_FIELDS.keys():
            told = f"här står {texts.listed(there)}" if there else "här står ingen av dem"
            words = texts.listed(list(AMOUNTS), "eller")
            self.say(CLASHING, node.where, f"Skriv precis en av {words}; {told}.")
        return len(there) == 1

    def _coded(self, groups: MapNode, measure: Measure) -> Iterable[tuple[str, Node]]:
        """Each group's code with its value."""
        sexes = [(code, groups.entries[code]) for code in groups.entries if code in SEXES]
        if sexes and SEX not in measure.groups:
            message = (
                f"{measure.id} delas inte upp på kön. "
                "Ska det göra det: lägg till grupper: [kon] i data/nyckeltal.yml."
            )
            self.say(CLASHING, groups.key(sexes[0][0]), message)
        rows = groups.entries.get(OTHERS)
        others = [self._group_row(row, measure) for row in rows.items] if isinstance(rows, ListNode) else []
        return [*sexes, *(found for found in others if found)]

    def _group_row(self, row: Node, measure: Measure) -> tuple[str, Node] | None:
        """`{delprojekt: nord, kon: kvinna, antal: 7}` as a code in the order of the measure's groups."""
        if not isinstance(row, MapNode):
            return None
        told = {key: node for key, node in row.entries.items() if key not in VALUE_FIELDS}
        for key in told:
            if key not in measure.groups:
                near = texts.suggestion(key, measure.groups)
                message = f"{measure.id} delas inte upp på ”{key}” enligt data/nyckeltal.yml.{near}"
                self.say(UNKNOWN_NAME, row.key(key), message)
                return None
        code = ".".join(self.known(name, told[name]) for name in measure.groups if name in told)
        return (code, row) if code else None

    # --- sections --------------------------------------------------------------------------------

    def own_period(self, section: str, node: MapNode) -> Period | None:
        """A section's own period; None where it is the report's."""
        period = read_period(node.entries.get("period"), self.found)
        if period:
            self.periods.setdefault(section, period)
        return self.differs(period)

    def item_period(self, node: MapNode) -> Period | None:
        """The own period of one row of a list."""
        return self.differs(read_period(node.entries.get("period"), self.found))

    def differs(self, period: Period | None) -> Period | None:
        """A period, where it is another than the report's."""
        same = period and (period.start, period.end) == (self.period.start, self.period.end)
        return None if same else period

    def as_previous(self) -> tuple[Stated, ...]:
        """Everything in it as told of the period before."""
        facts = [figure for figure in self.cells.values() if isinstance(figure, Fact)]
        facts += [stated.fact for stated in self.stated]
        return tuple(Stated(fact, Role.PREVIOUS) for fact in facts)

    def refuse_computed(self, measure: Measure, where: Where) -> bool:
        """Whether a measure is computed and can therefore not be entered."""
        if measure.derived:
            message = (
                f"{measure.id} räknas ut och skrivs inte in. "
                "Ta bort raden, eller skriv källans tal under uppgivet."
            )
            self.say(COMPUTED, where, message)
        return measure.derived


def _computable(figures: list[Fact | Blank | None] | list[None]) -> bool:
    """Whether a total follows from its groups: counts add up, means need their n."""
    facts = [figure for figure in figures if isinstance(figure, Fact)]
    if len(facts) < max(len(figures), 2):
        return False
    if all(fact.kind in (Kind.MEAN, Kind.SHARE, Kind.SUM) and fact.n is not None for fact in facts):
        return all(not isinstance(fact.n, str) for fact in facts)
    return all(fact.kind in (Kind.COUNT, Kind.SUM, Kind.AMOUNT) for fact in facts)


def rows(node: Node | None) -> tuple[MapNode, ...]:
    """The mappings of a list."""
    items = node.items if isinstance(node, ListNode) else ()
    return tuple(item for item in items if isinstance(item, MapNode))


def word(node: MapNode, key: str, otherwise: str = "") -> str:
    """The text under a key."""
    found = node.entries.get(key)
    return found.text if isinstance(found, ScalarNode) else otherwise


def part(node: MapNode, key: str) -> MapNode:
    """The mapping under a key, empty where there is none."""
    found = node.entries.get(key)
    return found if isinstance(found, MapNode) else node._replace(entries={}, keys={})


def only(node: MapNode, keys: Iterable[str]) -> MapNode:
    """A mapping with some of its keys."""
    wanted = set(keys)
    entries: Mapping[str, Node] = {key: value for key, value in node.entries.items() if key in wanted}
    return node._replace(entries=dict(entries))
