"""Publication → files: one module for each kind of page, templates beside them."""

from __future__ import annotations

from build_tools.model import File, Publication
from build_tools.stages import page


def write(publication: Publication) -> tuple[File, ...]:
    """Every page of the site, sorted by path."""
    files = [file for part in page.parts() for file in part.run(publication)]
    return tuple(sorted(files, key=lambda file: file.path))
