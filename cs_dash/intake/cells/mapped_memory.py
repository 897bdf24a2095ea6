"""Long arrays whose bytes lie in files of the load: mapped from disk, never in memory as a whole.

The system reads a page when it is looked at and takes it back when memory is short; `release` gives back at once what
was looked at. A file has no name any more when it is mapped: it is gone with its array, and with the process.
"""

from __future__ import annotations

import ctypes
import mmap
import tempfile
import threading
import weakref
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

LEAST_BYTES = 8 << 20
"""Shorter arrays are held in memory."""
_BLOCK = 4_000_000
_EVERY_SECONDS = 0.02
_TRIM_EVERY = 25
_mapped: weakref.WeakKeyDictionary[mmap.mmap, range] = weakref.WeakKeyDictionary()
"""With the addresses that each takes."""


class Columns(dict[str, pa.Array]):
    """Arrays by name; a long one is put on disk when it is set."""

    def __setitem__(self, name: str, column: pa.Array) -> None:
        """Set a column."""
        super().__setitem__(name, on_disk(column))


def on_disk(column: pa.Array) -> pa.Array:
    """Return a column whose long parts are mapped; a short one, and one of nested values, as it is."""
    if column.nbytes < LEAST_BYTES or column.type.num_fields or pa.types.is_dictionary(column.type):
        return column
    buffers = [_buffer_on_disk(data) for data in column.buffers()]
    return pa.Array.from_buffers(column.type, len(column), buffers, column.null_count, column.offset)


def numbers_on_disk(numbers: np.ndarray) -> np.ndarray:
    """Return the same numbers, mapped if they are many."""
    if numbers.nbytes < LEAST_BYTES:
        return numbers
    return np.frombuffer(written([np.ascontiguousarray(numbers).data]), numbers.dtype)


def filtered(rows: pa.Table, keep: np.ndarray) -> pa.Table:
    """Return the rows for which `keep` is true; of a long table block by block, each of them mapped."""
    starts, mask = range(0, rows.num_rows, _BLOCK), pa.array(keep)

    def pieces(column: pa.ChunkedArray) -> list[pa.Array]:
        blocks = (column.slice(start, _BLOCK).filter(mask.slice(start, _BLOCK)) for start in starts)
        return [on_disk(chunk) for block in blocks for chunk in block.chunks]

    return pa.table([pa.chunked_array(pieces(column), column.type) for column in rows.columns], schema=rows.schema)


def written(pieces: Iterable[Any]) -> pa.Buffer:
    """Return pieces of bytes, one behind the other, mapped from a file."""
    with tempfile.TemporaryFile() as file:
        for piece in pieces:
            file.write(piece)
        file.flush()
        return _map(file.fileno()) if file.tell() else pa.py_buffer(b"")


def mapped_file(file: Path) -> pa.Buffer:
    """Return what a file holds, mapped."""
    with file.open("rb") as stream:
        return _map(stream.fileno()) if file.stat().st_size else pa.py_buffer(b"")


def _buffer_on_disk(data: pa.Buffer | None) -> pa.Buffer | None:
    if data is None or data.size < LEAST_BYTES or any(data.address in there for there in list(_mapped.values())):
        return data
    return written([data])


def _map(descriptor: int) -> pa.Buffer:
    mapped = mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ)
    buffer = pa.py_buffer(mapped)
    _mapped[mapped] = range(buffer.address, buffer.address + buffer.size)
    return buffer


def release() -> None:
    """Give back the memory of the pages that were looked at; they are read again when they are needed."""
    with suppress(AttributeError, ValueError, OSError):  # Windows has no such call
        for mapped in list(_mapped):
            mapped.madvise(mmap.MADV_DONTNEED)


def trim() -> None:
    """Give back what Arrow and C keep of freed memory: between two columns that is as much as a column."""
    pa.default_memory_pool().release_unused()
    with suppress(AttributeError, OSError):  # only glibc has such a call
        ctypes.CDLL(None).malloc_trim(0)


@contextmanager
def releasing() -> Iterator[None]:
    """Release again and again as long as this lasts."""
    done = threading.Event()

    def go_on() -> None:
        turns = 0
        while not done.wait(_EVERY_SECONDS):
            release()
            turns += 1
            if turns % _TRIM_EVERY == 0:
                trim()

    thread = threading.Thread(target=go_on, name="cells", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
        trim()
