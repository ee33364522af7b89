"""How a figure is typed wrong: what the hand or the eye did when one number became another."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from enum import IntEnum


class Slip(IntEnum):
    """Ways to type wrong, the most telling first: a match by chance is rarer the higher up it stands."""

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
FACTORS = frozenset(Decimal(10) ** power for power in (1, 2, 3, -1, -2, -3))
LONGEST = 30
"""Digits beyond which nobody looks for a slip of the hand."""
NEAR = {
    "0": "9", "1": "2", "2": "13", "3": "24", "4": "35",
    "5": "46", "6": "57", "7": "68", "8": "79", "9": "80",
}  # fmt: skip
"""The keys beside each key in the row of digits."""


def slip(stated: Decimal, meant: Decimal, decimals: int, last: Decimal | None) -> Slip:
    """The most telling way to type the stated number for the one that was meant."""
    if last is not None and stated == last:
        return Slip.LAST_YEAR
    if stated == -meant:
        return Slip.SIGN
    if stated and meant and stated / meant in FACTORS:
        return Slip.FACTOR
    typed, wanted = _digits(stated, decimals), _digits(meant, decimals)
    if not typed or not wanted or (stated < 0) != (meant < 0):
        return Slip.NONE
    if typed in _swapped(wanted):
        return Slip.SWAPPED
    if typed in _doubled(wanted):
        return Slip.DOUBLED
    if len(typed) < len(wanted) and typed in _dropped(wanted):
        return Slip.DROPPED
    if typed in _beside(wanted):
        return Slip.BESIDE
    return Slip.ONE_OFF if abs(stated - meant) == Decimal(1).scaleb(-decimals) else Slip.NONE


def telling(found: Slip) -> int:
    """0 for a gross slip, 1 for a small one that chance gives as well, 2 for none."""
    return 1 if found in (Slip.BESIDE, Slip.ONE_OFF) else 2 if found is Slip.NONE else 0


def _digits(number: Decimal, decimals: int) -> str:
    """The digits as they are typed; nothing where they are too many to mean anything."""
    if abs(number) >= Decimal(10) ** LONGEST or decimals > LONGEST:
        return ""
    return f"{abs(number):.{decimals}f}".replace(".", "")


def _swapped(wanted: str) -> Iterator[str]:
    for place in range(len(wanted) - 1):
        yield f"{wanted[:place]}{wanted[place + 1]}{wanted[place]}{wanted[place + 2 :]}"


def _dropped(wanted: str) -> Iterator[str]:
    for place in range(len(wanted)):
        yield f"{wanted[:place]}{wanted[place + 1 :]}"


def _doubled(wanted: str) -> Iterator[str]:
    for place in range(len(wanted)):
        yield f"{wanted[: place + 1]}{wanted[place:]}"


def _beside(wanted: str) -> Iterator[str]:
    for place, key in enumerate(wanted):
        for other in NEAR[key]:
            yield f"{wanted[:place]}{other}{wanted[place + 1 :]}"
