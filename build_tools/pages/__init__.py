"""Publication → files: one module for each kind of page, templates beside them."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.model import File, Publication
from build_tools.stages import Maker, page, page_beside


def write(publication: Publication) -> Iterator[File]:
    """Every page but those of comparisons."""
    return (file for part in page.parts() for file in part.run(publication))


def beside(publication: Publication) -> tuple[Maker, ...]:
    """What makes the pages of comparisons."""
    return tuple(part.run(publication) for part in page_beside.parts())
