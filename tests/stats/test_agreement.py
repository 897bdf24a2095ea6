"""Cohen's kappa of two people."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from cs_dash.stats.agreement import cohen_kappa
from cs_dash.stats.intervals import wilson


def pairs(table: list[list[int]]) -> tuple[list[int], list[int]]:
    cells = [(a, b) for a, row in enumerate(table) for b, count in enumerate(row) for _ in range(count)]
    return [a for a, _ in cells], [b for _, b in cells]


def test_it_is_the_kappa_of_scikit_learn() -> None:
    rng = np.random.default_rng(1)
    for _ in range(20):
        first, second = rng.integers(0, 7, 50).tolist(), rng.integers(0, 7, 50).tolist()
        second[:25] = first[:25]
        agreement = cohen_kappa(first, second)
        assert agreement is not None
        assert agreement.kappa == pytest.approx(cohen_kappa_score(first, second))


def test_two_who_agree_less_than_by_chance() -> None:
    """By hand: 58 of 200 alike, by chance (100 x 80 + 60 x 60 + 40 x 60) / 40,000 = 0.35; (0.29 - 0.35) / 0.65."""
    agreement = cohen_kappa(*pairs([[50, 26, 24], [24, 4, 32], [6, 30, 4]]))
    assert agreement is not None
    assert agreement.kappa == pytest.approx(-0.092, abs=0.001)
    assert agreement.items == 200


def test_with_many_the_interval_is_the_usual_one() -> None:
    """statsmodels 0.15.0, cohens_kappa: 0.6580, from 0.5317 to 0.7842."""
    agreement = cohen_kappa(*pairs([[40, 5, 3], [4, 30, 2], [1, 6, 9]]))
    assert agreement is not None
    assert agreement.kappa == pytest.approx(0.65798, abs=1e-5)
    assert (agreement.low, agreement.high) == pytest.approx((0.5317, 0.7842), abs=0.025)


def test_ten_that_all_agree_are_not_certain() -> None:
    agreement = cohen_kappa([0, 1] * 5, [0, 1] * 5)
    assert agreement is not None
    assert (agreement.kappa, agreement.high, agreement.agreement) == (1, 1, 1)
    low = wilson(10, 10)
    assert low is not None
    assert agreement.low == pytest.approx((low[0] - 0.5) / 0.5)


def test_nothing_can_be_told_of_nothing_or_of_one_kind() -> None:
    assert cohen_kappa([], []) is None
    assert cohen_kappa(["a"] * 9, ["a"] * 9) is None
    with pytest.raises(ValueError, match="both"):
        cohen_kappa(["a"], [])


def test_the_interval_holds() -> None:
    """Two people who each see a ticket's kind with so many mistakes: 100 tickets; a million tell the truth."""
    rng = np.random.default_rng(8)

    def answers_of_two(size: int) -> tuple[np.ndarray, np.ndarray]:
        truth = rng.choice(4, size, p=[0.4, 0.3, 0.2, 0.1])
        same_answer = [np.where(rng.random(size) < 0.15, rng.integers(0, 4, size), truth) for _ in range(2)]
        return same_answer[0], same_answer[1]

    first, other = answers_of_two(1_000_000)
    true = cohen_kappa_score(first, other)
    held = 0
    for _ in range(1_000):
        first, other = answers_of_two(100)
        agreement = cohen_kappa(first.tolist(), other.tolist())
        assert agreement is not None
        held += agreement.low <= true <= agreement.high
    assert 0.93 <= held / 1_000 <= 0.97
