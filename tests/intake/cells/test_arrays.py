"""Columns in one piece, and what is said where they cannot be."""

from __future__ import annotations

import pyarrow as pa
import pytest

from cs_dash.errors import UnreadableFile
from cs_dash.intake.cells import arrays


def test_pieces_become_one() -> None:
    assert arrays.whole(pa.chunked_array([["a"], ["b", None]])).to_pylist() == ["a", "b", None]


def test_a_column_of_more_text_than_fits_is_said_to_be_so() -> None:
    piece = pa.array(["x" * 2**26])
    with pytest.raises(UnreadableFile) as raised:
        arrays.whole(pa.chunked_array([piece] * 33))  # the same memory 33 times: 2.2 GB that nobody holds
    assert "2 GB" in raised.value.message
    assert "two files" in raised.value.hint
