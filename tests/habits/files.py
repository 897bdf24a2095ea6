"""Sheets as bytes: CSV or workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import openpyxl

from tests.habits.cells import written
from tests.habits.choices import Habits
from tests.habits.sheets import Sheet


def _csv(sheet: Sheet, habits: Habits) -> bytes:
    out = io.StringIO()
    width = max(map(len, sheet.rows))
    write = csv.writer(out, delimiter="," if habits.language in ("en", "zh") else ";", lineterminator="\r\n")
    for row in sheet.rows:
        cells = [written(cell, habits, sheet.day_style) for cell in row]
        write.writerow(["" if cell is None else cell for cell in cells] + [""] * (width - len(cells)))
    try:
        return out.getvalue().encode(habits.encoding)
    except UnicodeEncodeError:
        return out.getvalue().encode()


def _xlsx(sheet: Sheet, habits: Habits) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet.title or "Sheet1"
    for row in sheet.rows:
        page.append([written(cell, habits, sheet.day_style) for cell in row])
    for top, bottom, first, last in sheet.merged:
        page.merge_cells(start_row=top + 1, end_row=bottom + 1, start_column=first + 1, end_column=last + 1)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def named(sheets: Sequence[Sheet], habits: Habits) -> dict[str, Sheet]:
    """Return the sheets by the names of their files; two of one name are told apart as a folder does it."""
    by_name: dict[str, Sheet] = {}
    for sheet in sheets:
        again = f"{sheet.file}.{habits.form}" in by_name
        by_name[f"{sheet.file} (1).{habits.form}" if again else f"{sheet.file}.{habits.form}"] = sheet
    return by_name


def content(sheet: Sheet, habits: Habits) -> bytes:
    """Return a sheet as its file."""
    return _xlsx(sheet, habits) if habits.form == "xlsx" else _csv(sheet, habits)
