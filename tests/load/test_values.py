"""The numbers that a printed figure can stand for, and what a value in a file becomes."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_tools import texts
from build_tools.load.values import ENDLESS, Slot, count_of, read_value, spread
from build_tools.load.yaml_file import MapNode, read_tree
from build_tools.model import Blank, Cell, Fact, Finding, Hedge, Kind, Mark

CELL = Cell("sater/2021", "flode.nya", "flode.nya")


def value(text: str, kind: Kind = Kind.COUNT, *, personal: bool = False, factor: int = 1) -> Fact | Blank:
    """What the text after `a:` becomes."""
    tree, found = read_tree(f"a: {text}", "x.yml")
    assert isinstance(tree, MapNode)
    findings: list[Finding] = list(found)
    slot = Slot(CELL, kind, whole=kind is Kind.COUNT, personal=personal, factor=factor)
    figure = read_value(tree.entries["a"], slot, findings)
    assert figure is not None
    return figure


def fact(text: str, kind: Kind = Kind.COUNT, *, factor: int = 1) -> Fact:
    """The number that the text after `a:` becomes."""
    figure = value(text, kind, factor=factor)
    assert isinstance(figure, Fact)
    return figure


def ends(text: str, kind: Kind = Kind.MEAN, *, factor: int = 1) -> tuple[str, str]:
    """The interval of a value."""
    interval = fact(text, kind, factor=factor).interval
    return f"{interval.low.normalize():f}", f"{interval.high.normalize():f}"


@pytest.mark.parametrize(
    ("text", "kind", "low", "high"),
    [
        ("13", Kind.COUNT, "13", "13"),
        ("18", Kind.MEAN, "17.5", "18.5"),
        ("58.0", Kind.MEAN, "57.95", "58.05"),
        ("46.16", Kind.SHARE, "46.155", "46.165"),
        ("-143157", Kind.AMOUNT, "-143157.5", "-143156.5"),
        ("{medel: 58.0, decimaler: 0}", Kind.MEAN, "57.5", "58.5"),
        ("{medel: 3, decimaler: 2}", Kind.MEAN, "2.995", "3.005"),
        ("{fran: 10, till: 15}", Kind.COUNT, "10", "15"),
        ("{fran: 20, till: 50}", Kind.SHARE, "19.5", "50.5"),
    ],
)
def test_half_the_last_printed_digit(text: str, kind: Kind, low: str, high: str) -> None:
    """Counts are exact; every other figure stands for all that round to it."""
    assert ends(text, kind) == (low, high)


@pytest.mark.parametrize(
    ("hedge", "low", "high"),
    [
        ("cirka", "38", "42"),
        ("drygt", "40", "44"),
        ("knappt", "36", "40"),
        ("narmare", "36", "40"),
        ("minst", "40", str(ENDLESS)),
        ("hogst", "0", "40"),
    ],
)
def test_words_before_a_number(hedge: str, low: str, high: str) -> None:
    """A word widens the interval, and replaces the rounding of the digits."""
    interval = fact(f"{{antal: 40, ungefar: {hedge}}}").interval
    assert (interval.low, interval.high) == (Decimal(low), Decimal(high))


def test_words_before_a_small_or_negative_number() -> None:
    """Cirka is at least half the last digit; drygt means further from nought also below it."""
    assert ends("{medel: 3, ungefar: cirka}") == ("2.5", "3.5")
    assert spread(Decimal(-118), None, 0, Hedge.JUST_OVER, exact=False).low == Decimal("-129.8")


def test_thousands_of_crowns() -> None:
    """1 668,7 tkr is a number of crowns that is known to the nearest fifty."""
    made = fact("1668.7", Kind.AMOUNT, factor=1000)
    assert (made.value, made.decimals) == (Decimal(1668700), 0)
    assert (made.interval.low, made.interval.high) == (Decimal(1668650), Decimal(1668750))


@pytest.mark.parametrize(
    ("share", "decimals", "n", "count"),
    [("68", 0, 66, "45"), ("68", 0, 660, None), ("50", 0, 1, None), ("100", 0, 8, "8"), ("0", 0, 8, "0")],
)
def test_a_count_from_a_share(share: str, decimals: int, n: int, count: str | None) -> None:
    """A share and its base tell a count only where exactly one whole number gives the share."""
    found = count_of(Decimal(share), decimals, Decimal(n))
    assert found == (None if count is None else Decimal(count))


@settings(derandomize=True, database=None, deadline=None)
@given(st.integers(0, 300), st.integers(1, 300), st.integers(0, 2))
def test_the_count_is_found_again(part: int, whole: int, decimals: int) -> None:
    """What a count was rounded to gives that count back, or nothing at all."""
    printed = texts.rounded(Decimal(100 * part) / whole, decimals)
    assert count_of(printed, decimals, Decimal(whole)) in (None, Decimal(part))


def test_a_share_of_a_count() -> None:
    """A share that tells no count stands beside the count's cell, under its own name."""
    many, one = fact("{andel: 68, n: 660}"), fact("{andel: 68, n: 66}")
    assert (many.cell.id, many.kind, many.value, many.n) == ("flode.nya.andel", Kind.SHARE, 68, 660)
    assert (one.cell.id, one.kind, one.value, one.n) == ("flode.nya", Kind.COUNT, 45, 66)
    assert one.derivation is not None


def test_a_sum_behind_a_mean() -> None:
    """A sum with its n stands beside the mean's cell; the mean follows from it."""
    made = fact("{summa: 150.5, n: 9}", Kind.MEAN)
    assert (made.cell.id, made.kind, made.n) == ("flode.nya.summa", Kind.SUM, 9)


def test_what_is_told_beside_a_number() -> None:
    """Page, note, source, day and number behind follow the figure."""
    made = fact("{medel: 4, n: saknas, kalla: tryckt, sida: 12, not: Se bilaga., per: 2021-06-30}", Kind.MEAN)
    assert (made.n, made.printed_only, made.page, made.note) == (Mark.MISSING, True, "12", "Se bilaga.")
    assert made.period is not None
    assert made.period.days == 1


@pytest.mark.parametrize("text", ["saknas", "{antal: saknas, not: Se bilaga.}"])
def test_words_for_missing_numbers(text: str) -> None:
    """A word is never a number."""
    figure = value(text)
    assert isinstance(figure, Blank)
    assert figure.mark is Mark.MISSING


def test_ages_of_one_or_two() -> None:
    """The mean age of two persons is not kept, not even for the checks."""
    figure = value("{medel: 34, n: 2}", Kind.MEAN, personal=True)
    assert isinstance(figure, Blank)
    assert figure.mark is Mark.WITHHELD
