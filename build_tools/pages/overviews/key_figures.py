"""The measures that stand beside each other where years and insatser do."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from build_tools.frames import frame
from build_tools.model import Measure, Publication


def key_measures(publication: Publication) -> list[Measure]:
    """The measures that are shown at the top of a report."""
    return [measure for measure in publication.catalogue.measures.values() if measure.key]


def years_measures(publication: Publication) -> list[Measure]:
    """The key measures, and those whose definition has changed since they were first counted."""
    measures = publication.catalogue.measures.values()
    return [measure for measure in measures if measure.key or len(measure.definitions) > 1]


def key_cells(publication: Publication, measures: Sequence[Measure]) -> pd.DataFrame:
    """The totals of some measures in all reports."""
    cells = frame(publication, {measure.id for measure in measures})
    return cells[(cells["cell"] == cells["measure"]) | (cells["category"] == "summa")]


def unit_of(measure: Measure) -> str:
    """The unit to write in a table whose heading already tells that it counts people."""
    return "" if measure.unit == "personer" else measure.unit
