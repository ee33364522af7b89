"""A table as CSV that a Swedish Excel opens as it is: semicolons, decimal commas, UTF-8 with its mark."""

from __future__ import annotations

import pandas as pd

from build_tools.exports.tables import Number, Sheet, Value

BOM = "\ufeff"
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a spreadsheet would take for a formula."""


def csv(sheet: Sheet) -> bytes:
    """The table with its headings, one row a line."""
    rows = [[_written(one) for one in row] for row in sheet.rows]
    table = pd.DataFrame(rows, columns=[_written(one) for one in sheet.columns], dtype=object)
    text = table.to_csv(sep=";", index=False, lineterminator="\r\n")
    return f"{BOM}{text}".encode()


def _written(one: Value) -> str:
    """A number as a Swedish spreadsheet reads it; a text that is never taken for a formula."""
    if isinstance(one, Number):
        return f"{one.value:f}".replace(".", ",")
    return f"'{one}" if one.startswith(DANGEROUS) else one
