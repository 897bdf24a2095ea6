"""A workbook to fill in: one sheet per table, its fields as heads, and a first sheet that explains every one."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from cs_dash.schema import TABLES, Field, Table

HEAD = Font(bold=True)
REQUIRED = PatternFill("solid", fgColor="FFDDE6FF")
TYPES = {
    "id": "id",
    "account": "id or name of an account",
    "text": "text",
    "category": "word",
    "date": "date",
    "timestamp": "date and time",
    "money": "amount",
    "number": "number",
    "integer": "whole number",
    "flag": "yes or no",
}


def write_template(file: Path) -> None:
    """Write the template workbook to `file`. Raises OSError when it cannot be written."""
    book = Workbook()
    first = book.active
    if isinstance(first, Worksheet):
        _explain(first)
    for table in TABLES.values():
        _sheet(book.create_sheet(table.title[:31]), table)
    book.save(file)


def _explain(sheet: Worksheet) -> None:
    """Fill the first sheet: how to use the workbook, and every field in words."""
    sheet.title = "Read me"
    sheet.append(["Fill in the sheets you have; leave the others empty. Any order of columns, any further columns."])
    sheet.append(["A blue head must be filled in every row. Then drop the workbook on the Data page."])
    sheet.append([])
    heads = ["Sheet", "Column", "Must be filled", "Holds", "Unit", "Meaning", "Example"]
    sheet.append(heads)
    for cell in sheet[4]:
        cell.font = HEAD
    for table in TABLES.values():
        for field in table.mapped:
            must = _must(table, field)
            sheet.append([table.title, field.label, must, TYPES[field.type], field.unit, field.help, field.example])
    for at, width in enumerate((18, 22, 14, 24, 18, 78, 26), start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.freeze_panes = "A5"


def _sheet(sheet: Worksheet, table: Table) -> None:
    """Fill one table's sheet: its heads, each with its meaning as a comment."""
    for at, field in enumerate(table.mapped, start=1):
        cell = sheet.cell(row=1, column=at, value=field.label)
        cell.font = HEAD
        cell.alignment = Alignment(vertical="top")
        cell.comment = Comment(
            " ".join(part for part in (field.help, field.example and f"Example: {field.example}") if part), "cs_dash"
        )
        if field.required:
            cell.fill = REQUIRED
        sheet.column_dimensions[get_column_letter(at)].width = max(14, len(field.label) + 4)
    sheet.freeze_panes = "A2"


def _must(table: Table, field: Field) -> str:
    """Return whether the field must be filled, in words."""
    if field.required:
        return "yes"
    return "advised" if field.name == table.key else ""
