"""The process map: a list that reads in order by itself, and a picture of the same ways beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from build_tools.model import Case, EndState, Process, ProcessStep, Way
from build_tools.pages.handbooks.pieces import block
from build_tools.pages.handbooks.view import STEPS, View, part_anchor
from build_tools.pages.layout import Link

GAP, RADIUS, MIDDLE = 64, 20, 100
"""Between the middles of two steps, the size of a step, and how far down they stand in the picture."""
ARC = 15
"""How much higher a way goes for every step that it passes."""
TOP = 90
"""How high a way goes at most."""


@dataclass(frozen=True, slots=True)
class Onward:
    """A way from a step in words: where it leads, when, and of what kind (nasta, framat, bakat, slut)."""

    kind: str
    link: Link
    condition: str
    note: str


@dataclass(frozen=True, slots=True)
class Place:
    """A step on the map, with all that can follow it."""

    number: int
    anchor: str
    link: Link
    step: ProcessStep
    onward: tuple[Onward, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """A step in the picture; `lit` tells how many times a case comes there."""

    x: int
    number: int
    lit: int


@dataclass(frozen=True, slots=True)
class Arc:
    """A way in the picture as the path of an SVG; `kind` is that of the way."""

    path: str
    kind: str
    lit: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """A map as a drawing."""

    width: int
    height: int
    middle: int
    radius: int
    title: str
    rounds: tuple[Round, ...]
    arcs: tuple[Arc, ...]
    name: str


def map_block(process: Process, view: View) -> Markup:
    """The map of a process: the picture, the steps in order with their ways, and where it can end."""
    numbers = {step: number for number, step in enumerate(process.steps, 1)}
    return block(
        "karta",
        {
            "process": process,
            "places": tuple(_places(process, numbers, view)),
            "ends": tuple(
                (end, part_end(end), tuple(_into(end.id, process, numbers))) for end in process.ends.values()
            ),
            "first": numbers.get(process.first),
            "picture": picture(process, f"Karta över {process.name}", f"karta-{process.id}"),
        },
    )


def part_end(end: EndState) -> str:
    """The anchor of an end state."""
    return f"slut-{end.id}"


def _places(process: Process, numbers: Mapping[str, int], view: View) -> Iterator[Place]:
    for step in process.steps.values():
        link = view.link(STEPS, step.id) or Link(step.name)
        own = link if not view.at_home(STEPS, step.id) else Link(step.name)
        onward = tuple(_onward(way, process, numbers) for way in process.following(step.id))
        yield Place(numbers[step.id], _anchor(step.id, view), own, step, onward)


def _anchor(step: str, view: View) -> str:
    """A step is at home on the map only where it has no page of its own."""
    own = part_anchor(STEPS, step)
    return own if view.at_home(STEPS, step) else f"karta-{own}"


def _onward(way: Way, process: Process, numbers: Mapping[str, int]) -> Onward:
    kind = _kind(way, numbers)
    known = process.steps.get(way.target) or process.ends.get(way.target)
    name = known.name if known else way.target
    number = numbers.get(way.target)
    text = f"steg {number}, {name}" if number else name
    return Onward(kind, Link(text), way.condition, way.note)


def _kind(way: Way, numbers: Mapping[str, int]) -> str:
    here, there = numbers.get(way.source, 0), numbers.get(way.target)
    if there is None:
        return "slut"
    if there <= here:
        return "bakat"
    return "nasta" if there == here + 1 else "framat"


def _into(end: str, process: Process, numbers: Mapping[str, int]) -> Iterator[int]:
    """The steps from which an end is reached."""
    return (numbers[way.source] for way in process.ways if way.target == end and way.source in numbers)


def picture(process: Process, title: str, name: str, case: Case | None = None) -> Picture:
    """A process as rounds in a row: ways that skip go above, ways back below. A case's own way is lit."""
    stops = [stop.step for stop in case.stops] if case else []
    visits = Counter(stops)
    walked = set(zip(stops, [*stops[1:], case.end if case else ""], strict=False))
    spots = {step: GAP * (place + 1) for place, step in enumerate(process.steps)}
    last = GAP * (len(spots) + 1)
    arcs = tuple(_arcs(process, spots, last, walked))
    begun = bool(stops) and stops[0] == process.first
    start = Arc(f"M8 {MIDDLE} H{spots.get(process.first, GAP) - RADIUS - 4}", "nasta", begun)
    rounds = tuple(Round(spots[step], number, visits[step]) for number, step in enumerate(process.steps, 1))
    return Picture(last + 12, 2 * MIDDLE, MIDDLE, RADIUS, title, rounds, (start, *arcs), name)


def _arcs(
    process: Process, spots: Mapping[str, int], last: int, walked: set[tuple[str, str]]
) -> Iterator[Arc]:
    """One drawn way for each pair of places; all ends are one place at the far right."""
    numbers = {step: number for number, step in enumerate(process.steps, 1)}
    drawn: dict[tuple[int, int], tuple[str, bool]] = {}
    for way in process.ways:
        if way.source not in spots or (way.target not in spots and way.target not in process.ends):
            continue
        key = (spots[way.source], spots.get(way.target, last))
        lit = (way.source, way.target) in walked
        before = drawn.get(key, ("", False))[1]
        drawn[key] = (_kind(way, numbers), lit or before)
    for (start, goal), (kind, lit) in sorted(drawn.items(), key=lambda item: (item[1][1], item[0])):
        yield Arc(_path(start, goal, kind), kind, lit)


def _path(start: int, goal: int, kind: str) -> str:
    if goal - start == GAP and kind in ("nasta", "slut"):
        return f"M{start + RADIUS} {MIDDLE} H{goal - RADIUS - 4 if kind == 'nasta' else goal - 10}"
    rise = min(TOP, ARC * (abs(goal - start) // GAP) + 2 * RADIUS)
    side = 1 if kind == "bakat" else -1
    edge = MIDDLE + side * RADIUS
    far = MIDDLE + side * (RADIUS + rise - 6)
    end = MIDDLE + side * 12 if kind == "slut" else edge + side * 4
    return f"M{start} {edge} C{start} {far} {goal} {far} {goal} {end}"


def order_of(stops: Sequence[str], process: Process) -> tuple[int, ...]:
    """The numbers of some steps, for the words that tell a case's way."""
    numbers = {step: number for number, step in enumerate(process.steps, 1)}
    return tuple(numbers[step] for step in stops if step in numbers)
