"""A short fingerprint of what a report publishes, to tell whether two copies say the same."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from build_tools.model import Laid, Publication

SHORT = 8
"""Signs of the fingerprint: enough to notice a change, few enough to stand in an address."""
PAIR = 2


def fingerprint(own: Sequence[Laid]) -> str:
    """Of all that a report's figures show: another one when any of them changes."""
    told = "\n".join(f"{one.cell}={one.shown}={one.traits.get('varde', '')}" for one in own)
    return sha256(told.encode()).hexdigest()[:SHORT]


def fingerprints(publication: Publication, reports: Sequence[str]) -> str:
    """Of several reports together, in the order they are given; of more than two a single one of all."""
    found = "-".join(publication.comparisons.fingerprint(one) for one in reports)
    return found if len(reports) <= PAIR else sha256(found.encode()).hexdigest()[:SHORT]
