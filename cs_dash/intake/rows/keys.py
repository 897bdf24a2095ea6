"""What identifies a row: the key that the file gives, else one made from the row's content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.intake.cells import arrays, mapped_memory, missing
from cs_dash.intake.results.problems import ProblemLog
from cs_dash.intake.results.sheets import column_list

_BLOCK = 100_000
_DIGEST = 10
"""Bytes of a key that is made from a row's content."""
_PARTS = np.dtype([("head", np.int64), ("tail", np.int16)])
"""A digest; its beginning tells rows apart in this process."""


def occurrence(values: pa.Array) -> np.ndarray:
    """Return for every row how many rows above it have the same value."""
    encoded = pc.dictionary_encode(values)
    if len(encoded.dictionary) == len(values):
        return np.zeros(len(values), dtype=np.int64)
    return _nth(encoded.indices.to_numpy(zero_copy_only=False))


def _in_order(values: pa.Array) -> bool:
    """Whether the values only rise or only fall, as ids in exports do; then none comes twice."""
    before, after = values.slice(0, len(values) - 1), values.slice(1)
    short, long = pc.binary_length(before), pc.binary_length(after)
    same_length = pc.equal(short, long)
    return any(
        pc.all(pc.or_(further(short, long), pc.and_(same_length, further(before, after))), skip_nulls=False).as_py()
        for further in (pc.less, pc.greater)
    )


def _as_text(column: pa.Array) -> pa.Array:
    return pc.fill_null(column.cast(pa.string()), "\x00")


def from_content(rows: pa.Table, table: str) -> pa.Array:
    """Return a key per row made from all its values, and a number for rows that are wholly alike.

    The same file gives the same keys whenever it is loaded, and wherever a row is in it.
    """
    # Block by block: the text of all rows at once would take more memory than the rows.
    digests = np.frombuffer(
        _joined((_digests(table, texts, "0") for _, texts in _texts(rows)), _DIGEST * rows.num_rows), _PARTS
    )
    nth = _nth(digests["head"])

    def blocks() -> Iterator[bytes]:
        for start in range(0, rows.num_rows, _BLOCK):
            block, numbers = digests[start : start + _BLOCK], nth[start : start + _BLOCK]
            if len(again := np.flatnonzero(numbers)):
                block = block.copy()
                ((_, texts),) = _texts(rows.slice(start, _BLOCK).take(again))
                block[again] = np.frombuffer(_digests(table, texts, pa.array(numbers[again]).cast(pa.string())), _PARTS)
            yield block.tobytes().hex().encode()

    size = 2 * _DIGEST * rows.num_rows
    ends = np.arange(0, size + 1, 2 * _DIGEST, dtype=np.int32)
    return pa.Array.from_buffers(pa.string(), rows.num_rows, [None, pa.py_buffer(ends), _joined(blocks(), size)])


def _digests(table: str, texts: pa.Array, numbers: pa.Array | str) -> bytes:
    """The digests of rows, one behind the other, given their texts and how many rows above are wholly alike."""
    contents = pc.binary_join_element_wise(table, texts, numbers, "\x1e").cast(pa.binary()).to_pylist()
    return b"".join([blake2b(content, digest_size=_DIGEST).digest() for content in contents])


def _joined(pieces: Iterable[bytes], size: int) -> pa.Buffer:
    """The pieces, one behind the other, on disk where they are long."""
    return mapped_memory.written(pieces) if size >= mapped_memory.LEAST_BYTES else pa.py_buffer(b"".join(pieces))


def trimmed(rows: pa.Table) -> pa.Table:
    """Return rows of text without blanks around their cells."""
    return pa.table({name: missing.trimmed(arrays.whole(rows[name])) for name in rows.column_names})


def row_hashes(rows: pa.Table) -> np.ndarray:
    """Return a number per row, the same for rows that hold the same in all columns; it holds for this process only."""
    hashes = np.empty(rows.num_rows, np.int64)
    for start, texts in _texts(rows):
        hashes[start : start + len(texts)] = np.fromiter(map(hash, texts.to_pylist()), np.int64, len(texts))
    return hashes


def repeats(rows: pa.Table) -> np.ndarray:
    """Return for every row how many rows above it hold the same in all columns."""
    return _nth(row_hashes(rows))


def _texts(rows: pa.Table) -> Iterator[tuple[int, pa.Array]]:
    """Yield the first row of every block, and all values of each of its rows as one text."""
    names = sorted(rows.column_names)
    for start in range(0, rows.num_rows, _BLOCK):
        columns = [_as_text(arrays.whole(rows[name]).slice(start, _BLOCK)) for name in names]
        yield start, pc.binary_join_element_wise(*columns, "\x1f")


def _nth(values: np.ndarray) -> np.ndarray:
    """For every row: how many rows above it have the same value."""
    nth = np.zeros(len(values), np.int32)
    parts = len(values) // _BLOCK + 1
    part_of = (values % parts).astype(np.int32)  # a part at a time: sorting takes four times the memory of the rows
    for part in range(parts):
        rows = np.flatnonzero(part_of == part) if parts > 1 else np.arange(len(values))
        order = np.argsort(values[rows], kind="stable")
        in_order = values[rows][order]
        begins = np.r_[True, in_order[1:] != in_order[:-1]] if len(rows) else np.zeros(0, bool)
        if not begins.all():
            starts = np.flatnonzero(begins)
            nth[rows[order]] = np.arange(len(rows)) - np.repeat(starts, np.diff(np.r_[starts, len(rows)]))
    return nth


def duplicates(rows: pa.Table, key: str, faults: ProblemLog, unused: pa.Table | None = None) -> np.ndarray:
    """Return which rows repeat the key of an earlier row; each is noted with both rows' numbers.

    Rejected rows take no part. A row is the same again only if all its columns are, those that fill no field (`unused`)
    among them.
    """
    live = ~faults.rejected
    places = np.flatnonzero(live)
    again = np.zeros(rows.num_rows, dtype=bool)
    if not len(places):
        return again
    values = arrays.whole(rows[key])
    if len(places) < len(values):
        values = values.take(pa.array(places))
    if pa.types.is_string(values.type) and _in_order(values):
        return again
    repeated = occurrence(values) > 0
    if not repeated.any():
        return again
    again[places[repeated]] = True
    codes = pc.dictionary_encode(values).indices.to_numpy(zero_copy_only=False)
    first = places[np.unique(codes, return_index=True)[1]]
    earlier_by_later = dict(zip(places[repeated].tolist(), first[codes[repeated]].tolist(), strict=True))
    _note(rows, key, earlier_by_later, faults, unused)
    return again


def _note(
    rows: pa.Table, key: str, earlier_by_later: dict[int, int], faults: ProblemLog, unused: pa.Table | None
) -> None:
    is_same = np.ones(len(earlier_by_later), dtype=bool)
    different: list[str] = []
    later, earlier = pa.array(list(earlier_by_later)), pa.array(list(earlier_by_later.values()))
    for table in (rows, unused):
        for name in table.column_names if table is not None else ():
            if name.startswith("_") or table is None or pa.types.is_map(table[name].type):
                continue
            column = arrays.whole(table[name])
            equal = pc.equal(*(missing.trimmed(_as_text(column.take(at))) for at in (later, earlier)))
            if not pc.all(equal).as_py():
                different.append(name)
                is_same &= equal.to_numpy(zero_copy_only=False)
    values = rows[key].take(later).to_pylist()
    for equal_rows, what, advice in (
        (True, "Duplicate of row {row}, which was loaded.", "Nothing to do."),
        (
            False,
            "Same key as row {row} with other values; row {row} was loaded.",
            f"Correct one of the two rows: they differ in {column_list(different)}.",
        ),
    ):
        chosen = np.flatnonzero(is_same == equal_rows)
        faults.add_pairs(list(earlier_by_later), list(earlier_by_later.values()), chosen, key, values, what, advice)
