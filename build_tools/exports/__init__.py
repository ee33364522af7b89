"""Publication → files that others read with programs of their own: figures as JSON, CSV and workbooks."""

from __future__ import annotations

from build_tools.model import File, Publication
from build_tools.stages import export


def write(publication: Publication) -> tuple[File, ...]:
    """Every exported file of the site, sorted by path."""
    files = [file for part in export.parts() for file in part.run(publication)]
    return tuple(sorted(files, key=lambda file: file.path))
