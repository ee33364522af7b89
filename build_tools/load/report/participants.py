"""The sections about participants: flow, exits, distributions, durations, ages and single figures."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from build_tools.load.cells import REASONS, find_cell
from build_tools.load.codes import CLASHING, TWICE, UNKNOWN_NAME, WRONG_UNIT
from build_tools.load.formats.plain import MARKS
from build_tools.load.formats.report import FLOW, MEETING_COLUMNS, MONEY_COLUMNS
from build_tools.load.formats.values import SEXES
from build_tools.load.periods import read_period
from build_tools.load.report.ledger import ALL, OTHERS, Ledger, Names, only, part, rows, word
from build_tools.load.shapes import number_of
from build_tools.load.values import Slot, base_where
from build_tools.load.yaml_file import MapNode, Node, ScalarNode
from build_tools.model import Blank, Cell, Distribution, Kind, Mark, Measure, Period, Where
from build_tools.texts import unit_name

GROUPS = (*SEXES, ALL, OTHERS)
COMPUTED_FLOWS = ("totalt", "avslutade")
HOMES = {
    "avslut": "avslut",
    **{f"flode.{key}": "flode" for key in FLOW.fields},
    **{f"ekonomi.{key}": "ekonomi" for key in (*MONEY_COLUMNS, "askat", "tilldelat", "medfinansiering")},
    **{f"moten.{key}": "moten" for key in MEETING_COLUMNS},
    **dict.fromkeys(("bemanning.avtalad_niva", "bemanning.poster", "bemanning.procent"), "bemanning"),
}
"""Measures with a section of their own."""
EXTREMES = ("min", "max")


def read_flow(node: MapNode, ledger: Ledger) -> None:
    """How many there were, came and left."""
    period = ledger.own_period("flode", node)
    for key, value in node.entries.items():
        if key != "period":
            measure = ledger.fixed(f"flode.{key}", Kind.COUNT, node.key(key))
            names = Names(measure)
            computed = key in COMPUTED_FLOWS or measure.derived
            ledger.enter(
                value,
                partial(ledger.slot, names, period=period),
                measure,
                always_control=computed,
            )


def read_exits(node: MapNode, ledger: Ledger) -> None:
    """Why participants left, and what is told beside the reasons."""
    measure = ledger.fixed("avslut", Kind.COUNT, node.where)
    population = ledger.known("population", node.entries.get("population"))
    names = Names(measure, population)
    period = ledger.own_period("avslut", node)
    _distribution(node, ledger, names, period, measure.enumeration or REASONS)
    for key, value in part(node, "varav").entries.items():
        _beside(key, value, part(node, "varav"), ledger, names, period)


def _beside(
    key: str, value: Node, node: MapNode, ledger: Ledger, names: Names, period: Period | None
) -> None:
    """`varav: {flytt: 2}` is the measure `avslut.flytt`."""
    measure = ledger.measure(f"avslut.{key}", node.key(key))
    if measure and not ledger.refuse_computed(measure, node.key(key)):
        told = Names(measure, names.population)
        ledger.enter(value, partial(ledger.slot, told, period=period), measure)


def read_distributions(nodes: tuple[MapNode, ...], ledger: Ledger) -> None:
    """Questions answered in categories."""
    for node in nodes:
        measure = _stated_measure(node, ledger)
        if measure is None:
            continue
        point = word(node, "matpunkt")
        if point not in MARKS:
            ledger.known("matpunkt", node.entries.get("matpunkt"))
        names = Names(
            measure,
            ledger.known("population", node.entries.get("population")),
            "" if point in MARKS else point,
        )
        _distribution(node, ledger, names, ledger.item_period(node), measure.enumeration)


def _stated_measure(node: MapNode, ledger: Ledger) -> Measure | None:
    name = node.entries.get("matt")
    measure = ledger.measure(name.text, name.where) if isinstance(name, ScalarNode) else None
    return None if measure and name and ledger.refuse_computed(measure, name.where) else measure


def _distribution(
    node: MapNode, ledger: Ledger, names: Names, period: Period | None, enumeration: str
) -> None:
    """All cells of a distribution; its own id is that of the whole."""
    whole = ledger.slot(names, period=period)
    if whole.cell.id in ledger.distributions:
        message = (
            f"Fördelningen {whole.cell.id} står redan. "
            "Ange en annan population eller mätpunkt, eller slå ihop dem."
        )
        ledger.say(TWICE, node.where, message)
        return
    coding = word(node, "kodning", "enval")
    cells = part(node, "celler")
    blanks = _enter_categories(cells, ledger, names, period, enumeration, once=coding == "enval")
    total = node.entries.get("summa")
    if total is not None:
        measure = names.measure
        ledger.enter(
            total,
            partial(ledger.slot, names, period=period),
            measure,
            always_control=coding == "enval" and not blanks,
        )
    ledger.distributions[whole.cell.id] = _described(node, ledger, names, whole, coding, cells)


def _described(
    node: MapNode, ledger: Ledger, names: Names, whole: Slot, coding: str, cells: MapNode
) -> Distribution:
    point = word(node, "matpunkt")
    there = [
        figure.cell
        for figure in ledger.cells.values()
        if figure.cell.id.startswith(f"{whole.cell.id}.") and figure.cell.measure == names.measure.id
    ]
    told = {cell.category for cell in there}
    return Distribution(
        id=whole.cell.id,
        measure=names.measure.id,
        population=whole.cell.population,
        coding=coding,
        categories=tuple(code for code in cells.entries if code in told),
        where=node.where,
        point=Mark(point) if point in MARKS else whole.cell.point,
        n=number_of(node.entries.get("n")),
        n_where=base_where(node.entries.get("n")),
        groups=tuple(dict.fromkeys(cell.group for cell in there if cell.group)),
    )


def _enter_categories(
    cells: MapNode, ledger: Ledger, names: Names, period: Period | None, enumeration: str, *, once: bool
) -> bool:
    """Enter every category; level 1 beside its own level 2 is a control. Tells whether any has a word."""
    children: dict[str, list[str]] = {}
    for code in cells.entries:
        if "." in code:
            children.setdefault(code.partition(".")[0], []).append(code)
    before = set(ledger.cells)
    for code in sorted(cells.entries, key=lambda code: code in children):  # parents after their children
        if not may_stand(code, cells, ledger, enumeration):
            continue
        told = replace(names, category=code)
        control = once and code in children and not _blank(children[code], before, ledger)
        ledger.enter(
            cells.entries[code],
            partial(ledger.slot, told, period=period),
            names.measure,
            always_control=control,
        )
    return _blank(list(cells.entries), before, ledger)


def may_stand(code: str, cells: MapNode, ledger: Ledger, enumeration: str) -> bool:
    """Whether an enumeration has a code; tells where it has not."""
    if ledger.is_known(enumeration, code):
        return True
    where = cells.key(code)
    ledger.known(enumeration, ScalarNode(code, True, where.file, where.line, where.column))
    return False


def _blank(codes: list[str], before: set[str], ledger: Ledger) -> bool:
    """Whether some of the categories has a word instead of a number."""
    return any(
        isinstance(figure, Blank) and figure.cell.category in codes
        for key, figure in ledger.cells.items()
        if key not in before
    )


def read_durations(nodes: tuple[MapNode, ...], ledger: Ledger) -> None:
    """Times, by sex, by reason for leaving, and as a series."""
    for node in nodes:
        measure = _stated_measure(node, ledger)
        if measure is None:
            continue
        unit = node.entries.get("enhet")
        if isinstance(unit, ScalarNode) and unit.text != measure.unit:
            message = (
                f"{measure.id} anges i {unit_name(measure.unit)}, men här står {unit_name(unit.text)}. "
                "Räkna om talen, eller rätta enheten."
            )
            ledger.say(WRONG_UNIT, unit.where, message)
            continue
        names = Names(
            measure,
            ledger.known("population", node.entries.get("population")),
            ledger.known("matpunkt", node.entries.get("matpunkt")),
        )
        _timed(node, ledger, names)


def _timed(node: MapNode, ledger: Ledger, names: Names) -> None:
    period = ledger.item_period(node)
    _grouped(node, ledger, names, period)
    reasons = part(node, "efter_orsak")
    for code, value in reasons.entries.items():
        if may_stand(code, reasons, ledger, REASONS):
            told = replace(names, category=code)
            ledger.enter(
                value,
                partial(ledger.slot, told, period=period),
                names.measure,
            )
    for point in rows(node.entries.get("serie")):
        _point(point, ledger, names)


def _point(node: MapNode, ledger: Ledger, names: Names) -> None:
    """A point of a series is told for its own period, which also names its cell."""
    period = read_period(node, ledger.found)
    if period is None:
        return
    slot = ledger.slot(replace(names, category=f"serie.{period.start}_{period.end}"), period=period)
    ledger.put(node, replace(slot, cell=replace(slot.cell, category="", point="serie")))


def read_ages(nodes: tuple[MapNode, ...], ledger: Ledger) -> None:
    """Mean ages; youngest and oldest are never numbers."""
    for node in nodes:
        measure = ledger.fixed("alder", Kind.MEAN, node.where, "ar")
        population = ledger.known("population", node.entries.get("population"))
        _grouped(node, ledger, Names(measure, population), ledger.item_period(node))


def _grouped(node: MapNode, ledger: Ledger, names: Names, period: Period | None) -> None:
    groups = only(node, GROUPS)
    if groups.entries:
        ledger.enter(groups, partial(ledger.slot, names, period=period), names.measure)
    for key in EXTREMES:
        measure = ledger.catalogue.measures.get(f"{names.measure.id}.{key}")
        value = node.entries.get(key)
        if measure and value is not None:
            ledger.put(value, ledger.slot(replace(names, measure=measure), period=period))


def read_facts(node: MapNode, ledger: Ledger) -> None:
    """Figures without a section of their own, by the id of their measure."""
    for key, value in node.entries.items():
        where = node.key(key)
        home = "avslut" if key.startswith("avslut.") else HOMES.get(key)
        if home:
            ledger.say(CLASHING, where, f"{key} har en egen plats: skriv den under {home}.")
            continue
        found = find_cell(key, ledger.report, ledger.catalogue, {})
        if found is None:
            ledger.measure(key, where)
        elif found[0].category or found[0].group:
            ledger.say(
                UNKNOWN_NAME, where, f"{key} är en del av ett mått. Skriv hela måttet, med delarna under det."
            )
        else:
            _enter_figure(value, found[0], where, ledger)


def _enter_figure(value: Node, cell: Cell, where: Where, ledger: Ledger) -> None:
    measure = ledger.catalogue.measures[cell.measure]
    if not ledger.refuse_computed(measure, where):
        names = Names(measure, cell.population, cell.point)
        ledger.enter(value, partial(ledger.slot, names), measure)
