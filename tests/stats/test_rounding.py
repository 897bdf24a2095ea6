"""Rounded parts add up to the rounded whole."""

from __future__ import annotations

from math import fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_dash.stats.rounding import parts_of_total

PARTS = st.lists(st.floats(0, 30), min_size=1, max_size=12)


@given(PARTS)
def test_parts_add_up_to_the_total_and_stay_near(parts: list[float]) -> None:
    total = float(round(fsum(parts)))
    rounded = parts_of_total(parts, total, parts)
    assert round(fsum(rounded), 6) == total
    most = 0.05 + 0.1 * (1 + (0.5 + 0.05 * len(parts)) / 0.1 / max(1, sum(part > 0 for part in parts)))
    assert all(abs(new - old) <= most for new, old in zip(rounded, parts, strict=True))


def test_what_is_left_over_goes_to_the_largest_part() -> None:
    assert parts_of_total([10.04, 3.04, 1.04], 14.0, [10.04, 3.04, 1.04]) == [10.0, 3.0, 1.0]
    assert parts_of_total([10.4, 3.0, 0.0], 14.0, [10.4, 3.0, 0.0]) == pytest.approx([10.7, 3.3, 0.0])


def test_a_part_of_nothing_stays_nothing() -> None:
    assert parts_of_total([0.0, -2.3], -2.0, [12.0, 1.0]) == [0.0, -2.0]
    assert parts_of_total([0.0, 0.0], 1.0, [1.0, 2.0]) == [0.5, 0.5]
    assert parts_of_total([], 0.0, []) == []
