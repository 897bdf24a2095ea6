"""Changes of rates, against published results, and on simulated companies whose true effect is known."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from numpy.random import Generator

from cs_dash.stats.effect import Windows, effect, step_model


def test_the_step_model_is_the_published_one(shared_data: Path) -> None:
    """Bernal, Cummins and Gasparrini (IJE 2017), the first model: admissions in Sicily around the smoking ban."""
    with (shared_data / "published" / "sicily.csv").open(newline="") as file:
        months = [{name: float(value) for name, value in row.items()} for row in csv.DictReader(file)]
    fitted = step_model(*([month[name] for month in months] for name in ("aces", "stdpop", "smokban")))
    assert fitted.ratio == pytest.approx(0.8944, abs=5e-5)
    assert fitted.interval == pytest.approx((0.8647, 0.9251), abs=5e-5)
    assert fitted.dispersion == pytest.approx(3.559, abs=5e-4)
    assert fitted.quasi_interval == pytest.approx((0.8392, 0.9532), abs=5e-5)


def test_a_step_is_told_from_the_trend_beside_it() -> None:
    months = np.arange(48)
    step = (months >= 24).astype(float)
    exposure = np.full(48, 1e6)
    events = exposure * np.exp(-6 + 0.01 * months) * np.where(step > 0, 0.7, 1.0)
    fitted = step_model(list(events), list(exposure), list(step))
    assert fitted.ratio == pytest.approx(0.7, abs=1e-6)
    assert fitted.dispersion == pytest.approx(0, abs=1e-6)


def test_counts_alone_have_the_exact_interval() -> None:
    """34 and then 9 in equal time: 0.26 (0.11 to 0.56)."""
    result = effect(Windows.of([34], [9], [90], [90]))
    assert result is not None
    assert (result.control_ratio, result.dispersion) == (None, 1.0)
    assert 1 + result.change == pytest.approx(9 / 34)
    assert 1 + result.low == pytest.approx(0.11, abs=0.005)
    assert result.high is not None
    assert 1 + result.high == pytest.approx(0.56, abs=0.005)


def test_exposure_counts_and_not_the_number_of_tickets() -> None:
    growth = effect(Windows.of([10] * 40, [20] * 40, [50] * 40, [100] * 40))
    assert growth is not None
    assert growth.change == pytest.approx(0)


def test_what_the_control_did_is_taken_off() -> None:
    treated, control = (
        Windows.of([20] * 30, [9] * 30, [7] * 30, [6] * 30),
        Windows.of([30] * 30, [18] * 30, [7] * 30, [6] * 30),
    )
    result = effect(treated, control)
    assert result is not None
    assert result.control_ratio == pytest.approx(18 / 30 * 7 / 6)
    assert result.change == pytest.approx(9 / 20 / (18 / 30) - 1)


def test_none_after_it_is_no_certainty_and_none_before_it_is_not_known() -> None:
    result = effect(Windows.of([1] * 12, [0] * 12, [50] * 12, [50] * 12))
    assert result is not None
    assert (result.change, result.low) == (-1, -1)
    assert result.high is not None
    assert -0.8 < result.high < 0
    assert effect(Windows.of([0] * 12, [1] * 12, [50] * 12, [50] * 12)) is None
    assert effect(Windows.of([1] * 12, [1] * 12, [50] * 12, [0] * 12)) is None
    assert (
        effect(Windows.of([1] * 9, [1] * 9, [5] * 9, [5] * 9), Windows.of([0] * 9, [1] * 9, [5] * 9, [5] * 9)) is None
    )


def test_one_account_that_writes_in_a_burst_proves_nothing() -> None:
    quiet = [1] * 20
    burst = effect(Windows.of([41, *quiet], [1, *quiet], [90] * 21, [90] * 21))
    spread = effect(Windows.of([3] * 20, [1] * 20, [90] * 20, [90] * 20))
    assert burst is not None
    assert spread is not None
    assert burst.high is None or burst.high > 0
    assert spread.high is not None
    assert spread.high < 0
    assert burst.dispersion > 10 > spread.dispersion


def simulated(rng: Generator, true_change: float, accounts: int, base: float, burst: float) -> tuple[Windows, Windows]:
    """Return a company's tickets on a topic and on others: heavy askers, bursts, a season, some who join or leave."""
    writes = rng.gamma(0.8, 1 / 0.8, accounts)
    interest = {"topic": rng.gamma(1.0, 1.0, accounts), "others": rng.gamma(2.0, 3.0, accounts)}
    before, after = np.full(accounts, 84.0), np.full(accounts, 70.0)
    joined, left = rng.random(accounts) < 0.12, rng.random(accounts) < 0.05
    before[joined] *= rng.random(int(joined.sum()))
    after[left] *= rng.random(int(left.sum()))
    season = float(np.exp(rng.normal(0, 0.25)))

    def windows(name: str, factor: float) -> Windows:
        means = writes * interest[name] * base
        bursts = [rng.gamma(1 / burst, burst, accounts) for _ in range(2)]
        return Windows.of(
            rng.poisson(means * before * bursts[0]), rng.poisson(means * after * season * factor * bursts[1]),
            before, after,
        )  # fmt: skip

    return windows("topic", 1 + true_change), windows("others", 1.0)


@pytest.mark.parametrize(
    ("true_change", "accounts", "base", "burst"),
    [(-0.4, 120, 0.012, 0.5), (0.0, 300, 0.004, 0.5), (0.0, 80, 0.01, 0.2)],
)
def test_the_interval_holds_the_truth_in_95_of_100_companies(
    true_change: float, accounts: int, base: float, burst: float
) -> None:
    rng = np.random.default_rng(20_260_930)
    results = [effect(*simulated(rng, true_change, accounts, base, burst)) for _ in range(500)]
    known = [result for result in results if result is not None]
    assert len(known) > 490
    holding = np.mean([row.low <= true_change <= (np.inf if row.high is None else row.high) for row in known])
    assert 0.93 <= holding <= 0.97
    if not true_change:
        assert np.mean([row.high is not None and row.high < 0 for row in known]) <= 0.035
        assert np.mean([row.low > 0 for row in known]) <= 0.035
