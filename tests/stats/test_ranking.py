"""How stable an order is: equal items share the places, clear leads hold, and draws follow what they are said to."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_dash.stats.ranking import rank_spreads, rice_draws

SCALE = (3.0, 2.0, 1.0, 0.5, 0.25)


def test_equal_items_share_the_places() -> None:
    scores = rice_draws([40] * 10, [1] * 10, [0.8] * 10, [2] * 10, SCALE, draws=20_000)
    for spread in rank_spreads(scores):
        assert spread.first == pytest.approx(0.1, abs=0.01)
        assert spread.top == pytest.approx(0.5, abs=0.015)
        assert (spread.low, spread.high) == (1, 10)


def test_scores_without_any_difference_take_places_at_random() -> None:
    for spread in rank_spreads(np.ones((20_000, 4)), top=2):
        assert spread.first == pytest.approx(0.25, abs=0.015)
        assert spread.top == pytest.approx(0.5, abs=0.015)


def test_a_clear_lead_holds_in_all_draws() -> None:
    scores = rice_draws([10_000, 10, 10, 10], [3, 0.25, 0.25, 0.25], [1.0] * 4, [1] * 4, SCALE)
    first, *others = rank_spreads(scores, top=1)
    assert (first.first, first.top, first.low, first.high) == (1.0, 1.0, 1, 1)
    assert all(spread.top == 0 for spread in others)


def test_the_draws_are_spread_as_stated() -> None:
    """Poisson reach; half of the impacts of 2 hold, a quarter become 3, a quarter 1; effort half to twice in 9 of 10.

    One trick: a huge reach does not vary, so what is left is the other part.
    """
    draws = 200_000
    reach = rice_draws([25], [1], [1.0], [1e-9], SCALE, draws=draws)
    logs = np.log(rice_draws([1e12], [1], [1.0], [1], SCALE, draws=draws)[:, 0] / 1e12)
    assert np.mean(np.abs(logs) < np.log(2)) == pytest.approx(0.9, abs=0.005)
    assert np.var(np.log(reach[:, 0])) == pytest.approx(np.var(logs) + 1 / 25, rel=0.05)
    impact = rice_draws([1e12], [2], [0.5], [1], SCALE, draws=draws)[:, 0] / 1e12 / 0.5
    expected = (0.5 * 2 + 0.25 * 3 + 0.25 * 1) * np.exp(np.var(logs) / 2)
    assert impact.mean() == pytest.approx(expected, rel=0.01)
    highest = rice_draws([1e12], [3], [0.8], [1], SCALE, draws=draws)[:, 0] / 1e12 / 0.8
    assert highest.mean() == pytest.approx((0.8 * 3 + 0.2 * 2) * np.exp(np.var(logs) / 2), rel=0.01)


@given(st.lists(st.tuples(st.integers(0, 500), st.sampled_from(SCALE), st.sampled_from([0.5, 0.8, 1.0]),
                          st.floats(0.1, 50)), min_size=1, max_size=12))  # fmt: skip
def test_places_add_up(items: list[tuple[int, float, float, float]]) -> None:
    reach, impact, confidence, effort = (list(part) for part in zip(*items, strict=True))
    scores = rice_draws(reach, impact, confidence, effort, SCALE, draws=100)
    spreads = rank_spreads(scores)
    assert sum(spread.first for spread in spreads) == pytest.approx(1)
    assert sum(spread.top for spread in spreads) == pytest.approx(min(5, len(items)))
    assert all(1 <= spread.low <= spread.high <= len(items) for spread in spreads)
    assert spreads == rank_spreads(rice_draws(reach, impact, confidence, effort, SCALE, draws=100))  # fixed seed


def test_nothing_to_rank() -> None:
    assert rank_spreads(rice_draws([], [], [], [], SCALE)) == []
    with pytest.raises(ValueError, match="above 0"):
        rice_draws([1], [1], [1], [0], SCALE)
