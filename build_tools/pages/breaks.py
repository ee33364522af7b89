"""Where two years cannot be compared: what the comparison says, with a new definition told in full."""

from __future__ import annotations

from build_tools import texts
from build_tools.model import Comparison, Fact, Measure, Publication

ANOTHER_WAY = "J09"
"""The condition that two figures are counted by different definitions."""


def told(measure: Measure, refused: Comparison, publication: Publication) -> str:
    """Why a figure does not continue the one before it."""
    new = _definition(measure, refused, publication)
    reasons = (new if new and one.code == ANOTHER_WAY else one.text for one in refused.refusals)
    return " ".join(dict.fromkeys(reasons))


def _definition(measure: Measure, refused: Comparison, publication: Publication) -> str:
    """The definition that came between two figures, or nothing."""
    ends = [one for one in (refused.a, refused.b) if isinstance(one, Fact)]
    before, after = (publication.reports[one.cell.report].period.start for one in ends)
    new = measure.changed_between(before, after)
    return f"Ny definition från {texts.day(new.since)}: {new.text}" if new else ""
