"""Confidence interval of a mean."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from statistics import NormalDist, mean, stdev

MIN_VALUES = 5
"""With fewer values the estimate of their spread is too poor for an interval."""


def mean_interval(values: Sequence[float], confidence: float = 0.95) -> tuple[float, float] | None:
    """Return Student's interval of the mean, m -+ t s / sqrt(n); None with fewer than `MIN_VALUES` values.

    Source: Student, The probable error of a mean (1908). It assumes independent values without extreme outliers.
    """
    if len(values) < MIN_VALUES:
        return None
    middle = mean(values)
    half = t_quantile((1 + confidence) / 2, len(values) - 1) * stdev(values) / sqrt(len(values))
    return middle - half, middle + half


def t_quantile(probability: float, freedom: int) -> float:
    """Return the quantile of Student's t for 4 degrees of freedom or more, to within 0.2 %.

    The Cornish-Fisher expansion around the normal quantile z: Abramowitz and Stegun, 26.7.5.
    """
    z, n = NormalDist().inv_cdf(probability), freedom
    terms = (
        (z**3 + z) / (4 * n),
        (5 * z**5 + 16 * z**3 + 3 * z) / (96 * n**2),
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * n**3),
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / (92160 * n**4),
    )
    return z + sum(terms)
