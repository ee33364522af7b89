"""The sections about what was asked and measured: surveys, before and after, ratings, ladder."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import partial

from build_tools.load.cells import CHANGES, as_kind
from build_tools.load.codes import TWICE, UNKNOWN_NAME
from build_tools.load.formats.report import CHANGE_COLUMNS, LADDER_COLUMNS, RATING_COLUMNS
from build_tools.load.periods import read_day
from build_tools.load.report.filters import with_filters
from build_tools.load.report.ledger import Ledger, part, rows, word
from build_tools.load.report.participants import may_stand
from build_tools.load.shapes import number_of
from build_tools.load.values import Slot, base_where, read_base
from build_tools.load.yaml_file import ListNode, MapNode, ScalarNode
from build_tools.model import (
    Blank,
    Cell,
    Distribution,
    Fact,
    Kind,
    Measure,
    Period,
    Question,
    Scale,
    Survey,
)
from build_tools.texts import suggestion

RATED = {
    "summa_fore": Kind.SUM,
    "summa_efter": Kind.SUM,
    "medel_fore": Kind.MEAN,
    "medel_efter": Kind.MEAN,
    "okat": Kind.COUNT,
    "oforandrat": Kind.COUNT,
    "minskat": Kind.COUNT,
}


def read_surveys(nodes: tuple[MapNode, ...], ledger: Ledger) -> None:
    """Questionnaires, question by question."""
    for node in nodes:
        survey_id = word(node, "id")
        if not survey_id or _twice(f"enkat.{survey_id}", node, ledger):
            continue
        period = ledger.item_period(node)
        asked: dict[str, Question] = {}
        for question in rows(node.entries.get("fragor")):
            name = word(question, "id")
            if name in asked:
                ledger.say(TWICE, question.where, f"Frågan {name} står två gånger i enkäten.")
            elif name:
                asked[name] = _question(f"enkat.{survey_id}.{name}", question, ledger, period)
        filtered = with_filters(f"enkat.{survey_id}", asked, rows(node.entries.get("fragor")), ledger)
        sent = node.entries.get("population_n")
        survey = Survey(f"enkat.{survey_id}", period, number_of(sent), filtered, node.where)
        _keep(replace(survey, population_where=base_where(sent)), ledger)


def _keep(survey: Survey, ledger: Ledger) -> None:
    ledger.surveys[survey.id] = survey


def _twice(survey_id: str, node: MapNode, ledger: Ledger) -> bool:
    first = ledger.surveys.get(survey_id)
    if first:
        name = survey_id.partition(".")[2]
        message = f"{name} står redan på rad {first.where.line}. Ge den ett annat id, eller slå ihop dem."
        ledger.say(TWICE, node.where, message)
    return first is not None


def _question(name: str, node: MapNode, ledger: Ledger, period: Period | None) -> Question:
    scale = ledger.scale(node.entries.get("skala"))
    n, n_where = read_base(node.entries.get("n")), base_where(node.entries.get("n"))
    share = Slot(Cell(ledger.report, name, "enkat"), Kind.SHARE, period=period, n=n, n_where=n_where)
    unread = 0
    for key, kind in (("svar", Kind.COUNT), ("andelar", Kind.SHARE)):
        answers = part(node, key)
        for step, value in answers.entries.items():
            unread += not (known := _is_step(step, scale, answers, ledger))
            if known:
                cell = Cell(ledger.report, f"{name}.{step}", "enkat", step)
                ledger.put(value, replace(share, cell=cell, kind=kind, whole=kind is Kind.COUNT))
    if "medel" in node.entries:
        cell = Cell(ledger.report, f"{name}.medel", "enkat")
        ledger.put(node.entries["medel"], replace(share, cell=cell, kind=Kind.MEAN))
    unplaced = node.entries.get("olagda")
    items = unplaced.items if isinstance(unplaced, ListNode) else ()
    loose = [(number, item.where) for item in items if (number := number_of(item)) is not None]
    return Question(
        id=name,
        text=word(node, "text"),
        scale=scale,
        n=n,
        where=node.where,
        shares="andelar" in node.entries,
        unplaced=tuple(number for number, _where in loose),
        unplaced_where=tuple(where for _number, where in loose),
        cumulative=_cumulative(name, node, scale, ledger, share),
        n_where=n_where,
        cumulative_where=base_where(part(node, "kumulativt").entries.get("andel")),
        unread=unread,
    )


def _is_step(step: str, scale: str, node: MapNode, ledger: Ledger) -> bool:
    known = ledger.catalogue.scales.get(scale)
    if known is None:
        return True
    there = step in known.steps or (not known.steps and _within(step, known.minimum, known.maximum))
    if not there:
        ledger.say(
            UNKNOWN_NAME, node.key(step), f"”{step}” är inget steg på skalan {scale}.{_near(step, known)}"
        )
    return there


def _near(step: str, scale: Scale) -> str:
    """What was meant; or, where nothing is near, what to do when the scale has changed since."""
    if scale.minimum is not None and scale.maximum is not None:
        return f" Den går från {scale.minimum} till {scale.maximum}."
    return suggestion(step, scale.steps) or (
        " Har skalan ändrats sedan enkäten gjordes: ge den gamla ett eget id i data/skalor.yml, och skriv "
        "det som frågans skala."
    )


def _within(step: str, low: Decimal | None, high: Decimal | None) -> bool:
    return low is not None and high is not None and step.isdecimal() and low <= Decimal(step) <= high


def _cumulative(
    name: str, asked: MapNode, scale: str, ledger: Ledger, slot: Slot
) -> tuple[str, Decimal] | None:
    """The share from a step upward: a figure of its own where no answers give it, else for control."""
    node = part(asked, "kumulativt")
    step, share = node.entries.get("fran"), number_of(node.entries.get("andel"))
    if not isinstance(step, ScalarNode) or share is None:
        return None
    told = node._replace(entries={step.text: step}, keys={step.text: (step.line, step.column)})
    if not _is_step(step.text, scale, told, ledger):
        return None
    if not _answered(name, step.text, scale, ledger):
        cell = Cell(ledger.report, f"{name}.fran_{step.text}.andel", "enkat")
        ledger.put(node.entries["andel"], replace(slot, cell=cell))
    return step.text, share


def _answered(name: str, cut: str, scale: str, ledger: Ledger) -> bool:
    """Whether the answers from a step upward are all readable, so that they give the share themselves."""
    known = ledger.catalogue.scales.get(scale)
    steps = known.steps if known else ()
    above = tuple(steps)[tuple(steps).index(cut) :] if cut in steps else ()
    told = (
        figure
        for key, figure in ledger.cells.items()
        if key.startswith(f"{name}.") and (figure.cell.category in above or not steps)
    )
    figures = [figure for figure in told if figure.cell.category]
    return bool(figures) and all(isinstance(figure, Fact) for figure in figures)


def read_changes(nodes: tuple[MapNode, ...], ledger: Ledger) -> None:
    """The same question before and after, category by category."""
    for node in nodes:
        name = node.entries.get("matt")
        measure = ledger.measure(name.text, name.where) if isinstance(name, ScalarNode) else None
        population = ledger.known("population", node.entries.get("population"))
        if measure and population:
            _changed(node, ledger, measure, population)


def _changed(node: MapNode, ledger: Ledger, measure: Measure, population: str) -> None:
    base = f"{measure.id}@{population}"
    if f"{base}@{CHANGES[0]}" in ledger.distributions:
        ledger.say(TWICE, node.where, f"Före och efter för {base} står redan. Slå ihop dem.")
        return
    cells = part(node, "celler")
    period = ledger.item_period(node)
    n, n_where = number_of(node.entries.get("n")), base_where(node.entries.get("n"))
    codes = [code for code in cells.entries if may_stand(code, cells, ledger, measure.enumeration)]
    for code in codes:
        row = cells.entries[code]
        if isinstance(row, MapNode):
            cell = Cell(ledger.report, base, measure.id, code, "", population)
            _change(row, ledger, Slot(cell, Kind.COUNT, True, period=period, n=n, n_where=n_where))
    for point in CHANGES[:2]:
        told = f"{base}@{point}"
        ledger.distributions[told] = Distribution(
            id=told,
            measure=measure.id,
            population=population,
            coding=word(node, "kodning", "enval"),
            categories=tuple(code for code in codes if f"{told}.{code}" in ledger.cells),
            where=node.where,
            point=point,
            n=n,
            n_where=n_where,
        )


def _change(row: MapNode, ledger: Ledger, asked: Slot) -> None:
    """One category before and after; share and change are controls where they can be computed."""
    before, after, share, change = (row.entries.get(key) for key in CHANGE_COLUMNS)
    first = ledger.put(before, _at(asked, CHANGES[0], Kind.COUNT)) if before else None
    last = ledger.put(after, _at(asked, CHANGES[1], Kind.COUNT)) if after else None
    if share:
        known = isinstance(last, Fact) and asked.n is not None
        place = _at(asked, CHANGES[1], Kind.SHARE)
        place = replace(place, cell=as_kind(place.cell, Kind.SHARE), n=asked.n, n_where=asked.n_where)
        (ledger.control if known else ledger.put)(share, place)
    if change:
        known = isinstance(first, Fact) and isinstance(last, Fact)
        (ledger.control if known else ledger.put)(change, _at(asked, CHANGES[2], Kind.SHARE))


def _at(asked: Slot, point: str, kind: Kind) -> Slot:
    """The place at a point of time; `n` belongs to the share alone."""
    cell = replace(asked.cell, id=f"{asked.cell.id}@{point}.{asked.cell.category}", point=point)
    return Slot(cell, kind, whole=kind is Kind.COUNT, period=asked.period)


def read_ratings(nodes: tuple[MapNode, ...], ledger: Ledger) -> None:
    """Self-ratings before and after, area by area; each area is a question on the scale."""
    for node in nodes:
        population = ledger.known("population", node.entries.get("population"))
        name = f"skattning.{word(node, 'instrument')}" + (f"@{population}" if population else "")
        if not word(node, "instrument") or _twice(name, node, ledger):
            continue
        scale = ledger.scale(node.entries.get("skala"))
        n, n_where = read_base(node.entries.get("n")), base_where(node.entries.get("n"))
        period = ledger.item_period(node)
        areas = part(node, "omraden")
        asked = []
        for area, row in areas.entries.items():
            if isinstance(row, MapNode):
                asked.append(Question(f"{name}.{area}", "", scale, n, row.where, n_where=n_where))
                base = Cell(ledger.report, f"{name}.{area}", "skattning", area, "", population)
                _rate(row, ledger, Slot(base, Kind.SUM, period=period, n=n, n_where=n_where))
        _keep(Survey(name, period, None, tuple(asked), node.where), ledger)


def _rate(row: MapNode, ledger: Ledger, slot: Slot) -> None:
    """One area. A sum that has a word gives its mean the same word."""
    base = slot.cell
    for key in RATING_COLUMNS:
        if key not in row.entries:
            continue
        cell = replace(base, id=f"{base.id}.{key}")
        total = ledger.cells.get(f"{base.id}.{key.replace('medel', 'summa')}")
        computable = key.startswith("medel") and isinstance(total, Fact) and isinstance(slot.n, Decimal)
        write = ledger.control if computable else ledger.put
        kind = RATED[key]
        write(row.entries[key], replace(slot, cell=cell, kind=kind, whole=kind is Kind.COUNT))
        mean = key.replace("summa", "medel")
        if isinstance(ledger.cells.get(cell.id), Blank) and mean not in row.entries:
            ledger.put(row.entries[key], Slot(replace(base, id=f"{base.id}.{mean}"), Kind.MEAN))


def read_ladder(nodes: tuple[MapNode, ...], ledger: Ledger) -> None:
    """How many a project planned for, enrolled and ended with, as each source says."""
    for node in nodes:
        source = word(node, "kalla")
        day = read_day(node.entries.get("datadatum"))
        for key in LADDER_COLUMNS if source else ():
            if key in node.entries:
                measure = ledger.fixed(f"omfattning.{key}", Kind.COUNT, node.key(key))
                cell = Cell(ledger.report, f"omfattning.{source}.{key}", measure.id, source)
                ledger.enter(
                    node.entries[key], partial(_rung, cell, Period(day, day) if day else None), measure
                )


def _rung(cell: Cell, period: Period | None, group: str) -> Slot:
    """The place of one figure of the ladder, whole or for a group."""
    told = replace(cell, id=f"{cell.id}.{group}", group=group) if group else cell
    return Slot(told, Kind.COUNT, whole=True, period=period)
