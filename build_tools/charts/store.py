"""Drawings that were made before, by what is in them: a chart that has not changed is not drawn again."""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from build_tools import texts
from build_tools.charts.draw import draw
from build_tools.kept import code, digest, read, write
from build_tools.model import Blank, Fact, Plot, PlotRow

CHEAP = frozenset({"spark"})
"""Forms that take less time to draw than to find."""
LIBRARIES = ("matplotlib", "babel")
"""Whose versions decide how a chart looks."""


class Store:
    """A folder of SVG files named by their content; without a folder everything is drawn."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def drawn(self, plot: Plot) -> str:
        """The SVG of a plot, kept from before or drawn now."""
        if self.folder is None or plot.form in CHEAP:
            return draw(plot)
        place = self.folder / f"{key(plot)}.svg"
        kept = read(place)
        if kept is None:
            kept = draw(plot)
            write(place, kept)
        return kept


def key(plot: Plot) -> str:
    """A name that differs when anything drawn of the plot does, or the way it is drawn.

    Where in the sources a figure stands is no part of it: a new line above it changes no chart.
    """
    head = (plot.report, plot.id, plot.form, plot.title, plot.subtitle, plot.description)
    rows = [(_labelled(row), [_seen(value) for value in row.values]) for row in plot.rows]
    return digest(repr((style(), head, plot.unit, plot.series, plot.bounds, rows)))


def _labelled(row: PlotRow) -> tuple[str, ...]:
    return (row.label, str(row.level), row.group, row.note, row.unit, str(row.period), row.mark)


def _seen(value: Fact | Blank) -> tuple[str, ...]:
    if isinstance(value, Blank):
        return (value.mark,)
    ends = (str(value.value), str(value.upper), str(value.decimals), str(value.hedge))
    return (*ends, value.kind, str(value.n))


@lru_cache(maxsize=1)
def style() -> str:
    """How charts are drawn now: the fingerprint of the code that draws, and the versions it builds on."""
    drawing = code(Path(__file__).with_name("draw"), Path(texts.__file__))
    return " ".join([drawing, *(version(library) for library in LIBRARIES)])
