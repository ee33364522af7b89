"""Headings and templates: what all kinds of pages share.

A page is Markdown for its headings (contents, search, anchors) and one HTML block for what stands
under each, so no text is parsed twice and both outlets get the same file.
"""

from __future__ import annotations

import json
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


INVENTED = "Påhittat exempel"
"""The mark of everything that a made-up förbund has."""


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to another page; `href` is empty for the page one stands on."""

    text: str
    href: str = ""
    meta: str = ""
    badge: str = ""


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
    made.filters |= {
        "rubrik": heading_text,
        "yaml": yaml_text,
        "trygg": safe,
        "kallsidor": texts.source_pages,
    }
    made.globals["marks"] = {texts.MARKS[mark]: texts.MARK_MEANINGS[mark] for mark in Mark}
    return made


def render(template: str, values: Mapping[str, Any]) -> str:
    """Fill in a page template; the result ends in one newline and has no runs of blank lines."""
    text = environment().get_template(template).render(**values)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
