"""Excel workbooks read by openpyxl: slower, but able to read files that the first reader gives up on."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pyarrow as pa

from cs_dash.intake.cells import missing
from cs_dash.intake.formats.workbook_cells import ErrorCell


class Book:
    """One workbook (.xlsx, .xlsm). Raises what openpyxl raises where it cannot read it either."""

    def __init__(self, source: Path | Any) -> None:
        import openpyxl

        self._book = openpyxl.load_workbook(source, read_only=True, data_only=True, keep_links=False)

    @property
    def names(self) -> list[str]:
        """The sheets that hold cells, as they are called."""
        return [sheet.title for sheet in self._book.worksheets]

    def is_hidden(self, name: str) -> bool:
        """Return whether a sheet is hidden."""
        return bool(self._book[name].sheet_state != "visible")

    def cells(self, name: str) -> tuple[pa.Table, list[ErrorCell]]:
        """Return the cells of a sheet as text, its first row the spreadsheet's row 1, and those that hold an error."""
        sheet = self._book[name]
        sheet.reset_dimensions()  # the dimensions in the file may be wrong
        values = [list(row) for row in sheet.iter_rows(values_only=True)]
        rows = [[text(value) for value in row] for row in values]
        errors = [
            (number, at, str(value))
            for number, row in enumerate(values, 1)
            for at, value in enumerate(row)
            if value is not None and rows[number - 1][at] is None
        ]
        width = max(map(len, rows), default=0)
        columns = zip(*(row + [None] * (width - len(row)) for row in rows), strict=True) if width else ()
        return pa.table({f"f{at}": pa.array(cells, pa.string()) for at, cells in enumerate(columns)}), errors


def text(value: object) -> str | None:
    """Return a cell's value as the first reader writes it: whole numbers without decimals, days as ISO, errors as none.

    >>> text(2.0), text(True), text(date(2026, 4, 3)), text("#DIV/0!")
    ('2', 'true', '2026-04-03', None)
    """
    if value is None or (isinstance(value, str) and value.startswith("#") and value.casefold() in missing.ERRORS):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(" ") if value.time() != time() else value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)
