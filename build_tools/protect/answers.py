"""A distribution with its figures and names, and the figures that its joined rows get."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from build_tools import texts
from build_tools.model import Blank, Category, Cell, Derivation, Distribution, Fact, Interval, Kind, Mark
from build_tools.protect.joining import MISSED, REACHED, Class, in_running_text
from build_tools.protect.sheets import Sheet, cell_id, leaves

EVERYBODY = Decimal(100)
RULE = "sammanslagning"
GOAL = {
    REACHED: "Summan av de orsaker som insatsen räknar som mål.",
    MISSED: "Summan av de orsaker som insatsen inte räknar som mål.",
}


@dataclass(frozen=True, slots=True)
class Answers:
    """A distribution with its figures and the names of its categories."""

    distribution: Distribution
    sheet: Sheet
    names: Mapping[str, Category]

    def at(self, category: str = "", group: str = "") -> Fact | Blank | None:
        """The figure of a category, or of the whole."""
        return self.sheet.cells.get(cell_id(self.distribution.id, category, group))

    def label(self, category: str) -> str:
        """The Swedish name of a category."""
        found = self.names.get(category)
        return found.label if found else category.replace("_", " ").replace(".", ": ").capitalize()

    def blanks(self) -> tuple[str, ...]:
        """The categories whose place holds a word."""
        return tuple(code for code in leaves(self.distribution) if isinstance(self.at(code), Blank))

    def counted(self) -> bool:
        """Whether its figures are counts, each person once."""
        kinds = {found.kind for code in leaves(self.distribution) if isinstance(found := self.at(code), Fact)}
        return self.distribution.coding == "enval" and kinds == {Kind.COUNT}


def made_count(found: Class, answers: Answers, group: str) -> Fact | None:
    """The sum of a class's categories; for categories with a word, what the known total leaves."""
    figures = [answers.at(code, group) for code in found.categories]
    facts = [figure for figure in figures if isinstance(figure, Fact)]
    if len(facts) == len(figures) and facts:
        return _count(answers, found, group, sum((fact.value for fact in facts), Decimal(0)))
    told_by_total = not group and (found.withheld or found.count > 0 or not found.categories)
    return _count(answers, found, group, found.count) if told_by_total else None


def _count(answers: Answers, found: Class, group: str, count: Decimal) -> Fact:
    distribution = answers.distribution
    inputs = tuple(cell_id(distribution.id, code, group) for code in found.categories)
    if not inputs:
        return _nobody(answers, found)
    how = Derivation(RULE, _formula(answers, found), inputs, (1,) * len(inputs))
    first = next((figure for key in inputs if (figure := answers.sheet.fact(key))), None)
    cell, sure = _cell(answers, found.code, group), Interval(count, count)
    period = first.period if first else None
    return Fact(cell, count, sure, Kind.COUNT, distribution.where, period=period, derivation=how)


def _formula(answers: Answers, found: Class) -> str:
    """What a row is the sum of. For the goal it is told by definition: the reasons may all be protected."""
    if found.code in GOAL:
        return GOAL[found.code]
    names = texts.listed([in_running_text(answers.label(code)) for code in found.categories])
    return f"Summan av {names}."


def _nobody(answers: Answers, found: Class) -> Fact:
    """The count of a row that no category of the report belongs to."""
    how = Derivation(RULE, "Ingen av kategorierna hör hit.", (answers.distribution.id,))
    none, where = Decimal(0), answers.distribution.where
    return Fact(_cell(answers, found.code, ""), none, Interval(none, none), Kind.COUNT, where, derivation=how)


def _cell(answers: Answers, category: str, group: str) -> Cell:
    asked = answers.distribution
    point = "" if isinstance(asked.point, Mark) else asked.point
    key = cell_id(asked.id, category, group)
    return Cell(answers.sheet.report.id, key, asked.measure, category, group, asked.population, point)


def share_of_all(count: Fact, whole: Fact) -> Fact:
    """A row's share of everybody."""
    value = EVERYBODY * count.value / whole.value
    how = Derivation(RULE, "Raden delad med alla.", (count.cell.id, whole.cell.id))
    cell = replace(count.cell, id=f"{count.cell.id}.andel")
    decimals = 0 if whole.value < texts.MANY else 1
    sure = Interval(value, value)
    return replace(
        count, cell=cell, value=value, interval=sure, kind=Kind.SHARE, decimals=decimals, n=whole.value,
        derivation=how,
    )  # fmt: skip
