"""Two proportions against each other: is the difference more than chance?"""

from __future__ import annotations

import math
from collections.abc import Sequence

from cs_dash.stats.survival import chi_square_above

LEAST_EXPECTED = 5
TIES = 1e-7


def two_proportions(successes: int, trials: int, other_successes: int, other_trials: int) -> float | None:
    """Return the p-value, two-sided, of the difference of two proportions; None where there is nothing to compare.

    Pearson's chi-square test of the 2 x 2 table without continuity correction, the same as the pooled z-test; where a
    count of fewer than 5 is expected in a cell, Fisher's exact test instead. A p-value says how often a difference this
    large turns up when both groups have one and the same share; it says nothing about why they differ.

    Source: Pearson (1900); Fisher (1922); Cochran (1954) for which to take when.

    Raises:
        ValueError: successes are not between 0 and trials.
    """
    if not (0 <= successes <= trials and 0 <= other_successes <= other_trials):
        raise ValueError(f"{successes} of {trials} and {other_successes} of {other_trials} are not proportions.")
    total, good = trials + other_trials, successes + other_successes
    bad = total - good
    if not trials or not other_trials:
        return None
    if not good or not bad:
        return 1.0
    if min(trials, other_trials) * min(good, bad) < LEAST_EXPECTED * total:
        return _fisher(successes, trials, good, total)
    apart = successes * (other_trials - other_successes) - other_successes * (trials - successes)
    return chi_square_above(total * apart**2 / (trials * other_trials * good * bad), 1)


def _fisher(successes: int, trials: int, good: int, total: int) -> float:
    """Return Fisher's two-sided p-value: the sum over the tables that are no likelier than the one seen."""

    def weight(count: int) -> float:
        return _log_choose(good, count) + _log_choose(total - good, trials - count)

    seen, whole = weight(successes), _log_choose(total, trials)
    found = (weight(count) for count in range(max(0, trials - (total - good)), min(trials, good) + 1))
    return min(1.0, math.fsum(math.exp(each - whole) for each in found if each <= seen + TIES))


def _log_choose(of: int, count: int) -> float:
    return math.lgamma(of + 1) - math.lgamma(count + 1) - math.lgamma(of - count + 1)


def holm(chances: Sequence[float | None]) -> list[float | None]:
    """Return p-values as they count when several comparisons are made at once, in their order; None stays None.

    With twenty groups one differs "significantly" by chance alone. Holm's step-down rule keeps the chance that any of
    the differences called real is not at the level chosen, and finds more than multiplying all by their number.

    Source: Holm, A simple sequentially rejective multiple test procedure (1979).
    """
    known = sorted((chance, place) for place, chance in enumerate(chances) if chance is not None)
    adjusted: list[float | None] = [None] * len(chances)
    largest = 0.0
    for rank, (chance, place) in enumerate(known):
        largest = max(largest, min(1.0, chance * (len(known) - rank)))
        adjusted[place] = largest
    return adjusted
