"""Survival analysis: durations of which some have not ended yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cs_dash.stats.intervals import Z95


@dataclass(frozen=True)
class Survival:
    """A survival curve: one row per observed time, all columns of one length.

    Attributes:
        time: times, ascending, in the unit of the durations; the first is 0.
        at_risk: number still observed just before each time.
        events: number that ended at each time.
        survival: estimated share that lasts longer than each time, from 1 down.
        low: lower end of its 95 % interval; None where it is undefined (nothing has ended yet, or nothing is left).
        high: upper end of its 95 % interval.
    """

    time: tuple[float, ...]
    at_risk: tuple[int, ...]
    events: tuple[int, ...]
    survival: tuple[float, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]

    @property
    def median(self) -> float | None:
        """The first time at which at most half are left; None where the curve stays above one half."""
        return _first_at_most_half(self.time, self.survival)

    @property
    def median_interval(self) -> tuple[float | None, float | None]:
        """95 % interval of the median: where the lower and upper bounds cross one half (None: not reached).

        Source: Brookmeyer and Crowley, A confidence interval for the median survival time (1982).
        """
        return _first_at_most_half(self.time, self.low), _first_at_most_half(self.time, self.high)

    def quantile(self, share: float) -> float | None:
        """Return the first time at which at most `share` are left; None where the curve stays above it."""
        return next((t for t, s in zip(self.time, self.survival, strict=True) if s <= share + 1e-12), None)

    def at(self, time: float) -> float:
        """Return the estimated share that lasts longer than `time`: the curve is a staircase."""
        return next((s for t, s in zip(reversed(self.time), reversed(self.survival), strict=True) if t <= time), 1.0)


def kaplan_meier(durations: npt.ArrayLike, ended: npt.ArrayLike, z: float = Z95) -> Survival:
    """Return the Kaplan-Meier estimate of the survival curve.

    S(t) = product over times t_i <= t of (1 - d_i / n_i), d_i = events at t_i, n_i = at risk just before it.
    What is censored at t_i counts as at risk at t_i.
    Interval: Greenwood's variance on the log(-log) scale, S ** exp(-+ z * sqrt(V) / log S),
    V = sum of d_i / (n_i (n_i - d_i)); it stays between 0 and 1.

    It assumes that censoring is independent of the outcome, which fails where new customers differ from old ones. Far
    to the right few are at risk and the curve says little, as the interval shows.

    Args:
        durations: how long each was observed, 0 or more, in one unit.
        ended: whether it ended then (True) or was still there when last observed (False).
        z: quantile of the normal distribution for the interval; 95 % by default.

    Source: Kaplan and Meier (1958); Kalbfleisch and Prentice, Statistical analysis of failure time data (2002), 1.4.

    Raises:
        ValueError: lengths differ, nothing is given, or a duration is negative or not a number.
    """
    spans, over = np.asarray(durations, dtype=float), np.asarray(ended, dtype=bool)
    if spans.size == 0 or spans.shape != over.shape or not np.all(spans >= 0):
        raise ValueError("Survival needs one duration of 0 or more, and whether it ended, for each.")
    times = np.unique(np.append(spans, 0.0))
    events = np.bincount(np.searchsorted(times, spans[over]), minlength=times.size)
    leaving = np.bincount(np.searchsorted(times, spans), minlength=times.size)
    at_risk = spans.size - np.concatenate(([0], np.cumsum(leaving)[:-1]))
    survival = np.cumprod(1 - events / at_risk)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = np.cumsum(events / (at_risk * (at_risk - events)))
        spread = z * np.sqrt(variance) / np.log(survival)
        low, high = survival ** np.exp(-spread), survival ** np.exp(spread)
    has_interval = (survival > 0) & (survival < 1)
    return Survival(
        time=tuple(times.tolist()),
        at_risk=tuple(at_risk.tolist()),
        events=tuple(events.tolist()),
        survival=tuple(survival.tolist()),
        low=tuple(value if is_known else None for value, is_known in zip(low.tolist(), has_interval, strict=True)),
        high=tuple(value if is_known else None for value, is_known in zip(high.tolist(), has_interval, strict=True)),
    )


def log_rank(groups: Sequence[tuple[npt.ArrayLike, npt.ArrayLike]]) -> float | None:
    """Return the p-value of the log-rank test of equal survival in all groups; None where there is nothing to compare.

    At each time the events of a group are compared with its share of those at risk; chi-square with one degree of
    freedom fewer than groups. There is nothing to compare with fewer than two groups, or without an event.

    It detects curves that stay separate and may miss curves that cross. It does not tell why groups differ.

    Args:
        groups: for each group its durations and whether each ended, as for `kaplan_meier`.

    Source: Mantel (1966); Kalbfleisch and Prentice (2002), 1.5.
    """
    arrays = [(np.asarray(spans, dtype=float), np.asarray(over, dtype=bool)) for spans, over in groups]
    filled_groups = [(spans, over) for spans, over in arrays if spans.size]
    if len(filled_groups) < 2 or not any(over.any() for _, over in filled_groups):
        return None
    times = np.unique(np.concatenate([spans[over] for spans, over in filled_groups]))
    at_risk = np.array([[(spans >= time).sum() for time in times] for spans, _ in filled_groups], dtype=float)
    events = np.array([[(spans[over] == time).sum() for time in times] for spans, over in filled_groups], dtype=float)
    all_risk, all_events = at_risk.sum(axis=0), events.sum(axis=0)
    share = at_risk / all_risk
    excess = (events - share * all_events).sum(axis=1)
    scale = all_events * (all_risk - all_events) / np.maximum(all_risk - 1, 1)
    covariance = np.diag((share * scale).sum(axis=1)) - (share * scale) @ share.T
    statistic = float(excess @ np.linalg.pinv(covariance) @ excess)
    return chi_square_tail(statistic, len(filled_groups) - 1)


def chi_square_tail(statistic: float, freedom: int) -> float:
    """Return the probability that a chi-square variable with `freedom` degrees of freedom exceeds `statistic`."""
    from scipy.special import chdtrc  # not at the top: its import takes up to a second, and most pages test nothing

    return float(chdtrc(freedom, max(statistic, 0.0)))


def _first_at_most_half(times: Sequence[float], shares: Sequence[float | None]) -> float | None:
    return next((t for t, s in zip(times, shares, strict=True) if s is not None and s <= 0.5 + 1e-12), None)
