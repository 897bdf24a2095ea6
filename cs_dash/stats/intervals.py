"""Intervals for proportions."""

from __future__ import annotations

import math

Z95 = 1.959963984540054
"""The 97.5 % point of the normal distribution: 95 % lie between -Z95 and Z95."""


def wilson(successes: int, trials: int, z: float = Z95) -> tuple[float, float] | None:
    """Return Wilson's score interval for a proportion, shares from 0 to 1; None without a trial.

    (p + z^2/2n -+ z sqrt(p (1 - p) / n + z^2 / 4n^2)) / (1 + z^2 / n) with p = successes / trials, n = trials.

    It is honest near 0 and 1 and for few trials, where the usual p -+ z * s.e. is not: with no success its lower end is
    exactly 0, and it never leaves 0 to 1. It assumes that trials are independent.

    Source: E. B. Wilson, Probable inference (1927); Brown, Cai, DasGupta, Interval estimation for a binomial proportion
    (2001), which recommends it.

    Raises:
        ValueError: successes is not between 0 and trials.
    """
    if not 0 <= successes <= trials:
        raise ValueError(f"{successes} of {trials} is not a proportion.")
    if trials == 0:
        return None
    share, square = successes / trials, z * z
    middle = share + square / (2 * trials)
    half = z * math.sqrt(share * (1 - share) / trials + square / (4 * trials * trials))
    low, high = ((middle + sign * half) / (1 + square / trials) for sign in (-1, 1))
    return (0.0 if successes == 0 else low), (1.0 if successes == trials else high)
