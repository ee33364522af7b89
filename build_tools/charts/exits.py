"""What those who left went on to, or why they left."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.charts.distributions import distribution
from build_tools.model import Plot, Publication, PublishedReport
from build_tools.stages import chart


@chart("avslut", "Avslut efter orsak")
def exits(report: PublishedReport, publication: Publication) -> Iterator[Plot]:
    """Hur många som avslutade av varje orsak, i redovisningens ordning."""
    return distribution("avslut", report, publication, sort=False)
