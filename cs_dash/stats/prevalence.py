"""The share of all tickets that are of a kind, from a random sample that people checked and a model's score of each
one.

People are accurate but check few tickets; the model scores all of them but is biased, so counting its predictions is
off by that bias. Combining both is unbiased however poor the model is, and more precise the better it is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cs_dash.stats.means import t_quantile

MIN_CHECKED = 10
"""With fewer checked tickets the interval is too wide to be worth showing."""
SMOOTHING = 0.25
"""Added to the observed squared errors: one more ticket, on which the model is half wrong."""
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Population:
    """Summary of the scores that a model gave all tickets.

    Attributes:
        size: number of tickets.
        mean: mean of their scores.
        variance: variance of their scores, divided by `size`.
    """

    size: int
    mean: float
    variance: float


@dataclass(frozen=True)
class Prevalence:
    """An estimated share.

    Attributes:
        share: the estimate, from 0 to 1.
        low: lower end of its interval.
        high: upper end of its interval.
        checked: number of tickets that people decided.
        undecided: number of tickets that were drawn but not decided; the interval covers both outcomes for them.
        weight: lambda, how much the model's scores count: 0 not at all, 1 at face value.
        variance_saved: share of the plain audit's variance that the scores remove, from 0 to 1: the value of the model.
    """

    share: float
    low: float
    high: float
    checked: int
    undecided: int
    weight: float
    variance_saved: float


def prevalence(
    answers: Sequence[float],
    scores: Sequence[float],
    population: Population,
    undecided: Sequence[float] = (),
    confidence: float = CONFIDENCE,
) -> Prevalence | None:
    """Return the share of a population that is of a kind, from a uniform random sample of it that people checked.

    With y the people's answers, f the model's scores, n checked of N:
    - share = mean(y) + lambda (mean over all of f - mean(f)), prediction-powered inference (PPI);
    - lambda = covariance(y, f) / variance over all of f, the power tuning of PPI++, but not below 0: a useless model is
      ignored, and the estimate is that of the people alone;
    - variance V = (1 - n / N) (sum of squared errors + 1/4) / ((n - 2) n), errors = y - lambda f minus their mean;
    - interval: Wilson's, with n' = share (1 - share) / V independent tickets, and Student's t with n - 2 degrees of
      freedom in place of the normal quantile.

    Choices and their reasons:
    - The target is the share among the N tickets that came in, not among those that might have. So the mean score is
      known without error, lambda has no factor 1 / (1 + n / N), and 1 - n / N corrects for a sample that is a large
      part of the population (Cochran). With N far above n the estimate is that of the PPI++ paper.
    - n - 2: a mean and a slope are estimated, as in the regression estimator (Cochran, 7.4).
    - lambda has no upper bound: scores that are too timid are stretched. The bound in the paper is a choice, too.
    - Wilson's form with an effective sample size: p -+ z s.e. is too narrow for rare and for common kinds, and off
      centre; of seven intervals for shares in complex samples Wilson's had the best coverage (Franco and others).
    - One more ticket, half wrong, is added to the errors: with a good model a sample of 100 shows one error or none,
      which understates the true error rate, just as no success in 100 trials does not mean never. Of 0, 0.1, 0.2, 0.3
      and 0.5 a value of about 1/4 keeps the coverage nearest to 95 % for models from useless to nearly perfect
      (tests/stats).
    - Tickets that were drawn but skipped cannot be dropped: skipping the unclear ones would leave a sample of clear
      ones. The lower end of the interval counts all of them as another kind, the upper end as this one.

    Args:
        answers: what people decided for each checked ticket: 1 of the kind, 0 not, in between where they disagree.
        scores: the model's score of each checked ticket, any number that grows with the likelihood of the kind.
        population: the scores of all tickets, including the checked ones.
        undecided: scores of the tickets that were drawn but not decided.
        confidence: the interval's level.

    Returns:
        None with fewer than `MIN_CHECKED` checked tickets.

    Source: Angelopoulos, Bates, Fannjiang, Jordan, Zrnic, Prediction-powered inference (2023); Angelopoulos, Duchi,
    Zrnic, PPI++ (2023), example 6.1 for lambda; Cochran, Sampling techniques (1977), 2.6 and 7; Franco, Little, Louis,
    Slud, Comparative study of confidence intervals for proportions in complex sample surveys (2019).

    Raises:
        ValueError: lengths differ, the sample exceeds the population, or an answer is not from 0 to 1.
    """
    y, f = np.asarray(answers, dtype=float), np.asarray(scores, dtype=float)
    sample_size = y.size + len(undecided)
    if y.shape != f.shape or sample_size > population.size or np.any((y < 0) | (y > 1)):
        raise ValueError("A share needs for each checked ticket what was said of it, from 0 to 1, and its score.")
    if y.size < MIN_CHECKED:
        return None
    share, low, high, weight, saved = _estimated(y, f, population, confidence)
    if undecided:
        sample_scores = np.append(f, np.asarray(undecided, dtype=float))
        all_zero, all_one = (np.append(y, np.full(len(undecided), value)) for value in (0.0, 1.0))
        low = min(low, _estimated(all_zero, sample_scores, population, confidence)[1])
        high = max(high, _estimated(all_one, sample_scores, population, confidence)[2])
    return Prevalence(share, low, high, int(y.size), len(undecided), weight, saved)


def _estimated(
    y: NDArray[np.float64], f: NDArray[np.float64], population: Population, confidence: float
) -> tuple[float, float, float, float, float]:
    """Return (share, low, high, lambda, share of the variance removed)."""
    n = y.size
    together = float(((y - y.mean()) * (f - f.mean())).sum()) / (n - 1)
    weight = max(0.0, together / population.variance) if population.variance > 0 else 0.0
    share = min(1.0, max(0.0, float(y.mean() + weight * (population.mean - f.mean()))))
    errors = y - weight * f
    squares = float(((errors - errors.mean()) ** 2).sum())
    alone = float(((y - y.mean()) ** 2).sum())
    variance = (1 - n / population.size) * (squares + SMOOTHING) / ((n - 2) * n)
    low, high = _wilson_of(share, variance, n, confidence)
    return share, low, high, weight, max(0.0, 1 - squares / alone) if alone > 0 else 0.0


def _wilson_of(share: float, variance: float, n: int, confidence: float) -> tuple[float, float]:
    """Return Wilson's interval of a share with the given variance, as if of share (1 - share) / variance tickets."""
    if variance <= 0:  # every ticket was checked
        return share, share
    inside = min(max(share, 0.5 / n), 1 - 0.5 / n)
    tickets = inside * (1 - inside) / variance
    t = t_quantile((1 + confidence) / 2, n - 2)
    middle = share + t * t / (2 * tickets)
    half = t * math.sqrt(share * (1 - share) / tickets + t * t / (4 * tickets * tickets))
    low, high = ((middle + sign * half) / (1 + t * t / tickets) for sign in (-1, 1))
    return max(0.0, low), min(1.0, high)
