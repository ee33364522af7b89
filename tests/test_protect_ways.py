"""No small group can be worked out of the ways through, nor through teams that became one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st

from build_tools import derive
from build_tools.model import Catalogue, Distribution, Edition, Fact, Kind, PublishedReport
from build_tools.protect import protect
from tests.test_protect import (
    CATALOGUE,
    COUNTS,
    HERE,
    LIMITS,
    SETTINGS,
    Made,
    Rules,
    edition,
    forms,
    measure,
    small_counts,
    tried,
)

ROWS = ("fk.sjukpenning", "fk.aktivitetsersattning", "kommun.forsorjningsstod", "annan")
ENDS = ("arbete", "studier", "ovrigt")
WAYS = measure("overgang", "Från försörjning till avslut", Kind.COUNT, "avslutade", "forsorjning")
KNOWN = Catalogue({**CATALOGUE.measures, WAYS.id: WAYS}, CATALOGUE.enumerations, {}, {})
Counts = Mapping[str, Mapping[str, int]]


def with_ways(counts: Counts, rules: Rules) -> Edition:
    """A report with the ways through and with the exits that they make."""
    made = Made()
    told_ways = {row: dict(ends) for row, ends in counts.items()}
    ends = tuple(next(iter(told_ways.values())))
    made.asked("avslut", {end: sum(row[end] for row in told_ways.values()) for end in ends})
    told = edition([made], rules)
    report = told.reports[made.id]
    cells = dict(report.cells)
    for row, ways in told_ways.items():
        for end, count in ways.items():
            base = report.cells[f"avslut.{end}"]
            assert isinstance(base, Fact)
            cell = replace(base.cell, id=f"overgang.{row}.{end}", measure="overgang", category=row, group=end)
            value = base.value * 0 + count
            interval = replace(base.interval, low=value, high=value)
            cells[cell.id] = replace(base, cell=cell, value=value, interval=interval)
    asked = Distribution(
        "overgang", "overgang", "avslutade", "enval", tuple(counts), HERE, groups=ends, crossed=True
    )
    whole = replace(report, cells=cells, distributions=(*report.distributions, asked))
    return derive.derive(replace(told, catalogue=KNOWN, reports={made.id: whole}))


@st.composite
def ways(draw: st.DrawFn) -> tuple[Counts, Rules]:
    """Up to three rows to two or three ends."""
    rows = draw(st.lists(st.sampled_from(ROWS), min_size=1, max_size=3, unique=True))
    ends = ENDS[: draw(st.integers(2, 3))]
    counts = {row: {end: draw(COUNTS) for end in ends} for row in rows}
    return counts, Rules(draw(LIMITS), join=draw(st.sampled_from(["ovriga", "niva1"])))


def published(told: Edition) -> PublishedReport:
    """The one report as it may be shown."""
    return protect(told, (), (), {}).reports["laget/2021"]


@SETTINGS
@given(ways())
@example(({"annan": {"arbete": 3, "studier": 9}, "fk.sjukpenning": {"arbete": 8, "studier": 9}}, Rules(5)))
def test_no_small_way_can_be_solved(drawn: tuple[Counts, Rules]) -> None:
    """A reader who knows that rows and columns add up, and who sees the exits, has a choice for each."""
    told = with_ways(*drawn)
    source, report = told.reports["laget/2021"], published(told)
    _, every = forms({**source.cells, **{k: f for k, f in report.cells.items() if k not in source.cells}})
    columns = {f"avslut.{end}": end for end in source.distributions[1].groups}
    for key, end in columns.items():
        every[key] = {f"overgang.{row}.{end}": 1 for row in source.distributions[1].categories}
    every = {key: _in_ways(key, every) for key in every}
    now = {
        key: int(f.value)
        for key, f in source.cells.items()
        if isinstance(f, Fact) and f.cell.group and f.kind is Kind.COUNT and f.derivation is None
    }
    small = [key for key in small_counts(source.cells, drawn[1].count) if key in every]
    assert [key for key in small if report.fact(key)] == []
    assert tried(now, every, {key for key in every if report.fact(key)}, small, ()) == []


def _in_ways(key: str, every: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """A count as a sum of single ways."""
    added: dict[str, int] = {}
    for part, weight in every[key].items():
        inner = every.get(part, {part: 1}) if part.startswith("avslut.") else {part: 1}
        for leaf, times in inner.items():
            added[leaf] = added.get(leaf, 0) + weight * times
    return added


@st.composite
def merged(draw: st.DrawFn) -> tuple[list[Made], Rules]:
    """Two teams of one year that are one the next."""
    ends = [draw(st.integers(0, 12)) for _ in range(2)]
    reports = [
        Made(f"{team}/2020").flow(ingang=draw(COUNTS) + end, utgang=end)
        for team, end in zip(("ost", "vast"), ends, strict=True)
    ]
    together = Made("sam/2021").flow(ingang=sum(ends), utgang=draw(st.integers(0, 30)))
    return [*reports, together], Rules(draw(LIMITS))


@SETTINGS
@given(merged())
def test_no_small_team_can_be_solved_through_the_one_it_became(drawn: tuple[list[Made], Rules]) -> None:
    """The start of the merged team is the ends of the two, so one of them gives the other."""
    reports, rules = drawn
    told = edition(reports, rules)
    insatser = {
        key: replace(found, predecessors=("ost", "vast") if key == "sam" else ())
        for key, found in told.interventions.items()
    }
    shown = protect(replace(told, interventions=insatser), (), (), {}).reports
    ends = [shown[key].fact("flode.utgang") for key in ("ost/2020", "vast/2020")]
    counts = [int(made.cells["flode.utgang"].value) for made in reports[:2]]  # type: ignore[union-attr]
    start = shown["sam/2021"].fact("flode.ingang")
    for place, count in enumerate(counts):
        if 0 < count < rules.count:
            assert ends[place] is None
            assert start is None or ends[1 - place] is None
