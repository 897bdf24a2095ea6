"""What reading each of a folder's files gives, in one line a file: the cells of every sheet, or why there are none."""

from __future__ import annotations

import zlib
from pathlib import Path

import pyarrow as pa

from cs_dash.intake.detection import regions
from cs_dash.intake.formats import files
from cs_dash.intake.formats.isolated_reader import IsolatedReader
from cs_dash.intake.results.problems import IgnoredSheet, InputFile
from cs_dash.intake.results.sheets import Sheet


def summary(path: Path, reader: IsolatedReader) -> str:
    """Return what a file gives: "name rows x columns checksum" for each sheet, or the sentence that says why not."""
    parts = []
    for split_sheet in regions.split_sheets(files.sheets_or_reason(InputFile(path.name, path, "u"), {}, reader)):
        inside = split_sheet.file.removeprefix(path.name)
        if isinstance(split_sheet, IgnoredSheet):
            parts.append(f"{inside}! {split_sheet.why}".strip())
        else:
            size = f"{split_sheet.grid.num_rows} x {split_sheet.grid.num_columns}"
            parts.append(f"{inside}{split_sheet.name!r} {size} {checksum(split_sheet)}")
    return "; ".join(parts)


def cells(grid: pa.Table) -> list[list[str]]:
    """Return the cells row by row, empty rows and columns at the edges left out."""
    rows = [[cell or "" for cell in row.values()] for row in grid.to_pylist()] if grid.num_columns else []
    while rows and not any(rows[-1]):
        rows.pop()
    width = max((at + 1 for row in rows for at, cell in enumerate(row) if cell), default=0)
    return [row[:width] for row in rows]


def checksum(sheet: Sheet) -> str:
    """Return eight letters that change when a cell does."""
    return f"{zlib.crc32(repr(cells(sheet.grid)).encode()):08x}"
