"""Cells of the workbooks that people download."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from cs_dash.look.spreadsheet_text import workbook_text

if TYPE_CHECKING:  # it takes long to import, and most commands write no workbook
    from openpyxl.cell import Cell
    from openpyxl.styles import Font
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet


def text_cell(sheet: WriteOnlyWorksheet, text: str | None, *, bold: bool = False) -> Cell:
    """Return a cell that holds text as it stands, never a formula or an error; None and "" give an empty one."""
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=workbook_text(text or "") or None)
    if cell.value:
        cell.data_type = "s"
    if bold:
        cell.font = _bold()
    return cell


@cache
def _bold() -> Font:
    from openpyxl.styles import Font

    return Font(bold=True)
