"""Scales of measured axes: round ends and round steps, so that intervals and lines have room."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
MOST_STEPS = 5


@dataclass(frozen=True)
class Scale:
    """A measured axis: where it begins and ends, and how far apart its numbers are."""

    low: float
    high: float
    step: float


def scale_of(values: Iterable[float | None], zero: bool, whole: bool = False) -> Scale | None:
    """Return the scale for these values; None without any.

    `zero`: it begins, or ends, at zero. `whole`: it counts things, so that its numbers are whole.
    """
    present = [value for value in values if value is not None and math.isfinite(value)]
    if not present:
        return None
    low, high = min(present), max(present)
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        low, high = (low - 1, high + 1) if low == 0 else (low - abs(low) * 0.1, high + abs(high) * 0.1)
    raw = (high - low) / MOST_STEPS
    size = 10.0 ** math.floor(math.log10(raw))
    step = next(candidate * size for candidate in STEPS if candidate * size >= raw * 0.999)
    if whole:
        step = max(1.0, math.ceil(step))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return Scale(_round(first * step, step), _round(last * step, step), _round(step, step))


def _round(value: float, step: float) -> float:
    """Return a value without the noise of its computation."""
    return round(value, max(0, 3 - math.floor(math.log10(step))))
