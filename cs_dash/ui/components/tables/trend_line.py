"""A few values over time as the points of small lines."""

from __future__ import annotations

from collections.abc import Sequence


def trend_lines(trend: Sequence[float | None], width: int, height: int, pad: int) -> list[str]:
    """Return the points of the lines in a box of pixels, one for each run without a gap; [] with fewer than two."""
    values = [value for value in trend if value is not None]
    if len(values) < 2:
        return []
    low, high = min(values), max(values)
    step = (width - 2 * pad) / (len(trend) - 1)
    runs: list[list[str]] = [[]]
    for at, value in enumerate(trend):
        if value is None:
            runs.append([])
            continue
        level = (value - low) / (high - low) if high > low else 0.5
        runs[-1].append(f"{pad + at * step:.1f},{height - pad - level * (height - 2 * pad):.1f}")
    return [" ".join(run) for run in runs if len(run) > 1]
