"""A sheet as its file has it: cells as text, nothing typed, nothing left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from cs_dash.intake.cells.dates import Period
from cs_dash.intake.results.layouts import TextFormat


@dataclass(frozen=True)
class RowFault:
    """What is wrong with a whole row of the file, before any value of it is looked at."""

    what: str
    advice: str
    fatal: bool


@dataclass(frozen=True)
class Sheet:
    """One sheet.

    Attributes:
        file: the file's name.
        name: the sheet's name; "" in a file that has no sheets.
        grid: the cells, every column of type string; an empty cell is null or "". Its first row is the file's row 1.
        upload: id of the stored upload.
        notes: what the reader of the report should know about the sheet, as sentences.
        faults: grid row -> what is wrong with it.
        unusable: error -> how many cells hold it; "" is a formula that was never computed.
        cells: (spreadsheet row, grid column, text) of the first of those cells.
        since_1904: whether bare numbers that stand for days count from 1904.
        merged: (top, left, bottom, right) of merged cells in the grid, the last row and column included.
        first_row: the spreadsheet's number of the grid's first row.
        period: the day or month that it describes, where its name or one of its columns says so.
        text: how a text file became cells; None for everything else.
    """

    file: str
    name: str
    grid: pa.Table
    upload: str = ""
    notes: tuple[str, ...] = ()
    faults: Mapping[int, RowFault] = field(default_factory=dict)
    unusable: Mapping[str, int] = field(default_factory=dict)
    cells: tuple[tuple[int, int, str], ...] = ()
    since_1904: bool = False
    merged: tuple[tuple[int, int, int, int], ...] = ()
    first_row: int = 1
    period: Period | None = None
    text: TextFormat | None = None

    @property
    def all_notes(self) -> tuple[str, ...]:
        """All notes on the sheet, as sentences, with the number of cells that hold nothing usable."""
        errors = {text: cells for text, cells in self.unusable.items() if text}
        kinds = ", ".join(f"{text} in {cells:,}" for text, cells in sorted(errors.items()))
        notes = [_empty_cells(sum(errors.values()), f"an error ({kinds})")] if errors else []
        if formulas := self.unusable.get("", 0):
            notes.append(_empty_cells(formulas, "a formula without a stored result"))
        return (*self.notes, *notes)


def _empty_cells(cells: int, content: str) -> str:
    return (
        f"1 cell holds {content} and counts as empty."
        if cells == 1
        else (f"{cells:,} cells hold {content} and count as empty.")
    )


@dataclass(frozen=True)
class Block:
    """The table inside a sheet.

    Attributes:
        names: the columns' names, unique; made up where the sheet has none.
        rows: the cells of the data rows, one string column per name.
        row_numbers: the spreadsheet's number of every data row.
        positions: the grid's column of every column.
        has_header: whether the sheet has a header row.
        notes: what was set aside, as sentences.
        title: what stands above the columns' names, one text per cell.
        aliases: what the columns are compared by where that differs from their names, one per name; or empty.
    """

    names: tuple[str, ...]
    rows: pa.Table
    row_numbers: np.ndarray
    positions: tuple[int, ...]
    has_header: bool
    notes: tuple[str, ...]
    title: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


def column_list(columns: Sequence[str]) -> str:
    """Return the first names of a sheet's columns, to show which sheet is meant."""
    names = ", ".join(name if len(name) <= 40 else f"{name[:39]}…" for name in columns[:6])
    return names if len(columns) <= 6 else f"{names} and {len(columns) - 6} more"
