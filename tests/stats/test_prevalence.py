"""The share of a kind from a few tickets that people checked and a model's scores of all."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from cs_dash.stats.intervals import Z95, wilson
from cs_dash.stats.prevalence import MIN_CHECKED, Population, prevalence

Floats = NDArray[np.float64]


def population(scores: Floats) -> Population:
    return Population(scores.size, float(scores.mean()), float(scores.var()))


def ppi_plus_plus(y: Floats, f: Floats, unlabelled_scores: Floats) -> tuple[float, float]:
    """The mean and its standard error as in the PPI++ paper (example 6.1), written from its formulas."""
    n, size = y.size, unlabelled_scores.size
    weight = np.cov(y, f)[0, 1] / ((1 + n / size) * np.concatenate([f, unlabelled_scores]).var(ddof=1))
    weight = min(max(weight, 0.0), 1.0)
    estimate = weight * unlabelled_scores.mean() + (y - weight * f).mean()
    return float(estimate), float(np.sqrt(weight**2 * unlabelled_scores.var() / size + (y - weight * f).var() / n))


def sample_of(seed: int, size: int = 20_000, n: int = 100) -> tuple[Floats, Floats, Floats]:
    rng = np.random.default_rng(seed)
    scores = rng.beta(2, 3, size)
    truth = (rng.random(size) < scores).astype(float)
    return truth[:n], scores[:n], scores


@pytest.mark.parametrize("seed", range(10))
def test_with_many_tickets_it_is_the_estimate_of_the_paper(seed: int) -> None:
    y, f, scores = sample_of(seed, n=400)
    estimate = prevalence(y.tolist(), f.tolist(), population(scores))
    share, error = ppi_plus_plus(y, f, scores)
    assert estimate is not None
    assert estimate.share == pytest.approx(share, abs=0.003)
    assert (estimate.high - estimate.low) / 2 == pytest.approx(Z95 * error, rel=0.04)


def test_it_agrees_with_the_authors_own_program() -> None:
    """What ppi-python 0.2.3, by the authors of the method, gives for these numbers: ppi_mean_pointestimate, _ci."""
    y, f, scores = sample_of(11)
    estimate = prevalence(y.tolist(), f.tolist(), population(scores))
    assert estimate is not None
    assert estimate.share == pytest.approx(0.43281696, abs=0.002)
    assert (estimate.low, estimate.high) == pytest.approx((0.34354047, 0.52209346), abs=0.006)


def test_a_useless_score_leaves_the_interval_of_the_people_alone() -> None:
    y = [1.0] * 30 + [0.0] * 70
    estimate = prevalence(y, [0.4] * 100, Population(1_000_000, 0.4, 0.0))
    alone = wilson(30, 100)
    assert estimate is not None
    assert alone is not None
    assert estimate.share == pytest.approx(0.3)
    assert (estimate.low, estimate.high) == pytest.approx(alone, abs=0.004)  # Student's t, and half a ticket wrong
    assert (estimate.weight, estimate.variance_saved) == (0, 0)


def test_a_score_that_points_the_wrong_way_counts_for_nothing() -> None:
    y = np.array([1.0, 0.0] * 50)
    estimate = prevalence(y.tolist(), (1 - y).tolist(), Population(5_000, 0.2, 0.16))
    assert estimate is not None
    assert (estimate.share, estimate.weight) == (0.5, 0)


def test_a_model_that_counts_twice_too_many_is_corrected() -> None:
    """100 of 1,000 are of the kind; the model finds them and 100 others."""
    truth = np.repeat([1.0, 0.0, 0.0], [100, 100, 800])
    scores = np.repeat([1.0, 1.0, 0.0], [100, 100, 800])
    at = np.random.default_rng(3).choice(1000, 200, replace=False)
    estimate = prevalence(truth[at].tolist(), scores[at].tolist(), population(scores))
    assert scores.mean() == 0.2
    assert estimate is not None
    assert estimate.low < 0.1 < estimate.high < 0.2
    assert estimate.variance_saved > 0.3


def test_where_everybody_was_asked_nothing_is_in_doubt() -> None:
    truth = np.repeat([1.0, 0.0], [12, 28])
    estimate = prevalence(truth.tolist(), [0.5] * 40, Population(40, 0.5, 0.0))
    assert estimate is not None
    assert (estimate.share, estimate.low, estimate.high) == (0.3, 0.3, 0.3)


def test_a_sample_that_is_a_large_part_is_surer() -> None:
    y = [1.0] * 50 + [0.0] * 50
    halves = []
    for size in (100_000, 200, 110):
        estimate = prevalence(y, [0.5] * 100, Population(size, 0.5, 0.0))
        assert estimate is not None
        halves.append((estimate.high - estimate.low) / 2)
    assert halves[1] / halves[0] == pytest.approx(0.5**0.5, rel=0.03)
    assert halves[2] < halves[1]


def test_who_skips_the_unclear_tickets_narrows_nothing() -> None:
    """20 of 100 are passed over: whatever they are, the interval holds what would have come out."""
    rng = np.random.default_rng(5)
    truth = (rng.random(100) < 0.4).astype(float)
    scores = np.full(100, 0.4)
    is_clear, left = slice(0, 80), slice(80, 100)
    estimate = prevalence(
        truth[is_clear].tolist(), scores[is_clear].tolist(), Population(9_000, 0.4, 0.0), scores[left].tolist()
    )
    assert estimate is not None
    assert (estimate.checked, estimate.undecided) == (80, 20)
    for unclear in (0.0, 1.0):
        whole = prevalence([*truth[is_clear].tolist(), *[unclear] * 20], scores.tolist(), Population(9_000, 0.4, 0.0))
        assert whole is not None
        assert estimate.low <= whole.low
        assert whole.high <= estimate.high


def test_too_few_give_nothing_and_nonsense_is_refused() -> None:
    anyone = Population(1_000, 0.5, 0.1)
    assert prevalence([1.0] * (MIN_CHECKED - 1), [0.5] * (MIN_CHECKED - 1), anyone) is None
    assert prevalence([1.0] * MIN_CHECKED, [0.5] * MIN_CHECKED, anyone) is not None
    for answers, scores, of in (
        ([1.0, 0.0], [0.5], anyone),
        ([2.0], [0.5], anyone),
        ([1.0] * 3, [0.5] * 3, Population(2, 0, 0)),
    ):
        with pytest.raises(ValueError, match="checked"):
            prevalence(answers, scores, of)


@settings(max_examples=200)
@given(
    answers=st.lists(st.tuples(st.sampled_from([0.0, 0.5, 1.0]), st.floats(0, 1)), min_size=MIN_CHECKED, max_size=60),
    other_scores=st.lists(st.floats(0, 1), max_size=60),
    left=st.integers(0, 5),
)
def test_it_is_always_a_share_inside_its_interval(
    answers: list[tuple[float, float]], other_scores: list[float], left: int
) -> None:
    scores = np.array([score for _, score in answers] + other_scores + [0.3] * left)
    estimate = prevalence([y for y, _ in answers], [score for _, score in answers], population(scores), [0.3] * left)
    assert estimate is not None
    assert 0 <= estimate.low <= estimate.share <= estimate.high <= 1


@pytest.mark.parametrize("share", [0.10, 0.36, 0.70])
@pytest.mark.parametrize("wrong", [0.05, 0.15, 0.30])
def test_the_interval_holds_as_often_as_it_says(share: float, wrong: float) -> None:
    """A model that has so many tickets wrong, audits of 100 of 5,000."""
    rng = np.random.default_rng(round(1000 * share + 100 * wrong))
    truth = (np.arange(5_000) < 5_000 * share).astype(float)
    scores = np.where(rng.random(5_000) < wrong, 1 - truth, truth)
    true_share, held = population(scores), 0
    for _ in range(1_000):
        at = rng.choice(5_000, 100, replace=False)
        estimate = prevalence(truth[at].tolist(), scores[at].tolist(), true_share)
        assert estimate is not None
        held += estimate.low <= share <= estimate.high
    assert 0.93 <= held / 1_000 <= 0.975
