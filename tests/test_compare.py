"""Two figures stand beside each other only where that means something, and never give a hidden one back."""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import combinations, pairwise, product
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from build_tools import protect
from build_tools.build import examine
from build_tools.compare import chance
from build_tools.compare.engine import compared, mean, rounded, trend
from build_tools.compare.lines import label, lines
from build_tools.compare.rules import OPERATORS, rules_of, table
from build_tools.compare.traits import Reading, Side
from build_tools.model import (
    Blank,
    Cell,
    Chance,
    Comparability,
    Comparison,
    Difference,
    Fact,
    Interval,
    Kind,
    Pair,
    Pairing,
    Presence,
    Prices,
    Publication,
    Shape,
    Where,
)
from build_tools.texts import FEW, NBSP
from tests.casefiles import Case, cases, rewrite
from tests.demo import ROOT, examined, shown
from tests.demo import published as demo

CASES = sorted((ROOT / "tests" / "cases" / "jamfor").glob("*.md"))
DENOMINATORS = """rapport:
  insats: ockelbo
  typ: slutrapport
  mall: utvarderat_projekt
  period: {start: 2020-01-01, slut: 2022-06-30, typ: projekttid}
  status: slutlig
  kalla: Påhittad
uppgifter:
  deltagare.positiv_riktning: {antal: 8, n: 19}
  deltagare.positiv_riktning@sus_matbara: {antal: 8, n: 20}
  deltagare.positiv_riktning@alla_under_perioden: {antal: 8, n: 39}
"""
REFUSED = Comparability.NO
ASKED = re.compile(r"jamfor: (\S+) (\S+) mot (\S+) (\S+)")


@cache
def unprotected() -> Publication:
    """The demo as it would be with a policy that hides nobody, to look at traps in the real reports."""
    seen = examined()
    everywhere = {
        key: replace(
            policy, limit=replace(policy.limit, count=1, mean=1, share=1, unknown_n="visa"), exceptions={}
        )
        for key, policy in seen.edition.policies.items()
    }
    return shown(replace(seen, edition=replace(seen.edition, policies=everywhere)))


@pytest.fixture(scope="session")
def with_denominators(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """The demo with a small Ockelbo report that counts one result of three denominators."""
    root = tmp_path_factory.mktemp("ockelbo")
    shutil.copytree(ROOT / "data", root / "data")
    (root / "data" / "godtagna.yml").write_text("[]\n", "utf-8")
    (root / "data" / "rapporter" / "ockelbo" / "2020-2022.yml").write_text(DENOMINATORS, "utf-8")
    return shown(examine(root))


def reading(publication: Publication, report: str) -> Reading:
    """A report, ready to be compared."""
    return Reading(publication.reports[report], publication, rules_of(publication.catalogue))


def told(found: Comparison) -> Iterator[str]:
    """A comparison as a case tells it: the verdict, its reasons and the difference."""
    yield found.verdict.value
    yield from (f"  {one.code} {one.text}" for one in found.reasons)
    if found.difference:
        one = found.difference
        yield f"  {one.text} · {one.relative_text or one.relative_reason}"
        yield from (f"  {said}" for said in (one.chance_text, one.note) if said)


def side(traits: Mapping[str, Any], name: str = "") -> Side:
    """A figure of nothing but traits."""
    value = Decimal(str(traits.get("varde", 0)))
    cell = Cell(str(traits.get("rapport", "nord/2024")), "c", str(traits["matt"]))
    fact = Fact(cell, value, Interval(value, value), Kind(str(traits["slag"])), Where("x"))
    dated = {key: one.isoformat() if isinstance(one, date) else one for key, one in traits.items()}
    team = str(traits.get("insats", "nord"))
    usual = {"insats": team, "namn": f"Team {team.title()}", "rapport": f"{team}/{name}", "decimaler": 0}
    return Side(fact, {**usual, "rapportperiod": {"a": "2023", "b": "2024"}.get(name, ""), **dated})


def outcome(case: Case, other: Publication) -> str:
    """What comes of a case: each line that asks, answered."""
    lines = case.written.splitlines()
    publication = other if "fil: ockelbo" in lines else unprotected() if "skydd: inget" in lines else demo()
    given: dict[str, Any] = {}
    said: list[str] = []
    for line in lines:
        if found := ASKED.fullmatch(line):
            a, one, b, another = found.groups()
            rule = rules_of(publication.catalogue)
            pair = reading(publication, a).side(one, "m"), reading(publication, b).side(another, "m")
            said += told(compared(*pair, rule))
        elif line[:2] in ("a:", "b:"):
            given |= yaml.safe_load(line)
    if given:
        said += told(compared(side(given["a"], "a"), side(given["b"], "b"), rules_of(demo().catalogue)))
    return "\n".join(said)


ALL = [case for file in CASES for case in cases(file)]


@pytest.mark.parametrize("case", ALL, ids=lambda case: f"{case.file.stem}: {case.title}")
def test_case(case: Case, request: pytest.FixtureRequest, with_denominators: Publication) -> None:
    """Each trap is refused or reserved with its right reason."""
    given = outcome(case, with_denominators)
    if request.config.getoption("--regen"):
        rewrite(case, given)
        return
    assert given == case.expected


TRAPS = (
    "Tidiga avhopp", "Vad som räknas som mål", "Val av nämnare", "Två täljare", "Små tal",
    "Flöde mot bestånd", "Medelvärdets personer", "Brutet år mot kalenderår",
    "Halvår i en helårsrapport", "Tid utanför rapporten", "Överlappande fönster", "Djupare klasser",
    "Ingen offentlig mot annan", "Ett svar mot flera", "När inkomsten mäts", "Lönebidrag", "Unga",
    "Enkätens gräns", "Enkätens tid", "Avrundning", "Noll som bas", "Täckning",
    "Prognos som är avvikelse", "Budgetens rader", "Mått i stället", "Anonym registrering",
    "Trendord utan bas",
)  # fmt: skip
"""What made real reports look comparable that were not: each is the name of a trap and of its cases."""
NOT_REFUSED = "Noll som bas"
"""A count may begin at nought; only the change in percent may not."""


@pytest.mark.parametrize("trap", TRAPS)
def test_every_trap_has_a_case_that_refuses_or_reserves(trap: str) -> None:
    """A trap without a case of its own is one that nobody has tried."""
    own = [case for case in ALL if case.title.startswith(f"{trap}: ")]
    assert own
    for case in own:
        verdicts = [line for line in case.expected.splitlines() if not line.startswith(" ")]
        if trap == NOT_REFUSED:
            assert "Från noll går ingen förändring i procent att räkna." in case.expected
        else:
            assert any(verdict != "jämförbar" for verdict in verdicts), case.title


# --- The table of conditions ---


def test_every_condition_has_a_case() -> None:
    """A condition that no case meets is one that nobody has looked at."""
    said = "".join(case.expected for case in ALL)
    codes = {row["kod"] for row in table()["villkor"]}
    assert len(codes) == len(table()["villkor"])
    assert sorted(code for code in codes if f"{code} " not in said) == []


def test_the_table_uses_only_known_operators_and_traits() -> None:
    """A misspelled trait would be a condition that is never met."""
    known = {
        name
        for report in demo().reports
        for traits in demo().comparisons.traits(report).values()
        for name in traits
    }
    known |= {
        name
        for case in ALL
        for line in case.written.splitlines()
        if line[:2] in ("a:", "b:")
        for name in traits_in(line)
    }
    for row in table()["villkor"]:
        assert row["utslag"] in ("nej", "forbehall")
        for name in named(row["om"]):
            assert name in known, (row["kod"], name)
        for name in re.findall(r"\{[abx]\.(\w+)", row["text"]):
            assert name in known, (row["kod"], name)


def traits_in(line: str) -> frozenset[str]:
    """The traits that a line of a case gives."""
    return frozenset(next(iter(yaml.safe_load(line).values())))


def named(condition: Mapping[str, Any]) -> Iterator[str]:
    """The traits that a condition asks for."""
    for operator, argument in condition.items():
        assert operator in OPERATORS, operator
        if operator == "inte":
            yield from named(argument)
        else:
            yield from [argument] if isinstance(argument, str) else list(argument)


# --- Any two figures ---


def every_pair() -> Iterator[tuple[str, str]]:
    """Each report with each, and with itself."""
    yield from combinations(sorted(demo().reports), 2)
    yield from ((one, one) for one in sorted(demo().reports))


@pytest.fixture(scope="module")
def sides() -> dict[str, dict[str, Side]]:
    """Every cell of the demo with its traits."""
    return {
        report: {line.key: own.side(line.cell) for line in lines(own)}
        for report in sorted(demo().reports)
        for own in (reading(demo(), report),)
    }


def test_any_two_figures_have_one_verdict_and_no_difference_without_numbers(
    sides: dict[str, dict[str, Side]],
) -> None:
    """Whichever comes first, the verdict is the same; a word gives no number, and a refusal none."""
    rule = rules_of(demo().catalogue)
    for one, other in every_pair():
        empty = reading(demo(), other).side("", "")
        for key, a in list(sides[one].items())[::3]:
            b = sides[other].get(key, empty)
            found, turned = compared(a, b, rule), compared(b, a, rule)
            assert found.verdict is turned.verdict
            assert {r.code for r in found.reasons} == {r.code for r in turned.reasons}
            numbers = isinstance(a.figure, Fact) and isinstance(b.figure, Fact)
            assert bool(found.difference) == (numbers and found.verdict is not REFUSED)
            assert numbers or found.refusals
            if found.difference and turned.difference:
                assert found.difference.value == -turned.difference.value
                assert found.difference.chance is turned.difference.chance


def test_different_cells_of_one_report_never_raise(sides: dict[str, dict[str, Side]]) -> None:
    """Whatever two figures somebody lays beside each other, there is an answer in Swedish."""
    rule = rules_of(demo().catalogue)
    chosen = [found for own in sides.values() for found in list(own.values())[::23]]
    for a, b in product(chosen, chosen):
        found = compared(a, b, rule)
        assert all(one.text.endswith(".") and "{" not in one.text for one in found.reasons)


def test_a_figure_is_comparable_with_itself(sides: dict[str, dict[str, Side]]) -> None:
    """What parts a figure from itself is nothing, and chance is no question."""
    rule = rules_of(demo().catalogue)
    for own in sides["ekvik/2023"].values():
        found = compared(own, own, rule)
        assert found.difference is None or (
            found.difference.value == 0 and found.difference.text == "oförändrat"
        )


# --- Nobody else gives a difference ---


def test_only_the_engine_makes_a_difference_a_trend_or_a_mean() -> None:
    """There is no way past the conditions: the seal is used in one module, and a difference needs it."""
    users = [
        path.name
        for path in sorted((ROOT / "build_tools").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if (isinstance(node, ast.alias) and node.name in ("SEAL", "_sealed"))
        or (isinstance(node, ast.Attribute) and node.attr in ("SEAL", "_sealed"))
    ]
    assert users == ["engine.py"]
    with pytest.raises(TypeError, match="bara av compare"):
        Difference(Decimal(1), 0, "", "", None, "", "", Chance.NONE, "", seal=None)  # type: ignore[arg-type]


def test_a_difference_cannot_be_changed() -> None:
    """Nor can one be made out of another."""
    pair = demo().comparisons.pair(demo().comparisons.pairings[0])
    difference = next(row.comparison.difference for row in pair.rows() if row.comparison.difference)
    with pytest.raises((TypeError, ValueError)):
        replace(difference, value=Decimal(99))


# --- Chance ---


@given(st.integers(0, 300), st.integers(0, 300), st.sampled_from([1.0, 0.5, 2.0]))
@settings(max_examples=200, deadline=None)
def test_counts_are_tested_by_the_conditional_binomial(one: int, other: int, longer: float) -> None:
    """The same as the probabilities of SciPy summed by hand."""
    together = one + other
    weights = stats.binom.pmf(range(together + 1), together, longer / (1 + longer))
    assert chance.counts(one, other, 1, longer) == pytest.approx(mid_p(weights, other), abs=1e-6)


@given(st.integers(1, 80), st.integers(1, 80), st.data())
@settings(max_examples=200, deadline=None)
def test_shares_are_tested_by_the_hypergeometric(whole: int, other_whole: int, data: st.DataObject) -> None:
    """The same as the probabilities of SciPy summed by hand."""
    part, other = data.draw(st.integers(0, whole)), data.draw(st.integers(0, other_whole))
    low = max(0, part + other - whole)
    possible = range(low, min(part + other, other_whole) + 1)
    weights = stats.hypergeom.pmf(possible, whole + other_whole, part + other, other_whole)
    assert chance.shares(part, whole, other, other_whole) == pytest.approx(
        mid_p(weights, other - low), abs=1e-6
    )


def mid_p(weights: Any, at: int) -> float:
    """Everything rarer than what was seen, and half of what is equally rare."""
    seen = weights[at]
    rarer = sum(one for one in weights if one < seen * (1 - 1e-7))
    equal = sum(one for one in weights if seen * (1 - 1e-7) <= one <= seen * (1 + 1e-7))
    return float(rarer + equal / 2)


def test_intervals_are_those_of_the_source() -> None:
    """Newcombe's own example (1998, table II a): 56 of 70 against 48 of 80 gives 0,0524 to 0,3339."""
    low, high = chance.newcombe(48 / 80, 80, 56 / 70, 70, 1.959964)
    assert (round(low, 4), round(high, 4)) == (0.0524, 0.3339)


def test_of_many_differences_those_are_told_that_hold_together() -> None:
    """The example of Benjamini and Hochberg (1995): of fifteen p-values the four smallest hold."""
    values = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719,
              0.6528, 0.7590, 1.0]  # fmt: skip
    assert chance.holding(values, 0.05) == {0, 1, 2, 3}
    assert chance.holding([], 0.05) == frozenset()


HALVES = [(2.5, 0, "3"), (-2.5, 0, "-3"), (0.15, 1, "0.2"), (-0.04, 1, "0.0"), (17.8 - 18, 1, "-0.2")]


@pytest.mark.parametrize(("value", "decimals", "text"), HALVES)
def test_a_difference_is_rounded_half_away_from_zero(value: float, decimals: int, text: str) -> None:
    """As Swedish school arithmetic does, also where doubles write a tenth a little too small."""
    assert str(rounded(value, decimals)) == text


# --- Pairs ---


def pair_of(a: str, b: str, publication: Publication | None = None) -> Pair:
    """Two reports side by side."""
    return (publication or demo()).comparisons.pair(Pairing(a, b, Shape.FREE))


def test_the_pairs_are_linear_in_reports() -> None:
    """Each year with the one before, the first with the last, and a merged insats with each it came of."""
    pairings = demo().comparisons.pairings
    assert len(pairings) <= 3 * len(demo().reports)
    assert {one.shape for one in pairings} == {Shape.NEXT, Shape.ENDS, Shape.LINEAGE}
    assert Pairing("ekvik/2021", "ekvik/2024", Shape.ENDS) in pairings
    merged = {one.a for one in pairings if one.shape is Shape.LINEAGE}
    assert merged == {"tallbro/2022", "ljungvad/2022-h2"}
    assert [one.b for one in demo().comparisons.by_report["ekvik/2024"]] == ["ekvik/2024"] * 2


def test_every_row_has_both_values_or_a_word() -> None:
    """No place is silently blank, and what only one report has says so."""
    for row in pair_of("ekvik/2022", "ekvik/2023").rows():
        assert all(row.shown)
        if row.presence.value != "båda" and isinstance(row.a or row.b, Fact):
            assert row.presence_text


def test_rows_stand_in_the_order_of_the_template() -> None:
    """Under the headings that the prose has too."""
    numbers = [band.number for band in pair_of("ekvik/2022", "ekvik/2023").bands if band.number is not None]
    assert numbers == sorted(numbers)
    assert len(numbers) > 5


def test_a_survey_of_two_years_is_one_row() -> None:
    """Though its name has the year in it."""
    rows = {row.key: row for row in pair_of("ekvik/2022", "ekvik/2023").rows()}
    row = rows["enkat.avslut.tid.alltid.andel"]
    assert row.a
    assert row.b
    assert row.label == "”Har du fått den tid du behövt?”, ”Alltid”, andel"


def test_a_figure_told_of_different_persons_is_one_row_with_the_reason() -> None:
    """What is left on both sides of one figure stands in one row that says why it is refused.

    Two of a kind on one side are not joined: nobody knows which of them the other's would be.
    """
    rows = {row.key: row for row in pair_of("sater/2021", "avesta/2019-2020").rows()}
    (row,) = (one for key, one in rows.items() if re.fullmatch(r"genomstromningstid(@\w+)*", key))
    assert row.presence is Presence.BOTH
    assert isinstance(row.a, Fact)
    assert isinstance(row.b, Fact)
    assert row.a.cell.population != row.b.cell.population
    assert row.comparison.verdict is Comparability.NO
    assert row.comparison.refusals[0].text.startswith("Talen gäller olika personer: ")
    assert row.comparison.difference is None


def test_joined_figures_are_the_only_two_of_their_kind() -> None:
    """Every figure of both stands in one row, and two keys are joined only where no other is left."""
    ids = list(demo().reports)
    for a, b in zip(ids, [*ids[5:], *ids[:5]], strict=True):
        told = list(pair_of(a, b).rows()) if demo().reports[a].template == demo().reports[b].template else []
        for side, name in ((0, a), (1, b)):
            shown = [one.cell.id for row in told if (one := (row.a, row.b)[side])]
            assert len(shown) == len(set(shown))
            assert not told or len(shown) == len(demo().reports[name].cells)
        for row in told:
            if row.a and row.b and row.a.cell.id != row.b.cell.id and "@" in row.a.cell.id + row.b.cell.id:
                assert (row.a.cell.measure, row.a.cell.category, row.a.cell.group, row.a.cell.is_share) == (
                    row.b.cell.measure, row.b.cell.category, row.b.cell.group, row.b.cell.is_share,
                )  # fmt: skip
                assert row.comparison.difference is None


def test_different_templates_share_only_common_measures() -> None:
    """It is said plainly, and no row has one side only."""
    pair = pair_of("mitt-val/2019-2022", "sater/2021")
    assert [band.number for band in pair.bands] == [None]
    assert all(row.a is not None and row.b is not None for row in pair.rows())
    assert pair.notes[0].startswith("Rapporterna följer olika mallar.")


def through_years(team: str) -> dict[tuple[str, str], Comparison]:
    """Where the key figures of an insats of the demo cannot be compared."""
    whole = demo()
    keys = frozenset(one.id for one in whole.catalogue.measures.values() if one.key)
    years = tuple(report.id for report in whole.years()[team])
    return dict(whole.comparisons.breaks(years, keys))


@pytest.mark.parametrize("team", ["ekvik", "ljungvad", "tallbro"])
def test_a_small_line_stops_exactly_where_the_long_run_does(team: str) -> None:
    """Två år i rad som båda har ett tal delas av samma besked i den lilla linjen som på sidan alla år."""
    whole = demo()
    runs = {(run.measure, run.key): run for run in whole.comparisons.runs(team)}
    wanted, found = set(), set()
    for measure in whole.catalogue.measures.values():
        known = [runs[measure.id, key] for key in measure.whole if (measure.id, key) in runs]
        for run in known[:1] if measure.key else ():
            for before, after in pairwise(run.steps):
                if isinstance(before.figure, Fact) and isinstance(after.figure, Fact):
                    found |= {(measure.id, after.report)} & through_years(team).keys()
                    wanted |= {(measure.id, after.report)} if after.broken else set()
    assert found == wanted


def test_a_new_goal_and_an_uneven_period_stop_a_small_line() -> None:
    """Ett nytt mål bryter tiden i insatsen i Ekvik, och ett halvår bryter antalen i Ljungvad."""
    goal = through_years("ekvik")["genomstromningstid", "ekvik/2023"]
    assert "J22" in {reason.code for reason in goal.refusals}
    uneven = [
        measure
        for (measure, _report), found in through_years("ljungvad").items()
        if "J31" in {reason.code for reason in found.refusals}
    ]
    assert "flode.totalt" in uneven


def test_a_report_beside_itself_is_said_to_be_itself() -> None:
    """There is nothing to tell of it."""
    pair = pair_of("ekvik/2023", "ekvik/2023")
    assert [one.kind for one in pair.highlights] == ["lika"]
    assert "Rapporten jämförs med sig själv." in pair.notes


def test_a_corrected_year_shows_both_numbers() -> None:
    """That which was published and that which stands now."""
    row = next(
        row for row in pair_of("ekvik/2022", "ekvik/2023").rows() if row.key == "deltagare.i_arbetstraning"
    )
    assert [(one.old, one.new) for one in row.corrections] == [("21", "19")]


def test_a_figure_that_is_new_is_told_as_new_and_one_in_other_classes_is_not() -> None:
    """`nytt i år` is said of a measure that the year before did not have at all."""
    rows = {row.key: row for row in pair_of("ekvik/2022", "ekvik/2023").rows()}
    assert rows["arbetsgivare.kontakter"].presence_text == "nytt i år"
    joined = [row for row in rows.values() if row.presence_text == "redovisas på ett annat sätt"]
    assert all(row.presence.value != "båda" for row in joined)


def test_what_is_new_and_what_changed_is_told_by_time_and_not_by_side() -> None:
    """With the later year to the left the same is new and gone, and a definition has the same day."""
    straight, turned = pair_of("ekvik/2022", "ekvik/2023"), pair_of("ekvik/2023", "ekvik/2022")
    rows = {row.key: row.presence_text for row in turned.rows()}
    assert rows == {row.key: row.presence_text for row in straight.rows()}
    for kind in ("ny", "borta", "definition"):
        told = [[one.text for one in pair.highlights if one.kind == kind] for pair in (straight, turned)]
        assert [text.partition(":")[0] for text in told[0]] == [text.partition(":")[0] for text in told[1]]


def test_what_a_report_does_not_have_is_not_called_missing() -> None:
    """A mark says what the source lacks; a figure that a report was never to have is *redovisas inte*."""
    rows = [row for row in pair_of("sater/2021", "avesta/2019-2020").rows() if row.a is None]
    assert rows
    assert {row.shown[0] for row in rows} == {"redovisas inte"}


def test_computed_means_differ_by_all_their_decimals() -> None:
    """63 and 64,5 that nobody rounded differ by 1,5; a printed 63 may be anything that rounds to it."""
    rule = rules_of(demo().catalogue)
    own: dict[str, Any] = {"matt": "x", "slag": "medel", "enhet": "personer", "insats": "syd"}
    one, other = own | {"varde": 63, "decimaler": 0}, own | {"varde": 64.5, "decimaler": 1}
    figures = [row for row in pair_of("ekvik/2022", "ekvik/2023").rows() if row.comparison.difference]
    told = [
        compared(Side(figures[0].a, a), Side(figures[0].b, b), rule).difference
        for exact in ({}, {"exakt": True})
        for a, b in ((one | exact, other | exact),)
    ]
    assert [found.text for found in told if found] == ["+2\u00a0personer", "+1,5\u00a0personer"]
    assert any("exakt" in traits for traits in demo().comparisons.traits("ekvik/2023").values())


# --- Det viktigaste ---


def test_nothing_to_tell_is_said_first() -> None:
    """Where no difference holds, the reader is told so before anything else."""
    for pair in highlighted():
        kinds = [one.kind for one in pair.highlights]
        if "andring" not in kinds and "lika" not in kinds:
            assert kinds[0] == "ingen"
            assert "ingen" not in kinds[1:]


def test_one_more_or_less_of_few_is_nothing_that_matters() -> None:
    """A count of an arrangement under twenty is no line of its own, however decided it is."""
    for pair in highlighted():
        rows = {(row.b.cell.report, row.b.cell.id): row for row in pair.rows() if row.b}
        for sentence in pair.highlights:
            bound = [part for part in sentence.parts if not isinstance(part, str)]
            if sentence.kind == "andring":
                row = rows[bound[0].report, bound[0].cell]
                sides = [one for one in (row.a, row.b) if isinstance(one, Fact)]
                decided = row.comparison.difference and row.comparison.difference.chance is Chance.NONE
                few = all(one.kind is Kind.COUNT and one.value < 20 for one in sides)
                assert not (decided and few), sentence.text


def test_two_insatser_differ_and_do_not_grow() -> None:
    """Increase and decrease are words for one insats through time."""
    for pair in highlighted():
        teams = {one.partition("/")[0] for one in (pair.pairing.a, pair.pairing.b)}
        for row in pair.rows():
            said = row.comparison.difference.chance_text if row.comparison.difference else ""
            assert len(teams) == 1 or not said.startswith(("Ökningen", "Minskningen"))


def highlighted() -> Iterator[Pair]:
    """All pairs with pages of their own, and some others."""
    yield from (demo().comparisons.pair(one) for one in demo().comparisons.pairings)
    yield pair_of("sater/2021", "avesta/2019-2020")
    yield pair_of("ekvik/2022", "tallbro/2022")


def test_what_matters_most_is_seven_lines_and_never_chance() -> None:
    """Each change told is surely none, and its numbers lead back to their cells."""
    for pair in highlighted():
        assert len(pair.highlights) <= 7
        rows = {(row.b.cell.report, row.b.cell.id): row for row in pair.rows() if row.b}
        for sentence in pair.highlights:
            bound = [part for part in sentence.parts if not isinstance(part, str)]
            if sentence.kind == "andring":
                assert len(bound) == 2
                row = rows[bound[0].report, bound[0].cell]
                assert row.comparison.difference
                assert row.comparison.difference.chance in (Chance.NONE, Chance.UNLIKELY)
            assert sentence.text.endswith(".")


def test_what_may_be_chance_is_counted_in_one_closing_line() -> None:
    """It stands last, and only once."""
    pair = pair_of("strandhult/2023", "strandhult/2024")
    assert [one.kind for one in pair.highlights].index("slump") == len(pair.highlights) - 1
    assert pair.highlights[0].text == (
        "Avslutade deltagare: 49\u00a0personer (2023: 14\u00a0personer), +35\u00a0personer. "
        "Ökningen är större än vad som brukar bero på slump."
    )


def test_a_definition_that_changed_is_told() -> None:
    """With the new one, from its day."""
    said = [one.text for one in pair_of("ekvik/2022", "ekvik/2023").highlights if one.kind == "definition"]
    assert any(
        text.startswith("Unga deltagare räknas på ett nytt sätt från 1 januari 2023:") for text in said
    )


def test_amounts_in_fixed_prices_are_compared_with_none_but_their_like() -> None:
    """What a report says of its prices is said of each of its amounts, and of nothing else."""
    own = reading(demo(), "ekvik/2022")
    fixed = replace(own, report=replace(own.report, prices=Prices("fasta", 2021)))
    one, other = own.side("ekonomi.summa.utfall"), fixed.side("ekonomi.summa.utfall")
    assert (one.traits["pris"], "prisar" in one.traits) == ("lopande", False)
    assert (other.traits["pris"], other.traits["prisar"]) == ("fasta", "2021")
    assert [found.code for found in compared(one, other, own.rules).refusals] == ["J38"]
    assert "pris" not in fixed.side("flode.nya").traits


# --- Goals, years and the whole förbund ---


def test_the_common_goal_shares_stand_beside_the_own() -> None:
    """Counted anew from what is shown; with a part hidden there is none, and it says which."""
    found = demo().comparisons.goals("ekvik/2022")
    assert found.common == demo().reports["ekvik/2022"].fact("mal.harmoniserad_alla")
    assert (
        found.counted
        == "arbete, studier och annan arbetslivsinriktad rehabilitering, av alla avslut utom tidiga avhopp"
    )
    hidden = demo().comparisons.goals("sater/2021")
    assert (hidden.common, hidden.common_without_early) == (None, None)
    assert (
        hidden.refusal == "Går inte att räkna: arbete och studier visas inte för Samverkansteam Säter 2021."
    )


def test_a_goal_that_is_the_common_one_needs_no_counting() -> None:
    """Whose goal is just work or studies has told the common share with its own, also with parts hidden."""
    report = demo().reports["strandhult/2023"]
    assert frozenset(report.goal.reasons) == {"arbete", "studier"}
    assert any(isinstance(report.cells[f"avslut.{one}"], Blank) for one in report.goal.reasons)
    found = demo().comparisons.goals(report.id)
    assert found.common is not None
    assert found.common == report.fact("mal.andel_alla")


def test_säter_and_avesta_change_places_when_counted_alike() -> None:
    """Own way 75 and 65 percent; of all exits 60 and 61; work and studies but early dropouts 63 and 24."""
    found = [unprotected().comparisons.goals(one) for one in ("sater/2021", "avesta/2019-2020")]
    assert [round(one.own.value) for one in found if isinstance(one.own, Fact)] == [75, 65]
    assert [round(one.own_of_all.value) for one in found if isinstance(one.own_of_all, Fact)] == [60, 61]
    assert [f"{one.common_without_early.value:.1f}" for one in found if one.common_without_early] == [
        "62.5",
        "23.5",
    ]


def test_a_long_run_stops_where_the_definition_changes() -> None:
    """A line through the years has a gap there."""
    found = {run.key: run for run in demo().comparisons.runs("ekvik")}
    assert [step.broken for step in found["deltagare.unga"].steps] == [False, False, True, False]
    assert not any(step.broken for step in found["flode.nya"].steps)
    assert found["flode.nya"].trend is None


def years(values: list[int]) -> list[Side]:
    """A count through some years."""
    usual = {"matt": "m", "slag": "antal", "slump": "antal", "dagar": 365}
    return [
        side({**usual, "varde": value, "rapport": str(at), "rapportperiod": str(2015 + at)})
        for at, value in enumerate(values)
    ]


def test_a_trend_needs_five_years_and_more_than_chance() -> None:
    """Fewer years, or a wavering line, have no direction."""
    rule = rules_of(demo().catalogue)
    assert trend(years([10, 20, 40, 80]), rule) is None
    rising = trend(years([10, 20, 30, 40, 60, 70]), rule)
    assert rising
    assert (rising.direction, rising.years) == ("ökar", 6)
    level = trend(years([40, 44, 39, 41, 43]), rule)
    assert level
    assert level.text == "Ingen tydlig riktning från 2015 till 2019."


def test_a_mean_of_reports_is_weighed_and_refused_where_any_two_differ() -> None:
    """30 of 60 and 30 of 40 are 60 percent; shares of different persons have no mean."""
    rule = rules_of(demo().catalogue)
    base = {"matt": "m", "slag": "andel", "enhet": "procent", "slump": "andel"}
    one, other = (
        {**base, "rapport": "a", "insats": "norr", "varde": 50, "n": 60},
        {**base, "rapport": "b", "insats": "syd", "varde": 75, "n": 40},
    )
    found = mean([side(one), side(other)], rule)
    assert found
    assert (found.value, found.n, found.text) == (60, 100, f"60,0{NBSP}% (60{NBSP}av{NBSP}100)")
    assert found.bands["a"][0] < 60 < found.bands["a"][1]
    assert mean([side(one), side({**other, "population": "nya"})], rule) is None
    assert mean([side(one), side({**other, "insats": "norr"})], rule) is None


@given(st.integers(1, 99), st.integers(1, 400))
@settings(deadline=None)
def test_the_expected_band_is_the_exact_binomial(percent: int, n: int) -> None:
    """No more than one in forty lies below it and one in forty above, as reckoned by others."""
    low, high = chance.band(percent / 100, n, 0.05)
    assert (low, high) == tuple(stats.binom.ppf([0.025, 0.975], n, percent / 100))


def test_a_band_of_few_is_told_in_persons() -> None:
    """Of 57 with six in a hundred expected, seven is no surprise; of nothing expected there is no band."""
    assert chance.band(0.06, 57, 0.05) == (0, 7)
    assert (chance.band(0.0, 57, 0.05), chance.band(1.0, 57, 0.05)) == ((0, 0), (57, 57))


def test_what_is_too_small_to_compare_alone_is_a_part_of_a_mean() -> None:
    """A share of eight persons is weighed in with the others, but tells of no band of its own."""
    rule = rules_of(demo().catalogue)
    base = {"matt": "m", "slag": "andel", "enhet": "procent", "slump": "andel"}
    small = side({**base, "rapport": "a", "insats": "norr", "varde": 75, "n": 8})
    large = side({**base, "rapport": "b", "insats": "syd", "varde": 50, "n": 40})
    found = mean([large, small], rule)
    assert found
    assert (found.n, found.reports) == (48, ("b", "a"))
    assert set(found.bands) == {"b"}


def test_the_mean_of_a_year_and_that_of_the_förbund_count_the_same_reports() -> None:
    """One rule decides who is counted, so two pages never tell two means; of an insats one report is in."""
    told = 0
    for peers in demo().comparisons.peers:
        rows = {row.key: row for row in demo().comparisons.matrix(peers)}
        for row in rows.values():
            teams = [demo().reports[one].intervention for one in row.mean.reports] if row.mean else []
            assert len(teams) == len(set(teams)), (peers, row.key)
        for total in demo().comparisons.roll_up(peers).totals:
            found = rows[total.key].mean
            if (
                total.kind in ("medel", "andel")
                and len(peers.reports) > 1
                and (found or total.value is not None)
            ):
                assert found
                assert (found.value, found.reports) == (total.value, total.parts), (peers, total.key)
                told += 1
    assert told > 10


def test_a_förbund_total_is_never_more_than_its_shown_parts() -> None:
    """What is not of every report of every insats that went on says so, and why."""
    for peers in demo().comparisons.peers:
        for one in demo().comparisons.roll_up(peers).totals:
            assert one.whole == (len(one.parts) == len(peers.reports) and not peers.without)
            assert one.whole or one.reason
            assert one.value is not None or one.reason.endswith("Därför anges ingen siffra för förbundet.")


def test_an_insats_without_a_report_is_a_part_that_the_total_lacks() -> None:
    """The count is of insatser that went on during the year; a report too many of one is told in reports."""
    told = {
        (one.association, one.year, total.measure): (total.coverage, total.whole, total.reason)
        for one in demo().comparisons.peers
        for total in demo().comparisons.roll_up(one).totals
        if total.key == total.measure
    }
    avesta = "Samverkansteam Avesta pågick men har ingen publicerad rapport som slutar under 2021."
    assert told["sodra-dalarna", 2021, "flode.totalt"] == ("1 av 2 insatser", False, avesta)
    assert told["sjobygden", 2021, "flode.totalt"][:2] == ("2 av 3 insatser", False)
    assert told["sjobygden", 2022, "flode.totalt"][:2] == ("3 av 4 rapporter", False)
    assert told["sjobygden", 2024, "flode.totalt"] == ("3 av 3 rapporter", True, "")


def test_a_share_of_a_whole_förbund_is_written_as_every_share() -> None:
    """Few are told as k of n, more with both; an average of the shares of a year is written alike."""
    told = [
        (total, next(row for row in demo().comparisons.matrix(peers) if row.key == total.key))
        for peers in demo().comparisons.peers
        for total in demo().comparisons.roll_up(peers).totals
        if total.kind == "andel" and total.n is not None
    ]
    assert any(total.n < FEW for total, _ in told if total.n)
    for total, row in told:
        assert total.text.endswith(f"av{NBSP}{total.n}{')' if total.n and total.n >= FEW else ''}"), total
        assert row.mean is None or row.mean.text == total.text


def test_what_a_distribution_adds_up_to_is_no_figure_of_a_förbund() -> None:
    """Those who left are told once, and not again as the sum of all reasons to leave."""
    made = demo().comparisons
    keys = {total.key for peers in made.peers for total in made.roll_up(peers).totals}
    assert "flode.avslutade" in keys
    assert not keys & {"avslut", "overgang", "aktualiserad_av", "forsorjning", "aktualiserad_av@nya"}


def test_names_of_employers_are_told_as_words() -> None:
    """A post says who employs, never by a code."""
    for report in demo().reports:
        told = {label(line.figure, reading(demo(), report)) for line in lines(reading(demo(), report))}
        assert not any(re.search(r"arbetsformedling|forsakringskassan", one) for one in told)
        if report == "ekvik/2023":
            assert "Befattningar i teamet, arbetsförmedlare, Arbetsförmedlingen" in told


def test_a_hidden_part_leaves_the_total_without_it() -> None:
    """A sum is exactly that of the shown numbers: less the known parts it gives nothing back."""
    known = {report: {line.key: line for line in lines(reading(demo(), report))} for report in demo().reports}
    for peers in demo().comparisons.peers:
        for total in demo().comparisons.roll_up(peers).totals:
            figures = [known[report][total.key].figure for report in total.parts]
            facts = [figure for figure in figures if isinstance(figure, Fact)]
            assert len(facts) == len(figures)
            if total.kind == "summa" and total.value is not None:
                assert total.value == sum(fact.value for fact in facts)


def test_persons_of_one_insats_are_not_counted_twice() -> None:
    """Two reports of an insats end in 2022; those enrolled at the end of each are partly the same."""
    peers = next(
        one for one in demo().comparisons.peers if (one.association, one.year) == ("sjobygden", 2022)
    )
    totals = {one.label: one for one in demo().comparisons.roll_up(peers).totals}
    queue = totals["Personer i kö"]
    assert queue.parts == ("ekvik/2022", "ljungvad/2022-h2", "tallbro/2022")
    assert "Samma insats räknas med rapporten för andra halvåret 2022." in queue.reason


# --- Protection ---


def everything_said() -> Iterator[tuple[str, str]]:
    """Every text that comes of comparing the demo, with the report it is told of."""
    comparisons = demo().comparisons
    for pairing in comparisons.pairings:
        for row in comparisons.pair(pairing).rows():
            if isinstance(row.a, Blank) or isinstance(row.b, Blank):
                assert row.comparison.difference is None
                yield from ((pairing.b, reason.text) for reason in row.comparison.reasons)


def test_a_protected_figure_gives_no_number_anywhere() -> None:
    """Neither a reason nor a trait beside a word has any digit but those of names and periods."""
    for _report, text in everything_said():
        assert re.search(r"\d", re.sub(r"\b20\d\d(/20\d\d)?\b", "", text)) is None, text
    for report in demo().reports:
        for cell, traits in demo().comparisons.traits(report).items():
            if isinstance(demo().reports[report].cells[cell], Blank):
                assert not {"varde", "n", "decimaler", "forra_varde", "tackning"} & traits.keys()


def test_what_is_added_up_was_there_to_be_added_up() -> None:
    """A category of the first level is told where it is a row, or where every part of it is one."""
    told = 0
    for report in demo().reports.values():
        for one in report.tables.values():
            own, listed = one.distribution, {row.cell for row in one.rows}
            parts = [row for row in one.rows if len(row.categories) == 1]
            for figure in report.cells.values():
                cell = figure.cell
                if (
                    not (cell.id == f"{own.id}.{cell.category}" and isinstance(figure, Fact))
                    or cell.id in listed
                ):
                    continue
                below = [row.cell for row in parts if row.categories[0].startswith(f"{cell.category}.")]
                facts = [report.fact(name) for name in below]
                assert below, (report.id, cell.id)
                assert sum(fact.value for fact in facts if fact) == figure.value, (report.id, cell.id)
                told += 1
    assert told > 20


def test_what_is_hidden_has_no_value_among_the_traits() -> None:
    """The traits go to the browser whole."""
    hidden = protect.protected_cells(demo(), examined().edition)
    assert sum(map(len, hidden.values())) > 100
    for report, cells in hidden.items():
        traits = demo().comparisons.traits(report)
        assert not any("varde" in traits.get(cell, {}) for cell in cells)


def test_the_same_input_gives_the_same_answer() -> None:
    """No clock and no order of memory."""
    first, second = demo(), shown(examined())
    for pairing in first.comparisons.pairings[:2]:
        assert first.comparisons.pair(pairing) == second.comparisons.pair(pairing)
