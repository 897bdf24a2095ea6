"""Confidence intervals for proportions, for shares of an amount, and for ratios."""

from __future__ import annotations

import math

Z95 = 1.959963984540054
"""The 97.5 % quantile of the normal distribution: 95 % lie between -Z95 and Z95."""


def wilson(successes: int, trials: int, z: float = Z95) -> tuple[float, float] | None:
    """Return Wilson's score interval for a proportion, shares from 0 to 1; None without a trial.

    (p + z^2/2n -+ z sqrt(p (1 - p) / n + z^2 / 4n^2)) / (1 + z^2 / n) with p = successes / trials, n = trials.

    It keeps its coverage near 0 and 1 and for few trials, where the usual p -+ z * s.e. does not: without a success its
    lower end is exactly 0, and it never leaves 0 to 1. It assumes independent trials.

    Source: E. B. Wilson, Probable inference (1927); Brown, Cai, DasGupta, Interval estimation for a binomial proportion
    (2001), which recommends it.

    Raises:
        ValueError: successes is not between 0 and trials.
    """
    if not 0 <= successes <= trials:
        raise ValueError(f"{successes} of {trials} is not a proportion.")
    if trials == 0:
        return None
    return score_interval(successes / trials, trials, z)


def score_interval(share: float, trials: float, z: float) -> tuple[float, float]:
    """Return the ends of Wilson's interval of a share; the number of trials need not be whole."""
    square = z * z
    middle = share + square / (2 * trials)
    half = z * math.sqrt(share * (1 - share) / trials + square / (4 * trials * trials))
    low, high = ((middle + sign * half) / (1 + square / trials) for sign in (-1, 1))
    return (0.0 if share == 0 else max(low, 0.0)), (1.0 if share == 1 else min(high, 1.0))


def weighted_share_interval(share: float, error: float, effective: float, z: float = Z95) -> tuple[float, float] | None:
    """Return an interval for a share of an amount, from 0 to 1, such as retained revenue; None without accounts.

    Wilson's interval with the equivalent number of trials, share (1 - share) / error^2, but no more than `effective`,
    the equivalent number of equally large accounts. Large accounts are few, so the variance observed in one window
    understates theirs. In simulations with amounts spread over two orders of magnitude and 20 to 400 accounts the
    interval covers the true share in 95 to 99 % of samples.

    Args:
        share: retained amount over total amount.
        error: its standard error.
        effective: sum(amount)^2 / sum(amount^2).
        z: quantile of the normal distribution for the interval; 95 % by default.

    Source: Korn and Graubard, Confidence intervals for proportions with small expected number of positive counts
    (1998), for the effective number of trials; Kish, Survey sampling (1965), 11.7, for the bound on it.

    Raises:
        ValueError: share is not between 0 and 1.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"{share} is not a share.")
    if effective <= 0:
        return None
    trials = min(effective, share * (1 - share) / (error * error)) if error > 0 and 0 < share < 1 else effective
    return score_interval(share, trials, z)


def ratio_interval(value: float, error: float, effective: float, z: float = Z95) -> tuple[float, float] | None:
    """Return an interval for a ratio of two sums over the same accounts, never below 0; None with at most one account.

    value -+ t * error, t of Student's distribution with effective - 1 degrees of freedom, by the first two terms of its
    expansion: z (1 + (z^2 + 1) / (4 (effective - 1))). In simulations with amounts spread over two orders of magnitude
    the interval covers the true ratio in 93 to 98 % of samples of 50 to 400 accounts, in 87 to 98 % of samples of 20.

    Args:
        value: the ratio, such as net revenue retention.
        error: its standard error.
        effective: the equivalent number of equally large accounts, sum(amount)^2 / sum(amount^2).
        z: quantile of the normal distribution for the interval; 95 % by default.

    Source: Cochran, Sampling techniques (1977), 6.3; Abramowitz and Stegun (1964), 26.7.5, for t.
    """
    if effective <= 1:
        return None
    reach = z * (1 + (z * z + 1) / (4 * (effective - 1))) * error
    return max(value - reach, 0.0), value + reach


def net_share_interval(above: int, below: int, trials: int, z: float = Z95) -> tuple[float, float] | None:
    """Return an interval for the difference of two shares of the same trials, from -1 to 1, such as a net promoter
    score.

    Adjusted Wald: three trials more, 3/4 of them above, 3/4 below, the rest neither; then d -+ z sqrt((p + q - d^2) /
    n), with p and q the shares above and below and d = p - q. Returns None without a trial.

    Source: Rocks, Interval estimation for the "net promoter score", The American Statistician 70 (2016), which finds
    the best coverage with three trials spread this way; after Agresti and Min (2005).

    Raises:
        ValueError: the counts are negative, or exceed the trials.
    """
    if min(above, below) < 0 or above + below > trials:
        raise ValueError(f"{above} above and {below} below are not of {trials}.")
    if trials == 0:
        return None
    n = trials + 3
    high, low = (above + 0.75) / n, (below + 0.75) / n
    middle = high - low
    half = z * math.sqrt((high + low - middle * middle) / n)
    return max(middle - half, -1.0), min(middle + half, 1.0)


def difference_interval(
    value: float, ends: tuple[float, float], before: float, ends_before: tuple[float, float]
) -> tuple[float, float]:
    """Return the interval of value - before, for two independent estimates with intervals of the same level.

    From d - sqrt((v - l)^2 + (U - b)^2) to d + sqrt((u - v)^2 + (b - L)^2), with v in (l, u), b in (L, U), d = v - b:
    the ends that face each other count, so the intervals need not be symmetric.

    Source: Zou and Donner, Construction of confidence limits about effect measures (2008); for shares with Wilson's
    intervals it is method 10 of Newcombe (1998).
    """
    below = math.hypot(value - ends[0], ends_before[1] - before)
    above = math.hypot(ends[1] - value, before - ends_before[0])
    return value - before - below, value - before + above
