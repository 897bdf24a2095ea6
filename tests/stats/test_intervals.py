from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_dash.stats.intervals import wilson


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_the_published_intervals(successes: int, trials: int, low: float, high: float) -> None:
    """Newcombe, Two-sided confidence intervals for the single proportion (1998), table I, method 3."""
    found = wilson(successes, trials)
    assert list(found or ()) == pytest.approx([low, high], abs=5e-5)


def test_without_a_trial_there_is_no_interval() -> None:
    assert wilson(0, 0) is None


def test_more_successes_than_trials_are_refused() -> None:
    with pytest.raises(ValueError, match="3 of 2 is not a proportion"):
        wilson(3, 2)


@given(st.integers(1, 5000), st.data())
def test_wilson_holds_the_share_and_stays_between_0_and_1(trials: int, data: st.DataObject) -> None:
    successes = data.draw(st.integers(0, trials))
    found = wilson(successes, trials)
    assert found is not None
    low, high = found
    assert 0 <= low <= successes / trials <= high <= 1
    mirrored = wilson(trials - successes, trials)
    assert list(mirrored or ()) == pytest.approx([1 - high, 1 - low], abs=1e-12)
