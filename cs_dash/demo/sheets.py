"""Writes tables as CSV and xlsx such that the same rows always give the same bytes."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import StringIO
from pathlib import Path

Rows = list[list[object]]

_STAMP = datetime(2026, 10, 1, 6, 0, 0)


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    """Write rows as UTF-8 with commas and return the path; None becomes an empty cell, True Yes and False No."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    path.write_bytes(text.getvalue().encode("utf-8"))
    return path


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return value


def write_xlsx(path: Path, sheet: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    """Write rows as a workbook of one sheet and return the path. Dates and times become date cells.

    XlsxWriter, because it is three times as fast as openpyxl here and gives the parts of the archive a fixed time; only
    the properties must be kept from reading the clock.
    """
    from xlsxwriter import Workbook  # it takes long to import, and every command imports this module

    with Workbook(str(path)) as book:
        book.set_properties({"author": "Tidewell", "created": _STAMP})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        page = book.add_worksheet(sheet)
        page.write_row(0, 0, header)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    page.write_string(number, column, value)
                elif isinstance(value, datetime):
                    page.write_datetime(number, column, value, moment)
                elif isinstance(value, date):
                    page.write_datetime(number, column, value, day)
                elif isinstance(value, int | float):
                    page.write_number(number, column, value)
    return path
