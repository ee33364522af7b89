"""Pages that somebody wrote besides the reports."""

from __future__ import annotations

from dataclasses import dataclass

from build_tools.model.reports import Placement
from build_tools.model.values import Where


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a free page: plain text, level 2 to 6, and the anchor it gets."""

    level: int
    text: str
    anchor: str
    where: Where


@dataclass(frozen=True, slots=True)
class FreePage:
    """A page that somebody wrote besides the reports; `path` is relative to `content/`."""

    path: str
    title: str
    body: tuple[Heading | str | Placement, ...]
    description: str = ""
