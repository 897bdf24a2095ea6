"""Columns of Arrow: in one piece, and several at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pyarrow as pa

_THREADS = 2
A = TypeVar("A")
B = TypeVar("B")


def whole(column: pa.ChunkedArray) -> pa.Array:
    """Return a column in one piece; one that is so already is not copied."""
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def each(work: Callable[[A], B], values: Iterable[A]) -> list[B]:
    """Return what the work gives for every value, in order; what it raises for one is raised.

    Two at once: nearly all the work on columns is Arrow's, which lets other threads run meanwhile.
    """
    with ThreadPoolExecutor(_THREADS, thread_name_prefix="columns") as pool:
        return list(pool.map(work, values))
