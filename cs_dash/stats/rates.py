"""Comparisons of the rates of events that occur one at a time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

# scipy.stats takes half a second to import, so each function imports it by itself.


def two_rates(events: int, exposure: float, other_events: int, other_exposure: float) -> float | None:
    """Return the two-sided p-value of the difference of two Poisson rates; None where there is nothing to compare.

    Exact, conditional on the total number of events (Przyborowski and Wilenski 1940): if the rates are equal, each
    event belongs to the first with probability exposure / (exposure + other_exposure).

    Args:
        events: number of events.
        exposure: what was at risk meanwhile (account-days, months ...), more than zero.
        other_events: number of events of the other.
        other_exposure: its exposure, in the same unit.
    """
    from scipy.stats import binomtest

    all_events = events + other_events
    if not all_events or exposure <= 0 or other_exposure <= 0:
        return None
    return float(binomtest(events, all_events, exposure / (exposure + other_exposure)).pvalue)


def rate_rise_p_values(
    events: Sequence[int], exposure: Sequence[float], other_events: Sequence[int], other_exposure: Sequence[float]
) -> list[float | None]:
    """Return one-sided p-values of many pairs of Poisson rates: of the first being no higher than the other.

    Exact and conditional on all events of the pair, as in `two_rates`; None where nothing happened or an exposure is
    not above zero. All pairs are computed at once.

    Args:
        events: number of events of each pair's first.
        exposure: what was at risk meanwhile.
        other_events: number of events of the other.
        other_exposure: its exposure, in the same unit.

    Source: Przyborowski and Wilenski, Homogeneity of results in testing samples from Poisson series (1940).
    """
    from scipy.stats import binom

    k, t, m, u = (np.asarray(numbers, dtype=float) for numbers in (events, exposure, other_events, other_exposure))
    comparable = (k + m > 0) & (t > 0) & (u > 0)
    part = np.where(comparable, t / np.where(comparable, t + u, 1.0), 0.5)
    chances = binom.sf(k - 1, k + m, part)
    return [float(chance) if is_comparable else None for chance, is_comparable in zip(chances, comparable, strict=True)]


def poisson_mean_interval(events: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return the exact interval of the mean of a Poisson variable, given one count of it.

    From chi2(alpha / 2; 2 n) / 2 to chi2(1 - alpha / 2; 2 n + 2) / 2; without an event the lower end is 0.

    Source: Garwood, Fiducial limits for the Poisson distribution (1936).
    """
    from scipy.stats import chi2

    out = (1 - confidence) / 2
    low = float(chi2.ppf(out, 2 * events)) / 2 if events else 0.0
    return low, float(chi2.ppf(1 - out, 2 * events + 2)) / 2


def rate_ratio_interval(
    events: int, exposure: float, other_events: int, other_exposure: float, confidence: float = 0.95
) -> tuple[float, float | None] | None:
    """Return the exact interval of the ratio of two Poisson rates; None without any event.

    Conditional on all events, those of the first are binomial; the ends of their Clopper-Pearson interval are converted
    into ratios. Without an event of the other the upper end is None: the ratio has no upper bound.

    Args:
        events: number of events.
        exposure: what was at risk meanwhile, more than zero.
        other_events: number of events of the other.
        other_exposure: its exposure, more than zero.
        confidence: the interval's level.

    Source: Clopper and Pearson (1934); Przyborowski and Wilenski (1940).
    """
    from scipy.special import betaincinv

    if not events + other_events:
        return None
    out, times = (1 - confidence) / 2, other_exposure / exposure
    low = float(betaincinv(events, other_events + 1, out)) if events else 0.0
    if not other_events:
        return low / (1 - low) * times, None
    high = float(betaincinv(events + 1, other_events, 1 - out))
    return low / (1 - low) * times, high / (1 - high) * times
