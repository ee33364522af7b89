"""The one doorway to pandas: what crosses reports is selected, aligned and pivoted as a frame."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import pandas as pd

from build_tools.model import Blank, Fact, Publication

COLUMNS = ("report", "intervention", "association", "start", "end", "measure", "category", "group", "cell")


def frame(publication: Publication, measures: Collection[str]) -> pd.DataFrame:
    """All published cells of some measures, one a row, in the order of reports and cells.

    Columns: those of `COLUMNS` as text (start and end as ISO days) and `figure`, the protected
    Fact or Blank itself: sums and means are never made here, only choice and order.
    """
    rows = list(_rows(publication, frozenset(measures)))
    return pd.DataFrame(rows, columns=[*COLUMNS, "figure"])


def _rows(publication: Publication, measures: frozenset[str]) -> Iterator[tuple[Any, ...]]:
    for report in publication.reports.values():
        association = publication.interventions[report.intervention].association
        head = (report.id, report.intervention, association)
        days = (report.period.start.isoformat(), report.period.end.isoformat())
        for key, figure in report.cells.items():
            cell = figure.cell
            if cell.measure in measures and not cell.is_share:
                yield (*head, *days, cell.measure, cell.category, cell.group, key, figure)


def pivot(cells: pd.DataFrame, index: str, columns: str) -> dict[str, dict[str, Fact | Blank]]:
    """Lay cells out as rows by `index` and columns by `columns`, both in order of appearance.

    A place without a cell is left out. The first cell counts where a place has several.
    """
    once = cells.drop_duplicates([index, columns])
    wide = once.pivot(index=index, columns=columns, values="figure")
    wide = wide.reindex(index=once[index].unique(), columns=once[columns].unique())
    return {
        str(key): {str(column): found for column, found in row.items() if isinstance(found, (Fact, Blank))}
        for key, row in wide.to_dict("index").items()
    }


def columns_of(rows: Mapping[str, Mapping[str, Fact | Blank]]) -> frozenset[str]:
    """The columns that any row of a pivot has."""
    return frozenset(column for row in rows.values() for column in row)
