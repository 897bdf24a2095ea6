"""Where a figure will stand on a later day if its months go on as the last ones did."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

LEAST_CHANGES = 4
"""With fewer monthly changes than these nothing is foretold."""
DAYS_PER_MONTH = 365.25 / 12
T95 = (
    12.706205, 4.302653, 3.182446, 2.776445, 2.570582, 2.446912, 2.364624, 2.306004,
    2.262157, 2.228139, 2.200985, 2.178813, 2.160369, 2.144787, 2.131450, 2.119905,
    2.109816, 2.100922, 2.093024, 2.085963, 2.079614, 2.073873, 2.068658, 2.063899,
    2.059539, 2.055529, 2.051831, 2.048407, 2.045230, 2.042272,
)  # fmt: skip
"""The 97.5 % quantiles of Student's t with 1 to 30 degrees of freedom; with more, the last one is a little too wide.

Written out, because importing what computes them takes most of a second, and the first page needs them.
"""


@dataclass(frozen=True)
class Outlook:
    """A figure on a later day.

    Attributes:
        value: the value expected.
        low: lower end of its 95 % prediction interval.
        high: upper end.
        slope: the change a month that it rests on.
        changes: how many monthly changes it rests on.
    """

    value: float
    low: float
    high: float
    slope: float
    changes: int


def outlook(values: Sequence[float | None], months: float) -> Outlook | None:
    """Return where a figure will stand `months` after the last of its monthly values; None with too short a history.

    A random walk with drift: value = last + months x mean monthly change, with the standard error
    s x sqrt(months + months^2 / n), s the standard deviation of the n changes, and Student's t with n - 1 degrees of
    freedom. A line fitted to the values would promise too much: figures of overlapping windows (the last 12 months)
    carry most of their value from one month to the next, so what varies by chance are their changes.

    Args:
        values: the figure at the ends of successive months, the newest last; only those after the last gap count.
        months: how far ahead, zero or more.

    Source: Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 3rd edition, 5.2 and 5.5; the term
    months^2 / n adds the uncertainty of the mean change.
    """
    newest: list[float] = []
    for value in reversed(values):
        if value is None:
            break
        newest.append(value)
    changes = [later - earlier for later, earlier in pairwise(newest)]
    n = len(changes)
    if n < LEAST_CHANGES or months < 0:
        return None
    slope = math.fsum(changes) / n
    spread = math.sqrt(math.fsum((change - slope) ** 2 for change in changes) / (n - 1))
    error = spread * math.sqrt(months + months * months / n) * T95[min(n - 1, len(T95)) - 1]
    value = newest[0] + months * slope
    return Outlook(value, value - error, value + error, slope, n)
