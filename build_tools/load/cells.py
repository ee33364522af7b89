"""Cell ids: made from their parts, and found again in what people write."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from build_tools.model import Blank, Catalogue, Cell, Enumeration, Fact, Kind, Measure, Survey

SUFFIXES = {"antal": Kind.COUNT, "summa": Kind.SUM, "medel": Kind.MEAN, "andel": Kind.SHARE}
"""A cell that holds another kind of number than its measure ends in the name of that kind."""
ANSWERED = "svarsfrekvens"
ASKED = {
    "medel": Kind.MEAN,
    "medel_fore": Kind.MEAN,
    "medel_efter": Kind.MEAN,
    "skillnad": Kind.MEAN,
}
"""What is computed of a question."""
BUDGET_TOTAL = "summa"
REASONS = "avslutsorsak"
CHANGES = ("fore", "efter", "forandring")
"""The measuring points of what is told before and after."""


def address(
    report: str,
    measure: Measure,
    *,
    population: str = "",
    point: str = "",
    category: str = "",
    group: str = "",
) -> Cell:
    """The cell of a measure: population and measuring point are told where they are not the measure's own."""
    told = measure.id
    if population and population != measure.population:
        told += f"@{population}"
    if point and point != measure.point:
        told += f"@{point}"
    cell_id = ".".join(part for part in (told, category, group) if part)
    own = (population or measure.population, point or measure.point)
    return Cell(report, cell_id, measure.id, category, group, *own)


def as_kind(cell: Cell, kind: Kind) -> Cell:
    """The cell beside a measure's own for a number of another kind: `flode.nya.kvinna.andel`."""
    name = next(name for name, known in SUFFIXES.items() if known is kind)
    return replace(cell, id=f"{cell.id}.{name}")


def find_cell(
    cell_id: str, report: str, catalogue: Catalogue, known: Mapping[str, Fact | Blank]
) -> tuple[Cell, Kind] | None:
    """The cell that an id names and the kind of number it holds; None where there is no such cell."""
    there = known.get(cell_id)
    if isinstance(there, Fact):
        return there.cell, there.kind
    for candidate, kind in _bare(cell_id):
        beside = known.get(candidate) if kind else None
        if kind and beside:
            return replace(beside.cell, id=cell_id), kind
        found = _measured(candidate, report, catalogue) or _budgeted(candidate, report, catalogue)
        if found:
            return replace(found[0], id=cell_id), kind or found[1]
        whole = _whole(candidate, known.values())
        if whole:
            return replace(whole.cell, id=cell_id, group=""), kind or whole.kind
    return (there.cell, Kind.COUNT) if there else None


def _whole(cell_id: str, known: Iterable[Fact | Blank]) -> Fact | None:
    """A figure of a group of the cell: the total that follows from its groups may be named as well."""
    parts = (found for found in known if isinstance(found, Fact) and found.cell.group)
    return next((found for found in parts if found.cell.id == f"{cell_id}.{found.cell.group}"), None)


def asked_cell(cell_id: str, report: str, surveys: Iterable[Survey]) -> tuple[Cell, Kind] | None:
    """A cell that is computed from the answers to a questionnaire, or from ratings."""
    for survey in surveys:
        if cell_id == f"{survey.id}.{ANSWERED}":
            return Cell(report, cell_id, f"enkat.{ANSWERED}"), Kind.SHARE
        measure = survey.id.partition(".")[0]
        for question in survey.questions:
            name, _, rest = cell_id.removeprefix(question.id).partition(".")
            if name or not cell_id.startswith(question.id):
                continue
            cut = f"fran_{question.cumulative[0]}.andel" if question.cumulative else None
            if rest in ASKED or rest == cut or not rest:
                return Cell(report, cell_id, measure), ASKED.get(rest, Kind.SHARE if rest else Kind.COUNT)
    return None


def _bare(cell_id: str) -> list[tuple[str, Kind | None]]:
    """The id as it stands, and without the name of a kind at its end."""
    head, _, last = cell_id.rpartition(".")
    return [(cell_id, None), (head, SUFFIXES[last])] if last in SUFFIXES else [(cell_id, None)]


def _measured(cell_id: str, report: str, catalogue: Catalogue) -> tuple[Cell, Kind] | None:
    """A measure's id, then @population and @point, then category and group."""
    for measure_id in _beginnings(cell_id):
        measure = catalogue.measures.get(measure_id)
        if measure is None:
            continue
        rest = cell_id.removeprefix(measure_id)
        match = re.fullmatch(r"(?:@([^.@]+))?(?:@([^.@]+))?((?:\.[^.@]+)*)", rest)
        parts = match and _parts(measure, match[3].strip(".").split(".") if match[3] else [], catalogue)
        if not match or parts is None:
            return None
        population, point = _told(match[1] or "", match[2] or "", catalogue)
        if not (_is_in("population", population, catalogue) and _is_in("matpunkt", point, catalogue)):
            return None
        made = address(report, measure, population=population, point=point, category=parts[0], group=parts[1])
        return made, measure.kind
    return None


def _told(first: str, second: str, catalogue: Catalogue) -> tuple[str, str]:
    """Population and measuring point; one alone may be either."""
    populations = catalogue.enumerations.get("population")
    if first and not second and populations and first not in populations.categories:
        return "", first
    return first, second


def _is_in(enumeration: str, code: str, catalogue: Catalogue) -> bool:
    return not code or code in CHANGES or _is_category(code, catalogue.enumerations.get(enumeration))


def _beginnings(cell_id: str) -> list[str]:
    """The longest beginning first: `avslut.flytt` is a measure before it is an exit."""
    head = cell_id.partition("@")[0]
    words = head.split(".")
    return [".".join(words[:count]) for count in range(len(words), 0, -1)]


def _parts(measure: Measure, words: list[str], catalogue: Catalogue) -> tuple[str, str] | None:
    """Category and group; every split of the words is tried."""
    enumeration = catalogue.enumerations.get(measure.enumeration or REASONS)
    for count in range(len(words), -1, -1):
        category, group = ".".join(words[:count]), ".".join(words[count:])
        if _is_category(category, enumeration) and _is_group(group, measure, catalogue):
            return category, group
    return None


def _is_category(code: str, enumeration: Enumeration | None) -> bool:
    return not code or enumeration is None or code in enumeration.categories


def _is_group(group: str, measure: Measure, catalogue: Catalogue) -> bool:
    if not group:
        return True
    words = group.split(".")
    dimensions = [catalogue.enumerations.get(name) for name in measure.groups]
    codes = [dimension.categories.keys() for dimension in dimensions if dimension]
    return len(words) <= len(codes) and all(any(word in known for known in codes) for word in words)


def _budgeted(cell_id: str, report: str, catalogue: Catalogue) -> tuple[Cell, Kind] | None:
    """Budget cells have their row before their column: `ekonomi.personal.utfall`."""
    words = cell_id.split(".")
    if len(words) != 3 or words[0] != "ekonomi":
        return None
    measure = catalogue.measures.get(f"ekonomi.{words[2]}")
    rows = catalogue.enumerations.get("budgetrad")
    if measure and (words[1] == BUDGET_TOTAL or rows is None or words[1] in rows.categories):
        return Cell(report, cell_id, measure.id, words[1]), measure.kind
    return None
