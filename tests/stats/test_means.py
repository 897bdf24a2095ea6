from __future__ import annotations

from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from cs_dash.stats.means import MIN_VALUES, mean_interval, t_quantile


@pytest.mark.parametrize("freedom", [4, 5, 7, 10, 20, 50, 500])
@pytest.mark.parametrize("probability", [0.9, 0.95, 0.975])
def test_the_quantile_is_students(probability: float, freedom: int) -> None:
    assert t_quantile(probability, freedom) == pytest.approx(stats.t.ppf(probability, freedom), rel=0.002)


@given(
    st.lists(st.floats(-1000, 1000), min_size=MIN_VALUES, max_size=40).filter(
        lambda sample_means: max(sample_means) - min(sample_means) > 1
    )
)
def test_the_interval_is_students(values: list[float]) -> None:
    interval = mean_interval(values)
    assert interval is not None
    expected = stats.t.interval(0.95, len(values) - 1, loc=mean(values), scale=stats.sem(values))
    assert interval == pytest.approx(tuple(map(float, expected)), rel=0.01, abs=0.01 * (max(values) - min(values)))


def test_few_values_have_no_interval() -> None:
    assert mean_interval([1.0] * (MIN_VALUES - 1)) is None
