"""Links, headings and templates: what all kinds of pages share.

A page is Markdown for its headings (contents, search, anchors) and one HTML block for what stands
under each, so no text is parsed twice and both outlets get the same file.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from build_tools import texts
from build_tools.model import Mark

MARKDOWN_SIGNS = re.compile(r"([\\`*_{}\[\]()#+\-.!~^=|:$@/])")
HTML_SIGNS = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}


RULES = "om/kontroller.md"
"""The page that lists every rule."""

CHANGES = "nytt/index.md"
"""The page of the newest reports and corrections."""

INVENTED = "Påhittat exempel"
"""The mark of everything that a made-up förbund has."""


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to another page; `href` is empty for the page one stands on."""

    text: str
    href: str = ""
    meta: str = ""
    badge: str = ""


def url(path: str) -> str:
    """The published address of a file: `om/index.md` → `om/`, `ar/2021.md` → `ar/2021/`."""
    stem = path.removesuffix(".md")
    if stem == "index":
        return ""
    return f"{stem.removesuffix('/index')}/" if stem.endswith("/index") else f"{stem}/"


def to(source: str, target: str, fragment: str = "") -> str:
    """The address of one page relative to another, both given as file paths."""
    start, goal = url(source), url(target)
    way = posixpath.relpath(f"/{goal}", f"/{start}")
    way = "./" if way == "." else f"{way}/"
    return f"{way}#{fragment}" if fragment else way


def report_path(report: str) -> str:
    """The file of a report's page."""
    return f"rapporter/{report}.md"


def quality_path(report: str) -> str:
    """The file of the page that tells how a report was tried."""
    return f"rapporter/{report}/kvalitet.md"


def intervention_path(intervention: str) -> str:
    """The file of an insats page."""
    return f"insatser/{intervention}.md"


def association_path(association: str) -> str:
    """The file of a förbund page."""
    return f"forbund/{association}.md"


def status_path(association: str) -> str:
    """The file of a förbund's status board."""
    return f"forbund/{association}/lage.md"


def year_path(year: int) -> str:
    """The file of a year page."""
    return f"ar/{year}.md"


def measure_path(measure: str) -> str:
    """The file of a measure's page in the catalogue."""
    return f"nyckeltal/{texts.anchor(measure)}.md"


def heading_text(text: str) -> Markup:
    """Plain text as it must stand in a Markdown heading to come out as the same plain text."""
    single = " ".join(text.split())
    safe = "".join(HTML_SIGNS.get(sign, sign) for sign in MARKDOWN_SIGNS.sub(r"\\\1", single))
    return Markup(re.sub(r"\\([~^=|:$@/])", r"\1", safe))  # noqa: S704 - every sign is escaped above


def yaml_text(text: str) -> Markup:
    """Text as a YAML scalar on one line."""
    return Markup(json.dumps(" ".join(text.split()), ensure_ascii=False))  # noqa: S704 - front matter, not HTML


def safe(html: str) -> Markup:
    """HTML that the loader has sanitised or that we made ourselves, on lines without blank ones between."""
    return Markup(re.sub(r"\n\s*\n+", "\n", html.strip()))  # noqa: S704 - only trusted HTML is passed


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates: everything is escaped unless it is marked as safe."""
    made = Environment(
        loader=PackageLoader("build_tools.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"rubrik": heading_text, "yaml": yaml_text, "trygg": safe}
    made.globals["marks"] = {texts.MARKS[mark]: texts.MARK_MEANINGS[mark] for mark in Mark}
    return made


def render(template: str, values: Mapping[str, Any]) -> str:
    """Fill in a page template; the result ends in one newline and has no runs of blank lines."""
    text = environment().get_template(template).render(**values)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
