"""Distributions as tables: small classes are joined, and the joined rows become figures of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from decimal import Decimal

from build_tools.model import Blank, Fact, Mark, Row, Table
from build_tools.protect import joining
from build_tools.protect.answers import Answers, made_count, share_of_all
from build_tools.protect.joining import Class
from build_tools.protect.sheets import Sheet, cell_id, leaves, parent, with_everybody


def with_tables(sheet: Sheet) -> Sheet:
    """The sheet with a table for each distribution, and with the cells that its rows need."""
    for distribution in sheet.report.distributions:
        measure = sheet.catalogue.measures.get(distribution.measure)
        listed = sheet.catalogue.enumerations.get(measure.enumeration if measure else "")
        answers = Answers(distribution, sheet, listed.categories if listed else {})
        sheet = _with_total(answers)
        answers = replace(answers, sheet=sheet)
        sheet = _joined(answers) if answers.counted() else _plain(answers)
    return sheet


def _with_total(answers: Answers) -> Sheet:
    """The sheet with the distribution's total, where it is known and not there already."""
    key, sheet = answers.distribution.id, answers.sheet
    total = None if key in sheet.cells else _total(answers)
    return replace(sheet, cells={**sheet.cells, key: total}) if total else sheet


def _total(answers: Answers) -> Fact | None:
    if not answers.counted():
        return None
    n = answers.distribution.n if answers.blanks() else Decimal(0)
    whole = Class("", "", leaves(answers.distribution), n or Decimal(0))
    return None if n is None else made_count(whole, answers, "")


def _plain(answers: Answers) -> Sheet:
    """A table where every category has its row: nothing of it can be added."""
    rows = tuple(_row(answers, code, 0) for code in answers.distribution.categories)
    return _with(answers, Table(answers.distribution, rows, _shown_total(answers)), {}, frozenset())


def _shown_total(answers: Answers) -> str:
    return answers.distribution.id if isinstance(answers.at(), Fact) else ""


def _joined(answers: Answers) -> Sheet:
    classes = tuple(_classes(answers))
    left = classes if answers.sheet.limits.opens(answers.distribution.measure) else _left(answers, classes)
    if left == classes:
        return _with(answers, _whole_table(answers), {}, frozenset())
    left = tuple(replace(found, code=_free(found, answers)) for found in left)
    rows = tuple(Row(cell_id(answers.distribution.id, c.code), c.label, _named(c, answers)) for c in left)
    figures = {fact.cell.id: fact for c in left for fact in _figures(c, answers)}
    named = {code for found in classes for code in found.categories}
    words = tuple(_row(answers, code, 0) for code in answers.blanks() if code not in named)
    rows += words if rows else ()
    table = Table(answers.distribution, rows, _shown_total(answers))
    return _with(answers, table, figures, _unseen(answers, rows))


def _left(answers: Answers, classes: tuple[Class, ...]) -> tuple[Class, ...]:
    """The rows that are left when small classes are joined as the policy says."""
    limit = answers.sheet.limits.of(answers.distribution.measure)
    if not any(found.small(limit.count) for found in classes):
        return classes
    reasons = answers.sheet.report.goal.reasons
    if limit.join == "mal" and reasons:
        reached = _reached(reasons, answers)
        torn = len({reached(code) for code in answers.blanks()}) > 1
        return () if torn else joining.by_goal(classes, reached, limit.count)
    if limit.join == "niva1":
        classes = tuple(_level_one(answers, classes))
    return joining.others(classes, limit.count)


def _reached(reasons: Sequence[str], answers: Answers) -> Callable[[str], bool]:
    def reached(code: str) -> bool:
        found = answers.names.get(code)
        return bool({code, parent(code), found.reported_as if found else code} & set(reasons))

    return reached


def _classes(answers: Answers) -> Iterator[Class]:
    """Every category with its count; those with a word together as what is left of a known total."""
    blanks = answers.blanks()
    known = Decimal(0)
    for code in leaves(answers.distribution):
        figure = answers.at(code)
        if isinstance(figure, Fact):
            known += figure.value
            yield Class(code, answers.label(code), (code,), figure.value)
    total = answers.at()
    if blanks and isinstance(total, Fact) and total.value >= known:
        label = joining.either([answers.label(code) for code in blanks])
        marks = [figure.mark for code in blanks if isinstance(figure := answers.at(code), Blank)]
        code = blanks[0] if len(blanks) == 1 else "utan_uppgift"
        yield Class(code, label, blanks, total.value - known, Mark.WITHHELD in marks)


def _level_one(answers: Answers, classes: Sequence[Class]) -> Iterator[Class]:
    """The classes of level 1, where those of level 2 are added up."""
    gathered: dict[str, list[Class]] = {}
    for found in classes:
        gathered.setdefault(parent(found.code) or found.code, []).append(found)
    for code, details in gathered.items():
        categories = tuple(category for found in details for category in found.categories)
        count = sum((found.count for found in details), Decimal(0))
        label = answers.label(code) if categories != (code,) else details[0].label
        yield Class(code, label, categories, count, any(found.withheld for found in details))


def _whole_table(answers: Answers) -> Table:
    """The table with nothing joined: level 2 under its level 1 where there is more than one of them."""
    below: dict[str, list[str]] = {}
    for code in leaves(answers.distribution):
        below.setdefault(parent(code) or code, []).append(code)
    rows = [row for above, details in below.items() for row in _branch(answers, above, details)]
    return Table(answers.distribution, tuple(rows), _shown_total(answers))


def _branch(answers: Answers, above: str, details: Sequence[str]) -> Iterator[Row]:
    grouped = len(details) > 1 and isinstance(answers.at(above), Fact)
    if grouped:
        yield replace(_row(answers, above, 0), categories=tuple(details))
    for code in details:
        yield _row(answers, code, 1 if grouped else 0)


def _row(answers: Answers, code: str, level: int) -> Row:
    return Row(cell_id(answers.distribution.id, code), answers.label(code), (code,), level)


def _free(found: Class, answers: Answers) -> str:
    """A code for a row: its own, or another where a category already bears the name of a joined row."""
    joined = found.code not in (*found.categories, *map(parent, found.categories))
    return f"{found.code}_tillsammans" if joined and found.code in answers.names else found.code


def _named(found: Class, answers: Answers) -> tuple[str, ...]:
    """The categories that a row tells of. For the goal they are the definition's, not the data's."""
    if found.code == joining.REACHED:
        return answers.sheet.report.goal.reasons
    return () if found.code == joining.MISSED else found.categories


def _figures(found: Class, answers: Answers) -> Iterator[Fact]:
    """The counts of a row that has no cell of its own, and its share of the whole."""
    distribution = answers.distribution
    for group in with_everybody(distribution):
        count = answers.at(found.code, group) or made_count(found, answers, group)
        whole = answers.at("", group)
        if not isinstance(count, Fact):
            continue
        if count.cell.id not in answers.sheet.cells:
            yield count
        if isinstance(whole, Fact) and whole.value > 0 and not group:
            yield share_of_all(count, whole)


def _unseen(answers: Answers, rows: Sequence[Row]) -> frozenset[str]:
    """The cells of all categories that the rows do not tell, for everybody and each group."""
    distribution = answers.distribution
    groups = with_everybody(distribution)
    told = {row.cell for row in rows}
    told |= set(_added_up(answers, told))
    shown = {f"{cell}.{group}" if group else cell for cell in told for group in groups}
    return frozenset(
        key
        for key, figure in answers.sheet.cells.items()
        if figure.cell.measure == distribution.measure
        and figure.cell.category
        and key.startswith(f"{distribution.id}.")
        and key.removesuffix(".andel") not in shown
    )


def _added_up(answers: Answers, told: Set[str]) -> Iterator[str]:
    """The cells of level 1 that a reader can add up: each of their parts stands on a row of its own."""
    distribution = answers.distribution
    below: dict[str, list[str]] = {}
    for code in leaves(distribution):
        if parent(code):
            below.setdefault(parent(code), []).append(cell_id(distribution.id, code))
    yield from (cell_id(distribution.id, above) for above, parts in below.items() if told >= set(parts))


def _with(answers: Answers, table: Table, figures: Mapping[str, Fact], unseen: frozenset[str]) -> Sheet:
    sheet = answers.sheet
    return replace(
        sheet,
        cells={**sheet.cells, **{key: fact for key, fact in figures.items() if key not in sheet.cells}},
        tables={**sheet.tables, answers.distribution.id: table},
        unseen=sheet.unseen | unseen,
        rows=sheet.rows | {row.cell for row in table.rows},
    )
