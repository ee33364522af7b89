"""The reference report, figure by figure, and what may happen to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_tools.load import load
from build_tools.load.catalogue import read_catalogue
from build_tools.load.data_file import read_data, read_data_text
from build_tools.load.formats import FILES, REPORT
from build_tools.load.report import Home, read_report
from build_tools.load.yaml_file import MapNode
from build_tools.model import Blank, Catalogue, Fact, Kind, Mark, Report, Role, Stated

Copy = Callable[[Mapping[str, str | bytes | None]], Path]
PROJECT = Path(__file__).parents[2]
REFERENCE = (Path(__file__).parent / "referens-sater-2021.yml").read_text("utf-8")
HOME = Home("sater", "2021")
JUNK = (
    "",
    "~",
    "x",
    "-1",
    "0",
    "16,5",
    "1e9",
    "[]",
    "{}",
    "[1, 2]",
    "{a: 1}",
    "saknas",
    "2021-02-30",
    "&a 1",
)
JUNK += ("*a", "{antal: 1}", "{andel: 0, n: 0}", "{fran: 3, till: 1}", "9999999999999999")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """The demo's own definitions, which the reference report is written for."""
    return definitions()


@pytest.fixture(scope="module")
def sater(catalogue: Catalogue) -> Report:
    """The reference report."""
    return read(REFERENCE, catalogue)


def read(text: str, catalogue: Catalogue) -> Report:
    """A report that must be free from faults."""
    tree, found = read_data_text(text, "data/rapporter/sater/2021.yml", REPORT)
    assert isinstance(tree, MapNode)
    report, faults = read_report(tree, HOME, catalogue)
    assert [finding.message for finding in (*found, *faults)] == []
    assert report is not None
    return report


def stated(report: Report, role: Role) -> dict[str, Stated]:
    """What is stated in a role, by cell."""
    return {one.fact.cell.id: one for one in report.stated if one.role is role}


def test_every_figure_has_its_place(sater: Report) -> None:
    """Cell ids are those that pages, policies and acceptances name."""
    values = {key: cell.value for key, cell in sater.cells.items() if isinstance(cell, Fact)}
    expected = {
        "flode.nya.kvinna": 7,
        "avslut.arbete.lonebidrag": 1,
        "avslut.flytt": 2,
        "aktualiserad_av.kommun.socialtjanst": 15,
        "forsorjning.fk.sjukpenning": 18,
        "genomstromningstid": 18,
        "genomstromningstid.arbete": 21,
        "alder@till_arbete": 34,
        "deltagare.i_arbetstraning": 13,
        "ekonomi.personal.utfall": 1338157,
        "ekonomi.askat": 1827000,
        "bemanning.avtalad_niva": 230,
        "bemanning.poster.arbetsformedlare": 1,
        "moten.hallna.representantgrupp": 3,
    }
    assert {key: values.get(key) for key in expected} == expected


def test_totals_that_can_be_computed_are_controls(sater: Report) -> None:
    """`alla` beside both sexes is compared and never counted with; beside means it needs every n."""
    controls = stated(sater, Role.CONTROL)
    assert controls["flode.nya"].fact.value == 13
    assert controls["avslut"].fact.value == 10
    assert controls["alder"].fact.value == 39
    assert controls["ekonomi.summa.avvikelse"].fact.value == -118712
    assert controls["flode.totalt.man"].fact.value == 22
    assert "genomstromningstid" not in controls
    assert not controls.keys() & sater.cells.keys()


def test_what_stands_where(sater: Report) -> None:
    """Every figure knows the line where it is written."""
    lines = REFERENCE.splitlines()
    for key, cell in sater.cells.items():
        if isinstance(cell, Fact):
            line = lines[cell.where.line - 1]
            assert re.search(rf"{cell.value}\b", line[cell.where.column - 1 :]), key


def test_words_stand_for_what_is_withheld(sater: Report) -> None:
    """Youngest and oldest are words, and never anything else."""
    youngest = sater.cells["alder.min"]
    assert isinstance(youngest, Blank)
    assert youngest.mark is Mark.WITHHELD


def test_restated_figures(sater: Report) -> None:
    """A figure told elsewhere keeps its cell, its kind, its unit and its place in the report."""
    elsewhere = stated(sater, Role.ELSEWHERE)
    assert (elsewhere["flode.nya"].fact.value, elsewhere["flode.nya"].section) == (11, 2)
    assert elsewhere["flode.nya.man"].fact.kind is Kind.SHARE
    money = elsewhere["ekonomi.summa.avvikelse"].fact
    assert (money.value, money.interval.low, money.interval.high) == (-118000, -129800, -118000)
    assert elsewhere["mal.andel"].part == "beskrivning"


def test_last_years_values(sater: Report) -> None:
    """They are no values of this year."""
    assert {key: one.fact.value for key, one in stated(sater, Role.PREVIOUS).items()} == {
        "alder": 37,
        "alder.kvinna": 32,
        "alder.man": 41,
    }


def test_distributions(sater: Report) -> None:
    """Each tells its population, coding and categories, in the order of the source."""
    found = {one.id: one for one in sater.distributions}
    assert list(found) == ["avslut", "aktualiserad_av", "forsorjning"]
    income = found["forsorjning"]
    assert (income.population, income.coding, income.point) == ("alla_under_perioden", "enval", Mark.MISSING)
    assert income.categories[:2] == ("fk.sjukpenning", "fk.sjukpenning_sarskilda_fall")


def test_periods_of_their_own(sater: Report) -> None:
    """Staff and meetings are told for half a year only."""
    assert sater.section_periods["bemanning"].kind == "halvar"
    meetings = sater.fact("moten.hallna.representantgrupp")
    assert meetings is not None
    assert meetings.period is not None
    assert meetings.period.kind == "halvar"
    assert sater.cells["flode.nya.man"].where.file.endswith("2021.yml")


def test_goal_and_parties(sater: Report) -> None:
    """What counts as the goal, and who takes their place in the steering group."""
    assert sater.goal.reasons == ("arbete", "studier", "annan_arbetsrehab")
    assert sater.goal.early_dropout_days is Mark.MISSING
    assert [(party.organisation, party.status) for party in sater.parties] == [
        ("forsakringskassan", "franvarande"),
        ("arbetsformedlingen", "aktiv"),
    ]


HEAD = REFERENCE.split("definitioner:")[0]


def section(text: str, catalogue: Catalogue) -> Report:
    """A report with one section."""
    return read(HEAD + text, catalogue)


def test_a_total_beside_a_word_is_the_value(catalogue: Catalogue) -> None:
    """Where one sex has a word the total cannot be computed, so the source's is the value."""
    report = section("flode: {nya: {kvinna: 7, man: saknas, alla: 13}}", catalogue)
    assert report.fact("flode.nya") is not None
    assert report.stated == ()


def test_level_one_beside_its_parts(catalogue: Catalogue) -> None:
    """It is a control, unless a part has a word or a person may stand in several."""
    row = "fordelningar: [{{matt: forsorjning, kodning: {}, celler: {{fk: 19, fk.sjukpenning: {}}}}}]"
    once = section(row.format("enval", 18), catalogue)
    assert stated(once, Role.CONTROL)["forsorjning.fk"].fact.value == 19
    assert once.distributions[0].categories == ("fk.sjukpenning",)
    for coding, part in (("enval", "saknas"), ("flerval", 18)):
        assert section(row.format(coding, part), catalogue).fact("forsorjning.fk") is not None


def test_population_and_point_name_the_cell(catalogue: Catalogue) -> None:
    """They are told where they are not the measure's own, so that two distributions stand apart."""
    report = section(
        "fordelningar: [{matt: forsorjning, population: nya, matpunkt: inskrivning, kodning: enval,"
        " n: 23, celler: {fk: 8, kommun: {kvinna: 9, man: 5}}}]",
        catalogue,
    )
    (found,) = report.distributions
    assert found.id == "forsorjning@nya@inskrivning"
    assert (found.n, found.groups) == (Decimal(23), ("kvinna", "man"))
    assert report.fact("forsorjning@nya@inskrivning.kommun.kvinna") is not None


def test_before_and_after(catalogue: Catalogue) -> None:
    """Both are distributions of the same question; shares and changes are controls where they follow."""
    report = section(
        "fore_efter: [{matt: forsorjning, population: avslutade, n: 20, kodning: flerval, celler: {"
        "af: {fore: 5, efter: 2, andel_efter: 10, forandring_procent: -60},"
        "studier: {fore: 0, efter: olasligt, andel_efter: 10}}}]",
        catalogue,
    )
    base = "forsorjning@avslutade"
    assert [one.id for one in report.distributions] == [f"{base}@fore", f"{base}@efter"]
    assert stated(report, Role.CONTROL).keys() == {f"{base}@efter.af.andel", f"{base}@forandring.af"}
    assert isinstance(report.cells[f"{base}@efter.studier"], Blank)
    assert report.fact(f"{base}@efter.studier.andel") is not None


def test_surveys_and_ratings(catalogue: Catalogue) -> None:
    """Questions keep scale and n; ratings are questions too, so that the same checks can ask about both."""
    report = section(
        "enkater: [{id: avslut, population_n: 66, fragor: ["
        "{id: f5, text: Hjälpte det?, skala: grad_6, n: 49, andelar: {delvis: 20}, olagda: [14, 6],"
        " kumulativt: {fran: delvis, andel: 72}}]}]\n"
        "skattningar: [{instrument: livshjul, skala: skattning_1_10, n: 4, omraden: {"
        "somn: {summa_fore: 13, medel_fore: 3.25, okat: 3}}}]",
        catalogue,
    )
    survey, rating = report.surveys
    (question,) = survey.questions
    assert (question.id, question.shares, question.cumulative) == ("enkat.avslut.f5", True, ("delvis", 72))
    assert question.unplaced == (14, 6)
    share = report.fact("enkat.avslut.f5.delvis")
    assert share is not None
    assert (share.kind, share.n, share.cell.measure) == (Kind.SHARE, 49, "enkat")
    assert rating.questions[0].id == "skattning.livshjul.somn"
    assert stated(report, Role.CONTROL).keys() == {"skattning.livshjul.somn.medel_fore"}


def test_series_ladders_and_goals(catalogue: Catalogue) -> None:
    """A point of a series bears its period; a ladder its source; a goal its threshold."""
    report = section(
        "varaktighet: [{matt: genomstromningstid, serie: ["
        "{start: 2019-01-01, slut: 2019-12-31, medel: 17.8}]}]\n"
        "omfattning: [{kalla: sus, datadatum: 2022-06-01, inskrivna: 37, anonyma: {kvinna: 8, man: 3}}]\n"
        "mal: [{id: antal, text: 45 deltagare, matt: flode.nya, troskel: 45, riktning: minst}]",
        catalogue,
    )
    point = report.fact("genomstromningstid.serie.2019-01-01_2019-12-31")
    assert point is not None
    assert point.cell.point == "serie"
    assert report.fact("omfattning.sus.anonyma.kvinna") is not None
    assert report.goals[0].threshold == 45


def test_money_in_thousands_with_a_forecast(catalogue: Catalogue) -> None:
    """Thousands become crowns, an outcome has its own end, and a stated forecast deviation is a value."""
    report = section(
        "ekonomi: {enhet: tkr, utfall_tom: 2021-06-30, rader: {"
        "personal: {budget: 2220, utfall: 997.1, prognos_avvikelse: 250, kommentar: En vakans.}},"
        " summa: {prognos_avvikelse: 250}}",
        catalogue,
    )
    outcome = report.fact("ekonomi.personal.utfall")
    assert outcome is not None
    assert (outcome.value, outcome.note) == (Decimal(997100), "En vakans.")
    assert outcome.period is not None
    assert outcome.period.end.month == 6
    assert report.fact("ekonomi.personal.prognos_avvikelse") is not None
    assert "ekonomi.summa.prognos_avvikelse" in stated(report, Role.CONTROL)


def test_a_broken_value_loses_only_itself(catalogue: Catalogue) -> None:
    """The rest of the report is there for the preview and for the checks."""
    text = REFERENCE.replace("kvinna: 7", "kvinna: sju").replace("studier: 1", "studier: [1]")
    tree, found = read_data_text(text, "data/rapporter/sater/2021.yml", REPORT)
    assert isinstance(tree, MapNode)
    report, faults = read_report(tree, HOME, catalogue)
    assert [finding.code for finding in (*found, *faults)] == ["F13", "F10"]
    whole = read(REFERENCE, catalogue)
    assert report is not None
    assert whole.cells.keys() - report.cells.keys() == {"flode.nya.kvinna", "avslut.studier"}


def test_the_year_before(copy: Copy) -> None:
    """The report before is the one that ends nearest before this begins; else one that began earlier."""
    head = "rapport: {insats: sater, typ: arsrapport, mall: samverkansteam, status: utkast, period: "
    reports = {
        "2018": "{start: 2018-01-01, slut: 2018-12-31, typ: kalenderar}",
        "2019-2020": "{start: 2019-07-01, slut: 2020-06-30, typ: brutet_ar}",
        "2020-h2": "{start: 2020-07-01, slut: 2020-12-31, typ: halvar}",
        "2020-2022": "{start: 2020-09-01, slut: 2022-08-31, typ: projekttid}",
    }
    files = {f"data/rapporter/sater/{stem}.yml": f"{head}{period}}}" for stem, period in reports.items()}
    edition, _ = load(copy(files))
    assert edition.previous == {
        "sater/2019-2020": "sater/2018",
        "sater/2020-h2": "sater/2019-2020",
        "sater/2020-2022": "sater/2019-2020",
        "sater/2021": "sater/2020-h2",
    }
    assert [report.id.partition("/")[2] for report in edition.reports.values()] == [*reports, "2021"]


def test_same_project_same_edition(copy: Copy) -> None:
    """Reading twice gives the same edition and the same findings, in the same order."""
    root = copy({"data/rapporter/sater/2021.yml": REFERENCE})
    assert repr(load(root)) == repr(load(root))


def test_findings_of_a_report_tell_which(copy: Copy) -> None:
    """What is wrong with a report's figures is told under its id."""
    found = load(copy({"data/rapporter/sater/2021.yml": "flode: {nya: tretton}\nuppgifter: {koo: 1}\n"}))[1]
    assert [finding.about for finding in found] == ["sater/2021", "sater/2021"]


@settings(derandomize=True, database=None, deadline=None, max_examples=150)
@given(st.data())
def test_whatever_is_done_to_it(data: st.DataObject) -> None:
    """Values swapped for anything, lines doubled and lost: there are facts and findings, never a fall."""
    lines = REFERENCE.splitlines()
    for _ in range(data.draw(st.integers(1, 4))):
        index = data.draw(st.integers(0, len(lines) - 1))
        change = data.draw(st.sampled_from(["value", "value", "value", "lose", "double", "swap"]))
        if change == "value":
            spots = list(re.finditer(r"(?<=: )[^,{}\[\]]+|(?<=: ){[^{}]*}", lines[index]))
            if spots:
                spot = data.draw(st.sampled_from(spots))
                put = data.draw(st.sampled_from(JUNK))
                lines[index] = lines[index][: spot.start()] + put + lines[index][spot.end() :]
        elif change == "lose":
            del lines[index]
        else:
            other = data.draw(st.integers(0, len(lines) - 1))
            lines.insert(index, lines[index if change == "double" else other])
    judge("\n".join(lines))


def judge(text: str) -> None:
    """Read a text as a report; the reading itself is the test."""
    tree, found = read_data_text(text, "data/rapporter/sater/2021.yml", REPORT)
    if isinstance(tree, MapNode):
        report, faults = read_report(tree, HOME, definitions())
        assert report is not None or found or faults
    else:
        assert found


@cache
def definitions() -> Catalogue:
    """The demo's own definitions, which the reference report is written for."""
    names = ("nyckeltal", "kategorier", "skalor", "mallar")
    trees = {name: read_data(PROJECT, f"data/{name}.yml", FILES[name])[0] for name in names}
    return read_catalogue(trees)[0]
