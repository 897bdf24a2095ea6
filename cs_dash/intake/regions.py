"""Several tables in one sheet, one below the other, each with column names of its own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from cs_dash.intake import header
from cs_dash.intake.sheets import Sheet

_MOST = 200
"""So many parts between empty rows are looked at; more are rows with gaps, not tables."""


def split(sheet: Sheet) -> list[Sheet]:
    """Return the tables of a sheet, each as a sheet of its own; the sheet as it is where it holds one."""
    starts = _starts(sheet)
    if len(starts) < 2:
        return [sheet]
    ends = [*starts[1:], sheet.grid.num_rows]
    found = []
    for at, (start, end) in enumerate(zip(starts, ends, strict=True)):
        first = 0 if at == 0 else start
        name = sheet.name if at == 0 else f"{sheet.name}, table {at + 1}" if sheet.name else f"table {at + 1}"
        found.append(
            replace(
                sheet,
                name=name,
                grid=sheet.grid.slice(first, end - first),
                first_row=sheet.first_row + first,
                faults={row - first: fault for row, fault in sheet.faults.items() if first <= row < end},
                notes=(*sheet.notes, f"The sheet holds {len(starts)} tables; this is number {at + 1}."),
                cells=tuple(cell for cell in sheet.cells if first < cell[0] - sheet.first_row + 1 <= end),
                unusable=sheet.unusable if at == 0 else 0,
            )
        )
    return found


def _starts(sheet: Sheet) -> list[int]:
    """The rows of the grid in which tables begin: column names after an empty row, with a title of their own above."""
    filled = header.filled_rows(sheet.grid)
    runs = np.flatnonzero(np.diff(np.concatenate(([0], filled.view(np.int8), [0]))))
    parts = list(zip(runs[::2].tolist(), runs[1::2].tolist(), strict=True))
    if not 1 < len(parts) <= _MOST:
        return []
    found: list[int] = []
    names: set[tuple[str, ...]] = set()
    for at, (start, end) in enumerate(parts):
        rows = header.first_rows(sheet.grid.slice(start, end - start))
        known = header.header_row(rows)
        if known is None or end - start - known < 2 or not header.names_columns(rows[known]):
            continue
        cells = tuple(cell.casefold() for cell in rows[known] if cell)
        if cells in names:  # the names again, in the same table
            continue
        names.add(cells)
        titled = at > 0 and parts[at - 1][1] - parts[at - 1][0] == 1 and (not found or parts[at - 1][0] > found[-1])
        found.append(parts[at - 1][0] if titled else start)
    return found
