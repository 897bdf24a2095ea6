"""Columns of texts: an expensive change is applied only where a cheap test says that there is something to change."""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc


def as_one_array(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Return a column of strings as one array without nulls or offset."""
    filled = pc.fill_null(column.cast(pa.large_string()), "")
    chunks = filled.chunks if isinstance(filled, pa.ChunkedArray) else [filled]
    return pa.concat_arrays(chunks) if chunks else pa.array([], pa.large_string())


def replace_where(texts: pa.Array, where: pa.Array, change: Callable[[pa.Array], pa.Array]) -> pa.Array:
    """Return texts, changed where `where` is true; `change` is called with only these."""
    selected = texts.filter(where)
    return pc.replace_with_mask(texts, where, change(selected)) if len(selected) else texts


def last_characters(texts: pa.Array, length: int) -> pa.Array:
    """Return the last `length` characters of each text."""
    # In ASCII, bytes are characters and need no counting from the end.
    beyond = pc.invert(pc.string_is_ascii(texts))
    character_endings = pc.utf8_slice_codeunits(texts.filter(beyond), -length, 2**31 - 1)
    byte_endings = pc.binary_slice(texts.cast(pa.large_binary()), -length, 2**31 - 1)
    return pc.replace_with_mask(byte_endings, beyond, character_endings.cast(pa.large_binary())).cast(pa.large_string())
