"""How stable an order is: ranks over draws from what is uncertain about the scores."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

DRAWS = 1000
SEED = 20_261
EFFORT_SPREAD = math.log(2) / 1.6449
"""Standard deviation of the logarithm of effort: nine of ten efforts are between half and twice the estimate."""


@dataclass(frozen=True)
class RankSpread:
    """The ranks of one item over the draws, 1 the highest score.

    Attributes:
        first: share of draws in which it is first.
        top: share of draws in which it is among the first few.
        low: 2.5 % of draws rank it better, 1 or more.
        high: 2.5 % of draws rank it worse.
    """

    first: float
    top: float
    low: int
    high: int


def rice_draws(
    reach: Sequence[float],
    impact: Sequence[float],
    confidence: Sequence[float],
    effort: Sequence[float],
    impact_scale: Sequence[float],
    *,
    draws: int = DRAWS,
    seed: int = SEED,
) -> np.ndarray:
    """Return scores reach x impact x confidence / effort, one row for each draw, one column for each item.

    What is uncertain, and how much:
    - Reach is a count of accounts in a quarter; that of another quarter is Poisson distributed around it.
    - Confidence is the chance that the impact holds; else the impact is one step of the scale higher or lower, either
      as likely, and at an end of the scale one step towards the middle. In the score confidence stays as it was given.
    - Effort is lognormal around its estimate, with nine of ten between half and twice of it: the range that McConnell
      gives for estimates made when the product is defined but its requirements are not.
    The uncertainties of one item are independent of each other and of those of other items; accounts behind two items
    make their reach rise and fall together, so the order is a little more stable than the draws say.

    Source: METRICS, rank stability; McConnell, Software Estimation (2006), cone of uncertainty.

    Raises:
        ValueError: lengths differ, or effort is not above 0.
    """
    counts, impacts, chances, efforts = (
        np.asarray(numbers, dtype=float) for numbers in (reach, impact, confidence, effort)
    )
    if not counts.shape == impacts.shape == chances.shape == efforts.shape or np.any(efforts <= 0):
        raise ValueError("Each item needs reach, impact, confidence and an effort above 0.")
    rng = np.random.default_rng(seed)
    size = (draws, len(counts))
    scale = np.sort(np.asarray(impact_scale, dtype=float))
    place = np.abs(scale[None, :] - impacts[:, None]).argmin(axis=1)
    step = np.where(rng.random(size) < 0.5, -1, 1)
    step = np.where(place == 0, 1, np.where(place == len(scale) - 1, -1, step))
    holds = rng.random(size) < chances
    drawn_impact = np.where(holds, impacts, scale[np.clip(place + step, 0, len(scale) - 1)])
    drawn_effort = efforts * np.exp(rng.normal(0, EFFORT_SPREAD, size))
    scores: np.ndarray = rng.poisson(counts, size) * drawn_impact * chances / drawn_effort
    return scores


def rank_spreads(scores: np.ndarray, top: int = 5, *, seed: int = SEED) -> list[RankSpread]:
    """Return the ranks of each item over draws of its score; equal scores take their places at random.

    Args:
        scores: one row for each draw, one column for each item.
        top: how many places count as the top.
        seed: of the places of equal scores.
    """
    draws, items = scores.shape
    if not draws or not items:
        return []
    tie_breaks = np.random.default_rng(seed).random(scores.shape)
    order = np.lexsort((tie_breaks, -scores), axis=1)
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.arange(1, items + 1)[None, :].repeat(draws, axis=0), axis=1)
    lows = np.quantile(ranks, 0.025, axis=0, method="lower")
    highs = np.quantile(ranks, 0.975, axis=0, method="higher")
    return [
        RankSpread(
            float((ranks[:, at] == 1).mean()), float((ranks[:, at] <= top).mean()), int(lows[at]), int(highs[at])
        )
        for at in range(items)
    ]
