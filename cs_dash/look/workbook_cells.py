"""Cells of the workbooks that people download."""

from __future__ import annotations

from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from cs_dash.look.spreadsheet_text import workbook_text

BOLD = Font(bold=True)


def text_cell(sheet: WriteOnlyWorksheet, text: str | None, *, bold: bool = False) -> Cell:
    """Return a cell that holds text as it stands, never a formula or an error; None and "" give an empty one."""
    cell = WriteOnlyCell(sheet, value=workbook_text(text or "") or None)
    if cell.value:
        cell.data_type = "s"
    if bold:
        cell.font = BOLD
    return cell
