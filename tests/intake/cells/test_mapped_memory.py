"""Long arrays lie on disk and hold the same."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_dash.intake.cells import mapped_memory
from cs_dash.intake.cells.mapped_memory import Columns, filtered, numbers_on_disk, on_disk, release, written

VALUES: dict[pa.DataType, list[Any]] = {
    pa.string(): ["a", None, "", "ü" * 40],
    pa.float64(): [1.5, None, -2.0, 0.0],
    pa.int64(): [1, 2, None, 4],
    pa.bool_(): [True, None, False, True],
    pa.date32(): [dt.date(2026, 1, 2), None, dt.date(1970, 1, 1), dt.date(2030, 5, 6)],
    pa.timestamp("us"): [dt.datetime(2026, 1, 2, 3, 4), None, None, dt.datetime(2026, 1, 1)],
    pa.map_(pa.string(), pa.string()): [[("a", "b")], None, [], [("c", "d"), ("e", "f")]],
}


@pytest.fixture(autouse=True)
def everything_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mapped_memory, "LEAST_BYTES", 0)
    monkeypatch.setattr(mapped_memory, "_BLOCK", 3)


@pytest.mark.parametrize("kind", VALUES, ids=str)
@pytest.mark.parametrize("first", [0, 1, 3])
def test_a_column_on_disk_holds_the_same(kind: pa.DataType, first: int) -> None:
    column = pa.array(VALUES[kind] * 5, kind).slice(first)
    columns = Columns()
    columns["here"] = column
    release()
    assert columns["here"].equals(column)
    assert columns["here"].null_count == column.null_count
    assert columns["here"].filter(column.is_valid()).equals(column.drop_null())


def test_what_lies_on_disk_is_not_written_again() -> None:
    column = on_disk(pa.array(["a", "b", "c"] * 10))
    assert [data and data.address for data in on_disk(column).buffers()] == [
        data and data.address for data in column.buffers()
    ]
    later = on_disk(column.slice(4))
    assert later.buffers()[2].address == column.buffers()[2].address


def test_a_long_column_takes_no_memory() -> None:
    before = pa.total_allocated_bytes()
    column = on_disk(pa.array(np.arange(1_000_000)))
    assert pa.total_allocated_bytes() - before < 1 << 20
    assert column[999_999].as_py() == 999_999


@given(keep=st.lists(st.booleans(), max_size=20))
def test_filtered_rows_are_those_of_the_mask(keep: list[bool]) -> None:
    rows = pa.table({"number": range(len(keep)), "text": [str(at) for at in range(len(keep))]})
    assert filtered(rows, np.array(keep, bool)).to_pylist() == rows.filter(pa.array(keep, pa.bool_())).to_pylist()


def test_numbers_and_pieces() -> None:
    numbers = numbers_on_disk(np.arange(20)[::2])
    assert numbers.tolist() == list(range(0, 20, 2))
    assert written(iter([b"ab", b"", b"c"])).to_pybytes() == b"abc"
    assert written([]).to_pybytes() == b""
