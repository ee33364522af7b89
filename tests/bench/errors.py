"""Ten ways to write a figure wrong, and what an ideal reader could say of the two small ones.

The ways are told anew here, on the digits as they are typed, and share nothing with the checks.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tests.bench.controlled import Controlled, at, sexes_of, with_changes
from tests.bench.truths import Place

KEYS = "1234567890"
"""The digits as they lie on a keyboard."""
TRIES = 500
SHOWN = 3

Changes = Mapping[Place, Decimal]


def number(text: str, negative: bool = False) -> Decimal | None:
    """The number that digits on a page are, where they are one."""
    digits = text.rstrip(".")
    return None if not digits or digits.startswith(".") else Decimal(f"-{digits}" if negative else digits)


def typed(value: Decimal) -> str:
    """A number as its digits stand, without its sign."""
    return f"{abs(value):f}"


def _texts(value: Decimal, remade: Callable[[str, int], str | None]) -> list[Decimal]:
    """Every number that a change of one place among the digits gives."""
    text = typed(value)
    made = (remade(text, place) for place, sign in enumerate(text) if sign != ".")
    found = (number(one, value < 0) for one in made if one is not None)
    return [one for one in dict.fromkeys(found) if one is not None and one != value]


def swapped(value: Decimal) -> list[Decimal]:
    """Two digits beside each other have changed places."""

    def remade(text: str, place: int) -> str | None:
        other = next((at for at in range(place + 1, len(text)) if text[at] != "."), None)
        if other is None or text[place] == text[other]:
            return None
        signs = list(text)
        signs[place], signs[other] = signs[other], signs[place]
        return "".join(signs)

    return _texts(value, remade)


def dropped(value: Decimal) -> list[Decimal]:
    """A digit has fallen out."""
    return _texts(value, lambda text, place: text[:place] + text[place + 1 :])


def doubled(value: Decimal) -> list[Decimal]:
    """A digit stands twice."""
    return _texts(value, lambda text, place: text[: place + 1] + text[place:])


def beside(value: Decimal) -> list[Decimal]:
    """The key beside has been struck."""

    def keys(step: int) -> list[Decimal]:
        def remade(text: str, place: int) -> str | None:
            key = KEYS.index(text[place]) + step
            return None if key not in range(len(KEYS)) else text[:place] + KEYS[key] + text[place + 1 :]

        return _texts(value, remade)

    return list(dict.fromkeys((*keys(-1), *keys(1))))


def one_off(value: Decimal) -> list[Decimal]:
    """One more or one less in the last digit."""
    step = Decimal(1).scaleb(int(value.as_tuple().exponent))
    return [one for one in (value + step, value - step) if (one < 0) == (value < 0)]


def times(factor: int) -> Callable[[Decimal], list[Decimal]]:
    """So many times too large, written without a decimal that is not needed."""

    def made(value: Decimal) -> list[Decimal]:
        whole = value * factor
        digits = max(0, -int(value.as_tuple().exponent) - len(str(factor)) + 1)
        return [whole.quantize(Decimal(1).scaleb(-digits))] if value else []

    return made


def negative(value: Decimal) -> list[Decimal]:
    """The sign is the other one."""
    return [-value] if value else []


HANDS: Mapping[str, Callable[[Decimal], list[Decimal]]] = {
    "två siffror omkastade": swapped,
    "en siffra borta": dropped,
    "en siffra dubbelt": doubled,
    "tio gånger för stort": times(10),
    "tusen gånger för stort": times(1000),
    "omvänt tecken": negative,
    "ett steg fel": one_off,
    "tangenten bredvid": beside,
}
LAST, SEXES = "förra årets tal", "kvinnor och män förväxlade"
SMALL = ("ett steg fel", "tangenten bredvid")
GROSS = (*(kind for kind in HANDS if kind not in SMALL), LAST, SEXES)
CLASSES = (*GROSS, *SMALL)


@dataclass(frozen=True, slots=True)
class Planted:
    """What was right, and what stands there instead."""

    right: Changes
    wrong: Changes


def plant(report: Controlled, kind: str, chance: random.Random) -> Planted | None:
    """One wrong figure (a pair, of sexes), or None where no figure of the report can be wrong in that way.

    It is drawn among all figures that take part in an equation, and counts as changed by more than the
    tolerance when some equation can no longer hold, however the written numbers were rounded.
    """
    figures = report.figures
    pairs = tuple(sexes_of(figures))
    for _try in range(TRIES):
        right, wrong = _drawn(report, kind, figures, pairs, chance)
        if wrong and not holds(report, wrong):
            return Planted(right, wrong)
    return None


def _drawn(
    report: Controlled,
    kind: str,
    figures: Sequence[Place],
    pairs: Sequence[tuple[Place, Place]],
    chance: random.Random,
) -> tuple[Changes, Changes]:
    if kind == SEXES:
        one, other = chance.choice(pairs)
        first, second = at(report.tree, one), at(report.tree, other)
        exchanged = {one: second, other: first} if first != second else {}
        return {one: first, other: second}, exchanged
    place = chance.choice(figures)
    value = at(report.tree, place)
    values = _then(report, place, value) if kind == LAST else HANDS[kind](value)
    return {place: value}, {place: chance.choice(values)} if values else {}


def _then(report: Controlled, place: Place, value: Decimal) -> list[Decimal]:
    """What stood in the same place the year before."""
    try:
        then = at(report.before.tree, place) if report.before else value
    except (KeyError, IndexError):
        return []
    return [then] if then != value else []


def holds(report: Controlled, changes: Changes) -> bool:
    """Whether every equation can hold with some figures written otherwise."""
    touched = [one for one in report.equations if any(place in changes for place in one.places)]
    return all(one.holds(_numbers(report, changes, one.places)) for one in touched)


def _numbers(report: Controlled, changes: Changes, places: Sequence[Place]) -> dict:  # type: ignore[type-arg]
    return {
        place: report.number(place, changes[place] if place in changes else at(report.tree, place))
        for place in places
    }


def ceiling(report: Controlled, planted: Planted) -> float:
    """The chance that an ideal reader has the true figure and value among the first three.

    The ideal reader sees every equation, and knows that one figure is wrong, that it is a small slip, and
    how often each small slip is made. Every figure and value that makes all equations hold again is an
    explanation, weighed by how likely that value was to become the number that stands there. The three
    heaviest are said; explanations of the same weight cannot be told apart, and share the places evenly.
    Last year's level is left out: who uses it may come a little above this on the whole.
    """
    tree = with_changes(report.tree, planted.wrong)
    ((place, value),) = planted.right.items()
    found = dict(_explanations(report, tree, planted))
    return first_three(found[place, value], list(found.values()))


def first_three(own: float, weights: Sequence[float]) -> float:
    """The chance that one of some weights is among the first three, when equal ones share their places."""
    above, level = sum(weight > own for weight in weights), weights.count(own)
    return max(0.0, min(1.0, (SHOWN - above) / level))


def _explanations(
    report: Controlled, tree: dict[str, object], planted: Planted
) -> Iterator[tuple[tuple[Place, Decimal], float]]:
    failing = [one for one in report.equations if not one.holds(_numbers(report, planted.wrong, one.places))]
    shared = set(failing[0].places).intersection(*(one.places for one in failing))
    for place in (one for one in report.figures if one in shared):
        stands = at(tree, place)
        for value in dict.fromkeys((*one_off(stands), *beside(stands), *_lost(stands))):
            weight = likely(value, stands)
            if weight and holds(report, {**planted.wrong, place: value}):
                yield (place, value), weight


def _lost(stands: Decimal) -> list[Decimal]:
    """A first 9 that was typed as 0 is gone from the number, and noughts after it with it."""
    text, sign = typed(stands), "-" if stands < 0 else ""
    return [Decimal(f"{sign}9{noughts}{text}") for noughts in ("", "0", "00", "000")]


def likely(meant: Decimal, stands: Decimal) -> float:
    """How often one number becomes another, where both small slips are as common."""
    hands = [HANDS[kind](meant) for kind in SMALL]
    return sum(1 / len(values) for values in hands if stands in values) / len(hands)
