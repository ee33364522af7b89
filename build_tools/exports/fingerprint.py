"""A short fingerprint of what a report publishes, to tell whether two copies say the same."""

from __future__ import annotations

from hashlib import sha256

from build_tools import texts
from build_tools.model import Fact, Publication, PublishedReport

SHORT = 6
"""Signs of the fingerprint: enough to notice a change, few enough to be read aloud."""


def fingerprint(report: PublishedReport) -> str:
    """Of a report's published cells as they are shown, in the order of their ids."""
    told = "\n".join(
        f"{cell}={texts.shown(figure)}{_behind(figure)}" for cell, figure in sorted(report.cells.items())
    )
    return sha256(f"{report.id}\n{told}".encode()).hexdigest()[:SHORT]


def fingerprints(publication: Publication, reports: tuple[str, ...]) -> str:
    """Of several reports together, in the order they are given."""
    return "-".join(fingerprint(publication.reports[one]) for one in reports)


def _behind(figure: object) -> str:
    return f"/{figure.n}" if isinstance(figure, Fact) and figure.n is not None else ""
