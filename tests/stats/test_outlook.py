"""Where a figure will stand: series with a known answer, and intervals that hold."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import t

from cs_dash.stats.outlook import T95, outlook


def test_a_straight_line_goes_on_exactly() -> None:
    point = outlook([0.40, 0.39, 0.38, 0.37, 0.36], 3.0)
    assert point is not None
    assert (point.value, point.low, point.high, point.slope) == pytest.approx((0.33, 0.33, 0.33, -0.01))
    assert point.changes == 4


def test_the_interval_by_hand() -> None:
    """Changes 1, 3, 1, 3: mean 2, sd sqrt(4/3); t(0.975, 3) = 3.182446; two months: sqrt(2 + 4 / 4) = sqrt(3)."""
    point = outlook([0, 1, 4, 5, 8], 2.0)
    assert point is not None
    half = math.sqrt(4 / 3) * math.sqrt(3) * 3.182446305
    assert (point.value, point.low, point.high) == pytest.approx((12, 12 - half, 12 + half))


def test_only_what_comes_after_the_last_gap_counts() -> None:
    whole = outlook([5, None, 1, 2, 4, 5, 7], 1.0)
    assert whole == outlook([1, 2, 4, 5, 7], 1.0)


@pytest.mark.parametrize("values", [[], [1.0], [1, 2, 3, 4], [1, 2, 3, 4, None], [1, 2, None, 3, 4, 5, 6]])
def test_too_short_a_history_foretells_nothing(values: list[float | None]) -> None:
    assert outlook(values, 1.0) is None


@pytest.mark.parametrize("months", [0.5, 3.0, 9.0])
def test_the_interval_holds_what_comes(months: float) -> None:
    """Figures of overlapping windows: each change is a chance by itself. 4,000 series, 95 % ± 1.2 points."""
    rng = np.random.default_rng(5)
    steps, hits = 6, 0
    for _ in range(4000):
        changes = rng.normal(-0.4, 1.0, steps)
        values = [0.0, *np.cumsum(changes)]
        later = values[-1] - 0.4 * months + rng.normal(0, math.sqrt(months))
        point = outlook(values, months)
        assert point is not None
        hits += point.low <= later <= point.high
    assert 0.938 <= hits / 4000 <= 0.962


def test_windows_of_twelve_months_are_not_promised_too_much() -> None:
    """Means of the last 12 of independent months, foretold three months ahead; a fitted line would hold far less."""
    rng = np.random.default_rng(6)
    hits = 0
    for _ in range(2000):
        months = rng.normal(0, 1, 12 + 6 + 3)
        means = np.convolve(months, np.ones(12) / 12, mode="valid")
        point = outlook(list(means[:7]), 3.0)
        assert point is not None
        hits += point.low <= means[9] <= point.high
    assert hits / 2000 >= 0.93


def test_the_quantiles_are_those_of_student() -> None:
    assert pytest.approx([t.ppf(0.975, freedom) for freedom in range(1, 31)], abs=1e-6) == T95
