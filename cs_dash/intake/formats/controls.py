"""Control characters, which no text has: left out of every cell, and counted."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.intake.cells import arrays

_NONE = r"[\x00-\x08\x0e-\x1f\x7f]"
"""Every control character but tabs and the ends of lines and pages."""
_BLOCK = 1 << 22


def count(codes: np.ndarray) -> int:
    r"""Return how many of the bytes of a text are control characters.

    >>> count(np.frombuffer(b"a\x00\tb\x1b\n", np.uint8))
    2
    """
    low = int(np.count_nonzero(codes < 32))
    blanks = int(np.count_nonzero((codes >= 9) & (codes <= 13))) if low else 0
    return low - blanks + int(np.count_nonzero(codes == 127))


def _held(column: pa.Array) -> int:
    _, places, data = column.buffers()
    if data is None or not len(column):
        return 0
    offsets = np.frombuffer(places, np.int32, len(column) + 1, 4 * column.offset)
    codes = np.frombuffer(data, np.uint8)[offsets[0] : offsets[-1]]
    return sum(count(codes[at : at + _BLOCK]) for at in range(0, len(codes), _BLOCK))


def without(grid: pa.Table) -> tuple[pa.Table, tuple[str, ...]]:
    """Return cells without control characters, and a note with their number where there were any."""
    columns = [arrays.whole(column) for column in grid.columns]
    held = [_held(column) for column in columns]
    if not any(held):
        return grid, ()
    plain = [
        pc.replace_substring_regex(column, _NONE, "") if some else column
        for column, some in zip(columns, held, strict=True)
    ]
    number = sum(held)
    many = "1 control character was" if number == 1 else f"{number:,} control characters were"
    note = f"{many} removed: text should have none, so the file may be corrupted."
    return pa.table(plain, grid.column_names), (note,)
