"""Survival against the literature and against lifelines."""

from __future__ import annotations

import math

import numpy as np
import pytest

from cs_dash.stats.survival import chi_square_tail, kaplan_meier, log_rank

TREATED = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
TREATED_ENDED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


def test_the_published_curve_of_the_leukaemia_trial() -> None:
    """Freireich et al. (1963), as tabled in Kleinbaum and Klein, Survival Analysis, chapter 2."""
    curve = kaplan_meier(TREATED, [bool(ended) for ended in TREATED_ENDED])
    for time, share in {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}.items():
        assert curve.at(time) == pytest.approx(share, abs=5e-4)
    assert curve.median == 23
    assert kaplan_meier(PLACEBO, [True] * 21).median == 8


def test_the_published_log_rank_test_of_the_leukaemia_trial() -> None:
    """Chi-square 16.79 with one degree of freedom, p = 0.00004 (the same source)."""
    ended = [bool(flag) for flag in TREATED_ENDED]
    assert log_rank([(TREATED, ended), (PLACEBO, [True] * 21)]) == pytest.approx(chi_square_tail(16.793, 1), rel=1e-3)


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::UserWarning")
@pytest.mark.parametrize("seed", range(6))
def test_the_curve_is_that_of_lifelines(seed: int) -> None:
    from lifelines import KaplanMeierFitter
    from lifelines.statistics import multivariate_logrank_test
    from lifelines.utils import median_survival_times

    random = np.random.default_rng(seed)
    durations = random.integers(0, 40, 250)
    ended = random.random(250) < 0.6
    theirs = KaplanMeierFitter().fit(durations, ended)
    ours = kaplan_meier(durations.tolist(), ended.tolist())
    assert ours.time == tuple(theirs.survival_function_.index)
    assert np.allclose(ours.survival, theirs.survival_function_.iloc[:, 0], rtol=0, atol=1e-9)
    table = theirs.event_table
    assert list(ours.at_risk) == table["at_risk"].tolist()
    assert list(ours.events) == table["observed"].tolist()
    limits = theirs.confidence_interval_.to_numpy()
    for low, high, (their_low, their_high) in zip(ours.low, ours.high, limits, strict=True):
        if low is not None and high is not None:
            assert [low, high] == pytest.approx([their_low, their_high], abs=1e-9)
    assert ours.median == theirs.median_survival_time_
    assert ours.median_interval == tuple(median_survival_times(theirs.confidence_interval_).to_numpy()[0])
    groups = random.integers(0, 4, 250)
    parts = [(durations[groups == group].tolist(), ended[groups == group].tolist()) for group in range(4)]
    assert log_rank(parts) == pytest.approx(multivariate_logrank_test(durations, groups, ended).p_value, abs=1e-9)


def test_nothing_ended_yet() -> None:
    curve = kaplan_meier([3, 5], [False, False])
    assert curve.survival == (1.0, 1.0, 1.0)
    assert curve.low == curve.high == (None, None, None)
    assert curve.median is None
    assert curve.median_interval == (None, None)


def test_all_ended_at_once() -> None:
    curve = kaplan_meier([4, 4], [True, True])
    assert (curve.time, curve.survival, curve.low[-1]) == ((0.0, 4.0), (1.0, 0.0), None)


def test_what_ends_at_once_counts_at_time_0() -> None:
    curve = kaplan_meier([0, 2, 2, 2], [True, False, False, False])
    assert (curve.time, curve.at_risk, curve.events, curve.survival) == ((0.0, 2.0), (4, 3), (1, 0), (0.75, 0.75))


@pytest.mark.parametrize(("durations", "ended"), [([], []), ([1.0], []), ([-1.0], [True]), ([float("nan")], [True])])
def test_durations_that_are_none_are_refused(durations: list[float], ended: list[bool]) -> None:
    with pytest.raises(ValueError, match="Survival needs one duration"):
        kaplan_meier(durations, ended)


def test_nothing_to_compare() -> None:
    assert log_rank([([1, 2], [True, True])]) is None
    assert log_rank([([1, 2], [False, False]), ([3], [False])]) is None
    assert log_rank([([1, 2], [True, True]), ([], [])]) is None


@pytest.mark.parametrize(
    ("statistic", "freedom", "share"),
    [(3.841, 1, 0.05), (5.991, 2, 0.05), (7.815, 3, 0.05), (18.307, 10, 0.05), (21.666, 9, 0.01), (0.0, 4, 1.0)],
)
def test_chi_square_gives_the_tables(statistic: float, freedom: int, share: float) -> None:
    assert chi_square_tail(statistic, freedom) == pytest.approx(share, rel=1e-3)


@pytest.mark.parametrize("statistic", [0.0, 1e-9, 0.02, 1.0, 3.841, 25.0, 200.0])
def test_the_tail_of_chi_square_is_that_of_its_closed_forms(statistic: float) -> None:
    """Abramowitz and Stegun, 26.4.4 and 26.4.5: finite sums of powers of x/2, with erfc for odd degrees of freedom."""
    half = statistic / 2
    odd = math.erfc(math.sqrt(half))
    assert chi_square_tail(statistic, 1) == pytest.approx(odd, rel=1e-9)
    assert chi_square_tail(statistic, 2) == pytest.approx(math.exp(-half), rel=1e-9)
    three = odd + math.exp(-half) * math.sqrt(half) / math.gamma(1.5)
    assert chi_square_tail(statistic, 3) == pytest.approx(three, rel=1e-9)
    assert chi_square_tail(statistic, 6) == pytest.approx(math.exp(-half) * (1 + half + half**2 / 2), rel=1e-9)
