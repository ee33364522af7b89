"""Publication → files that others read with programs of their own: figures as JSON, CSV and workbooks."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.model import File, Publication
from build_tools.stages import Maker, export, export_beside


def write(publication: Publication) -> Iterator[File]:
    """Every file but those that are saved of a comparison."""
    return (file for part in export.parts() for file in part.run(publication))


def beside(publication: Publication) -> tuple[Maker, ...]:
    """What makes the files that are saved of comparisons."""
    return tuple(part.run(publication) for part in export_beside.parts())
