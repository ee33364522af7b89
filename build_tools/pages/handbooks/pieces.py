"""What a handbook's page is made of: a heading with one block under it, and rows of terms and texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from build_tools.pages.layout import Link, environment, safe
from build_tools.pages.report.chapters import Remark


@dataclass(frozen=True, slots=True)
class Piece:
    """A heading in Markdown and what stands under it as HTML."""

    title: str
    anchor: str
    html: Markup
    level: int = 2
    notes: tuple[Remark, ...] = ()
    """Accepted findings about it, which stand under its heading."""
    defines: tuple[Link, ...] = ()
    """The measures that it is the definition of."""


@dataclass(frozen=True, slots=True)
class Told:
    """A term with what is said of it: as words after each other, or as a list (`ul`, `ol`)."""

    term: str
    links: tuple[Link, ...]
    form: str = ""


def block(template: str, values: Mapping[str, Any]) -> Markup:
    """One block of HTML from a template in `handbok/`."""
    return safe(environment().get_template(f"handbok/{template}.html").render(**values))


def words(term: str, *said: str) -> Told:
    """A term with plain words."""
    return Told(term, tuple(Link(text) for text in said if text))


def points(term: str, said: Iterable[str], form: str = "ul") -> Told:
    """A term with a list of sentences."""
    links = tuple(Link(text) for text in said)
    return Told(term, links, form if len(links) > 1 or form == "ol" else "")


def ways(term: str, links: Sequence[Link]) -> Told:
    """A term with links."""
    return Told(term, tuple(links))


def card(told: Iterable[Told], *, lead: str = "", note: str = "", page: str = "") -> Markup:
    """The plain block that most parts are: a sentence, terms, and what the source says of them."""
    rows = [row for row in told if row.links]
    return block("kort", {"lead": lead, "rows": rows, "note": note, "page": page})
