"""From a plot to its SVG: the form lays out shapes, and `svg` draws them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from build_tools.charts.draw import bars, deviation, flow, paired
from build_tools.charts.draw.picture import Picture, Sheet
from build_tools.charts.draw.svg import svg
from build_tools.model import Plot
from build_tools.texts import anchor

FORMS: Mapping[str, Callable[[Plot, Sheet], None]] = {
    "bars": bars.draw,
    "paired": paired.draw,
    "flow": flow.draw,
    "deviation": deviation.draw,
}


def picture(plot: Plot) -> Picture:
    """Lay a plot out. This is cheap and needs no matplotlib."""
    sheet = Sheet()
    FORMS[plot.form](plot, sheet)
    name = anchor(f"diagram-{plot.report}-{plot.id}")
    title = f"{plot.title}. {plot.subtitle}" if plot.subtitle else plot.title
    return sheet.picture(name, title, plot.description)


def draw(plot: Plot) -> str:
    """Draw a plot as SVG that can stand in a page: the same plot gives the same bytes."""
    return svg(picture(plot))
