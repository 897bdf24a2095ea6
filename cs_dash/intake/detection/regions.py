"""Several tables in one sheet, one below the other or side by side, each with column names of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
import pyarrow.compute as pc

from cs_dash.errors import UnreadableFile
from cs_dash.intake.cells import arrays, missing
from cs_dash.intake.detection import header, tables
from cs_dash.intake.results.problems import IgnoredSheet
from cs_dash.intake.results.sheets import Block, Sheet
from cs_dash.schema import names

_MOST = 200
"""So many parts between empty rows are looked at; more are rows with gaps, not tables."""
_WHOSE = frozenset({"account_id", "account", "account_ref", "account_name", "subscription_id"})


def split_sheets(sheets: Iterable[Sheet | IgnoredSheet]) -> Iterator[Sheet | IgnoredSheet]:
    """Yield the tables of sheets, each as a sheet of its own; what was ignored stays as it is."""
    for sheet in sheets:
        if isinstance(sheet, IgnoredSheet):
            yield sheet
            continue
        try:
            yield from split(sheet)
        except UnreadableFile as fault:  # a column is too long
            yield IgnoredSheet.unreadable(sheet.file, fault)


def split(sheet: Sheet) -> list[Sheet]:
    """Return the tables of a sheet, each as a sheet of its own; the sheet as it is where it holds one."""
    parts = [
        table
        for above in _one_below_the_other(sheet)
        for table_beside in _side_by_side(above)
        for table in ([table_beside] if table_beside is above else _one_below_the_other(table_beside))
    ]
    if len(parts) < 2:
        return [sheet]
    # Of the cells that are not listed one by one, no place is known: they stay with the first table.
    unlisted = Counter(sheet.unusable) - Counter(text for _, _, text in sheet.cells)
    return [
        replace(
            part,
            name=sheet.name if at == 0 else f"{sheet.name}, table {at + 1}" if sheet.name else f"table {at + 1}",
            notes=(*sheet.notes, f"The sheet holds {len(parts)} tables; this is table {at + 1}."),
            unusable=Counter(text for _, _, text in part.cells) + (unlisted if at == 0 else Counter()),
        )
        for at, part in enumerate(parts)
    ]


def _rows(sheet: Sheet, first: int, end: int) -> Sheet:
    """The rows of a sheet from `first` to before `end`."""
    return replace(
        sheet,
        grid=sheet.grid.slice(first, end - first),
        first_row=sheet.first_row + first,
        faults={row - first: fault for row, fault in sheet.faults.items() if first <= row < end},
        cells=tuple(cell for cell in sheet.cells if first <= cell[0] - sheet.first_row < end),
    )


def _one_below_the_other(sheet: Sheet) -> list[Sheet]:
    starts = _starts(sheet)
    if len(starts) < 2:
        return [sheet]
    ends = [*starts[1:], sheet.grid.num_rows]
    return [_rows(sheet, 0 if at == 0 else starts[at], end) for at, end in enumerate(ends)]


def _starts(sheet: Sheet) -> list[int]:
    """The rows of the grid in which tables begin: column names after an empty row, with a title of their own above."""
    filled = header.filled_rows(sheet.grid)
    runs = np.flatnonzero(np.diff(np.pad(filled, 1)))
    parts = list(zip(runs[::2].tolist(), runs[1::2].tolist(), strict=True))
    if not 1 < len(parts) <= _MOST:
        return []
    starts: list[int] = []
    header_cells: set[tuple[str, ...]] = set()
    for at, (start, end) in enumerate(parts):
        rows = header.first_rows(sheet.grid.slice(start, end - start))
        header_at = header.header_row(rows)
        if header_at is None or end - start - header_at < 2 or not header.names_columns(rows[header_at]):
            continue
        cells = tuple(cell.casefold() for cell in rows[header_at] if cell)
        if cells in header_cells:  # the names again, in the same table
            continue
        header_cells.add(cells)
        titled = at > 0 and parts[at - 1][1] - parts[at - 1][0] == 1 and (not starts or parts[at - 1][0] > starts[-1])
        starts.append(parts[at - 1][0] if titled else start)
    return starts


def _bands(sheet: Sheet) -> list[tuple[int, int]]:
    """The runs of two and more columns between columns that hold nothing at all, as (first, end)."""
    some = [any(cells) for cells in zip(*header.first_rows(sheet.grid), strict=True)]
    for at, column in enumerate(sheet.grid.columns):
        # Below its first rows a column is searched only where those are empty.
        if not some[at]:
            some[at] = bool(pc.any(missing.filled(arrays.whole(column))).as_py())
    edges = np.flatnonzero(np.diff(np.array([0, *map(int, some), 0])))
    return [(first, end) for first, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)]


def _side_by_side(sheet: Sheet) -> list[Sheet]:
    """The tables between empty columns; the sheet as it is where an empty column lies inside one table.

    Two tables are two only where each could be loaded alone, says what or whom its rows are of, and differs from its
    neighbour in where it begins or ends, or has a column of the same name.
    """
    if sheet.grid.num_columns < 5 or sheet.grid.num_rows < 2:
        return [sheet]
    bands = _bands(sheet)
    if len(bands) < 2 or any(end - first < 2 for first, end in bands):
        return [sheet]
    tables_found = []
    for first, end in bands:
        part = replace(
            sheet,
            grid=sheet.grid.select(range(first, end)),
            cells=tuple((row, column - first, text) for row, column, text in sheet.cells if first <= column < end),
        )
        block = header.find(part.grid)
        if block is None or not block.has_header or not _stands_alone(part, block):
            return [sheet]
        tables_found.append((part, block))
    extents = {(int(block.row_numbers[0]), int(block.row_numbers[-1])) for _, block in tables_found}
    called = [{names.key(name) for name in block.names} for _, block in tables_found]
    again = any(column_names & other for at, column_names in enumerate(called) for other in called[:at])
    return [part for part, _ in tables_found] if again or len(extents) > 1 else [sheet]


def _stands_alone(sheet: Sheet, block: Block) -> bool:
    """Whether columns could be loaded as a table by themselves."""
    if not block.rows.num_rows:
        return False
    profiles = tables.profiles_of(block)
    guess = tables.guesses(block, profiles, sheet.file, sheet.name, {})[0]
    held = {match.field.name for match in guess.matches}
    return bool(held & {guess.table.key, *_WHOSE}) and not tables.refusal(guess, block, False, profiles)
