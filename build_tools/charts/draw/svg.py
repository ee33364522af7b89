"""Draws a picture with matplotlib and cleans its SVG for standing inside a page.

Colours are drawn as stand-ins and then become the theme's custom properties, so a chart follows light and
dark. The page sets the texts in its own font; matplotlib only places them. It is imported where it draws:
a site whose charts are all in the cache does without it.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree as ET

from build_tools.charts.draw.picture import WIDTH, Bar, Dot, Picture, Rule, Words

FALLBACK = {
    "text": "currentColor",
    "svag": "currentColor",
    "rutnat": "#8c959f",
    "yta": "Canvas",
    "serie-1": "#2f7f8f",
    "serie-2": "#b7711b",
    "serie-3": "#7d62a0",
    "serie-4": "#4f86a6",
    "serie-5": "#b0604f",
    "serie-6": "#74853c",
    "plus": "#2f7fb5",
    "minus": "#b8651d",
}
"""What a colour is where the theme does not say: seen on white as well as on black."""
STAND_INS = {name: f"#0102{number:02x}" for number, name in enumerate(FALLBACK, start=1)}
COLOURS = {stand_in: f"var(--sr-{name}, {FALLBACK[name]})" for name, stand_in in STAND_INS.items()}
HATCHES = {"striped": "//", "backstriped": "\\\\", "lined": "--", "crossed": "xx"}
SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "samrapport",
    "svg.id": None,
    "hatch.linewidth": 1.6,
    "path.sketch": None,
    "text.usetex": False,
}
NO_METADATA = dict.fromkeys(("Creator", "Date", "Format", "Type"))
NAMESPACE = "http://www.w3.org/2000/svg"
OUTLINE = 1.5
RING = 2.5
DROPPED = frozenset({"font-family", "stroke-linejoin", "text-anchor"})
"""Declarations that repeat what the page or SVG itself says."""


def svg(picture: Picture) -> str:
    """Draw a picture as one SVG element, one child a line."""
    root = ET.Element(
        "svg",
        {
            "xmlns": NAMESPACE,
            "viewBox": f"0 0 {WIDTH} {picture.height:g}",
            "role": "img",
            "aria-labelledby": f"{picture.id}-titel",
            "aria-describedby": f"{picture.id}-beskrivning",
        },
    )
    ET.SubElement(root, "title", id=f"{picture.id}-titel").text = picture.title
    ET.SubElement(root, "desc", id=f"{picture.id}-beskrivning").text = picture.description
    # Our own output is parsed here, never an author's.
    root.extend(_cleaned(ET.fromstring(raw(picture)), picture.id))  # noqa: S314
    ET.indent(root, "")
    return ET.tostring(root, encoding="unicode")


def raw(picture: Picture) -> str:
    """The SVG as matplotlib writes it: a figure without axes, every artist in its place."""
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D
    from matplotlib.patches import Circle, Rectangle
    from matplotlib.transforms import Affine2D

    downward = Affine2D().scale(1, -1).translate(0, picture.height)
    target = io.StringIO()
    with matplotlib.rc_context(SETTINGS):
        figure = Figure((WIDTH / 72, picture.height / 72), dpi=72)
        figure.patch.set_visible(False)
        for shape in picture.shapes:
            if isinstance(shape, Bar):
                figure.add_artist(Rectangle(**_bar(shape), transform=downward))
            elif isinstance(shape, Words):
                figure.add_artist(_text_artist()(shape))
            elif isinstance(shape, Dot):
                figure.add_artist(Circle(**_dot(shape), transform=downward))
            else:
                figure.add_artist(Line2D(**_rule(shape), transform=downward))
        canvas: Any = FigureCanvasSVG(figure)
        canvas.print_svg(target, metadata=NO_METADATA)
    return target.getvalue()


@lru_cache(maxsize=1)
def _text_artist() -> Callable[[Words], Any]:
    """An artist that hands its text to the renderer unmeasured.

    matplotlib's own Text sets every line in its own font first: half the cost of a chart, and a warning
    for each letter that font lacks.
    """
    from matplotlib.artist import Artist
    from matplotlib.colors import to_rgba
    from matplotlib.font_manager import FontProperties

    class Line(Artist):
        def __init__(self, words: Words) -> None:
            super().__init__()
            self.words = words
            self.zorder = 3

        def draw(self, renderer: Any) -> None:
            words, gc = self.words, renderer.new_gc()
            gc.set_foreground(to_rgba(STAND_INS[words.colour]), isRGBA=True)
            font = FontProperties(size=words.size, weight=600 if words.strong else 400)
            font.set_style("italic" if words.slanted else "normal")
            renderer.draw_text(gc, words.x, words.y, words.text, font, 0)
            gc.restore()

    return Line


def _bar(shape: Bar) -> dict[str, Any]:
    """How a bar is told to matplotlib; an outline lies inside the bar's edge."""
    colour = STAND_INS[shape.colour]
    if shape.pattern == "open":
        inset = min(OUTLINE, shape.width) / 2
        return {
            "xy": (shape.x + inset, shape.y + inset),
            "width": shape.width - 2 * inset,
            "height": shape.height - 2 * inset,
            "fill": False,
            "edgecolor": colour,
            "linewidth": OUTLINE,
        }
    hatch = HATCHES.get(shape.pattern)
    return {
        "xy": (shape.x, shape.y),
        "width": shape.width,
        "height": shape.height,
        "facecolor": colour,
        "edgecolor": STAND_INS["yta"],
        "hatch": hatch,
        "linewidth": 0,
    }


def _dot(shape: Dot) -> dict[str, Any]:
    """How a mark is told to matplotlib; a ring lies inside its edge and over the lines."""
    colour = STAND_INS[shape.colour]
    ring = shape.pattern == "open"
    return {
        "xy": (shape.x, shape.y),
        "radius": shape.radius - (RING / 2 if ring else 0),
        "facecolor": STAND_INS["yta"] if ring else colour,
        "edgecolor": colour,
        "linewidth": RING if ring else 0,
        "zorder": 4,
    }


def _rule(shape: Rule) -> dict[str, Any]:
    return {
        "xdata": (shape.x1, shape.x2),
        "ydata": (shape.y1, shape.y2),
        "color": STAND_INS[shape.colour],
        "linewidth": shape.width,
        "linestyle": (0, (3, 3)) if shape.dashed else "solid",
        "marker": "None",
        "solid_capstyle": "butt",
        "dash_capstyle": "butt",
    }


def _cleaned(drawn: ET.Element, name: str) -> Iterator[ET.Element]:
    """What is seen, without groups and ids; then the patterns, whose ids begin with the picture's name."""
    patterns = list(drawn.iter(f"{{{NAMESPACE}}}pattern"))
    within = {part for pattern in patterns for part in pattern}
    for tag in ("path", "text"):
        for element in drawn.iter(f"{{{NAMESPACE}}}{tag}"):
            if element not in within:
                yield _bare(element, name)
    if patterns:
        defined = ET.Element("defs")
        defined.extend(_bare(pattern, name) for pattern in patterns)
        yield defined


def _bare(element: ET.Element, name: str) -> ET.Element:
    """An element without namespace, with our colours and ids."""
    bare = ET.Element(element.tag.removeprefix(f"{{{NAMESPACE}}}"))
    bare.text = element.text if bare.tag == "text" else None
    for key, value in element.items():
        if key == "id":
            bare.set(key, f"{name}-{value}")
        elif key == "style":
            bare.set(key, _style(value, name))
        else:
            bare.set(key, COLOURS.get(value, " ".join(value.split())))
    bare.extend(_bare(child, name) for child in element)
    return bare


def _style(text: str, name: str) -> str:
    """Declarations with custom properties for colours, and patterns by their new ids."""
    declared = (part.split(": ", 1) for part in text.split("; "))
    kept = {key: COLOURS.get(value, value) for key, value in declared if key not in DROPPED}
    kept["fill"] = kept["fill"].replace("url(#", f"url(#{name}-")
    return ";".join(f"{key}:{value}" for key, value in kept.items())
