"""Tables of figures in a handbook: what every figure has, sums and shares, and groups that are small."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from build_tools import texts
from build_tools.checks.handbooks.verdicts import verdict
from build_tools.model import (
    Blank,
    Edition,
    Fact,
    FigureSum,
    FigureTable,
    Handbook,
    Interval,
    Kind,
    Mark,
    Verdict,
)
from build_tools.stages import handbook_check

HUNDRED = Decimal(100)
SHARE, LIKERT = "procent", "likert"
ANSWERS = ("andelar", "fore_efter")
ANSWERED = re.compile(r"\b(svar|enkät|instäm|höll med|håller med)", re.IGNORECASE)
NOTHING = Interval(Decimal(0), Decimal(0))
MEND = "Rätta det tal som är fel, eller skriv en not och godta anmärkningen."

Term = Fact | Blank | None


def tables(handbook: Handbook) -> Iterator[FigureTable]:
    """Every table of a handbook."""
    yield from handbook.figures.values()


@handbook_check("H06a", "Varje siffra har sida, bas och tid")
def figures_say_what_they_are(handbook: Handbook, edition: Edition) -> Iterator[Verdict]:
    """En siffra har en sida i källan, en bas som säger vilka den gäller och en dag eller tid. Säger källan
    inte när, skrivs saknas. Uppgifterna kan stå för hela tabellen eller för raden.
    """
    for table in tables(handbook):
        for row in table.rows.values():
            told = {
                "sida": row.page or table.page,
                "bas": row.base or table.base,
                "galler": row.as_of or table.as_of,
            }
            lacking = [key for key, value in told.items() if not value]
            message = (
                f"{table.title}, {row.name}: {texts.listed(lacking)} fattas. Skriv för tabellen eller raden."
            )
            yield verdict(not lacking, f"{table.id}.{row.id}", row.where, message)


@handbook_check("H06b", "Summorna i en tabell stämmer")
def sums_hold(handbook: Handbook, edition: Edition) -> Iterator[Verdict]:
    """Det som tabellen säger är en summa ska vara delarna tillsammans, inom det som avrundningen tillåter."""
    for table in tables(handbook):
        for declared in table.sums:
            for whole, parts in lines(table, declared):
                facts = [part for part in parts if isinstance(part, Fact)]
                if isinstance(whole, Fact) and whole.derivation is None and len(facts) == len(parts):
                    yield _adds_up(table, whole, facts)


def lines(table: FigureTable, declared: FigureSum) -> Iterator[tuple[Term, tuple[Term, ...]]]:
    """The whole and the parts of a declared sum, once for every column or row it runs through."""
    if declared.axis == "rad":
        for column in table.columns:
            parts = tuple(table.cell(part, column) for part in declared.parts)
            yield table.cell(declared.total, column), parts
        return
    for row in table.rows:
        yield table.cell(row, declared.total), tuple(table.cell(row, part) for part in declared.parts)


def _adds_up(table: FigureTable, whole: Fact, parts: list[Fact]) -> Verdict:
    gap = sum((part.interval for part in parts), NOTHING)
    words = " + ".join(texts.hedged(part) for part in parts)
    added = texts.number(sum((part.value for part in parts), Decimal(0)))
    message = f"{table.title}: {words} blir {added}, men summan anges till {texts.hedged(whole)}. {MEND}"
    cells = [fact.cell.id for fact in (whole, *parts)]
    return verdict(gap.meets(whole.interval), whole.cell.id, whole.where, message, cells)


@handbook_check("H06c", "Andelarna i en tabell stämmer")
def shares_hold(handbook: Handbook, edition: Edition) -> Iterator[Verdict]:
    """En andel ska vara den del av det hela som tabellen säger. Står antalet bakom bredvid ska något helt
    antal ge andelen.
    """
    for table in tables(handbook):
        for declared in table.shares:
            for row in table.rows:
                yield from _is_share(
                    table, *(table.cell(row, c) for c in (declared.column, declared.part, declared.whole))
                )
        for figure in table.cells.values():
            if isinstance(figure, Fact) and figure.kind is Kind.SHARE and figure.derivation is None:
                yield from _is_possible(table, figure)


def _is_share(table: FigureTable, stated: Term, part: Term, whole: Term) -> Iterator[Verdict]:
    if not (isinstance(stated, Fact) and isinstance(part, Fact) and isinstance(whole, Fact)):
        return
    if stated.derivation is None and whole.interval.low > 0:
        low = HUNDRED * part.interval.low / whole.interval.high
        high = HUNDRED * part.interval.high / whole.interval.low
        holds = stated.interval.meets(Interval(low, high))
        made = texts.percent(HUNDRED * part.value / whole.value, 1)
        message = (
            f"{table.title}: {texts.hedged(part)} av {texts.hedged(whole)} är {made}, men andelen anges till "
            f"{texts.hedged(stated)}. {MEND}"
        )
        cells = [fact.cell.id for fact in (stated, part, whole)]
        yield verdict(holds, stated.cell.id, stated.where, message, cells)


def _is_possible(table: FigureTable, share: Fact) -> Iterator[Verdict]:
    """Some whole number of n gives the share, within what its digits and the word before it allow."""
    if not isinstance(share.n, Decimal) or share.n <= 0:
        return
    low, high = (share.n * end / HUNDRED for end in (share.interval.low, share.interval.high))
    holds = high.to_integral_value(rounding="ROUND_FLOOR") >= low
    yield verdict(holds, share.cell.id, share.where, _impossible(table, share, share.n), (share.cell.id,))


def _impossible(table: FigureTable, share: Fact, n: Decimal) -> Callable[[], str]:
    return lambda: (
        f"{table.title}: inget helt antal av {texts.number(n)} är {texts.hedged(share)} procent. {MEND}"
    )


@handbook_check("H06d", "Andelarna blir hundra procent")
def shares_make_a_hundred(handbook: Handbook, edition: Edition) -> Iterator[Verdict]:
    """Andelar som tillsammans är alla ska bli hundra procent, inom det som avrundningen tillåter."""
    for table in tables(handbook):
        for terms in _wholes(table):
            facts = [term for term in terms if isinstance(term, Fact) and term.kind is Kind.SHARE]
            if facts and len(facts) == len(terms):
                gap = sum((fact.interval for fact in facts), NOTHING)
                words = " + ".join(texts.hedged(fact) for fact in facts)
                added = texts.number(sum((fact.value for fact in facts), Decimal(0)))
                message = f"{table.title}: {words} blir {added} procent och inte 100. {MEND}"
                cells = [fact.cell.id for fact in facts]
                holds = gap.meets(Interval(HUNDRED, HUNDRED))
                yield verdict(holds, facts[0].cell.id, facts[0].where, message, cells)


def _wholes(table: FigureTable) -> Iterator[tuple[Term, ...]]:
    if table.whole == "rader":
        yield from (tuple(table.cell(row, column) for column in table.columns) for row in table.rows)
    elif table.whole == "kolumner":
        yield from (tuple(table.cell(row, column) for row in table.rows) for column in table.columns)


@handbook_check("H06e", "En enkät säger hur neutrala svar är räknade")
def surveys_tell_of_the_middle(handbook: Handbook, edition: Edition) -> Iterator[Verdict]:
    """Andelar ur en enkät går bara att läsa rätt om det står vad som hänt med dem som svarat mitt emellan:
    om de är inräknade bland de positiva, står för sig eller inte finns. Säger källan inget, skrivs saknas.
    """
    for table in tables(handbook):
        if _is_survey(table):
            message = (
                f"{table.title}: det står inte hur neutrala svar är räknade. Skriv neutral: med, utan, egen, "
                "inget eller saknas."
            )
            yield verdict(bool(table.neutral), table.id, table.where, message)


def _is_survey(table: FigureTable) -> bool:
    """Whether it tells in percent what people answered."""
    said = " ".join((table.title, table.definition, table.base, *(row.base for row in table.rows.values())))
    shares = any(column.unit == SHARE for column in table.columns.values())
    asked = table.form in ANSWERS and ANSWERED.search(said) is not None
    return table.form == LIKERT or (shares and asked)


@handbook_check("H07a", "Små antal är utelämnade")
def small_groups_are_withheld(handbook: Handbook, edition: Edition) -> Iterator[Verdict]:
    """Ett antal personer under projektets strängaste gräns skrivs utelamnat, också när det bara går att räkna
    fram ur en andel. Det gäller deltagare och dem som svarat på en enkät.
    """
    smallest = edition.smallest_group
    for table in tables(handbook):
        for figure in table.cells.values():
            if isinstance(figure, Fact):
                holds = not table.tells_of_few(figure, smallest)
                message = (
                    f"{table.title}: talet gäller färre än {smallest} personer, eller lämnar så få utanför. "
                    "Skriv utelamnat i stället."
                )
                yield verdict(holds, figure.cell.id, figure.where, message, (figure.cell.id,))


@handbook_check("H07b", "Det utelämnade går inte att räkna fram")
def the_withheld_stays_hidden(handbook: Handbook, edition: Edition) -> Iterator[Verdict]:
    """Är ett enda tal i en summa utelämnat går det att räkna fram ur de andra. Då ska ett till utelämnas."""
    for table in tables(handbook):
        for terms in _bound(table):
            hidden = [term for term in terms if isinstance(term, Blank) and term.mark is Mark.WITHHELD]
            others = [term for term in terms if isinstance(term, Fact)]
            if hidden and len(hidden) + len(others) == len(terms):
                where = hidden[0]
                message = (
                    f"{table.title}: bara ett tal är utelämnat, och det går att räkna fram ur de andra. "
                    "Utelämna ett till."
                )
                cells = [where.cell.id, *(fact.cell.id for fact in others)]
                yield verdict(len(hidden) > 1, where.cell.id, where.where, message, cells)


def _bound(table: FigureTable) -> Iterator[tuple[Term, ...]]:
    """Groups of cells where the last follows from the others."""
    for declared in table.sums:
        yield from ((whole, *parts) for whole, parts in lines(table, declared))
    yield from _wholes(table)
