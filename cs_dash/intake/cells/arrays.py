"""Columns of Arrow: in one piece, several at once, and their first different values."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.errors import UnreadableFile

_THREADS, _PIECES, _MANY_ROWS = 2, 100, 10_000
A = TypeVar("A")
B = TypeVar("B")


def whole(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """Return a column in one piece, without a copy where it already is.

    Raises UnreadableFile where its texts are longer than what Arrow holds in one piece.
    """
    if isinstance(column, pa.Array):
        return column
    if column.num_chunks == 1:
        return column.chunk(0)
    try:
        return column.combine_chunks()
    except pa.ArrowInvalid:
        raise too_long() from None


def too_long() -> UnreadableFile:
    """Return the error for a file one of whose columns is longer than what Arrow holds in one piece."""
    why = "One of its columns holds more than 2 GB of text."
    return UnreadableFile("Could not read a file", why, "Split it into two files and load both.")


def map_columns(work: Callable[[A], B], values: Iterable[A], rows: int) -> list[B]:
    """Return what the work gives for every value, in order; what it raises for one is raised.

    Two at once where the columns have so many rows that it is worth a thread: nearly all the work on long ones is
    Arrow's, which lets other threads run meanwhile. Of very many values each thread takes several at a time, so that
    handing them over takes no longer than the work.
    """
    listed = list(values)
    if rows < _MANY_ROWS:
        return [work(value) for value in listed]
    size = max(1, len(listed) // _PIECES)
    pieces = [listed[at : at + size] for at in range(0, len(listed), size)]
    with ThreadPoolExecutor(_THREADS, thread_name_prefix="columns") as pool:
        return [
            result for results in pool.map(lambda piece: [work(value) for value in piece], pieces) for result in results
        ]


def first_different(
    cells: pa.Array, most: int, read: Callable[[pa.Array], pa.Array] = lambda cells: cells
) -> list[str]:
    """Return the first different values; of a long column no more is looked through than it takes to find them.

    `read`: what makes values of cells, each by itself.
    """
    looked = 20 * most
    while True:
        different = pc.unique(read(cells.slice(0, looked))).drop_null().slice(0, most)
        if len(different) == most or looked >= len(cells):
            values: list[str] = different.to_pylist()
            return values
        looked *= 8
