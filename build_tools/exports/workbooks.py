"""Tables as an Excel workbook with the same bytes for the same tables."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from build_tools import texts
from build_tools.exports.tables import Document, Sheet, Value

PLAIN = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
"""Texts are texts: nothing that somebody wrote becomes a formula or a link."""
WIDEST, NARROWEST, LONGEST = 60, 9, 250
"""Of a column in characters, and of its heading, which Excel bounds."""
STYLE = "Table Style Light 1"

Formats = dict[int, Format]
"""How numbers are shown, by their decimals; Excel writes them with the reader's own comma and spaces."""


def workbook(document: Document) -> bytes:
    """A workbook with a sheet for each table."""
    content = BytesIO()
    book = Workbook(content, {"in_memory": True, **PLAIN})
    midnight = datetime.combine(document.day, time())
    note = f"Fingeravtryck: {document.fingerprint}"
    book.set_properties({"title": document.title, "comments": note, "created": midnight})
    formats: Formats = {}
    for at, sheet in enumerate(document.sheets):
        _sheet(book, book.add_worksheet(sheet.name), sheet, f"Tabell{at + 1}", formats)
    book.close()
    return content.getvalue()


def _sheet(book: Workbook, into: Worksheet, sheet: Sheet, name: str, formats: Formats) -> None:
    """Headings that stay in sight, a table with filters, and columns as wide as what they hold."""
    into.freeze_panes(1, 2)
    for column, heading in enumerate(sheet.columns):
        into.set_column(column, column, _width(sheet, column))
        into.write_string(0, column, heading[:LONGEST])
    for row, values in enumerate(sheet.rows, start=1):
        for column, one in enumerate(values):
            _write(book, into, (row, column), one, formats)
    if sheet.rows:
        headers = [{"header": heading[:LONGEST]} for heading in sheet.columns]
        into.add_table(
            0, 0, len(sheet.rows), len(sheet.columns) - 1,
            {"name": name, "columns": headers, "style": STYLE},
        )  # fmt: skip


def _write(book: Workbook, into: Worksheet, place: tuple[int, int], one: Value, formats: Formats) -> None:
    if isinstance(one, str):
        if one:
            into.write_string(*place, one)
        return
    decimals = texts.precision(one.value)
    if decimals not in formats:
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        formats[decimals] = book.add_format({"num_format": pattern})
    into.write_number(*place, float(one.value), formats[decimals])


def _width(sheet: Sheet, column: int) -> int:
    """As wide as the longest of its texts, within reason."""
    held = (row[column] for row in sheet.rows)
    longest = max((len(one) for one in held if isinstance(one, str)), default=0)
    heading = max(map(len, sheet.columns[column].split()), default=0) + 3
    return min(WIDEST, max(NARROWEST, longest + 1, heading))
