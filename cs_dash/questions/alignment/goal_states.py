"""Where a shared goal stands: its forecast to the due day and its state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cs_dash.decisions.choices.goal_metrics import METRICS, GoalMetric
from cs_dash.questions.alignment.goal_values import GoalValues
from cs_dash.stats.outlook import DAYS_PER_MONTH, Outlook, outlook

ON_TRACK, AT_RISK, BEHIND, REACHED, MISSED = "on track", "at risk", "behind", "reached", "missed"
TOO_SHORT, UNKNOWN = "too early", "no data"
STATES = (REACHED, ON_TRACK, AT_RISK, BEHIND, MISSED, TOO_SHORT, UNKNOWN)
ROUNDING = 1e-9
Row = Mapping[str, Any]


@dataclass(frozen=True)
class GoalState:
    """Where a goal stands.

    Attributes:
        state: one of `STATES`.
        forecast: its figure on the due day; None where that has passed or the history is too short.
        progress: share of the way from the start to the target, which can be below 0 and above 1; None where unknown.
    """

    state: str
    forecast: Outlook | None
    progress: float | None

    @property
    def on_track(self) -> bool | None:
        """Whether it is reached or will be if nothing changes; None where nobody can say."""
        return None if self.state in (TOO_SHORT, UNKNOWN) else self.state in (ON_TRACK, REACHED)


def goal_state(goal: Row, values: GoalValues, as_of: dt.date | None) -> GoalState:
    """Return where a goal stands.

    After its due day: reached or missed, by its figure on that day. Before: reached where its figure meets the target
    already; else on track where the forecast meets it, at risk where only the better end of the forecast's 95 %
    interval does, behind where not even that does.
    """
    metric, target = METRICS[goal["metric"]], goal["target"]
    progress = _progress(values, target)
    if values.now is None or as_of is None:
        return GoalState(UNKNOWN, None, None)
    if goal["due"] <= as_of:
        if values.at_due is None:
            return GoalState(UNKNOWN, None, progress)
        return GoalState(REACHED if meets(values.at_due, target, metric) else MISSED, None, progress)
    forecast = _within(outlook(values.history, (goal["due"] - as_of).days / DAYS_PER_MONTH), metric)
    if meets(values.now, target, metric):
        return GoalState(REACHED, forecast, progress)
    if forecast is None:
        return GoalState(TOO_SHORT, None, progress)
    if meets(forecast.value, target, metric):
        return GoalState(ON_TRACK, forecast, progress)
    best = forecast.high if metric.better == "up" else forecast.low
    return GoalState(AT_RISK if meets(best, target, metric) else BEHIND, forecast, progress)


def meets(value: float, target: float, metric: GoalMetric) -> bool:
    """Return whether a value is at least as good as the target."""
    return value >= target - ROUNDING if metric.better == "up" else value <= target + ROUNDING


def _progress(values: GoalValues, target: float) -> float | None:
    if values.now is None or values.start is None or abs(target - values.start) < ROUNDING:
        return None
    return (values.now - values.start) / (target - values.start) + 0.0  # no negative zero


def _within(forecast: Outlook | None, metric: GoalMetric) -> Outlook | None:
    """Return a forecast within what the metric can be."""
    if forecast is None:
        return None
    lowest = -100.0 if metric.name == "nps" else 0.0
    highest = float("inf") if metric.highest is None else metric.highest
    value, low, high = (min(max(number, lowest), highest) for number in (forecast.value, forecast.low, forecast.high))
    return Outlook(value, low, high, forecast.slope, forecast.changes)


def needs_attention(states: Mapping[str, str]) -> str | None:
    """Return the goal that needs attention most, given goal -> state; None where no figure is known."""
    order = (BEHIND, AT_RISK, MISSED, ON_TRACK, TOO_SHORT, REACHED)
    return min(
        (goal for goal, state in states.items() if state in order),
        key=lambda goal: order.index(states[goal]),
        default=None,
    )
