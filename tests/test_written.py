"""That what is disturbed is what stands in the file: every number, and as if somebody had typed another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import MAX_EMAX, MIN_EMIN, Decimal, localcontext
from functools import cache
from pathlib import Path

import pytest

from build_tools import derive, load
from build_tools.load.data_file import read_data_text
from build_tools.load.formats.report import REPORT
from build_tools.load.report import Home, read_report
from build_tools.load.yaml_file import ListNode, MapNode, Node, ScalarNode
from build_tools.model import Edition, Fact, Level, Report
from build_tools.stages import check
from build_tools.trials.again import Again
from build_tools.trials.disturbed import Changed, Figure, disturbances, figures
from build_tools.trials.lineage import surroundings
from build_tools.trials.written import digits, typed

DEMO = Path(__file__).parents[1]
ADDRESSES = frozenset({"avsnitt", "sida", "decimaler"})
"""Numbers that tell where something stands, or how it is written."""
NUMBER = re.compile(r"-?[0-9]+([.,][0-9]+)?")
NAMES = ("sater/2021", "mitt-val/2019-2022", "ockelbo/2020-2022", "ekvik/2023")


@cache
def demo() -> Edition:
    """The demo with its derived figures."""
    return derive.derive(load.load(DEMO)[0])


def lines(report: Report) -> list[str]:
    """The file of a report."""
    return (DEMO / report.where.file).read_text("utf-8").splitlines(keepends=True)


def tree(text: str, report: Report) -> tuple[Node | None, bool]:
    """What stands in a report's file, and whether all of it has the right shape."""
    found, faults = read_data_text(text, report.where.file, REPORT)
    return found, not any(one.level is Level.ERROR for one in faults)


def numbers(node: Node, under: str = "") -> Iterator[tuple[int, int, str]]:
    """Line, column and key of every plain number."""
    if isinstance(node, MapNode):
        for name, value in node.entries.items():
            yield from numbers(value, name)
    elif isinstance(node, ListNode):
        for item in node.items:
            yield from numbers(item, under)
    elif isinstance(node, ScalarNode) and node.number is not None and under not in ADDRESSES:
        yield node.line, node.column, under


@pytest.mark.parametrize("name", sorted(demo().reports))
def test_every_number_in_the_file_is_disturbed(name: str) -> None:
    """Each number that somebody has written is tried, once; only addresses and decimals are not figures."""
    report = demo().reports[name]
    found, _whole = tree("".join(lines(report)), report)
    assert found is not None
    written = Counter((line, column) for line, column, _key in numbers(found))
    tried = Counter((one.fact.where.line, one.fact.where.column) for one in figures(report, demo()))
    assert tried == written


def retyped(report: Report, places: dict[str, Figure], changed: Changed) -> Report | None:
    """The report read from its file with other numbers typed there; nothing where no file may say so."""
    text = lines(report)
    for key, fact in changed.items():
        where = places[key].fact.where
        line = text[where.line - 1]
        found = NUMBER.match(line, where.column - 1)
        assert found, line
        value = typed(fact)
        told = f"{value.quantize(Decimal(1).scaleb(-digits(places[key].fact))):f}"
        text[where.line - 1] = line[: found.start()] + told + line[found.end() :]
    found_tree, whole = tree("".join(text), report)
    assert isinstance(found_tree, MapNode)
    team, _, stem = report.id.partition("/")
    made, faults = read_report(found_tree, Home(team, stem), demo().catalogue)
    if made is None or not whole or any(one.level is Level.ERROR for one in faults):
        return None
    goal = replace(report.goal, early_dropout_days=made.goal.early_dropout_days)
    return derive.complete(replace(made, prose=report.prose, goal=goal), demo().catalogue)


def failing(report: Report, around: Edition) -> Counter[tuple[str, str, str]]:
    """All that fails in a report."""
    with_it = replace(around, reports={**around.reports, report.id: report})
    verdicts = ((part.id, verdict) for part in check.parts() for verdict in part.run(report, with_it))
    return Counter((code, one.about, f"{one.where.line}") for code, one in verdicts if not one.holds)


@pytest.mark.parametrize("name", NAMES)
def test_a_slip_is_noticed_as_it_would_be_in_the_file(name: str) -> None:
    """What is said of a slip is what reading, deriving and checking a file with that slip would say."""
    report = demo().reports[name]
    around = surroundings(report, demo())
    every = figures(report, around)
    places = {one.key: one for one in every}
    wrong = []
    with localcontext(prec=50, Emax=MAX_EMAX, Emin=MIN_EMIN):
        again, before = Again(report, around), failing(report, around)
        beside = [one for one in every if one.key in again.beside]
        chosen = (*beside[::2], *every[::9])
        for place, figure in enumerate(chosen):
            slips = [*disturbances(figure)]
            slip, changed = slips[place % len(slips)]
            made = retyped(report, places, changed)
            seen = made is None or bool(failing(made, around) - before)
            if seen != (again.refuses(changed) or again.noticed(changed)):
                wrong.append((figure.fact.cell.id, slip, seen))
    assert wrong == []


def test_a_number_of_many_cells_is_one_number() -> None:
    """The n of a table is tried once, and what it belongs to is told by its name."""
    report = demo().reports["mitt-val/2019-2022"]
    told = [one.fact.cell.id for one in figures(report, demo()) if one.fact.cell.id.endswith("#n")]
    places = {one.fact.where for one in figures(report, demo()) if one.fact.cell.id.endswith("#n")}
    assert len(told) == len(places)
    facts = [fact for fact in report.cells.values() if isinstance(fact, Fact) and fact.n_where in places]
    assert len(facts) > len(places)
