"""Trends and differences of shares, against published figures and other ways to compute them."""

from __future__ import annotations

import math

import numpy as np
import pytest

from cs_dash.stats.proportions import homogeneity_p_value, share_difference_interval, trend


def test_the_published_trend_of_malformations() -> None:
    """Agresti, Categorical data analysis, table 3.7 and 3.4.3: chi-square 6.57, p = 0.010."""
    malformed = [48, 38, 5, 1, 1]
    born = [17114, 14502, 793, 127, 38]
    result = trend(malformed, born, [0, 0.5, 1.5, 4, 7])
    assert result is not None
    assert result.z**2 == pytest.approx(6.57, abs=5e-3)
    assert result.chance == pytest.approx(0.010, abs=5e-4)
    assert result.slope > 0


@pytest.mark.parametrize("seed", range(5))
def test_the_trend_is_the_correlation_of_single_outcomes(seed: int) -> None:
    """z^2 is N times the squared correlation of score and outcome, each trial a row of its own."""
    random = np.random.default_rng(seed)
    trials = random.integers(5, 60, 9)
    successes = random.binomial(trials, random.uniform(0.2, 0.9, 9))
    outcome = np.concatenate([[1] * r + [0] * (n - r) for r, n in zip(successes, trials, strict=True)])
    score = np.repeat(np.arange(9), trials)
    result = trend(successes.tolist(), trials.tolist(), list(range(9)))
    assert result is not None
    correlation = np.corrcoef(score, outcome)[0, 1]
    assert result.z == pytest.approx(math.sqrt(len(score)) * correlation, abs=1e-9)
    assert result.slope == pytest.approx(np.polyfit(score, outcome, 1)[0], abs=1e-9)
    tail = 0.5 * math.erfc(abs(result.z) / math.sqrt(2))
    assert result.chance == pytest.approx(2 * tail, abs=1e-12)


def test_chance_alone_looks_like_a_trend_in_one_case_of_twenty() -> None:
    random = np.random.default_rng(7)
    trials = [40] * 12
    trends = [trend(random.binomial(40, 0.7, 12).tolist(), trials, list(range(12))) for _ in range(2000)]
    assert np.mean([trend_ is not None and trend_.chance < 0.05 for trend_ in trends]) == pytest.approx(0.05, abs=0.015)


@pytest.mark.parametrize(
    ("successes", "trials"), [([], []), ([0, 0], [5, 5]), ([5, 5], [5, 5]), ([3], [5]), ([0, 2], [0, 5])]
)
def test_without_two_outcomes_in_two_groups_there_is_no_trend(successes: list[int], trials: list[int]) -> None:
    assert trend(successes, trials, list(range(len(trials)))) is None


def test_a_trend_of_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match="successes between 0 and its trials"):
        trend([3], [2], [0])


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_the_published_intervals_of_differences(
    first: tuple[int, int], second: tuple[int, int], low: float, high: float
) -> None:
    """Newcombe (1998), table II, method 10."""
    interval = share_difference_interval(first, second)
    assert list(interval or ()) == pytest.approx([low, high], abs=5e-5)
    turned = share_difference_interval(second, first)
    assert list(turned or ()) == pytest.approx([-high, -low], abs=5e-5)


def test_no_difference_without_a_trial() -> None:
    assert share_difference_interval((0, 0), (1, 2)) is None


@pytest.mark.parametrize("seed", range(5))
def test_shares_that_are_alike_as_scipy_sees_them(seed: int) -> None:
    from scipy.stats import chi2_contingency

    random = np.random.default_rng(seed)
    trials = random.integers(10, 80, 6)
    successes = random.binomial(trials, 0.4)
    theirs = chi2_contingency(np.array([successes, trials - successes]), correction=False)
    assert homogeneity_p_value(successes.tolist(), trials.tolist()) == pytest.approx(theirs[1], abs=1e-9)


@pytest.mark.parametrize(("successes", "trials"), [([], []), ([1], [2]), ([0, 0], [3, 4]), ([1, 0], [2, 0])])
def test_nothing_to_compare_is_not_alike(successes: list[int], trials: list[int]) -> None:
    assert homogeneity_p_value(successes, trials) is None
