"""The demo as its readers and as its writers meet it, read once for all tests of a worker."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from build_tools import protect
from build_tools.build import CACHE, Examined, examine, rules
from build_tools.compare import compare
from build_tools.model import Publication

ROOT = Path(__file__).parents[1]


@cache
def examined() -> Examined:
    """The demo, derived and checked."""
    return examine(ROOT)


def shown(seen: Examined, *, drafts: bool = False) -> Publication:
    """What is shown of a project, ready to be compared."""
    publication = protect.protect(seen.edition, seen.accepted, seen.reviews, rules(), drafts=drafts)
    return compare(publication, ROOT / CACHE)


@cache
def published() -> Publication:
    """The demo as it is published."""
    return shown(examined())


@cache
def previewed() -> Publication:
    """The demo with its drafts, as the preview shows it."""
    return shown(examined(), drafts=True)
