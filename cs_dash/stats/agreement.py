"""How far two people agree beyond chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from cs_dash.stats.intervals import Z95, wilson


@dataclass(frozen=True)
class Agreement:
    """How far two people agree.

    Attributes:
        kappa: 1 they always agree, 0 no more often than by chance, below that less often.
        low: lower end of its 95 % interval.
        high: upper end of it.
        agreement: share on which they said the same.
        items: how many both of them decided.
    """

    kappa: float
    low: float
    high: float
    agreement: float
    items: int


def cohen_kappa(first: Sequence[Hashable], second: Sequence[Hashable], z: float = Z95) -> Agreement | None:
    """Return Cohen's kappa of what two people said of the same things; None where it cannot be told.

    kappa = (a - c) / (1 - c), a = share on which they agree, c = sum over kinds of the product of their shares: how
    often they would agree by chance. Nothing can be told of nothing, nor where both always say one and the same kind.

    Interval: Wilson's interval of a, put into the same formula with c as it is. The usual interval, kappa -+ z s.e.
    (Fleiss, Cohen, Everitt 1969), has no width where all agree, also with ten tickets; with many it is the same.

    Args:
        first: what one said of each.
        second: what the other said of each, in the same order.
        z: the normal distribution's point for the interval; 95 % unless told.

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
