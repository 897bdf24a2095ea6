"""Rounding of parts that have to add up to a rounded whole."""

from __future__ import annotations

from collections.abc import Sequence


def parts_of_total(parts: Sequence[float], total: float, sizes: Sequence[float], digits: int = 1) -> list[float]:
    """Return the parts with `digits` decimals, adding up to `total`, which has no more decimals than they.

    Each is rounded by itself. What is then left over goes to the parts of the largest `sizes`, a smallest step each:
    there it shows least. A part of exactly 0 stays 0 as long as another one is not. Units are those of the parts.
    """
    step = 10**digits
    steps = [round(part * step) for part in parts]
    difference = round(total * step) - sum(steps)
    open_places = [place for place, part in enumerate(parts) if part] or list(range(len(parts)))
    open_places.sort(key=lambda place: (-abs(sizes[place]), place))
    for count in range(abs(difference) if open_places else 0):
        steps[open_places[count % len(open_places)]] += 1 if difference > 0 else -1
    return [count / step for count in steps]
