"""Two proportions, against scipy."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency, false_discovery_control, fisher_exact

from cs_dash.stats.proportions import holm, two_proportions

PAIR = st.integers(1, 80).flatmap(lambda trials: st.tuples(st.integers(0, trials), st.just(trials)))


@given(PAIR, PAIR)
def test_it_is_scipys_test_of_the_same_table(first: tuple[int, int], second: tuple[int, int]) -> None:
    cells = [[first[0], first[1] - first[0]], [second[0], second[1] - second[0]]]
    p_value = two_proportions(*first, *second)
    if first[0] + second[0] in (0, first[1] + second[1]):
        assert p_value == 1
        return
    statistics = chi2_contingency(cells, correction=False)
    expected = statistics.pvalue if statistics.expected_freq.min() >= 5 else fisher_exact(cells).pvalue
    assert p_value == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_a_large_group_against_a_small_one_is_exact() -> None:
    assert two_proportions(18, 20, 99_900, 100_000) == pytest.approx(
        fisher_exact([[18, 2], [99_900, 100]]).pvalue, rel=1e-9
    )


@given(
    st.integers(1, 30).flatmap(lambda trials: st.tuples(st.integers(0, trials), st.just(trials))),
    st.integers(1, 30).flatmap(lambda trials: st.tuples(st.integers(0, trials), st.just(trials))),
)
def test_small_counts_are_added_up_over_the_tables_that_are_no_likelier(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    """Fisher's p-value by its definition, in whole numbers."""
    (successes, trials), good, total = first, first[0] + second[0], first[1] + second[1]
    if good in (0, total) or min(trials, second[1]) * min(good, total - good) >= 5 * total:
        return
    table_counts = [math.comb(good, count) * math.comb(total - good, trials - count) for count in range(trials + 1)]
    expected = sum(number for number in table_counts if number <= table_counts[successes]) / math.comb(total, trials)
    assert two_proportions(*first, *second) == pytest.approx(expected, rel=1e-9)


def test_nothing_to_compare() -> None:
    assert two_proportions(0, 0, 3, 4) is None
    with pytest.raises(ValueError, match="5 of 4"):
        two_proportions(5, 4, 1, 2)


def test_holms_example_of_three() -> None:
    """0.01, 0.04 and 0.03: three times the smallest, twice the next, and no later one below an earlier."""
    assert holm([0.01, None, 0.04, 0.03]) == pytest.approx([0.03, None, 0.06, 0.06])
    assert holm([]) == []


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_holm_is_never_bolder_than_the_rule_that_only_bounds_the_share_of_errors(chances: list[float]) -> None:
    bolder = false_discovery_control(chances)
    for chance, adjusted, other in zip(chances, holm(chances), bolder, strict=True):
        assert adjusted is not None
        assert chance <= adjusted <= 1
        assert adjusted >= other - 1e-12
