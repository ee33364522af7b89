"""How a figure is typed wrong: what the hand or the eye did when one number became another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from enum import IntEnum
from itertools import pairwise


class Slip(IntEnum):
    """Ways to type wrong, in the order that they are told when two give the same number."""

    SEXES = 0
    LAST_YEAR = 1
    FACTOR = 2
    SIGN = 3
    SWAPPED = 4
    DOUBLED = 5
    DROPPED = 6
    BESIDE = 7
    ONE_OFF = 8
    NONE = 9


WORDS = {
    Slip.SEXES: "Kvinnor och män har bytt plats.",
    Slip.LAST_YEAR: "Förra årets tal står kvar.",
    Slip.FACTOR: "Kommat eller nollorna har hamnat fel.",
    Slip.SIGN: "Tecknet är omvänt.",
    Slip.SWAPPED: "Två siffror har bytt plats.",
    Slip.DOUBLED: "En siffra står en gång för mycket.",
    Slip.DROPPED: "En siffra har fallit bort.",
    Slip.BESIDE: "En tangent bredvid.",
    Slip.ONE_OFF: "Ett steg fel.",
    Slip.NONE: "",
}
"""What is said of each."""
FACTORS = tuple(Decimal(10) ** power for power in (1, 2, 3, -1, -2, -3))
LONGEST = 30
"""Digits beyond which nobody looks for a slip of the hand."""
LENGTHS = 2
"""How many signs longer or shorter one slip can make a number: a digit, and the comma that falls with it."""
DIGITS = "0123456789"
NEAR = {
    "0": "9", "1": "2", "2": "13", "3": "24", "4": "35",
    "5": "46", "6": "57", "7": "68", "8": "79", "9": "80",
}  # fmt: skip
"""The keys beside each key in the row of digits."""
ALWAYS = 1.0
"""How likely a slip is that can be made in one way only, against one of the ways of any other."""
STANDS_STILL = 0.5
"""A figure is often what it was last year without any slip: it tells less than a slip of the hand."""
DECIMAL = 0.3
"""Numbers beside each other have as many decimals: one that fell away is less likely than another digit."""
UNTOLD = 0.01
"""How likely a change is that no slip explains."""


def slip(stated: Decimal, meant: Decimal, last: Decimal | None) -> Slip:
    """The likeliest way to type the stated number for the one that was meant. Their digits are as written."""
    found = dict(_slips(stated, meant, last))
    return max(found, key=lambda one: (found[one], -one), default=Slip.NONE)


def likely(stated: Decimal, meant: Decimal, last: Decimal | None) -> float:
    """How likely the number that was meant was to be typed so, all ways together."""
    return max(UNTOLD, sum(chance for _slip, chance in _slips(stated, meant, last)))


def telling(found: Slip) -> int:
    """0 for a gross slip, 1 for a small one that chance gives as well, 2 for none."""
    return 1 if found in (Slip.BESIDE, Slip.ONE_OFF) else 2 if found is Slip.NONE else 0


def meant(stated: Decimal) -> Iterator[Decimal]:
    """Every number that a slip of the hand may have made the stated one of."""
    yield -stated
    text = _text(stated)
    for digits in (*_moved(text), *_swapped(text), *_dropped(text), *_beside(text), *_added(text)):
        yield Decimal(f"-{digits}" if stated < 0 else digits)
    step = _step(stated)
    yield from (stated + step, stated - step)


def _slips(stated: Decimal, meant: Decimal, last: Decimal | None) -> Iterator[tuple[Slip, float]]:
    """Every slip that makes the one number of the other, with the part of its ways that do."""
    if last is not None and stated == last and len(_fraction(meant)) <= len(_fraction(stated)):
        yield Slip.LAST_YEAR, STANDS_STILL
    if stated == -meant and stated:
        yield Slip.SIGN, ALWAYS
    if stated and meant and stated / meant in FACTORS:
        yield Slip.FACTOR, ALWAYS
    typed, wanted = _text(stated), _text(meant)
    if not typed or not wanted or (stated < 0) != (meant < 0):
        return
    for found, ways in HANDS.items():
        if abs(len(typed) - len(wanted)) <= LENGTHS:
            made = set(ways(wanted))
            if typed in made:
                other = len(_fraction(meant)) > len(_fraction(stated)) > 0 or ("." in wanted) > ("." in typed)
                yield found, ALWAYS / len(made) * (DECIMAL if other else 1)
    if abs(stated - meant) == _step(meant) and len(_fraction(stated)) <= len(_fraction(meant)):
        yield Slip.ONE_OFF, ALWAYS / 2


def _text(number: Decimal) -> str:
    """The digits as they are typed; nothing where they are too many to mean anything."""
    if abs(number) >= Decimal(10) ** LONGEST or _step(number) < Decimal(10) ** -LONGEST:
        return ""
    return f"{abs(number):f}"


def _step(number: Decimal) -> Decimal:
    """One in the last digit."""
    exponent = number.as_tuple().exponent
    return Decimal(1).scaleb(min(exponent, 0)) if isinstance(exponent, int) else Decimal(1)


def _fraction(number: Decimal) -> str:
    return _text(number).partition(".")[2]


def _swapped(wanted: str) -> Iterator[str]:
    places = [place for place, sign in enumerate(wanted) if sign != "."]
    for one, other in pairwise(places):
        if wanted[one] != wanted[other]:
            signs = list(wanted)
            signs[one], signs[other] = signs[other], signs[one]
            yield _plain("".join(signs))


def _dropped(wanted: str) -> Iterator[str]:
    for place, sign in enumerate(wanted):
        if sign != "." and wanted != sign:
            yield _plain(f"{wanted[:place]}{wanted[place + 1 :]}")


def _doubled(wanted: str) -> Iterator[str]:
    for place, sign in enumerate(wanted):
        if sign != ".":
            yield f"{wanted[: place + 1]}{wanted[place:]}"


def _added(typed: str) -> Iterator[str]:
    """Any digit in any place, a first decimal too: what a dropped digit is found by."""
    for place in range(len(typed) + 1):
        for key in DIGITS:
            yield f"{typed[:place]}{key}{typed[place:]}"
    if typed and "." not in typed:
        yield from (f"{typed}.{key}" for key in DIGITS)


def _beside(wanted: str) -> Iterator[str]:
    for place, key in enumerate(wanted):
        for other in NEAR.get(key, ""):
            yield _plain(f"{wanted[:place]}{other}{wanted[place + 1 :]}")


def _moved(typed: str) -> Iterator[str]:
    """The number with its comma elsewhere, or with noughts more or fewer."""
    for factor in FACTORS if typed else ():
        yield f"{(Decimal(typed) * factor).normalize():f}"


def _plain(digits: str) -> str:
    """Digits as a number is written: a nought first, and a comma last, fall away."""
    whole, _, fraction = digits.partition(".")
    return ".".join(filter(None, (whole.lstrip("0") or "0", fraction)))


HANDS: dict[Slip, Callable[[str], Iterator[str]]] = {
    Slip.SWAPPED: _swapped,
    Slip.DOUBLED: _doubled,
    Slip.DROPPED: _dropped,
    Slip.BESIDE: _beside,
}
"""The slips that are made digit by digit."""
