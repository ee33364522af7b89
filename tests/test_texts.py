"""Numbers, shares and dates are written as Swedish readers expect."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from build_tools import texts
from build_tools.model import Blank, Cell, Fact, Hedge, Interval, Kind, Mark, Period, Where

CELL = Cell("sater/2021", "flode.nya", "flode.nya")
HERE = Where("data/rapporter/sater/2021.yml", 5)


def fact(value: str, kind: Kind = Kind.COUNT, hedge: Hedge | None = None, upper: str = "") -> Fact:
    """A fact of one number."""
    number = Decimal(value)
    return Fact(
        CELL,
        number,
        Interval(number, number),
        kind,
        HERE,
        decimals=texts.precision(number),
        hedge=hedge,
        upper=Decimal(upper) if upper else None,
    )


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("1550000", "1\u00a0550\u00a0000"),
        ("-118712", "\u2212118\u00a0712"),
        ("16.5", "16,5"),
        ("58.0", "58,0"),
        ("0", "0"),
        ("1E+3", "1\u00a0000"),
    ],
)
def test_numbers_have_comma_hard_space_and_real_minus(value: str, written: str) -> None:
    """Decimal comma, no-break space between thousands, U+2212 for minus; precision as written."""
    assert texts.number(Decimal(value)) == written


def test_halves_are_rounded_up() -> None:
    """62,5 is printed 63, not 62 as a computer's banker would."""
    assert texts.percent(Decimal("62.5")) == "63\u00a0%"
    assert texts.number(Decimal("-0.5"), 0) == "\u22121"


@pytest.mark.parametrize(
    ("part", "whole", "written"),
    [
        (6, 8, "6\u00a0av\u00a08"),
        (17, 39, "44\u00a0% (17\u00a0av\u00a039)"),
        (60, 130, "46,2\u00a0% (60\u00a0av\u00a0130)"),
    ],
)
def test_a_share_is_written_as_its_base_deserves(part: int, whole: int, written: str) -> None:
    """Under 20 no percent, under 100 whole percent, from 100 one decimal; the base always beside."""
    assert texts.share(Decimal(part), Decimal(whole)) == written


def test_a_figure_is_written_with_its_hedge_unit_and_range() -> None:
    """`knappt 3 år`, `1 person`, `10–15 personer`."""
    assert texts.shown(fact("3", hedge=Hedge.JUST_UNDER), "ar") == "knappt\u00a03\u00a0år"
    assert texts.shown(fact("1"), "personer") == "1\u00a0person"
    assert texts.shown(fact("10", upper="15"), "personer") == "10–15\u00a0personer"
    assert texts.shown(fact("1338157"), "kr") == "1\u00a0338\u00a0157\u00a0kr"


@pytest.mark.parametrize("mark", list(Mark))
def test_a_missing_number_is_a_word(mark: Mark) -> None:
    """Every mark has a word for the table and a sentence that explains it."""
    assert texts.shown(Blank(CELL, mark, HERE)) == texts.MARKS[mark]
    assert texts.MARK_MEANINGS[mark].endswith(".")


@pytest.mark.parametrize(
    ("start", "end", "kind", "written"),
    [
        (date(2021, 1, 1), date(2021, 12, 31), "kalenderar", "2021"),
        (date(2019, 7, 1), date(2020, 6, 30), "brutet_ar", "2019/2020"),
        (date(2019, 1, 1), date(2022, 12, 31), "projekttid", "2019–2022"),
        (date(2021, 7, 1), date(2021, 12, 31), "halvar", "andra halvåret 2021"),
        (date(2021, 1, 1), date(2021, 6, 30), "halvar", "första halvåret 2021"),
        (date(2019, 1, 1), date(2022, 6, 30), "projekttid", "januari 2019–juni 2022"),
        (date(2019, 1, 15), date(2022, 6, 30), "projekttid", "15 januari 2019–30 juni 2022"),
        (date(2021, 6, 1), date(2021, 12, 31), "delperiod", "1 juni 2021–31 december 2021"),
    ],
)
def test_periods_are_written_as_people_say_them(start: date, end: date, kind: str, written: str) -> None:
    """A calendar year is its number, a broken year two, a half-year is named; else first and last day."""
    assert texts.period(Period(start, end, kind)) == written


def test_an_anchor_is_the_cell_id_with_hyphens() -> None:
    """Dots, underscores and at signs become hyphens, so that an address can hold the id."""
    assert texts.anchor("alder@till_arbete.kvinna") == "alder-till-arbete-kvinna"


def test_a_near_word_is_suggested_and_a_far_one_is_not() -> None:
    """Someone who wrote `socialtjenst` meant `socialtjanst`."""
    assert texts.suggestion("socialtjenst", ["socialtjanst", "boendestod"]) == " Menade du ”socialtjanst”?"
    assert texts.suggestion("xyz", ["socialtjanst"]) == ""


@pytest.mark.parametrize(
    ("told", "written"),
    [("14", "sidan 14"), ("14, 38", "sidorna 14 och 38"), ("35–48", "sidorna 35–48")],
)
def test_pages_of_a_source_are_one_or_several(told: str, written: str) -> None:
    """One page is sidan, several or a span are sidorna."""
    assert texts.source_pages(told) == written


def test_a_list_ends_with_och() -> None:
    """`a, b och c`."""
    assert texts.listed(["a", "b", "c"]) == "a, b och c"
    assert texts.listed(["a"]) == "a"
