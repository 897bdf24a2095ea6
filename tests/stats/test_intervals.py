from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_dash.stats.intervals import difference_interval, ratio_interval, weighted_share_interval, wilson


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_the_published_intervals(successes: int, trials: int, low: float, high: float) -> None:
    """Newcombe, Two-sided confidence intervals for the single proportion (1998), table I, method 3."""
    interval = wilson(successes, trials)
    assert list(interval or ()) == pytest.approx([low, high], abs=5e-5)


def test_without_a_trial_there_is_no_interval() -> None:
    assert wilson(0, 0) is None


def test_more_successes_than_trials_are_refused() -> None:
    with pytest.raises(ValueError, match="3 of 2 is not a proportion"):
        wilson(3, 2)


@given(st.integers(1, 5000), st.data())
def test_wilson_holds_the_share_and_stays_between_0_and_1(trials: int, data: st.DataObject) -> None:
    successes = data.draw(st.integers(0, trials))
    interval = wilson(successes, trials)
    assert interval is not None
    low, high = interval
    assert 0 <= low <= successes / trials <= high <= 1
    mirrored = wilson(trials - successes, trials)
    assert list(mirrored or ()) == pytest.approx([1 - high, 1 - low], abs=1e-12)


def test_equal_amounts_that_are_kept_whole_or_not_at_all_give_wilsons_interval() -> None:
    retained_amounts, accounts = 81, 263
    share = retained_amounts / accounts
    interval = weighted_share_interval(share, (share * (1 - share) / accounts) ** 0.5, accounts)
    assert interval == pytest.approx(wilson(retained_amounts, accounts), abs=1e-12)


@pytest.mark.parametrize(("share", "effective"), [(0.0, 20), (1.0, 29)])
def test_nothing_lost_and_nothing_kept_still_leave_doubt(share: float, effective: int) -> None:
    interval = weighted_share_interval(share, 0.0, effective)
    assert interval == pytest.approx(wilson(round(share * effective), effective), abs=1e-12)


def test_the_intervals_of_amounts_need_accounts() -> None:
    assert weighted_share_interval(0.9, 0.1, 0) is None
    assert ratio_interval(1.1, 0.1, 1) is None
    with pytest.raises(ValueError, match="not a share"):
        weighted_share_interval(1.2, 0.1, 30)


def test_ratio_reaches_as_far_as_students_t() -> None:
    """Student's 97.5 % points: 2.0452 with 29 degrees of freedom, 1.9842 with 99."""
    for effective, point in ((30, 2.0452), (100, 1.9842)):
        low, high = ratio_interval(1.0, 0.1, effective) or (0, 0)
        assert [low, high] == pytest.approx([1 - 0.1 * point, 1 + 0.1 * point], abs=4e-4)
    assert list(ratio_interval(0.05, 0.1, 100) or ()) == pytest.approx([0, 0.05 + 0.19842], abs=1e-4)


@pytest.mark.parametrize("accounts", [50, 100, 400])
@pytest.mark.parametrize("spread", [0.5, 1.0, 1.5])
def test_the_true_retention_lies_inside_in_nineteen_of_twenty_samples(accounts: int, spread: float) -> None:
    """Accounts whose amounts are log-normal; a tenth leave, a tenth shrink by 30 %, a quarter grow by 40 %."""
    random = np.random.default_rng(11)
    samples = 2000
    amount = random.lognormal(0, spread, (samples, accounts))
    sample = random.random((samples, accounts))
    factor = np.select([sample < 0.1, sample < 0.2, sample < 0.45], [0.0, 0.7, 1.4], 1.0)
    within = {"nrr": 0, "grr": 0}
    for s, f in zip(amount, factor, strict=True):
        total, effective = s.sum(), s.sum() ** 2 / (s**2).sum()
        grr, nrr = (np.minimum(f, 1) * s).sum() / total, (f * s).sum() / total
        errors = [
            (accounts / (accounts - 1) * ((retained_amounts * s - share * s) ** 2).sum()) ** 0.5 / total
            for retained_amounts, share in ((np.minimum(f, 1), grr), (f, nrr))
        ]
        of_size = ((s * (f - nrr) ** 2).sum() / total / (effective - 1)) ** 0.5
        low, high = weighted_share_interval(float(grr), float(errors[0]), float(effective)) or (2, -2)
        within["grr"] += low <= 0.87 <= high
        low, high = ratio_interval(float(nrr), float(max(errors[1], of_size)), float(effective)) or (2, -2)
        within["nrr"] += low <= 0.97 <= high
    assert 0.93 <= within["nrr"] / samples <= 0.985
    assert 0.945 <= within["grr"] / samples <= 0.995


def test_what_two_values_lie_apart_is_told_by_the_ends_that_face_each_other() -> None:
    """Newcombe 1998, table II (a): 56 of 70 less 48 of 80, by his method 10: 0.0524 to 0.3339."""
    low, high = difference_interval(56 / 70, wilson(56, 70) or (0, 0), 48 / 80, wilson(48, 80) or (0, 0))
    assert [low, high] == pytest.approx([0.0524, 0.3339], abs=5e-5)
    back = difference_interval(48 / 80, wilson(48, 80) or (0, 0), 56 / 70, wilson(56, 70) or (0, 0))
    assert list(back) == pytest.approx([-high, -low])
    assert list(difference_interval(0.5, (0.4, 0.8), 0.5, (0.2, 0.6))) == pytest.approx([-(0.02**0.5), 0.18**0.5])
