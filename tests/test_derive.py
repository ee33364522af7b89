"""What follows from stated figures, as plain arithmetic and as facts with their way back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from build_tools import derive
from build_tools.derive import arithmetic
from build_tools.model import (
    Blank,
    Catalogue,
    Category,
    Cell,
    Distribution,
    Edition,
    Enumeration,
    Fact,
    GoalDefinition,
    Hedge,
    Interval,
    Kind,
    Mark,
    Measure,
    Period,
    Question,
    Report,
    Scale,
    Survey,
    Where,
)

HERE = Where("data/rapporter/nord/2024.yml", 7)
YEAR = Period(date(2024, 1, 1), date(2024, 12, 31), "kalenderar")
SEX = Enumeration("kon", "Kön", {c: Category(c, c) for c in ("kvinna", "man", "annat_eller_okant")})
PLACE = Enumeration("delprojekt", "Delprojekt", {c: Category(c, c) for c in ("nord", "syd")})
REASONS = Enumeration(
    "avslutsorsak",
    "Avslutsorsak",
    {
        code: Category(code, code, parent=code.partition(".")[0] if "." in code else "")
        for code in ("arbete", "arbete.tillsvidare", "arbete.visstid", "studier", "ovrigt", "tidigt_avhopp")
    },
)
SCALE = Scale("grad", "Grad", 1, {"inte": "Inte", "delvis": "Delvis", "helt": "Helt"})
COUNTED = (
    "flode.ingang",
    "flode.nya",
    "flode.utgang",
    "flode.totalt",
    "flode.avslutade",
    "avslut",
    "mal.antal",
)
SHARES = ("mal.andel", "mal.andel_alla", "mal.harmoniserad_alla", "mal.harmoniserad_utan_avhopp")
MONEY = ("budget", "utfall", "prognos_utfall", "avvikelse", "prognos_avvikelse", "askat", "tilldelat")


def measure(measure_id: str, kind: Kind, groups: tuple[str, ...] = (), decimals: int = 0) -> Measure:
    """A row of the catalogue."""
    enumeration = "avslutsorsak" if measure_id == "avslut" else ""
    return Measure(
        measure_id, measure_id, "", "personer", kind, HERE, decimals, groups=groups, enumeration=enumeration
    )


CATALOGUE = Catalogue(
    {
        row.id: row
        for row in (
            *(measure(name, Kind.COUNT, ("kon", "delprojekt")) for name in COUNTED),
            *(measure(name, Kind.SHARE, ("kon",)) for name in (*SHARES, "avslut.andel_tidiga_avhopp")),
            *(measure(f"ekonomi.{name}", Kind.AMOUNT) for name in MONEY),
            measure("ekonomi.forbrukning", Kind.SHARE, (), 1),
            measure("ekonomi.askat_minus_tilldelat", Kind.AMOUNT),
            measure("ekonomi.kostnad_per_deltagare", Kind.AMOUNT),
            measure("bemanning.poster", Kind.COUNT),
            measure("bemanning.procent", Kind.SHARE),
            measure("inskrivna.genomsnitt", Kind.MEAN, (), 1),
            measure("alder", Kind.MEAN, ("kon",), 1),
        )
    },
    {found.id: found for found in (SEX, PLACE, REASONS)},
    {SCALE.id: SCALE},
    {},
)


def around(value: Decimal, half: str) -> Interval:
    """A number with its slack."""
    return Interval(value - Decimal(half), value + Decimal(half))


def cell(cell_id: str) -> Cell:
    """An address, its parts found in its id."""
    parts = cell_id.split("@")[0].split(".")
    group = parts[-1] if parts[-1] in {*SEX.categories, *PLACE.categories} else ""
    if cell_id.startswith("ekonomi.") and len(parts) == 3:
        return Cell("nord/2024", cell_id, f"ekonomi.{parts[2]}", parts[1])
    known = next((name for name in CATALOGUE.measures if f"{cell_id}.".startswith(f"{name}.")), parts[0])
    category = ".".join(parts[known.count(".") + 1 : len(parts) - bool(group)])
    return Cell("nord/2024", cell_id, known, category, group)


def fact(
    cell_id: str, value: str | int, kind: Kind = Kind.COUNT, n: int | Mark | None = None, **more: object
) -> Fact:
    """A stated figure; counts and money are exact, the rest has half its last digit."""
    number = Decimal(value)
    decimals = max(0, -int(number.as_tuple().exponent)) if number.is_finite() else 0
    exact = kind in (Kind.COUNT, Kind.AMOUNT)
    half = "0" if exact else str(Decimal("0.5").scaleb(-decimals))
    size = Decimal(n) if isinstance(n, int) else n
    found = Fact(cell(cell_id), number, around(number, half), kind, HERE, decimals, size)
    return replace(found, **more)  # type: ignore[arg-type]


def report(*figures: Fact | Blank, **more: object) -> Report:
    """A report of figures."""
    found = Report("nord/2024", "nord", "arsrapport", "", YEAR, "slutlig", HERE)
    return replace(found, cells={figure.cell.id: figure for figure in figures}, **more)  # type: ignore[arg-type]


def completed(*figures: Fact | Blank, **more: object) -> Report:
    """A report with all that follows from its figures."""
    edition = Edition(CATALOGUE, reports={"nord/2024": report(*figures, **more)})
    return derive.derive(edition).reports["nord/2024"]


def counts(numbers: Mapping[str, int]) -> Iterable[Fact]:
    """Counts by cell id."""
    return (fact(key, value) for key, value in numbers.items())


def exits(*categories: str) -> Distribution:
    """The distribution of exits."""
    return Distribution("avslut", "avslut", "avslutade", "enval", categories, HERE)


# --- arithmetic -----------------------------------------------------------------------------------------


def test_share_of_nobody() -> None:
    """A share of nobody has no meaning."""
    assert arithmetic.percent(Decimal(0), Decimal(0)) is None


def test_share_in_percent() -> None:
    """27 of 76 are 35,53 percent, which is printed 36."""
    assert round(arithmetic.percent(Decimal(27), Decimal(76)) or Decimal(0), 2) == Decimal("35.53")


def test_share_of_fewer_than_none() -> None:
    """No whole is negative."""
    assert arithmetic.quotient(Decimal(1), Decimal(-2)) is None


def test_interval_of_a_quotient_holds_both_ends() -> None:
    """The smallest part by the largest whole, and the other way round."""
    made = arithmetic.quotient_interval(Interval(Decimal(1), Decimal(2)), Interval(Decimal(4), Decimal(5)))
    assert made == Interval(Decimal("0.2"), Decimal("0.5"))


def test_difference_of_intervals_widens() -> None:
    """What is subtracted takes its largest from the smallest."""
    one, two = Interval(Decimal(9), Decimal(11)), Interval(Decimal(1), Decimal(2))
    assert arithmetic.weighted_sum_interval([one, two], [1, -1]) == Interval(Decimal(7), Decimal(10))


def test_weighted_mean() -> None:
    """17 women of 36 years and 22 men of 41 are 38,8 years in all."""
    made = arithmetic.weighted_mean([Decimal(36), Decimal(41)], [Decimal(17), Decimal(22)])
    assert round(made or Decimal(0), 1) == Decimal("38.8")


def test_weighted_mean_of_nobody() -> None:
    """The mean of nobody has no meaning, nor has that of fewer than none."""
    assert arithmetic.weighted_mean([Decimal(36)], [Decimal(0)]) is None
    assert arithmetic.weighted_mean([Decimal(36), Decimal(41)], [Decimal(-1), Decimal(3)]) is None


def test_weighted_mean_of_intervals() -> None:
    """The mean lies between that of all low ends and that of all high ends."""
    made = arithmetic.weighted_mean_interval(
        [around(Decimal(20), "0.5"), around(Decimal(10), "0.5")], [Decimal(1), Decimal(1)]
    )
    assert made == Interval(Decimal("14.5"), Decimal("15.5"))


# --- groups and flow -----------------------------------------------------------------------------------


def test_total_is_women_and_men() -> None:
    """The total of the sexes is derived and says how."""
    made = completed(*counts({"flode.nya.kvinna": 7, "flode.nya.man": 6})).fact("flode.nya")
    assert made
    assert made.value == 13
    assert made.derivation
    assert made.derivation.rule == "grupper"
    assert made.derivation.inputs == ("flode.nya.kvinna", "flode.nya.man")
    assert made.derivation.weights == (1, 1)
    assert made.where == HERE
    assert made.cell.group == ""
    assert made.cell.measure == "flode.nya"


def test_those_of_another_sex_are_counted_in() -> None:
    """Annat eller okänt belongs to the total where it is told."""
    told = {"flode.nya.kvinna": 7, "flode.nya.man": 6, "flode.nya.annat_eller_okant": 1}
    made = completed(*counts(told)).fact("flode.nya")
    assert made
    assert made.value == 14


def test_one_sex_alone_is_no_total() -> None:
    """A total is not known from women alone."""
    assert completed(fact("flode.nya.kvinna", 7)).fact("flode.nya") is None


def test_a_word_among_the_sexes_leaves_the_total_unknown() -> None:
    """A missing number is never counted as nought."""
    unknown = Blank(cell("flode.nya.man"), Mark.MISSING, HERE)
    assert completed(fact("flode.nya.kvinna", 7), unknown).fact("flode.nya") is None


def test_what_is_stated_stands() -> None:
    """A derived fact never overwrites a stated one, nor a word."""
    told = completed(fact("flode.nya", 12), *counts({"flode.nya.kvinna": 7, "flode.nya.man": 6}))
    assert told.fact("flode.nya") == fact("flode.nya", 12)
    word = Blank(cell("flode.nya"), Mark.UNREADABLE, HERE)
    assert completed(word, *counts({"flode.nya.kvinna": 7, "flode.nya.man": 6})).cells["flode.nya"] is word


def test_figures_split_in_two_ways_give_totals_both_ways() -> None:
    """Women in the north and so on add up by sex, by part, and to all."""
    told = [
        replace(
            fact("flode.nya", number),
            cell=replace(cell("flode.nya"), id=f"flode.nya.{part}.{sex}", group=f"{part}.{sex}"),
        )
        for part, sex, number in (
            ("nord", "kvinna", 1),
            ("nord", "man", 2),
            ("syd", "kvinna", 3),
            ("syd", "man", 4),
        )
    ]
    made = completed(*told)
    found = {key: made.fact(key) for key in ("flode.nya.nord", "flode.nya.kvinna", "flode.nya")}
    assert {key: figure and figure.value for key, figure in found.items()} == {
        "flode.nya.nord": 3,
        "flode.nya.kvinna": 4,
        "flode.nya": 10,
    }


FLOW = {
    "flode.ingang.kvinna": 10,
    "flode.ingang.man": 16,
    "flode.nya.kvinna": 7,
    "flode.nya.man": 6,
    "flode.utgang.kvinna": 12,
    "flode.utgang.man": 17,
}


@pytest.mark.parametrize(
    ("cell_id", "value"),
    [
        ("flode.totalt", 39),
        ("flode.totalt.kvinna", 17),
        ("flode.avslutade", 10),
        ("flode.avslutade.man", 5),
        ("inskrivna.genomsnitt", "27.5"),
    ],
)
def test_flow(cell_id: str, value: int | str) -> None:
    """All during the period, those who left and the average follow from opening, new and closing."""
    made = completed(*counts(FLOW)).fact(cell_id)
    assert made
    assert made.value == Decimal(value)


def test_exits_follow_with_signs() -> None:
    """Exits are opening plus new minus closing; the signs stand in the derivation."""
    made = completed(*counts(FLOW)).fact("flode.avslutade")
    assert made
    assert made.derivation
    assert made.derivation.weights == (1, 1, -1)


def test_average_is_a_mean_with_everybody_behind_it() -> None:
    """The average is no sum, and all who were there stand behind it."""
    made = completed(*counts(FLOW)).fact("inskrivna.genomsnitt")
    assert made
    assert made.kind is Kind.MEAN
    assert made.n == 39
    assert made.derivation
    assert made.derivation.weights == ()
    assert made.decimals == 1


def test_rough_numbers_make_rough_totals() -> None:
    """A total with cirka in it is itself cirka, as wide as its parts."""
    rough = fact("flode.nya.kvinna", 40, hedge=Hedge.ABOUT, interval=Interval(Decimal(38), Decimal(42)))
    made = completed(rough, fact("flode.nya.man", 6)).fact("flode.nya")
    assert made
    assert made.hedge is Hedge.ABOUT
    assert made.interval == Interval(Decimal(44), Decimal(48))


def test_ranges_make_ranges() -> None:
    """10–15 and 6 are 16–21."""
    told = fact("flode.nya.kvinna", 10, upper=Decimal(15), interval=Interval(Decimal(10), Decimal(15)))
    made = completed(told, fact("flode.nya.man", 6)).fact("flode.nya")
    assert made
    assert (made.value, made.upper) == (16, 21)


# --- distributions, goals and shares --------------------------------------------------------------------

EXITS = {
    "avslut.arbete.tillsvidare": 3,
    "avslut.arbete.visstid": 1,
    "avslut.studier": 2,
    "avslut.ovrigt": 2,
    "avslut.tidigt_avhopp": 2,
}
ALL_EXITS = exits("arbete.tillsvidare", "arbete.visstid", "studier", "ovrigt", "tidigt_avhopp")


def left(base: str = "utan_tidiga_avhopp", **more: object) -> Report:
    """A report with its exits."""
    goal = GoalDefinition(("arbete", "studier"), base)
    return completed(*counts(EXITS), distributions=(ALL_EXITS,), goal=goal, **more)


@pytest.mark.parametrize(
    ("cell_id", "value", "n"),
    [
        ("avslut.arbete", 4, None),
        ("avslut", 10, None),
        ("mal.antal", 6, None),
        ("mal.andel", 75, 8),
        ("mal.andel_alla", 60, 10),
        ("mal.harmoniserad_alla", 60, 10),
        ("mal.harmoniserad_utan_avhopp", 75, 8),
        ("avslut.andel_tidiga_avhopp", 20, 10),
        ("avslut.arbete.andel", 40, 10),
        ("avslut.arbete.visstid.andel", 10, 10),
    ],
)
def test_exits_and_goals(cell_id: str, value: int, n: int | None) -> None:
    """Levels add up, goals follow the team's definition and the common one, shares carry their base."""
    made = left().fact(cell_id)
    assert made
    assert (made.value, made.n) == (value, n)


def test_the_base_of_the_goal_is_the_teams_choice() -> None:
    """A team that counts all exits gets the share of all."""
    made = left("alla_avslut").fact("mal.andel")
    assert made
    assert (made.value, made.n) == (60, 10)


def test_a_goal_share_tells_what_it_came_from() -> None:
    """The inputs of the own share are those in goal, all exits and the early ones."""
    made = left().fact("mal.andel")
    assert made
    assert made.derivation
    assert made.derivation.inputs == ("mal.antal", "avslut", "avslut.tidigt_avhopp")


def test_nobody_reached_the_goal() -> None:
    """Where no goal reason is told, nobody reached it; that is a number and no gap."""
    made = completed(
        fact("avslut.ovrigt", 9),
        distributions=(exits("ovrigt"),),
        goal=GoalDefinition(("arbete",), "alla_avslut"),
    )
    found, share = made.fact("mal.antal"), made.fact("mal.andel")
    assert found
    assert found.value == 0
    assert share
    assert share.value == 0


def test_a_word_among_the_categories_leaves_the_sum_unknown() -> None:
    """A distribution with an unreadable category has no sum."""
    told = Blank(cell("avslut.ovrigt"), Mark.UNREADABLE, HERE)
    made = completed(fact("avslut.studier", 2), told, distributions=(exits("studier", "ovrigt"),))
    assert made.fact("avslut") is None


def test_several_answers_a_person_are_never_added() -> None:
    """Where a person may stand in two categories nothing is summed; shares are of the persons."""
    many = Distribution(
        "avslut", "avslut", "avslutade", "flerval", ("studier", "ovrigt"), HERE, n=Decimal(20)
    )
    made = completed(*counts({"avslut.studier": 12, "avslut.ovrigt": 9}), distributions=(many,))
    share = made.fact("avslut.studier.andel")
    assert made.fact("avslut") is None
    assert share
    assert share.value == 60


def test_share_of_a_group_is_of_its_total() -> None:
    """Six men of thirteen."""
    made = completed(*counts(FLOW)).fact("flode.nya.man.andel")
    assert made
    assert made.kind is Kind.SHARE
    assert made.n == 13
    assert round(made.value, 2) == Decimal("46.15")
    assert made.derivation
    assert made.derivation.inputs == ("flode.nya.man", "flode.nya")


def test_share_is_shown_as_its_base_deserves() -> None:
    """Whole percent below a hundred, one decimal from there."""
    few = completed(*counts({"flode.nya.kvinna": 40, "flode.nya.man": 59})).fact("flode.nya.man.andel")
    many = completed(*counts({"flode.nya.kvinna": 40, "flode.nya.man": 60})).fact("flode.nya.man.andel")
    assert few
    assert few.decimals == 0
    assert many
    assert many.decimals == 1


# --- means ----------------------------------------------------------------------------------------------


def test_mean_of_all_is_weighted_and_as_precise_as_its_least_precise() -> None:
    """36 and 41,5 years give whole years, with an interval from both."""
    made = completed(fact("alder.kvinna", 36, Kind.MEAN, 17), fact("alder.man", "41.5", Kind.MEAN, 22)).fact(
        "alder"
    )
    assert made
    assert (made.value, made.decimals, made.n) == (39, 0, 39)
    assert made.interval.low < Decimal("39.102564") < made.interval.high


def test_mean_of_groups_of_unknown_size_is_not_made() -> None:
    """Without n there is no weight."""
    told = completed(fact("alder.kvinna", 36, Kind.MEAN, Mark.MISSING), fact("alder.man", 41, Kind.MEAN, 22))
    assert told.fact("alder") is None


def test_sum_by_number_is_a_mean() -> None:
    """A sum with its n gives the mean of its own cell."""
    told = fact("alder", 334, Kind.SUM, 9)
    made = completed(replace(told, cell=replace(told.cell, id="alder.summa"))).fact("alder")
    assert made
    assert (made.value, made.kind, made.n) == (Decimal("37.1"), Kind.MEAN, 9)


# --- economy, staff, surveys ----------------------------------------------------------------------------

BUDGET = {
    "ekonomi.personal.budget": 1000,
    "ekonomi.personal.utfall": 1200,
    "ekonomi.lokaler.budget": 300,
    "ekonomi.lokaler.utfall": 250,
    "ekonomi.askat": 1500,
    "ekonomi.tilldelat": 1300,
}


def money(numbers: Mapping[str, int] = BUDGET, **more: object) -> Report:
    """A report with its economy and 39 participants."""
    told = (fact(key, value, Kind.AMOUNT) for key, value in numbers.items())
    return completed(*told, *counts(FLOW), **more)


@pytest.mark.parametrize(
    ("cell_id", "value"),
    [
        ("ekonomi.summa.budget", "1300"),
        ("ekonomi.summa.utfall", "1450"),
        ("ekonomi.personal.avvikelse", "-200"),
        ("ekonomi.summa.avvikelse", "-150"),
        ("ekonomi.personal.forbrukning", "120"),
        ("ekonomi.askat_minus_tilldelat", "200"),
        ("ekonomi.kostnad_per_deltagare", "37"),
    ],
)
def test_economy(cell_id: str, value: str) -> None:
    """Sums, deviations, use and cost follow from the rows of the budget."""
    made = money().fact(cell_id)
    assert made
    assert made.value == Decimal(value)


def test_absent_outcome_is_not_nought() -> None:
    """Where a row has no outcome there is no sum of outcomes."""
    made = money(
        {"ekonomi.personal.budget": 1000, "ekonomi.personal.utfall": 900, "ekonomi.lokaler.budget": 300}
    )
    assert made.fact("ekonomi.summa.utfall") is None
    assert made.fact("ekonomi.summa.avvikelse") is None


def test_forecast_follows_from_its_deviation() -> None:
    """A row that gives the expected deviation gives the forecast, and the sum adds the forecasts."""
    made = money({"ekonomi.personal.budget": 1000, "ekonomi.personal.prognos_avvikelse": -50})
    found = made.fact("ekonomi.summa.prognos_utfall")
    assert found
    assert found.value == 1050


def test_cost_per_participant_needs_the_same_time() -> None:
    """Money of another year is never divided by this year's participants."""
    other = Period(date(2023, 7, 1), date(2024, 6, 30), "brutet_ar")
    assert money(section_periods={"ekonomi": other}).fact("ekonomi.kostnad_per_deltagare") is None


def test_a_share_of_money_counts_nobody() -> None:
    """The used part of a budget has no number of persons behind it."""
    made = money().fact("ekonomi.summa.forbrukning")
    assert made
    assert made.n is None


def test_posts() -> None:
    """All posts, and all posts times their degree."""
    made = completed(
        *counts({"bemanning.poster.coach": 3, "bemanning.poster.arbetsformedlare": 1}),
        fact("bemanning.procent.coach", 100, Kind.SHARE),
        fact("bemanning.procent.arbetsformedlare", 30, Kind.SHARE),
    )
    posts, degree = made.fact("bemanning.poster"), made.fact("bemanning.procent")
    assert posts
    assert posts.value == 4
    assert degree
    assert degree.value == 330


def asked(**more: object) -> Survey:
    """A survey with one question on a scale of three steps."""
    question = Question("enkat.slut.nojd", "Är du nöjd?", "grad", None, HERE)
    return Survey("enkat.slut", None, None, (replace(question, **more),), HERE)  # type: ignore[arg-type]


ANSWERS = {"enkat.slut.nojd.inte": 2, "enkat.slut.nojd.delvis": 3, "enkat.slut.nojd.helt": 5}


def test_answers() -> None:
    """All answers together, the share of a step, and the share from a step upward."""
    made = completed(*counts(ANSWERS), surveys=(asked(cumulative=("delvis", Decimal(72))),))
    everybody, step = made.fact("enkat.slut.nojd"), made.fact("enkat.slut.nojd.helt.andel")
    upward = made.fact("enkat.slut.nojd.fran_delvis.andel")
    assert everybody
    assert everybody.value == 10
    assert step
    assert (step.value, step.n) == (50, 10)
    assert upward
    assert upward.value == 80


def test_answers_without_a_step_are_answers() -> None:
    """A number that can be read but not placed counts among all, which is then no plain sum of its cells."""
    made = completed(*counts(ANSWERS), surveys=(asked(unplaced=(Decimal(4),)),)).fact("enkat.slut.nojd")
    assert made
    assert made.value == 14
    assert made.derivation
    assert made.derivation.weights == ()


def test_printed_shares_add_up_from_a_step() -> None:
    """Where only percentages were printed, the share from a step is their sum."""
    told = (fact(key, value * 10, Kind.SHARE) for key, value in ANSWERS.items())
    made = completed(*told, surveys=(asked(shares=True, n=Decimal(10), cumulative=("delvis", Decimal(80))),))
    upward = made.fact("enkat.slut.nojd.fran_delvis.andel")
    assert upward
    assert upward.value == 80
    assert upward.interval == Interval(Decimal(79), Decimal(81))


def test_ratings() -> None:
    """A sum of ratings by its n is a mean, and after minus before the change."""
    before = fact("skattning.livshjul.somn.summa_fore", 30, Kind.SUM, 8)
    after = fact("skattning.livshjul.somn.summa_efter", 45, Kind.SUM, 8)
    survey = Survey(
        "skattning", None, None, (Question("skattning.livshjul.somn", "", "grad", None, HERE),), HERE
    )
    made = completed(before, after, surveys=(survey,))
    mean, change = (
        made.fact("skattning.livshjul.somn.medel_fore"),
        made.fact("skattning.livshjul.somn.skillnad"),
    )
    assert mean
    assert mean.value == Decimal("3.75")
    assert change
    assert change.value == Decimal("1.88")
    assert change.n == 8


def test_before_and_after() -> None:
    """Difference in persons and in percent; nobody before gives no percentage."""
    told = [
        replace(fact("avslut", number), cell=replace(cell("avslut"), id=f"avslut@x@{point}.{code}"))
        for point, code, number in (
            ("fore", "studier", 7), ("efter", "studier", 5), ("fore", "ovrigt", 0), ("efter", "ovrigt", 4),
        )
    ]  # fmt: skip
    pair = tuple(
        Distribution(
            f"avslut@x@{point}", "avslut", "x", "flerval", ("studier", "ovrigt"), HERE, point, Decimal(20)
        )
        for point in ("fore", "efter")
    )
    made = completed(*told, distributions=pair)
    change, fewer = made.fact("avslut@x@forandring.studier"), made.fact("avslut@x@skillnad.studier")
    assert change
    assert round(change.value, 2) == Decimal("-28.57")
    assert fewer
    assert fewer.value == -2
    assert made.fact("avslut@x@forandring.ovrigt") is None


# --- whatever the numbers -------------------------------------------------------------------------------


@pytest.mark.parametrize("absurd", ["0", "-7", str(10**18), "1e400", "1e-400", "9" * 60, "0." + "3" * 90])
def test_no_number_stops_the_arithmetic(absurd: str) -> None:
    """Nought, negative, enormous and minute numbers give facts or none, never an exception."""
    numbers = {**FLOW, **EXITS, **ANSWERS}
    told = (fact(key, absurd) for key in numbers)
    spent = (fact(key, absurd, Kind.AMOUNT) for key in BUDGET)
    means = (fact(f"alder.{sex}", absurd, Kind.MEAN, n=5) for sex in ("kvinna", "man"))
    nobody = (fact("alder.summa", absurd, Kind.SUM, n=0),)
    goal = GoalDefinition(("arbete", "studier"), "utan_tidiga_avhopp")
    made = completed(
        *told, *spent, *means, *nobody, distributions=(ALL_EXITS,), surveys=(asked(),), goal=goal
    )
    assert made.fact("flode.totalt")


def test_every_derived_fact_tells_how() -> None:
    """Each has the rule that made it, a sentence, known inputs, and a sign for each where it is a sum."""
    made = money(distributions=(ALL_EXITS,), goal=GoalDefinition(("arbete",), "alla_avslut"))
    found = [f for f in made.cells.values() if isinstance(f, Fact) and f.derivation]
    assert found
    for one in found:
        how = one.derivation
        assert how
        assert how.rule
        assert how.formula.endswith(".")
        assert set(how.inputs) <= made.cells.keys()
        assert len(how.weights) in (0, len(how.inputs))
