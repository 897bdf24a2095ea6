"""Keys from the content of rows, and keys that come twice."""

from __future__ import annotations

import hashlib
from collections import Counter

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_dash.intake.results.problems import ProblemLog
from cs_dash.intake.rows import keys


def again(values: list[str | None], rejected: tuple[int, ...] = ()) -> list[int]:
    faults = ProblemLog(np.arange(2, 2 + len(values)))
    faults.rejected[list(rejected)] = True
    rows = pa.table({"ticket_id": pa.array(values, pa.string()), "_row": range(len(values))})
    return np.flatnonzero(keys.duplicates(rows, "ticket_id", faults)).tolist()


def test_keys_stay_those_of_earlier_releases() -> None:
    rows = pa.table({"b": ["x", "x", None], "a": pa.array([1.5, 1.5, 2.0])})
    keys_made = keys.from_content(rows, "usage").to_pylist()
    assert keys_made == ["73880294b8486ecbed0e", "49b8a479a73719b00417", "837be5451ece1ce4ecac"]


@pytest.mark.parametrize(
    ("values", "repeats"),
    [
        (["T-8", "T-9", "T-10"], []),
        (["T-10", "T-9", "T-8"], []),
        (["a", "c", "b"], []),
        (["a", "b", "b"], [2]),
        (["a", "b", "a"], [2]),
        (["b", "b"], [1]),
        (["a"], []),
        ([], []),
    ],
)
def test_a_key_that_comes_again_is_found_in_any_order(values: list[str | None], repeats: list[int]) -> None:
    assert again(values) == repeats


def test_rejected_rows_take_no_part() -> None:
    assert again(["a", "a", "b"], rejected=(0,)) == []


@given(
    st.lists(st.tuples(st.sampled_from(["x", "y", "ä\x1f", None]), st.integers(0, 3)), max_size=30), st.integers(1, 4)
)
def test_a_key_is_the_digest_of_the_row_and_its_number_among_the_same(
    values: list[tuple[str | None, int]], block: int
) -> None:
    """The rows are read in blocks, which no key shows."""
    texts, numbers = pa.array([b for b, _ in values], pa.string()), pa.array([a for _, a in values], pa.int64())
    rows = pa.table({"b": texts, "a": numbers})
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(keys, "_BLOCK", block)
        keys_made = keys.from_content(rows, "usage").to_pylist()
    seen: Counter[str] = Counter()
    for (b, a), key in zip(values, keys_made, strict=True):
        text = f"{a}\x1f{chr(0) if b is None else b}"
        assert key == hashlib.blake2b(f"usage\x1e{text}\x1e{seen[text]}".encode(), digest_size=10).hexdigest()
        seen[text] += 1
