"""Pairs of measurements, ours and the floor's, and their summary."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median


@dataclass(frozen=True)
class Row:
    """The summary of one action.

    Attributes:
        where: the page, or the group.
        what: the action.
        ours: median of ours.
        floor: median of the floor's.
        ratio: median of ours / median of the floor's.
        typical: median of the ratios of the pairs, which a busy machine distorts less.
        worst: the greatest of ours.
        parts: medians of a part of it, ours and the floor's: until the server had sent everything; or none.
        rest: ours / median of what a click on that page of the floor takes when nothing has to be drawn; None for
            loads.
        times: number of measurements.
        least: the least of ours and of the floor's.
    """

    where: str
    what: str
    ours: float
    floor: float
    ratio: float
    typical: float
    worst: float
    parts: tuple[float, ...]
    rest: float | None
    times: int
    least: tuple[float, float]


@dataclass
class Pairs:
    """Measurements by where and what, each ours and the floor's made one after the other."""

    unit: str
    measurements: dict[tuple[str, str], list[tuple[float, ...]]] = field(default_factory=dict)
    rests: dict[str, list[float]] = field(default_factory=dict)

    def add(self, where: str, action: str, ours: float, floor: float, *parts: float) -> None:
        """Note one pair, and a part of each."""
        self.measurements.setdefault((where, action), []).append((ours, floor, *parts))

    def add_rest(self, where: str, floor: float) -> None:
        """Note what the floor takes when nothing has to be drawn."""
        self.rests.setdefault(where, []).append(floor)

    def rows(self) -> list[Row]:
        """Return one row for each action, in the order in which they were first measured."""
        return [self._row(where, action) for where, action in self.measurements]

    def _row(self, where: str, action: str) -> Row:
        times = self.measurements[where, action]
        ours, floor, *parts = (median(series) for series in zip(*times, strict=True))
        return Row(
            where,
            action,
            ours,
            floor,
            ratio=ours / floor,
            typical=median(own / bare for own, bare, *_ in times),
            worst=max(own for own, *_ in times),
            parts=tuple(parts),
            rest=ours / median(self.rests[where]) if where in self.rests and "load" not in action else None,
            times=len(times),
            least=(min(own for own, *_ in times), min(bare for _, bare, *_ in times)),
        )
