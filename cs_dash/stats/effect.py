"""Did a rate of events change at a moment, by how much, and how sure is that?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cs_dash.stats.rates import rate_ratio_interval

# scipy.stats takes half a second to import, so each function imports it by itself.

PLENTY = 20
"""From so many events in each count on, the logarithm of an odds ratio is as good as normal."""


@dataclass(frozen=True)
class Windows:
    """Events of some accounts before and after a moment; one element per account in each array.

    Attributes:
        before: events before.
        after: events after.
        exposure_before: what was at risk before (account-days): zero where an account was not there yet.
        exposure_after: the same after.
    """

    before: NDArray[np.float64]
    after: NDArray[np.float64]
    exposure_before: NDArray[np.float64]
    exposure_after: NDArray[np.float64]

    @classmethod
    def of(cls, before: ArrayLike, after: ArrayLike, exposure_before: ArrayLike, exposure_after: ArrayLike) -> Windows:
        """Return the windows of sequences of numbers."""
        return cls(*(np.asarray(values, dtype=float) for values in (before, after, exposure_before, exposure_after)))

    @property
    def rate_ratio(self) -> float | None:
        """Rate after / rate before; None where either cannot be known."""
        events_before, exposed_before = self.before.sum(), self.exposure_before.sum()
        events_after, exposed_after = self.after.sum(), self.exposure_after.sum()
        if not events_before or not exposed_before or not exposed_after:
            return None
        return float(events_after / exposed_after / (events_before / exposed_before))

    def without_each(self) -> NDArray[np.float64]:
        """Return the logarithm of the rate ratio as it is without each account in turn.

        Half an event is added to both counts, so that a window without any stays finite.
        """
        events = np.log(self.after.sum() - self.after + 0.5) - np.log(self.before.sum() - self.before + 0.5)
        exposed = self.exposure_after.sum() - self.exposure_after, self.exposure_before.sum() - self.exposure_before
        tiny = np.finfo(float).tiny
        logs: NDArray[np.float64] = events - np.log(np.maximum(exposed[0], tiny)) + np.log(np.maximum(exposed[1], tiny))
        return logs


@dataclass(frozen=True)
class Effect:
    """A change that is put down to what happened at a moment.

    Attributes:
        change: ratio - 1: -0.4 is 40 % fewer than without it.
        low: lower end of its 95 % interval, at least -1.
        high: upper end; None where it has none.
        control_ratio: what the control did meanwhile; None without a control.
        dispersion: variance by accounts / variance of independent events, at least 1.
    """

    change: float
    low: float
    high: float | None
    control_ratio: float | None
    dispersion: float


def effect(treated: Windows, control: Windows | None = None, *, same_accounts: bool = True) -> Effect | None:
    """Return the ratio of the rate ratios of `treated` and of `control`, less 1; None where it cannot be known.

    Without a control it is the rate ratio alone. The interval is the exact conditional one of independent events
    (Clopper-Pearson for one ratio, Cornfield's odds ratio for a ratio of two, or Woolf's, far quicker and the same,
    from 20 events in each count on), stretched on the logarithm's scale by the square root of the dispersion between
    accounts, so that accounts that write often, in bursts, or about one thing only count as what they are. The
    dispersion is that of the jackknife over accounts; Student's t stands for the normal. Where nothing is known of
    accounts (one element), events count as independent.

    Args:
        treated: events that may have changed.
        control: events that cannot have been changed by it, but see the same seasons.
        same_accounts: the elements of both belong to the same accounts; their exposures then cancel out.

    Source: Przyborowski and Wilenski (1940); Woolf (1955); Cornfield (1956); Efron, The jackknife, the bootstrap and
        other resampling plans (1982).
    """
    ratio = treated.rate_ratio
    control_ratio = control.rate_ratio if control is not None else None
    if ratio is None or (control is not None and not control_ratio):
        return None
    totals = [treated.before.sum(), treated.after.sum()]
    if control is None or control_ratio is None:
        ends = rate_ratio_interval(
            int(totals[1]), float(treated.exposure_after.sum()), int(totals[0]), float(treated.exposure_before.sum())
        )
        if ends is None:
            return None
        low, high = ends
        without = [treated.without_each()]
    else:
        totals += [control.before.sum(), control.after.sum()]
        ratio /= control_ratio
        low, high = _odds_ratio_interval(treated, control)
        without = [treated.without_each(), control.without_each()]
        without = [without[0] - without[1]] if same_accounts else without
    by_accounts = sum(float(np.var(part)) * (len(part) - 1) for part in without)
    independent = sum(1 / (total + 0.5) for total in totals)
    dispersion = max(1.0, float(by_accounts / independent))
    stretch = float(np.sqrt(dispersion)) * _student(treated, control)
    return Effect(
        ratio - 1,
        _stretched(ratio, low, stretch) - 1,
        None if high is None else _stretched(ratio, high, stretch) - 1,
        control_ratio,
        dispersion,
    )


def _odds_ratio_interval(treated: Windows, control: Windows) -> tuple[float, float | None]:
    """Return the interval of the ratio of both rate ratios: the exact conditional one, or Woolf's."""
    from scipy.stats import norm
    from scipy.stats.contingency import odds_ratio

    table = [
        [round(float(treated.after.sum())), round(float(treated.before.sum()))],
        [round(float(control.after.sum())), round(float(control.before.sum()))],
    ]
    scale = (
        treated.exposure_before.sum() * control.exposure_after.sum()
        / (treated.exposure_after.sum() * control.exposure_before.sum())
    )  # fmt: skip
    (topic_after, topic_before), (control_after, control_before) = table
    if min(*table[0], *table[1]) >= PLENTY:
        ratio = topic_after * control_before / (topic_before * control_after)
        half = float(norm.ppf(0.975) * np.sqrt(sum(1 / count for row in table for count in row)))
        return ratio * scale * float(np.exp(-half)), ratio * scale * float(np.exp(half))
    ends = odds_ratio(table, kind="conditional").confidence_interval(0.95)
    return float(ends.low * scale), float(ends.high * scale) if np.isfinite(ends.high) else None


def _student(treated: Windows, control: Windows | None) -> float:
    """Return how much wider an interval is for being estimated from these few accounts."""
    from scipy.stats import norm, t

    writing = (treated.before + treated.after) > 0
    if control is not None and len(control.before) == len(writing):
        writing |= (control.before + control.after) > 0
    if len(writing) == 1:
        return 1.0
    freedom = max(int(writing.sum()) - 1, 1)
    return float(t.ppf(0.975, freedom) / norm.ppf(0.975))


def _stretched(ratio: float, end: float, times: float) -> float:
    """Return the end of an interval, so many times as far from the ratio on the logarithm's scale."""
    if ratio <= 0 or end <= 0:
        return end ** (1 / times) if ratio <= 0 < end < 1 else end if end <= 0 else end**times
    return float(ratio * (end / ratio) ** times)


@dataclass(frozen=True)
class StepModel:
    """A Poisson regression with a step: what the rate was multiplied by at a moment.

    Attributes:
        ratio: exp of the step's coefficient.
        interval: 95 %, of independent events.
        dispersion: Pearson's chi-squared / residual degrees of freedom.
        quasi_interval: 95 %, with the variance multiplied by the dispersion.
    """

    ratio: float
    interval: tuple[float, float]
    dispersion: float
    quasi_interval: tuple[float, float]


def step_model(events: Sequence[float], exposure: Sequence[float], step: Sequence[float]) -> StepModel:
    """Return the step in a series of rates beside their straight trend, by quasi-Poisson regression.

    log(rate) = a + b x place + c x step, fitted by iteratively reweighted least squares.

    Args:
        events: events of each period, in order.
        exposure: what was at risk in each.
        step: 0 before and 1 after, or parts of it.

    Source: Bernal, Cummins and Gasparrini, Interrupted time series regression (IJE 2017); McCullagh and Nelder (1989).
    """
    from scipy.stats import norm

    counts, offset = np.asarray(events, dtype=float), np.log(np.asarray(exposure, dtype=float))
    place = np.arange(len(counts)) / len(counts)
    design = np.column_stack([np.ones(len(counts)), place, np.asarray(step, dtype=float)])
    means = np.maximum(counts, 0.5)
    for _ in range(50):
        working = np.log(means) - offset + (counts - means) / means
        weighted = design * means[:, None]
        coefficients = np.linalg.solve(weighted.T @ design, weighted.T @ working)
        fitted = np.exp(design @ coefficients + offset)
        if np.allclose(fitted, means, rtol=1e-12, atol=0):
            break
        means = fitted
    covariance = np.linalg.inv((design * means[:, None]).T @ design)
    dispersion = float(np.square((counts - means) / np.sqrt(means)).sum() / (len(counts) - design.shape[1]))
    log_ratio, error = float(coefficients[2]), float(np.sqrt(covariance[2, 2]))
    half, wide = float(norm.ppf(0.975)) * error, float(norm.ppf(0.975)) * error * float(np.sqrt(dispersion))
    return StepModel(
        float(np.exp(log_ratio)),
        (float(np.exp(log_ratio - half)), float(np.exp(log_ratio + half))),
        dispersion,
        (float(np.exp(log_ratio - wide)), float(np.exp(log_ratio + wide))),
    )
