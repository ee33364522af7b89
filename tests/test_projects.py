"""What follows from a report's figures, and what may be shown of them, from the writer's file to the page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from build_tools import derive, load
from build_tools.model import (
    Blank,
    Definition,
    Edition,
    Kind,
    Mark,
    Measure,
    Publication,
    PublishedGoal,
    PublishedReport,
    Report,
    Where,
)
from build_tools.protect import protect
from tests.casefiles import write_project

REPORT = "nord/2024"
SHARED = "deltagare.i_arbetstraning"


class Desk:
    """A project of a case in a folder of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def edition(self, written: str) -> Edition:
        """Everything that follows from what is written."""
        write_project(self.root, written)
        return derive.derive(load.load(self.root)[0])

    def report(self, written: str) -> Report:
        """The one report of the project, completed."""
        return self.edition(written).reports[REPORT]

    def publication(self, written: str) -> Publication:
        """The project as it may be shown."""
        return protect(self.edition(written), (), (), {})

    def published(self, written: str) -> PublishedReport:
        """The one report as it may be shown."""
        return self.publication(written).reports[REPORT]

    def goal(self, written: str) -> PublishedGoal:
        """The one goal of the report."""
        (goal,) = self.published(written).goals
        return goal


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty folder to write a project in."""
    return Desk(tmp_path / "projekt")


def number(report: Report | PublishedReport, cell: str) -> Decimal | None:
    """The number of a cell."""
    fact = report.fact(cell)
    return fact.value if fact else None


def protected(report: PublishedReport, *cells: str) -> bool:
    """Whether all the cells are there and protected."""
    figures = [report.cells.get(cell) for cell in cells]
    return all(isinstance(figure, Blank) and figure.mark is Mark.PROTECTED for figure in figures)


# --- counts with the number they are of -----------------------------------------------------------------


def test_a_count_of_some_gives_its_share(desk: Desk) -> None:
    """38 of 66 are 57,6 percent, also when the 66 are not all participants."""
    made = desk.report(f"uppgifter: {{{SHARED}: {{antal: 38, n: 66}}}}")
    share = made.fact(f"{SHARED}.andel")
    assert share
    assert round(share.value, 1) == Decimal("57.6")
    assert share.n == Decimal(66)


def test_a_share_that_one_number_fits_gives_the_count_by_sex_too(desk: Desk) -> None:
    """68 percent of 40 women are 27, and with the men the total and its share follow."""
    told = "kvinna: {andel: 68, n: 40}, man: {antal: 13, n: 26}"
    made = desk.report(f"uppgifter: {{{SHARED}: {{{told}}}}}")
    total, share = made.fact(SHARED), made.fact(f"{SHARED}.andel")
    assert number(made, f"{SHARED}.kvinna") == 27
    assert total
    assert total.value == 40
    assert total.n == Decimal(66)
    assert share
    assert round(share.value, 1) == Decimal("60.6")


def test_a_share_that_several_numbers_fit_stays_a_share(desk: Desk) -> None:
    """68 percent of 400 may be 270 to 273 persons: no count is made up."""
    made = desk.report(f"uppgifter: {{{SHARED}: {{andel: 68, n: 400}}}}")
    assert made.fact(SHARED) is None
    assert number(made, f"{SHARED}.andel") == 68


def test_printed_shares_of_groups_are_weighed_together(desk: Desk) -> None:
    """40 percent of 300 women and 70 percent of 100 men are 48 percent (47,5) of all."""
    told = "kvinna: {andel: 40, n: 300}, man: {andel: 70, n: 100}"
    share = desk.report(f"uppgifter: {{{SHARED}: {{{told}}}}}").fact(f"{SHARED}.andel")
    assert share
    assert (share.value, share.kind) == (Decimal(48), Kind.SHARE)
    assert share.n == Decimal(400)


def test_what_all_but_a_few_have_in_common_is_hidden(desk: Desk) -> None:
    """64 of 66 tells of the two."""
    assert protected(desk.published(f"uppgifter: {{{SHARED}: {{antal: 64, n: 66}}}}"), SHARED)


def test_a_count_from_a_small_share_is_hidden_with_it(desk: Desk) -> None:
    """5 percent of 66 are 3 persons: neither the count nor the share is shown."""
    shown = desk.published(f"uppgifter: {{{SHARED}: {{andel: 5, n: 66}}}}")
    assert protected(shown, SHARED, f"{SHARED}.andel")


# --- ladder, courses, staff, parties, money -------------------------------------------------------------


def test_the_ladder_has_its_shares_of_the_goal(desk: Desk) -> None:
    """A source without a goal of its own is compared with the only goal that is told."""
    made = desk.report(
        "omfattning:\n"
        "  - {kalla: projektet, mal: 45, inskrivna: 36}\n"
        "  - {kalla: sus, inskrivna: {kvinna: 12, man: 15}}\n"
    )
    assert number(made, "omfattning.projektet.inskrivna.andel") == 80
    assert number(made, "omfattning.sus.inskrivna.andel") == 60
    assert made.fact("omfattning.projektet.mal.andel") is None


def test_a_ladder_with_two_goals_compares_each_source_with_its_own(desk: Desk) -> None:
    """Where the goals differ, a source without one has no share."""
    made = desk.report(
        "omfattning:\n"
        "  - {kalla: projektet, mal: 45, inskrivna: 36}\n"
        "  - {kalla: ansokan, mal: 60}\n"
        "  - {kalla: sus, inskrivna: 27}\n"
    )
    assert number(made, "omfattning.projektet.inskrivna.andel") == 80
    assert made.fact("omfattning.sus.inskrivna.andel") is None


def test_places_that_are_left_are_no_persons(desk: Desk) -> None:
    """43 of 45 planned: the two that are missing are nobody, so nothing is hidden."""
    shown = desk.published("omfattning: [{kalla: projektet, mal: 45, inskrivna: 43}]")
    assert number(shown, "omfattning.projektet.inskrivna") == 43
    assert number(shown, "omfattning.projektet.mal") == 45


def test_course_hours(desk: Desk) -> None:
    """Ten meetings of two and a half hours are 25 hours, and are no sum of the two."""
    fact = desk.report("uppgifter: {kurs.traffar: 10, kurs.timmar_per_traff: 2.5}").fact("kurs.timmar")
    assert fact
    assert fact.value == 25
    assert fact.derivation
    assert fact.derivation.weights == ()


POSTS = """
flode: {ingang: 30, nya: 30, utgang: 30}
bemanning:
  befattningar:
    - {roll: coach, huvudman: kommun, antal: 2, procent: 100}
    - {roll: coach, huvudman: arbetsformedlingen, antal: 1, procent: 50, start: 2024-07-02}
    - {roll: arbetsformedlare, procent: 80, lage: vakant}
"""


def test_full_time_posts_count_their_days(desk: Desk) -> None:
    """Half a post for half the year is a quarter, and a vacant one is nothing: 2,25 posts."""
    made = desk.report(POSTS)
    assert number(made, "bemanning.procent") == 225
    assert number(made, "personal.heltider") == Decimal("2.3")
    assert number(made, "deltagare.per_heltid") == Decimal("26.7")


def test_a_post_without_its_degree_leaves_the_whole_unknown(desk: Desk) -> None:
    """Three coaches of unknown degree beside one of 30 percent are not 0,3 posts."""
    made = desk.report(
        "bemanning: {befattningar: [{roll: coach, antal: 3}, {roll: arbetsformedlare, procent: 30}]}"
    )
    assert made.fact("bemanning.procent") is None
    assert made.fact("personal.heltider") is None


def test_posts_tell_where_their_figures_are(desk: Desk) -> None:
    """Each row of the staffing keeps count, degree and period together, also where a role comes twice."""
    posts = desk.report(POSTS).posts
    assert [(post.role, post.state, post.period.start.month) for post in posts] == [
        ("coach", "", 1),
        ("coach", "", 7),
        ("arbetsformedlare", "vakant", 1),
    ]
    assert posts[1].count.partition("@")[2] == posts[1].percent.partition("@")[2] != ""
    assert posts[2].count == ""


def test_staffing_of_half_the_year_gives_no_participants_per_post(desk: Desk) -> None:
    """Participants of a year are never divided by the posts of half of it."""
    own = "  period: {start: 2024-07-01, slut: 2024-12-31, typ: halvar}\n  befattningar:"
    made = desk.report(
        POSTS.replace("  befattningar:", own).replace("start: 2024-07-02", "start: 2024-07-01")
    )
    assert number(made, "personal.heltider") == Decimal("2.5")
    assert made.fact("deltagare.per_heltid") is None


def test_active_parties_are_counted_once(desk: Desk) -> None:
    """A party in two forums is one, and one that stays away is none."""
    made = desk.report(
        "samverkan:\n"
        "  - {part: forsakringskassan, forum: styrgrupp, lage: aktiv}\n"
        "  - {part: forsakringskassan, forum: representantgrupp, lage: aktiv}\n"
        "  - {part: kommun, forum: styrgrupp, lage: franvarande}\n"
        "  - {part: region, forum: representantgrupp, lage: aktiv}\n"
    )
    assert number(made, "samverkan.aktiva_parter") == 2


MONEY = """
flode: {ingang: 10, nya: 30, utgang: 10}
avslut: {population: avslutade, celler: {arbete: 12, studier: 8, ovrigt: 10}}
ekonomi: {enhet: kr, medfinansiering: 5000, rader: {personal: {budget: 90000, utfall: 100000}}}
"""


def test_cost_per_exit_in_goal(desk: Desk) -> None:
    """100 000 kr for 20 who reached the goal are 5 000 kr each."""
    made = desk.report(MONEY)
    assert number(made, "ekonomi.kostnad_per_avslut_i_mal") == 5000
    assert number(made, "ekonomi.medfinansiering") == 5000


def test_cost_per_exit_needs_the_same_time(desk: Desk) -> None:
    """An outcome of another time is divided by nobody."""
    other = "ekonomi: {period: {start: 2023-07-01, slut: 2024-06-30, typ: brutet_ar}, enhet: kr,"
    made = desk.report(MONEY.replace("ekonomi: {enhet: kr,", other))
    assert made.fact("ekonomi.kostnad_per_avslut_i_mal") is None


def test_the_cost_of_a_few_exits_is_hidden(desk: Desk) -> None:
    """The cost of each gives the number away when it is small."""
    few = MONEY.replace("arbete: 12, studier: 8, ovrigt: 10", "arbete: 3, ovrigt: 27")
    assert protected(desk.published(few), "ekonomi.kostnad_per_avslut_i_mal")


# --- surveys --------------------------------------------------------------------------------------------

SURVEY = """
enkater:
  - id: slut
    population_n: 40
    fragor:
      - {id: a, text: Gick det bra?, skala: likert_5, n: 30, kumulativt: {fran: 4, andel: 70}}
      - {id: b, text: Mår du bättre?, skala: ja_nej, n: 28, svar: {ja: 20, nej: 8}}
"""


def test_response_rate(desk: Desk) -> None:
    """The question that most have answered tells how many answered at all: 30 of 40."""
    made = desk.report(SURVEY)
    fact = made.fact("enkat.slut.svarsfrekvens")
    assert fact
    assert (fact.value, fact.kind) == (Decimal(75), Kind.SHARE)
    assert fact.n == Decimal(40)


def test_a_share_from_a_step_may_stand_alone(desk: Desk) -> None:
    """Where only the share from a step upward was printed, it is a figure of its own, with its n."""
    fact = desk.report(SURVEY).fact("enkat.slut.a.fran_4.andel")
    assert fact
    assert (fact.value, fact.derivation) == (Decimal(70), None)
    assert fact.n == Decimal(30)


def test_a_lone_share_of_few_is_hidden_with_its_cut(desk: Desk) -> None:
    """10 percent of 30 are three persons: neither the figure nor the printed number beside the question."""
    shown = desk.published(SURVEY.replace("andel: 70", "andel: 10"))
    assert protected(shown, "enkat.slut.a.fran_4.andel")
    assert shown.surveys[0].questions[0].cumulative is None


# --- ways through ---------------------------------------------------------------------------------------

WAYS = """
avslut: {population: avslutade, celler: {arbete: 14, studier: 9, ovrigt: 17}}
overgangar:
  - population: avslutade
    celler:
      kommun.forsorjningsstod: {arbete: 6, ovriga_utfall: 10}
      fk.sjukpenning: {arbete: 8, studier: 9, ovriga_utfall: 7}
"""
BASE = "overgang@avslutade"


def test_ways_that_are_not_told_have_nobody(desk: Desk) -> None:
    """Each person goes one way, so the rows and the whole add up with what is not told as nought."""
    made = desk.report(WAYS)
    assert number(made, f"{BASE}.kommun.forsorjningsstod.studier") == 0
    assert number(made, f"{BASE}.kommun.forsorjningsstod") == 16
    assert number(made, f"{BASE}.fk.sjukpenning") == 24
    assert number(made, BASE) == 40
    assert made.distributions[1].groups == ("arbete", "studier", "ovriga_utfall")


def test_beside_a_word_nothing_is_made_up(desk: Desk) -> None:
    """Where the source lacks a way, a way that is not told may be that one: it stays untold."""
    made = desk.report(WAYS.replace("arbete: 6,", "arbete: saknas,"))
    assert f"{BASE}.kommun.forsorjningsstod.studier" not in made.cells
    assert made.fact(BASE) is None


def test_a_row_and_a_column_may_bear_one_name(desk: Desk) -> None:
    """Studies are a way to live and a way out: the column never takes the place of the row."""
    kinds = "data/kategorier.yml"
    edition = desk.edition(WAYS)
    text = (desk.root / kinds).read_text("utf-8")
    text = text.replace("    af: {", "    studier: {benamning: Studiestöd}\n    af: {", 1)
    (desk.root / kinds).write_text(text, encoding="utf-8")
    data = desk.root / "data/rapporter/nord/2024.yml"
    told = data.read_text("utf-8").replace("fk.sjukpenning: {", "studier: {")
    data.write_text(told, encoding="utf-8")
    made = derive.derive(load.load(desk.root)[0]).reports[REPORT]
    assert edition.reports
    assert number(made, f"{BASE}.studier") == 24
    assert number(made, f"{BASE}.studier.studier") == 9


def test_large_ways_are_shown(desk: Desk) -> None:
    """Nothing is hidden where every way is nobody or enough."""
    shown = desk.published(WAYS)
    assert not [key for key, figure in shown.cells.items() if isinstance(figure, Blank)]
    assert [row.cell for row in shown.tables[BASE].rows] == [f"{BASE}.{code}" for code in WAYS_ROWS]


WAYS_ROWS = ("kommun.forsorjningsstod", "fk.sjukpenning")


def test_a_small_way_is_not_given_back_by_its_row_or_its_column(desk: Desk) -> None:
    """A way of three is hidden, with another of its row, for the row is told; the exits tell its column."""
    small = WAYS.replace("arbete: 6, ovriga_utfall: 10", "arbete: 3, ovriga_utfall: 13")
    small = small.replace(
        "arbete: 8, studier: 9, ovriga_utfall: 7", "arbete: 11, studier: 9, ovriga_utfall: 4"
    )
    shown = desk.published(small)
    way = f"{BASE}.kommun.forsorjningsstod"
    assert protected(shown, f"{way}.arbete", f"{BASE}.fk.sjukpenning.ovriga_utfall")
    ways = [f"{BASE}.{row}.{end}" for row in WAYS_ROWS for end in ("arbete", "ovriga_utfall")]
    exits = ("avslut.arbete", "avslut.ovrigt")
    hidden = {key for key in (*ways, *WAYS_TOTALS, *exits) if protected(shown, key)}
    assert _unsolvable(hidden, ways)


WAYS_TOTALS = tuple(f"{BASE}.{row}" for row in WAYS_ROWS)


def _unsolvable(hidden: set[str], ways: list[str]) -> bool:
    """Whether every row and column with a hidden way has two hidden figures or more, its total counted."""
    sums = [
        (f"{BASE}.kommun.forsorjningsstod", ways[:2]),
        (f"{BASE}.fk.sjukpenning", ways[2:]),
        ("avslut.arbete", ways[0::2]),
        ("avslut.ovrigt", ways[1::2]),
    ]
    return all(len({total, *parts} & hidden) != 1 for total, parts in sums)


# --- goals ----------------------------------------------------------------------------------------------


def goal_of(figure: str, **more: str) -> str:
    """A report with one goal: seven of ten shall train."""
    told = {"matt": f"{SHARED}.andel", "troskel": "70", "riktning": "minst", **more}
    said = ", ".join(f"{key}: {value}" for key, value in told.items() if value)
    return f"uppgifter: {{{SHARED}: {figure}}}\nmal: [{{id: a, text: Sju av tio, {said}}}]\n"


@pytest.mark.parametrize(
    ("figure", "more", "verdict", "reason"),
    [
        ("{antal: 50, n: 66}", {}, "uppfyllt", "Utfallet är 76\u00a0%, och målet är minst 70\u00a0%."),
        ("{antal: 46, n: 66}", {}, "ej_uppfyllt", "Utfallet är 69,7\u00a0%, och målet är minst 70\u00a0%."),
        ("{antal: 50, n: 66}", {"riktning": "hogst"}, "ej_uppfyllt", "högst 70"),
        ("{antal: 50, n: 66}", {"troskel": ""}, "gar_inte_att_avgora", "ingen gräns"),
        ("{antal: 50, n: 66}", {"matt": ""}, "gar_inte_att_avgora", "inget mått"),
        ("{antal: 50, n: 66}", {"matt": "flode.nya"}, "gar_inte_att_avgora", "inget utfall"),
        ("{antal: 50, n: 66, ungefar: cirka}", {"troskel": "77"}, "gar_inte_att_avgora", "ungefärligt"),
        ("saknas", {"matt": SHARED}, "gar_inte_att_avgora", "inget tal"),
    ],
)
def test_the_verdict_of_a_goal(
    desk: Desk, figure: str, more: Mapping[str, str], verdict: str, reason: str
) -> None:
    """A goal is met or missed as its number says, and undecided where there is nothing to decide it by."""
    goal = desk.goal(goal_of(figure, **more))
    assert goal.verdict == verdict
    assert reason in goal.reason


def test_a_hidden_outcome_has_no_verdict(desk: Desk) -> None:
    """Neither ours nor that of the source: both would tell of the number."""
    goal = desk.goal(goal_of("{antal: 64, n: 66}", dom="uppfyllt"))
    assert (goal.verdict, goal.goal.own_verdict) == ("gar_inte_att_avgora", "")
    assert isinstance(goal.figure, Blank)


LADDER = "omfattning: [{kalla: projektet, inskrivna: %s}]\n"


@pytest.mark.parametrize(
    ("enrolled", "coverage", "verdict"),
    [("132", 50, "uppfyllt"), ("133", Decimal("49.6"), "gar_inte_att_avgora"), ("saknas", None, None)],
)
def test_coverage_decides_whether_there_is_a_verdict(
    desk: Desk, enrolled: str, coverage: Decimal | None, verdict: str | None
) -> None:
    """No verdict where the outcome tells of less than half of all, or nobody knows of how many."""
    told = goal_of("{antal: 50, n: 66}", tackning="omfattning.projektet.inskrivna")
    goal = desk.goal(LADDER % enrolled + told)
    assert (round(goal.coverage.value, 1) if goal.coverage else None) == coverage
    assert goal.verdict == (verdict or "gar_inte_att_avgora")


def test_statements_point_to_published_figures(desk: Desk) -> None:
    """A statement has the figure that may be shown, or none where it points to none."""
    shown = desk.published(
        f"uppgifter: {{{SHARED}: {{antal: 3, n: 66}}}}\n"
        f"implementering: [{{dimension: reach, text: Få nåddes, cell: {SHARED}}}, "
        "{dimension: adoption, text: Det används}]\n"
    )
    few, used = shown.implementation
    assert isinstance(few.figure, Blank)
    assert few.figure.mark is Mark.PROTECTED
    assert used.figure is None


# --- lineage, definitions -------------------------------------------------------------------------------


def teams(closing: str, opening: str) -> str:
    """Two teams that became a third: what each had at its end, and what the third began with."""
    team = "\n=== data/insatser/%s.yml\nnamn: %s\ntyp: team\nforbund: provforbundet\n"
    identity = (
        "rapport: {insats: %s, typ: arsrapport, mall: liten, status: slutlig, "
        "period: {start: %s-01-01, slut: %s-12-31, typ: kalenderar}}\n"
    )
    text = f"flode: {{nya: 20, utgang: {opening}}}"
    for name in ("vast", "ost"):
        utgang = closing if name == "vast" else "20"
        text += team % (name, name) + f"\n=== data/rapporter/{name}/2023.yml\n"
        text += identity % (name, 2023, 2023) + f"flode: {{utgang: {utgang}}}\n"
    text += team % ("sam", "sam") + "foregangare: [vast, ost]\n"
    text += "\n=== data/rapporter/sam/2024.yml\n" + identity % ("sam", 2024, 2024)
    return text + f"flode: {{ingang: {opening}}}\n"


@pytest.mark.parametrize(("opening", "hidden"), [("23", True), ("40", False)])
def test_merged_teams_do_not_give_each_other_back(desk: Desk, opening: str, hidden: bool) -> None:
    """3 + 20 = 23: the three are found by subtraction unless the 20 or the 23 go too."""
    reports = desk.publication(teams("3", opening)).reports
    assert protected(reports["vast/2023"], "flode.utgang")
    others = (reports["ost/2023"].cells["flode.utgang"], reports["sam/2024"].cells["flode.ingang"])
    assert any(isinstance(figure, Blank) for figure in others) is hidden


def test_a_definition_holds_from_its_day() -> None:
    """A report uses the version in force when its period starts; two versions are a series break."""
    where = Where("data/nyckeltal.yml")
    first, second = Definition(1, date(2018, 1, 1), "25"), Definition(2, date(2023, 1, 1), "30")
    measure = Measure("unga", "Unga", "", "personer", Kind.COUNT, where, definitions=(first, second))
    assert measure.definition_at(date(2022, 7, 1)) is first
    assert measure.definition_at(date(2023, 1, 1)) is second
    assert measure.definition_at(date(2015, 1, 1)) is first
    assert measure.changed_between(date(2022, 1, 1), date(2023, 1, 1)) is second
    assert measure.changed_between(date(2023, 1, 1), date(2024, 1, 1)) is None
    assert measure.changed_between(date(2024, 1, 1), date(2022, 1, 1)) is first
