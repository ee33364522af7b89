"""What a drawing consists of before it is drawn: bars, words and lines at places in a 420 units wide field.

The y axis points down, as in SVG. Colours are names of the theme's custom properties without `--sr-`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from build_tools.charts.draw.words import plain, width, wrapped

WIDTH = 420
LABEL = 16
"""Size of labels and values."""
SMALL = 15
"""Size of the labels of parts, keys and marks."""
LEADING = 1.27
"""Line height in sizes."""
GAP = 7
"""Between a bar's end and its value."""
TEXT, FAINT, GRID, SURFACE = "text", "svag", "rutnat", "yta"
SERIES = tuple(f"serie-{number}" for number in range(1, 7))
PLUS, MINUS = "plus", "minus"


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle: solid, hatched (striped, backstriped, lined, crossed), or open with an outline only."""

    x: float
    y: float
    width: float
    height: float
    colour: str
    pattern: str = "solid"


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text that begins at x and stands on the baseline y."""

    x: float
    y: float
    text: str
    size: float = LABEL
    colour: str = TEXT
    strong: bool = False
    slanted: bool = False

    @property
    def width(self) -> float:
        """The most room it is likely to take."""
        return width(self.text, self.size, self.strong)


@dataclass(frozen=True, slots=True)
class Rule:
    """A line, thin where nothing else is said."""

    x1: float
    y1: float
    x2: float
    y2: float
    colour: str = GRID
    dashed: bool = False
    width: float = 1


@dataclass(frozen=True, slots=True)
class Dot:
    """A mark around a place: a filled disc, or a ring that hides what lies under it."""

    x: float
    y: float
    radius: float
    colour: str
    pattern: str = "solid"


Shape = Bar | Words | Rule | Dot


@dataclass(frozen=True, slots=True)
class Picture:
    """A finished layout. `id` begins every id in the SVG."""

    id: str
    title: str
    description: str
    height: float
    shapes: tuple[Shape, ...]


@dataclass(slots=True)
class Sheet:
    """A picture in the making: shapes, and how far down it is filled."""

    y: float = 0
    shapes: list[Shape] = field(default_factory=list)

    def write(
        self, text: str, *, x: float = 0, size: float = LABEL, colour: str = TEXT, strong: bool = False
    ) -> None:
        """Write a text from the top of what is free, on as many lines as it needs."""
        for line in wrapped(text, size, WIDTH - x, strong):
            self.shapes.append(Words(x, rounded(self.y + size), line, size, colour, strong))
            self.y += size * LEADING

    def ends(self, left: str, right: str) -> None:
        """Write what an axis begins and ends with, below it."""
        room = WIDTH / 2 - GAP
        pair = [(text, wrapped(text, SMALL, room)) for text in (left, right)]
        for place, (_, lines) in enumerate(pair):
            for number, line in enumerate(lines):
                x = WIDTH - 0.5 - width(line, SMALL) if place else 0
                baseline = rounded(self.y + SMALL + number * SMALL * LEADING)
                self.shapes.append(Words(rounded(max(0, x)), baseline, line, SMALL, FAINT))
        self.y += SMALL * LEADING * max(len(lines) for _, lines in pair)

    def key(self, entries: Sequence[tuple[str, str, str]]) -> None:
        """Explain colours and patterns: (text, colour, pattern) side by side, on more lines if needed."""
        x, height = 0.0, SMALL * LEADING
        for text, colour, pattern in entries:
            lines = wrapped(text, SMALL, WIDTH - 24)
            room = 24 + max((width(line, SMALL) for line in lines), default=0)
            if x and x + room > WIDTH:
                x, self.y = 0.0, self.y + height
            self.shapes.append(Bar(x, rounded(self.y + 3), 16, 12, colour, pattern))
            for number, line in enumerate(lines):
                baseline = rounded(self.y + SMALL + number * height)
                self.shapes.append(Words(x + 24, baseline, line, SMALL, FAINT))
            self.y += height * (len(lines) - 1)
            x += rounded(room + 20)
        self.y += height

    def picture(self, name: str, title: str, description: str) -> Picture:
        """Close the sheet, with room for what hangs below the last baseline."""
        return Picture(name, plain(title), plain(description), rounded(self.y + 5), tuple(self.shapes))


def rounded(number: float) -> float:
    """A coordinate with two decimals, so that the same picture is the same text on every machine."""
    return round(number, 2)
