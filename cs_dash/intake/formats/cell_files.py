"""The cells of text files; those of a large one column by column in files of the load, never in memory as a whole.

Such a column is one Arrow array whose bytes are mapped from disk (`cells.mapped_memory`).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa

from cs_dash.intake.cells import arrays
from cs_dash.intake.cells.mapped_memory import mapped_file
from cs_dash.look import spreadsheet_text

LEAST_BYTES = 32 << 20
"""Smaller files are held in memory."""
MOST_COLUMNS = 100
"""Of wider files as well: every column takes two open files."""
_MOST_BYTES = 2**31 - 1


class CellFiles:
    """Columns of text that are appended to in pieces and mapped when they are whole."""

    def __init__(self, folder: Path) -> None:
        """Begin without columns, in an empty folder."""
        self._folder = folder
        self._rows = 0
        self._sizes: list[int] = []

    def append(self, rows: pa.RecordBatch | pa.Table) -> None:
        """Add rows; what their columns lack or have in addition is empty in the others.

        Raises UnreadableFile where a column has more text than Arrow holds in one piece.
        """
        for at in range(len(self._sizes), rows.num_columns):
            self._sizes.append(0)
            self._file(at, "ends").write_bytes(bytes(4 * (self._rows + 1)))
            self._file(at, "bytes").touch()
        for at, size in enumerate(self._sizes):
            column = arrays.whole(rows.column(at)) if at < rows.num_columns else pa.repeat("", rows.num_rows)
            _, places, data = column.buffers()
            offsets = np.frombuffer(places, np.int32, len(column) + 1, 4 * column.offset)
            first, last = int(offsets[0]), int(offsets[-1])
            if size + last - first > _MOST_BYTES:
                raise arrays.too_long()
            with self._file(at, "ends").open("ab") as ends, self._file(at, "bytes").open("ab") as content:
                ends.write((offsets[1:] + np.int32(size - first)).tobytes())
                content.write(memoryview(data)[first:last] if data is not None else b"")
            self._sizes[at] += last - first
        self._rows += rows.num_rows

    def table(self) -> pa.Table:
        """Return the columns, mapped."""
        columns = [
            pa.Array.from_buffers(
                pa.string(),
                self._rows,
                [None, mapped_file(self._file(at, "ends")), mapped_file(self._file(at, "bytes"))],
            )
            for at in range(len(self._sizes))
        ]
        return pa.table(columns, [f"f{at}" for at in range(len(columns))])

    def _file(self, column: int, kind: str) -> Path:
        return self._folder / f"{column}.{kind}"


def whole_table(parts: list[pa.Table] | list[pa.RecordBatch]) -> pa.Table:
    """Return the parts, which are taken from their list, as one table with each column in one piece.

    A column's pieces are released when it is whole, so that memory never holds all columns twice.
    """
    tables = [part if isinstance(part, pa.Table) else pa.Table.from_batches([part]) for part in parts]
    table = pa.concat_tables(tables, promote_options="default")
    names, columns, rows = table.column_names, list(table.columns), table.num_rows
    parts.clear()
    del table, tables

    def column_in_one_piece(at: int) -> pa.Array:
        column, columns[at] = columns[at], None
        return arrays.whole(column)

    return pa.table(arrays.map_columns(column_in_one_piece, range(len(columns)), rows), names)


def without_apostrophes(grid: pa.Table) -> tuple[pa.Table, tuple[str, ...]]:
    """Return cells without the apostrophes that keep programs from computing them, and a note where any had one."""
    unmarked = arrays.map_columns(
        lambda column: spreadsheet_text.unmarked(arrays.whole(column)), grid.columns, grid.num_rows
    )
    if all(column is None for column in unmarked):
        return grid, ()
    columns = [column if plain is None else plain for column, plain in zip(grid.columns, unmarked, strict=True)]
    note = "Apostrophes before =, +, - or @, which protect against formulas, were removed."
    return pa.table(columns, grid.column_names), (note,)
