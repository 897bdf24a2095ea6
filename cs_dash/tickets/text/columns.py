"""Columns of texts: a dear change is made only where a cheap look says that there is something to change."""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc


def whole(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Return a column of strings as one array without nulls, which begins at the beginning of its memory."""
    told = pc.fill_null(column.cast(pa.large_string()), "")
    parts = told.chunks if isinstance(told, pa.ChunkedArray) else [told]
    return pa.concat_arrays(parts) if parts else pa.array([], pa.large_string())


def changed(texts: pa.Array, where: pa.Array, change: Callable[[pa.Array], pa.Array]) -> pa.Array:
    """Return texts with those changed for which `where` is true; `change` is given only these."""
    chosen = texts.filter(where)
    return pc.replace_with_mask(texts, where, change(chosen)) if len(chosen) else texts


def ending(texts: pa.Array, length: int) -> pa.Array:
    """Return the last signs of texts, at most so many."""
    # Bytes are signs where all is ASCII, and need no counting from the end.
    beyond = pc.invert(pc.string_is_ascii(texts))
    rest = pc.utf8_slice_codeunits(texts.filter(beyond), -length, 2**31 - 1)
    found = pc.binary_slice(texts.cast(pa.large_binary()), -length, 2**31 - 1)
    return pc.replace_with_mask(found, beyond, rest.cast(pa.large_binary())).cast(pa.large_string())
