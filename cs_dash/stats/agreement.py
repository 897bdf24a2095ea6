"""Inter-rater agreement, corrected for chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from cs_dash.stats.intervals import Z95, wilson


@dataclass(frozen=True)
class Agreement:
    """How far two people agree on the same items.

    Attributes:
        kappa: 1 for full agreement, 0 for as much as chance alone gives, negative for less.
        low: lower end of its 95 % interval.
        high: upper end of its 95 % interval.
        agreement: share of the items on which they agree.
        items: number of items that both decided.
    """

    kappa: float
    low: float
    high: float
    agreement: float
    items: int


def cohen_kappa(first: Sequence[Hashable], second: Sequence[Hashable], z: float = Z95) -> Agreement | None:
    """Return Cohen's kappa of two people's answers to the same items; None where it is undefined.

    kappa = (a - c) / (1 - c), a = share on which they agree, c = sum over kinds of the product of their shares, the
    agreement expected by chance. It is undefined without items, and where both always give one and the same answer.

    Interval: Wilson's interval of a, transformed by the same formula with c held fixed. The usual interval, kappa -+ z
    s.e. (Fleiss, Cohen, Everitt 1969), has zero width under full agreement, even with ten tickets; for large samples
    the two coincide.

    Args:
        first: one person's answers.
        second: the other's answers, in the same order.
        z: quantile of the normal distribution for the interval; 95 % by default.

    Source: Cohen, A coefficient of agreement for nominal scales (1960).

    Raises:
        ValueError: lengths differ.
    """
    if len(first) != len(second):
        raise ValueError("Agreement needs what both said of the same things.")
    size = len(first)
    agreeing = sum(first_counts == second_counts for first_counts, second_counts in zip(first, second, strict=True))
    ends = wilson(agreeing, size, z)
    if ends is None:
        return None
    first_counts, second_counts = Counter(first), Counter(second)
    by_chance = sum(count * second_counts[kind] for kind, count in first_counts.items()) / size**2
    if by_chance == 1:
        return None
    kappa, low, high = ((agreed - by_chance) / (1 - by_chance) for agreed in (agreeing / size, *ends))
    return Agreement(kappa, low, high, agreeing / size, size)
