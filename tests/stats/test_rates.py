from __future__ import annotations

import math

import pytest

from cs_dash.stats.rates import poisson_mean_interval, rate_ratio_interval, rate_rise_p_values, two_rates


def test_equal_rates_are_no_surprise() -> None:
    assert two_rates(10, 1.0, 10, 1.0) == pytest.approx(1.0)
    assert two_rates(20, 2.0, 10, 1.0) == pytest.approx(1.0)


def test_the_chance_is_that_of_a_coin_where_exposures_are_equal() -> None:
    # Ten of ten on one side: 2 / 2 ** 10.
    assert two_rates(10, 5.0, 0, 5.0) == pytest.approx(2 / 1024)
    beyond = 2 * sum(math.comb(30, k) for k in range(21, 31)) / 2**30
    assert two_rates(21, 1.0, 9, 1.0) == pytest.approx(beyond)


def test_nothing_to_compare_is_none() -> None:
    assert two_rates(0, 1.0, 0, 1.0) is None
    assert two_rates(3, 0.0, 2, 1.0) is None


def test_risen_is_the_sum_of_the_binomial_tail() -> None:
    p_values = rate_rise_p_values([9, 0, 3, 0, 2], [90, 90, 90, 90, 90], [10, 4, 0, 0, 5], [365, 365, 100, 365, 0])
    part = 90 / 455
    tail = math.fsum(math.comb(19, k) * part**k * (1 - part) ** (19 - k) for k in range(9, 20))
    assert p_values[0] == pytest.approx(tail)
    assert p_values[1] == 1.0
    assert p_values[2] == pytest.approx((90 / 190) ** 3)
    assert p_values[3:] == [None, None]


def test_the_interval_of_a_poisson_mean_is_garwoods() -> None:
    low, high = poisson_mean_interval(7)
    assert sum(math.exp(-high) * high**k / math.factorial(k) for k in range(8)) == pytest.approx(0.025)
    assert 1 - sum(math.exp(-low) * low**k / math.factorial(k) for k in range(7)) == pytest.approx(0.025)
    assert poisson_mean_interval(0)[0] == 0.0
    assert poisson_mean_interval(0)[1] == pytest.approx(-math.log(0.025))


def test_the_interval_of_a_ratio_agrees_with_the_test_of_it() -> None:
    low, high = rate_ratio_interval(30, 90.0, 40, 365.0) or (0.0, None)
    assert high is not None
    assert low < (30 / 90) / (40 / 365) < high
    # at its lower end, as many events or more are as likely as the interval says
    tail = rate_rise_p_values([30], [90.0 * low], [40], [365.0])[0]
    assert tail == pytest.approx(0.025)
    without_others, without_own = rate_ratio_interval(5, 90.0, 0, 365.0), rate_ratio_interval(0, 90.0, 3, 365.0)
    assert without_others is not None
    assert without_own is not None
    assert without_others[1] is None
    assert without_own[0] == 0.0
    assert rate_ratio_interval(0, 1.0, 0, 1.0) is None
