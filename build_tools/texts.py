"""How numbers, shares, dates and marks are written in Swedish. The only place that does it."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, ROUND_HALF_UP, Context, Decimal, localcontext
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import NumberPattern, parse_pattern

from build_tools.model import Blank, Fact, Hedge, Kind, Level, Mark, Period, Prices, Proposal

NBSP = "\u00a0"
MINUS = "\u2212"
ANY_SIZE = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)
"""No number that a source states is too long to be written."""
FEW = 20
"""Below this base a share is written as k av n."""
MANY = 100
"""From this base a share gets one decimal."""

MARKS = {
    Mark.MISSING: "uppgift saknas",
    Mark.UNREADABLE: "oläsligt",
    Mark.UNCERTAIN: "osäkert",
    Mark.NOT_APPLICABLE: "ej tillämpligt",
    Mark.NOT_COLLECTED: "ej insamlat",
    Mark.WITHHELD: "utelämnat",
    Mark.PROTECTED: "skyddad",
}
MARK_MEANINGS = {
    Mark.MISSING: "Källan anger inte uppgiften.",
    Mark.UNREADABLE: "Uppgiften går inte att läsa i källan.",
    Mark.UNCERTAIN: "Uppgiften går inte att tyda säkert.",
    Mark.NOT_APPLICABLE: "Uppgiften är inte aktuell här.",
    Mark.NOT_COLLECTED: "Uppgiften har inte samlats in.",
    Mark.WITHHELD: "Uppgiften gäller enstaka personer och lämnas därför inte ut.",
    Mark.PROTECTED: "Uppgiften döljs för att ingen ska kunna kännas igen.",
}
UNITS = {
    "personer": ("person", "personer"),
    "procent": ("%", "%"),
    "procentenheter": ("procentenhet", "procentenheter"),
    "manader": ("månad", "månader"),
    "ar": ("år", "år"),
    "kr": ("kr", "kr"),
    "tkr": ("tkr", "tkr"),
    "tillfallen": ("tillfälle", "tillfällen"),
    "tillfallen_per_vecka": ("gång i veckan", "gånger i veckan"),
    "tjanster": ("tjänst", "tjänster"),
    "poster": ("befattning", "befattningar"),
    "timmar": ("timme", "timmar"),
    "dagar": ("dag", "dagar"),
    "veckor": ("vecka", "veckor"),
    "traffar": ("träff", "träffar"),
    "traffar_per_vecka": ("träff i veckan", "träffar i veckan"),
    "moten": ("möte", "möten"),
    "moten_per_vecka": ("möte i veckan", "möten i veckan"),
    "poang": ("poäng", "poäng"),
    "antal": ("", ""),
    "svar": ("svar", "svar"),
}
HEDGES = {
    Hedge.ABOUT: "cirka",
    Hedge.JUST_OVER: "drygt",
    Hedge.JUST_UNDER: "knappt",
    Hedge.NEARLY: "närmare",
    Hedge.AT_LEAST: "minst",
    Hedge.AT_MOST: "högst",
}


PRICES = {"lopande": "löpande priser", "fasta": "fasta priser"}
LEVELS = {
    Level.ERROR: ("fel", "fel"),
    Level.WARNING: ("varning", "varningar"),
    Level.NOTICE: ("notis", "notiser"),
}


@lru_cache(maxsize=16)
def _pattern(decimals: int) -> NumberPattern:
    return parse_pattern("#,##0" + ("." + "0" * decimals if decimals else ""))


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Round half up, away from zero, as Swedish school arithmetic does."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, ANY_SIZE)


def precision(value: Decimal) -> int:
    """How many decimals a number is written with."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def number(value: Decimal | int, decimals: int | None = None) -> str:
    """Write a number: `1 550 000`, `16,5`, `−118 712`, with no-break spaces and a real minus sign."""
    exact = Decimal(value)
    return _written(str(exact), precision(exact) if decimals is None else decimals)


@lru_cache(maxsize=1 << 16)
def _written(digits: str, decimals: int) -> str:
    """The same few thousand numbers are written again and again, and Babel takes its time with each."""
    with localcontext(ANY_SIZE):  # Babel raises on more digits than the context has
        text = _pattern(decimals).apply(rounded(Decimal(digits), decimals), "sv")
    return str(text).replace("-", MINUS)


def with_unit(value: Decimal, unit: str, decimals: int | None = None) -> str:
    """Write a number with its unit in singular or plural: `1 person`, `18 månader`, `44 %`."""
    one, many = UNITS.get(unit, (unit, unit))
    word = one if value == 1 else many
    text = number(value, decimals)
    return f"{text}{NBSP}{word}" if word else text


def unit_name(unit: str) -> str:
    """The unit in plural, for headings."""
    return UNITS.get(unit, (unit, unit))[1]


def percent(value: Decimal, decimals: int = 0) -> str:
    """Write a share: `44 %`."""
    return f"{number(value, decimals)}{NBSP}%"


def share(part: Decimal, whole: Decimal) -> str:
    """Write a share as its base deserves: `6 av 8`, `44 % (17 av 39)`, `46,2 % (60 av 130)`."""
    counts = f"{number(part)}{NBSP}av{NBSP}{number(whole)}"
    if whole < FEW:
        return counts
    return f"{percent(100 * part / whole, 0 if whole < MANY else 1)} ({counts})"


def span(low: Decimal, high: Decimal, decimals: int | None = None) -> str:
    """Write a range: `10–15`."""
    return f"{number(low, decimals)}–{number(high, decimals)}"


def hedged(fact: Fact, decimals: int | None = None) -> str:
    """Write a fact's number as its source words it: `knappt 3`, `10–15`."""
    text = span(fact.value, fact.upper, decimals) if fact.upper is not None else number(fact.value, decimals)
    return f"{HEDGES[fact.hedge]}{NBSP}{text}" if fact.hedge else text


def shown(cell: Fact | Blank, unit: str = "", decimals: int | None = None) -> str:
    """Write a cell: its number, with the unit when one is given, or the word of its mark."""
    if isinstance(cell, Blank):
        return MARKS[cell.mark]
    places = cell.decimals if decimals is None else decimals
    if cell.kind is Kind.SHARE:
        return f"{hedged(cell, places)}{NBSP}%"
    one, many = UNITS.get(unit, (unit, unit))
    word = one if cell.value == 1 and cell.hedge is None else many
    return f"{hedged(cell, places)}{NBSP}{word}" if word else hedged(cell, places)


def day(value: date) -> str:
    """Write a date in running text: `31 december 2021`."""
    return format_date(value, "d MMMM y", locale="sv")


def since(value: str) -> str:
    """Write an ISO month or day as people say it: `2018-06` → `juni 2018`; other words stay as they are."""
    try:
        return day(date.fromisoformat(value)) if len(value) > 7 else month(date.fromisoformat(f"{value}-01"))
    except ValueError:
        return value


def month(value: date) -> str:
    """Write a month in running text: `juni 2018`."""
    return format_date(value, "MMMM y", locale="sv")


def period(value: Period) -> str:
    """Write a period: `2021`, `2019/2020`, `andra halvåret 2022`, or by its first and last day."""
    first, last = value.start, value.end
    whole_years = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    if whole_years:
        return f"{first.year}" if first.year == last.year else f"{first.year}–{last.year}"
    if value.kind == "brutet_ar":
        return f"{first.year}/{last.year}"
    if value.kind == "halvar":
        return f"{'första' if first.month <= 6 else 'andra'} halvåret {last.year}"
    if value.kind == "projekttid" and first.day == 1 and (last + timedelta(days=1)).day == 1:
        return f"{month(first)}–{month(last)}"
    return f"{day(first)}–{day(last)}"


def prices(found: Prices) -> str:
    """What amounts are worth: `löpande priser`, `2021 års priser`."""
    return f"{found.year} års priser" if found.year else PRICES[found.basis]


def levels(found: Iterable[Level]) -> str:
    """How many findings there are of each level: `2 fel, 1 varning och 3 notiser`."""
    counts = Counter(found)
    told = [(counts[level], LEVELS[level]) for level in Level if counts[level]]
    return listed([f"{count} {one if count == 1 else many}" for count, (one, many) in told])


def likelihoods(proposals: Iterable[Proposal]) -> Iterator[tuple[str, Proposal]]:
    """Each proposal with how likely it is beside the others; the first is the most likely."""
    for place, one in enumerate(proposals):
        yield ("Lika troligt" if one.even else "Eller" if place else "Troligast"), one


def listed(words: Sequence[str], last: str = "och") -> str:
    """Write a list: `a, b och c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def source_pages(told: str) -> str:
    """Pages of a source in words: sidan 14, or sidorna 35, 38–40 och 47."""
    parts = [part.strip() for part in told.split(",")]
    alone = len(parts) == 1 and "–" not in told
    return f"{'sidan' if alone else 'sidorna'} {listed(parts)}"


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like another, or an empty string where none is near."""
    return next(iter(difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)), "")


def suggestion(word: str, known: Iterable[str]) -> str:
    """The sentence ` Menade du ”…”?`, or nothing where no known word is near."""
    near = nearest(word, known)
    return f" Menade du ”{near}”?" if near else ""


def anchor(cell: str) -> str:
    """The anchor of a cell on a page: its id with everything but letters and digits as hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", cell.lower()).strip("-")


def ascii_words(text: str) -> str:
    """Text with its letters reduced to plain ones: `Övriga utfall` → `ovriga utfall`."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).lower()
