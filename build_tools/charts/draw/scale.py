"""From values to lengths: one scale for all bars of a picture, with zero in it and room for the numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from build_tools.charts.draw.picture import GAP, LABEL, WIDTH, rounded
from build_tools.charts.draw.words import width

NARROWEST = 0.55
"""A text beside a bar never takes more than the rest of the width; a wider one gets a line of its own."""
SLACK = 1.12
"""Numbers are whole also where the page has to use a wider font."""
EDGE = 1
"""Left of the leftmost bar, so that the line at zero is whole."""


@dataclass(frozen=True, slots=True)
class Span:
    """What a bar covers in values, and the text that follows it."""

    low: Decimal
    high: Decimal
    text: str = ""
    size: float = LABEL
    strong: bool = True

    @property
    def room(self) -> float:
        """The width the text needs beside the bar."""
        return self._wanted if self.beside else 0

    @property
    def beside(self) -> bool:
        """Whether the text can stand beside the bar."""
        return self._wanted <= WIDTH * (1 - NARROWEST)

    @property
    def _wanted(self) -> float:
        return GAP + SLACK * width(self.text, self.size, self.strong)


@dataclass(frozen=True, slots=True)
class Scale:
    """Lengths are shares of the largest value, so that any number of digits can be drawn."""

    unit: Decimal
    factor: float
    zero: float

    def length(self, value: Decimal) -> float:
        """The length of a value."""
        return rounded(float(value / self.unit) * self.factor)

    def place(self, value: Decimal) -> float:
        """Where a value lies."""
        return rounded(self.zero + self.length(value))


def scale(spans: Iterable[Span]) -> Scale:
    """The largest scale where every bar and the text after it stay inside the picture."""
    found = tuple(spans)
    unit = max((abs(end) for span in found for end in (span.low, span.high)), default=Decimal(0))
    if not unit:
        return Scale(Decimal(1), 0, EDGE)
    below = max(0.0, *(-float(span.low / unit) for span in found))
    reach = [(WIDTH - EDGE - span.room, below + max(0.0, float(span.high / unit))) for span in found]
    factor = min(room / length for room, length in reach if length)
    return Scale(unit, factor, rounded(EDGE + below * factor))
