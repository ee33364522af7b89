"""The sections about the organisation: money, staff, meetings and the parties that cooperate."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from build_tools.load.cells import BUDGET_TOTAL
from build_tools.load.codes import BAD_DATE, CLASHING, MISSING_KEY, TWICE, UNKNOWN_NAME
from build_tools.load.formats.report import MEETING_COLUMNS, MONEY_COLUMNS
from build_tools.load.periods import read_day
from build_tools.load.report.ledger import Ledger, Names, part, rows, word
from build_tools.load.shapes import number_of
from build_tools.load.values import Slot
from build_tools.load.yaml_file import MapNode, ScalarNode
from build_tools.model import Cell, Kind, Party, Period, Post, Prices
from build_tools.texts import nearest

OUTCOMES = frozenset({"utfall", "avvikelse", "forbrukning"})
FOLLOWS = {
    "avvikelse": ("budget", "utfall"),
    "forbrukning": ("budget", "utfall"),
    "prognos_avvikelse": ("budget", "prognos_utfall"),
    "prognos_utfall": ("budget", "prognos_avvikelse"),
}
"""From which columns of the same row a column can be computed."""
SINGLES = ("askat", "tilldelat", "medfinansiering")
RUNNING = "lopande"
THOUSAND = {"kr": 1, "tkr": 1000}


def read_money(node: MapNode, ledger: Ledger) -> None:
    """The budget and its outcome, row by row, with what was asked for and granted."""
    period = ledger.own_period("ekonomi", node)
    outcome = _until(node, ledger, period)
    ledger.prices = _prices(node, ledger)
    factor = THOUSAND.get(word(node, "enhet"), 1)
    for key in SINGLES:
        if key in node.entries:
            measure = ledger.fixed(f"ekonomi.{key}", Kind.AMOUNT, node.key(key), "kr")
            ledger.put(node.entries[key], replace(ledger.slot(Names(measure), period=period), factor=factor))
    lines = part(node, "rader")
    known: list[set[str]] = []
    for row, line in lines.entries.items():
        if isinstance(line, MapNode):
            ledger.known("budgetrad", _key(lines, row))
            known.append(_line(row, line, ledger, (period, outcome), factor, frozenset()))
    summed = frozenset(set.intersection(*known)) if known else frozenset[str]()
    _line(BUDGET_TOTAL, part(node, "summa"), ledger, (period, outcome), factor, summed)


def _prices(node: MapNode, ledger: Ledger) -> Prices:
    """What the amounts are worth; those of their own time where nothing is said."""
    basis, year = word(node, "priser", RUNNING), number_of(node.entries.get("prisar"))
    readable = "priser" in node.entries or "priser" not in node.keys
    if basis == RUNNING and readable and "prisar" in node.keys:
        message = (
            "prisar gäller bara fasta priser, och här är beloppen i löpande. "
            "Ta bort prisar, eller skriv priser: fasta."
        )
        ledger.say(CLASHING, node.key("prisar"), message)
    if basis != RUNNING and "prisar" not in node.keys:
        message = (
            "Beloppen är i fasta priser, men ”prisar” fattas. "
            "Lägg till det år vars priser de är i, till exempel prisar: 2021."
        )
        ledger.say(MISSING_KEY, node.key("priser"), message)
    return Prices(basis, int(year) if year is not None and basis != RUNNING else None)


def _key(node: MapNode, key: str) -> ScalarNode:
    """A key as a value, for what looks values up."""
    where = node.key(key)
    return ScalarNode(key, True, where.file, where.line, where.column)


def _until(node: MapNode, ledger: Ledger, period: Period | None) -> Period | None:
    """The period of the outcome, where it ends before the budget's."""
    last = read_day(node.entries.get("utfall_tom"))
    whole = period or ledger.period
    if last is None or last == whole.end:
        return period
    if last < whole.start:
        ledger.say(
            BAD_DATE, node.key("utfall_tom"), f"Utfallet slutar {last}, före perioden börjar {whole.start}."
        )
        return period
    return Period(whole.start, last, "delperiod")


def _line(
    row: str,
    node: MapNode,
    ledger: Ledger,
    periods: tuple[Period | None, Period | None],
    factor: int,
    summed: frozenset[str],
) -> set[str]:
    """Enter a row; gives the columns that are known or can be computed. `summed` follow from other rows."""
    there = {key for key in MONEY_COLUMNS if key in node.entries}
    worded = {key for key in there if _is_word(node, key)}
    follows = {key for key, inputs in FOLLOWS.items() if set(inputs) <= there - worded}
    for key in MONEY_COLUMNS:
        if key not in there:
            continue
        kind = Kind.SHARE if key == "forbrukning" else Kind.AMOUNT
        measure = ledger.fixed(f"ekonomi.{key}", kind, node.key(key), "kr")
        cell = Cell(ledger.report, f"ekonomi.{row}.{key}", measure.id, row)
        slot = Slot(
            cell,
            measure.kind,
            factor=factor if measure.kind is Kind.AMOUNT else 1,
            period=periods[1] if key in OUTCOMES else periods[0],
        )
        write = ledger.control if key in follows | summed else ledger.put
        write(node.entries[key], slot)
    _comment(row, node, ledger)
    return (there - worded) | follows


def _is_word(node: MapNode, key: str) -> bool:
    value = node.entries[key]
    return isinstance(value, ScalarNode) and value.number is None


def _comment(row: str, node: MapNode, ledger: Ledger) -> None:
    """What is said of a row follows its outcome."""
    fact = ledger.cells.get(f"ekonomi.{row}.utfall")
    comment = word(node, "kommentar")
    if comment and fact:
        note = " ".join(text for text in (fact.note, comment) if text)
        ledger.cells[fact.cell.id] = replace(fact, note=note)


def read_staff(node: MapNode, ledger: Ledger) -> None:
    """Posts by role, never persons."""
    period = ledger.own_period("bemanning", node)
    level = node.entries.get("avtalad_niva_procent")
    if level is not None:
        measure = ledger.fixed(
            "bemanning.avtalad_niva", Kind.SHARE, node.key("avtalad_niva_procent"), "procent"
        )
        ledger.put(level, ledger.slot(Names(measure), period=period))
    for post in rows(node.entries.get("befattningar")):
        _post(post, ledger, period)


def _post(node: MapNode, ledger: Ledger, period: Period | None) -> None:
    role = ledger.known("roll", node.entries.get("roll"))
    owner = ledger.known("huvudman", node.entries.get("huvudman"))
    state = ledger.known("lage_bemanning", node.entries.get("lage"))
    own = _span(node, ledger, period)
    note = _told(ledger, owner, state)
    measures = {
        "antal": ledger.fixed("bemanning.poster", Kind.COUNT, node.where, "poster"),
        "procent": ledger.fixed("bemanning.procent", Kind.SUM, node.where, "procent"),
    }
    names = [Names(measure, category=role) for measure in measures.values()]
    slots = dict(zip(measures, _free(ledger, names, own, (owner, state)), strict=True))
    cells = {key: slot.cell.id for key, slot in slots.items() if role and key in node.entries}
    for key, cell in cells.items():
        figure = ledger.put(node.entries[key], slots[key])
        if figure and note:
            ledger.cells[cell] = replace(figure, note=figure.note or note)
    if cells:
        when = own or period or ledger.period
        told = (cells.get("antal", ""), cells.get("procent", ""))
        ledger.posts.append(Post(role, owner, state, when, node.where, *told))


def _span(node: MapNode, ledger: Ledger, period: Period | None) -> Period | None:
    """When a post stands, where it is only a part of the period."""
    whole = period or ledger.period
    first: date = read_day(node.entries.get("start")) or whole.start
    last: date = read_day(node.entries.get("slut")) or whole.end
    if last < first:
        ledger.say(BAD_DATE, node.key("slut"), f"Tjänsten slutar {last}, före den börjar {first}.")
        return period
    return period if (first, last) == (whole.start, whole.end) else Period(first, last, "delperiod")


def _told(ledger: Ledger, owner: str, state: str) -> str:
    """Whose post it is and whether it is filled, in words."""
    words = []
    for enumeration, code in (("huvudman", owner), ("lage_bemanning", state)):
        known = ledger.catalogue.enumerations.get(enumeration)
        category = known.categories.get(code) if known and code else None
        if category:
            words.append(category.label)
    return ", ".join(words)


def _free(ledger: Ledger, names: list[Names], period: Period | None, told: tuple[str, ...]) -> list[Slot]:
    """The first places that are free for all: the plain ones, or told apart by owner, state and first day."""
    slots = [ledger.slot(name, period=period) for name in names]
    apart = [*told, f"{period.start}" if period else ""]
    for count in range(1, len(apart) + 1):
        if not any(slot.cell.id in ledger.cells for slot in slots):
            return slots
        point = "_".join(word for word in apart[:count] if word)
        if point:
            slots = [ledger.slot(replace(name, point=point), period=period) for name in names]
    return slots


def read_meetings(nodes: tuple[MapNode, ...], ledger: Ledger) -> None:
    """Meetings planned, held and called off, by forum."""
    for node in nodes:
        forum = ledger.known("forum", node.entries.get("forum"))
        period = ledger.item_period(node)
        for key in MEETING_COLUMNS:
            if forum and key in node.entries:
                measure = ledger.fixed(f"moten.{key}", Kind.COUNT, node.key(key), "moten")
                [slot] = _free(ledger, [Names(measure, category=forum)], period, ())
                ledger.put(node.entries[key], slot)


def read_parties(nodes: tuple[MapNode, ...], ledger: Ledger) -> None:
    """Who has a place where, and whether they take it."""
    for node in nodes:
        name, forum = word(node, "part"), ledger.known("forum", node.entries.get("forum"))
        status = ledger.known("lage_part", node.entries.get("lage"))
        if not (name and forum and status):
            continue
        _doubtful(node, name, ledger)
        first = ledger.parties.get((name, forum))
        if first:
            message = f"{name} står redan i {forum}, på rad {first.where.line}. Ta bort den ena raden."
            ledger.say(TWICE, node.where, message)
            continue
        ledger.parties[name, forum] = Party(name, forum, status, node.where)


def _doubtful(node: MapNode, name: str, ledger: Ledger) -> None:
    """An organisation may be named freely; what looks like a misspelt code is told."""
    known = ledger.catalogue.enumerations.get("aktualiserande_part")
    part_node = node.entries["part"]
    looks_like_code = name.isascii() and name == name.lower() and " " not in name
    if known and looks_like_code and name not in known.categories:
        near = nearest(name, known.categories)
        hint = (
            f"Menade du ”{near}”?"
            if near
            else "Skriv organisationens namn med stor bokstav om den inte finns där."
        )
        message = f"”{name}” finns inte i uppräkningen aktualiserande_part i data/kategorier.yml. {hint}"
        ledger.say(UNKNOWN_NAME, part_node.where, message)
