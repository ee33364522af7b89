"""From a plot to its SVG: the form lays out shapes, and `svg` draws them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from build_tools.charts.draw import (
    bars,
    bullet,
    deviation,
    diverging,
    dumbbell,
    flow,
    ladder,
    matrix,
    paired,
    spark,
    stacked,
    statements,
    steps,
    windows,
)
from build_tools.charts.draw.picture import Picture, Sheet
from build_tools.charts.draw.svg import svg
from build_tools.model import Plot
from build_tools.texts import anchor

FORMS: Mapping[str, Callable[[Plot, Sheet], None]] = {
    "bars": bars.draw,
    "bullet": bullet.draw,
    "deviation": deviation.draw,
    "diverging": diverging.draw,
    "dumbbell": dumbbell.draw,
    "flow": flow.draw,
    "ladder": ladder.draw,
    "matrix": matrix.draw,
    "paired": paired.draw,
    "stacked": stacked.draw,
    "statements": statements.draw,
    "steps": steps.draw,
    "windows": windows.draw,
}
SPARK = "spark"
"""A form without words, written without matplotlib."""


def picture(plot: Plot) -> Picture:
    """Lay a plot out. This is cheap and needs no matplotlib."""
    sheet = Sheet()
    if plot.form != SPARK:
        FORMS[plot.form](plot, sheet)
    name = anchor(f"diagram-{plot.report}-{plot.id}")
    title = f"{plot.title}. {plot.subtitle}" if plot.subtitle else plot.title
    return sheet.picture(name, title, plot.description)


def draw(plot: Plot) -> str:
    """Draw a plot as SVG that can stand in a page: the same plot gives the same bytes."""
    laid = picture(plot)
    return spark.svg(plot, laid) if plot.form == SPARK else svg(laid)
