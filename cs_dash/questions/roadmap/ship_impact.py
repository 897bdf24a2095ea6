"""What shipping an item did to the tickets on its topics."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.look import words
from cs_dash.stats.effect import Effect, Windows, effect
from cs_dash.stats.rates import rate_ratio_interval

FELL, ROSE, UNCHANGED, TOO_EARLY, UNKNOWN = "fell", "rose", "no detectable change", "too early", "not measurable"
JUDGED = (FELL, ROSE, UNCHANGED)
"""The verdicts that say something."""
WASHOUT_DAYS = 14
LEAST_DAYS = 28
LEAST_EXPECTED = 20
"""Fewer expected tickets than these say nothing yet."""
MONTH = 30.4375
Row = Mapping[str, Any]


@dataclass(frozen=True)
class ShipImpact:
    """What shipping an item did.

    Attributes:
        verdict: fell, rose, no detectable change, too early, or not measurable.
        pre_rate: tickets per 100 paying accounts and month on its topics, in the 12 weeks before.
        post_rate: the same from two weeks after on.
        expected: tickets that would have come after without it; None where unknown.
        observed: tickets that came after.
        effect: the change put down to it, with its interval; None where unknown.
        at_a_peak: it is below the 12 weeks before, but not below what was usual before those.
        moved_to: names of other topics that grew in the same accounts.
    """

    verdict: str
    pre_rate: float | None
    post_rate: float | None
    expected: float | None
    observed: int
    effect: Effect | None
    at_a_peak: bool
    moved_to: tuple[str, ...]

    @property
    def avoided(self) -> float | None:
        """Expected less observed tickets; None where unknown or too early."""
        early = self.verdict in (TOO_EARLY, UNKNOWN)
        return None if self.expected is None or early else self.expected - self.observed

    @property
    def words(self) -> str:
        """The verdict with the change and its interval: "fell 38 % (-51 to -22)"."""
        result = self.effect
        if self.verdict in (TOO_EARLY, UNKNOWN) or result is None:
            return self.verdict
        size = f" {words.number(abs(result.change) * 100, 0)}\u202f%" if self.verdict in (FELL, ROSE) else ""
        interval = f" ({words.interval(result.low, result.high)})" if result.high is not None else ""
        return f"{self.verdict}{size}{interval}"


def ship_impact(
    windows: pa.Table | Sequence[Row], topics: Sequence[Row], shipped_on: dt.date, as_of: dt.date
) -> ShipImpact:
    """Return what shipping an item did, from its rows of `ship_windows` and `ship_topics`.

    Its topics' rate after / before is compared with that of all other topics of the same accounts. It fell only where
    it is also below what was usual in the 38 weeks before: a topic that was picked at its peak falls by itself. The
    same holds for a rise.
    """
    topic, result = _compared(windows, earlier=False)
    pre_rate, post_rate = _rate(topic.before, topic.exposure_before), _rate(topic.after, topic.exposure_after)
    expected = None
    if pre_rate is not None and result is not None:
        expected = pre_rate / 100 / MONTH * float(topic.exposure_after.sum()) * (result.control_ratio or 1.0)
    days_after = (as_of - shipped_on).days + 1 - WASHOUT_DAYS
    verdict, at_a_peak = UNCHANGED, False
    if days_after < LEAST_DAYS or (expected is not None and expected < LEAST_EXPECTED):
        verdict = TOO_EARLY
    elif result is None:
        verdict = UNKNOWN
    else:
        _, against_usual = _compared(windows, earlier=True)
        usual = against_usual or result
        at_a_peak = is_below(result) and not is_below(usual)
        if is_below(result) and is_below(usual):
            verdict = FELL
        elif result.low > 0 and usual.low > 0:
            verdict = ROSE
    moved_to = _moved_to(topics, topic, result) if verdict == FELL else ()
    return ShipImpact(verdict, pre_rate, post_rate, expected, int(topic.after.sum()), result, at_a_peak, moved_to)


def is_below(result: Effect) -> bool:
    """Return whether a change is a fall by more than chance."""
    return result.high is not None and result.high < 0


def _compared(rows: pa.Table | Sequence[Row], *, earlier: bool) -> tuple[Windows, Effect | None]:
    """Return the windows of the item's topics, and the effect; `earlier`: the weeks before count as before, too."""
    topic, others = _windows(rows, "", earlier=earlier), _windows(rows, "others_", earlier=earlier)
    has_control = bool(others.before.sum() and others.after.sum())
    return topic, effect(topic, others if has_control else None) if len(rows) else None


def _windows(rows: pa.Table | Sequence[Row], prefix: str, *, earlier: bool) -> Windows:
    """Return the windows with one element per account; rows that are not a table have an account each."""

    def column(name: str) -> np.ndarray:
        if isinstance(rows, pa.Table):
            numbers: np.ndarray = pc.fill_null(rows[name].cast(pa.float64()), 0.0).to_numpy()
            return np.repeat(numbers, rows["accounts"].to_numpy())
        return np.array([float(row[name] or 0) for row in rows])

    before, exposure = column(f"{prefix}before"), column("days_before")
    if earlier:
        before = before + column(f"{prefix}earlier")
        exposure = exposure + column("days_earlier")
    return Windows.of(before, column(f"{prefix}after"), exposure, column("days_after"))


def _moved_to(topics: Sequence[Row], topic: Windows, result: Effect | None) -> tuple[str, ...]:
    """Return the names of the topics that grew by more than all others did, and more than by chance."""
    before_days, after_days = float(topic.exposure_before.sum()), float(topic.exposure_after.sum())
    if not before_days or not after_days:
        return ()
    usual = max(result.control_ratio or 1.0, 1.0) if result else 1.0
    grown = []
    for row in topics:
        ends = rate_ratio_interval(row["after"], after_days, row["before"], before_days, 1 - 0.05 / len(topics))
        if ends is not None and ends[0] > usual:
            grown.append(row)
    return tuple(row["label"] for row in sorted(grown, key=lambda row: row["before"] - row["after"]))


def _rate(events: Any, days: Any) -> float | None:
    """Return events per 100 accounts and month."""
    return float(events.sum() / days.sum() * MONTH * 100) if days.sum() else None
