"""Keys from the content of rows, and keys that come twice."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

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
