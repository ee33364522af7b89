"""The file of facts holds what pages show and nothing more, small enough to be fetched whole."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from build_tools import texts
from build_tools.addresses import FACTS
from build_tools.build import CACHE, examine
from build_tools.compare import compare
from build_tools.exports import facts as exports
from build_tools.exports.facts import facts, part_path, plain
from build_tools.fingerprints import fingerprint
from build_tools.model import Blank, Fact, Kind, Mark, Publication, PublishedReport
from tests.bench.reports import write_project
from tests.demo import ROOT, previewed, shown
from tests.demo import published as demo

MOST_BYTES = 150_000
"""Of a file for 150 reports, compressed as servers do."""


def written(publication: Publication) -> dict[str, Any]:
    """The one file of a small site."""
    (only,) = facts(publication)
    assert only.path == FACTS
    found: dict[str, Any] = json.loads(only.content)
    return found


def tokens(found: dict[str, Any], report: str) -> list[str]:
    """The values of a report, one for each of its cells."""
    values: str = found["siffror"][report]["v"]
    return values.split(",")


def test_every_published_figure_is_in_the_file() -> None:
    """Every cell of every report that is published has its place, and a word has its letter."""
    found = written(demo())
    assert list(found["siffror"]) == [one.id for one in demo().reports.values() if not one.is_draft]
    for name in found["siffror"]:
        cells = demo().reports[name].cells.values()
        told = tokens(found, name)
        assert len(told) == len(cells)
        marks = [
            (one.mark.value, sign) for one, sign in zip(cells, told, strict=True) if isinstance(one, Blank)
        ]
        assert all(found["marken"][sign][0] == mark for mark, sign in marks)


def test_a_protected_cell_is_nothing_but_a_letter() -> None:
    """Of a protected figure neither value nor base is told: other figures of the same report have as many."""
    found = written(demo())
    for name in found["siffror"]:
        report = demo().reports[name]
        told = tokens(found, name)
        for figure, sign in zip(report.cells.values(), told, strict=True):
            assert (sign == "x") == (isinstance(figure, Blank) and figure.mark is Mark.PROTECTED)
        laid = demo().comparisons.laid(name)
        bases = found["siffror"][name].get("n", "").split(",")
        assert len(bases) == max(1, sum("n" in one.traits for one in laid))


def test_shares_counted_alike_are_those_of_the_finished_page() -> None:
    """The file names the very cells: where work or studies is the goal, the common share is its own."""
    found = written(demo())
    own = 0
    for name, head in found["rapporter"].items():
        goal = demo().comparisons.goals(name)
        if not head.get("mal"):
            assert goal.common is goal.common_without_early is None, name
            continue
        told = head["mal"][2:]
        shares = [goal.common, goal.common_without_early]
        assert told == [one.cell.id if one else "" for one in shares]
        for cell, share in zip(told, shares, strict=True):
            assert share is None or demo().reports[name].cells[cell] == share, (name, cell)
        own += any(cell and not cell.startswith("mal.harmoniserad") for cell in told)
    assert own, "no insats of the demo has work or studies as its goal"


def test_no_value_is_finer_than_what_is_shown() -> None:
    """A number with more digits than are printed is k of a shown n, or made of figures that are all shown."""
    for report in demo().reports.values():
        for one in demo().comparisons.laid(report.id):
            fact = one.figure
            if not isinstance(fact, Fact) or fact.value == texts.rounded(fact.value, fact.decimals):
                continue
            parts = fact.derivation.inputs if fact.derivation else ()
            counted = (
                fact.kind is Kind.SHARE and isinstance(fact.n, Decimal) and texts.NBSP + "av" in one.shown
            )
            assert counted or (parts and all(report.fact(part) for part in parts)), one.cell


def test_corrections_are_told_as_their_report_tells_them() -> None:
    """A correction has its cell, both numbers, the day and the reason, the oldest first."""
    told = written(demo())["rapporter"]["ekvik/2022"]["r"]
    assert [one[0] for one in told] == ["ekonomi.lokaler.utfall", "deltagare.i_arbetstraning"]
    assert told[1][2:4] == ["21", "19"]
    assert told[1][5] == "4 september 2023"


def test_drafts_are_not_in_the_file() -> None:
    """A report that is being written is no choice, also where it is shown in a preview."""
    drafts = {one.id for one in previewed().reports.values() if one.is_draft}
    found = written(previewed())
    assert drafts
    assert not drafts & (found["rapporter"].keys() | found["siffror"].keys())


def changed(publication: Publication, report: str, cell: str) -> Publication:
    """A publication where one figure has another value."""
    own: PublishedReport = publication.reports[report]
    fact = own.fact(cell)
    assert fact
    other = replace(own, cells={**own.cells, cell: replace(fact, value=fact.value + 1)})
    return compare(replace(publication, reports={**publication.reports, report: other}), ROOT / CACHE)


def test_a_fingerprint_changes_with_its_own_report_alone() -> None:
    """Correcting a report makes links to it outdated, and no other links."""
    before = {name: one["f"] for name, one in written(demo())["rapporter"].items()}
    after = written(changed(demo(), "ekvik/2022", "flode.nya"))["rapporter"]
    assert {name for name, one in after.items() if one["f"] != before[name]} == {"ekvik/2022"}


def test_a_fingerprint_is_of_what_is_shown() -> None:
    """The same figures have the same fingerprint, in whatever company they are."""
    own = demo().comparisons.laid("sater/2021")
    assert fingerprint(own) == fingerprint(demo().comparisons.laid("sater/2021"))
    assert fingerprint(own) != fingerprint(own[:-1])


def test_the_same_facts_are_the_same_bytes() -> None:
    """The file depends on nothing but the figures."""
    (one,), (other,) = facts(demo()), facts(shown(examine(ROOT)))
    assert one.content == other.content


def test_a_large_site_has_the_figures_of_each_insats_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Past the limit the one file holds all but the figures, and a file for each insats its own."""
    whole = written(demo())
    monkeypatch.setattr(exports, "TOGETHER", 3)
    first, *parts = facts(demo())
    index = json.loads(first.content)
    assert index["delad"]
    assert index["siffror"] == {}
    assert index["rader"] == whole["rader"]
    assert part_path("sjobygden", "ekvik") in {one.path for one in parts}
    joined = {name: own for one in parts for name, own in json.loads(one.content).items()}
    assert joined == whole["siffror"]


def test_150_reports_are_a_small_file(tmp_path: Path) -> None:
    """A site of 150 reports is fetched in one go: at most 150 kB compressed."""
    write_project(tmp_path, 150, ROOT / "data")
    (only,) = facts(shown(examine(tmp_path)))
    assert len(gzip.compress(str(only.content).encode(), 9)) <= MOST_BYTES


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (Decimal("1.50"), "1.5"),
        (Decimal("1E+3"), "1000"),
        (12, "12"),
        (0.5, "0.5"),
        (Decimal("-0.10"), "-0.1"),
    ],
)
def test_numbers_are_written_with_plain_digits(value: Any, told: str) -> None:
    """No number stands with an exponent or with noughts that say nothing."""
    assert plain(value) == told
