"""The chart of a shared goal: its months, its forecast with its interval, and the target."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from cs_dash.charts import LineChart
from cs_dash.decisions.choices.goal_metrics import METRICS
from cs_dash.look import words
from cs_dash.questions.alignment.goal_states import GoalState
from cs_dash.questions.alignment.goal_values import GoalValues, history_days
from cs_dash.questions.alignment.goal_words import title_of, value_text
from cs_dash.questions.request import arrow_table
from cs_dash.stats.outlook import DAYS_PER_MONTH, outlook

MEASURED, EXPECTED = "Measured", "Expected"
DRAWN = {
    "day": pa.date32(), "value": pa.float64(), "low": pa.float64(), "high": pa.float64(), "line": pa.string(),
}  # fmt: skip


def goal_chart(goal: Mapping[str, Any], values: GoalValues, state: GoalState, as_of: dt.date) -> LineChart | None:
    """Return the chart of a goal; None with fewer than two values."""
    metric = METRICS[goal["metric"]]
    measured = [
        {"day": day, "value": value, "low": None, "high": None, "line": MEASURED}
        for day, value in zip(history_days(as_of), values.history, strict=True)
        if value is not None
    ]
    if len(measured) < 2:
        return None
    target = value_text(goal["target"], metric)
    title = f"{title_of(goal)}: {value_text(values.now, metric)} now"
    if state.forecast is not None:
        title += f", {value_text(state.forecast.value, metric)} expected on {words.date(goal['due'])}"
    return LineChart(
        name="goal",
        title=title,
        subtitle=f"Monthly values, then the forecast with its 95 % interval; target {target}",
        rows=arrow_table([*measured, *_expected(goal, values, state, as_of)], DRAWN),
        x="day",
        y="value",
        unit=metric.unit,
        axis=metric.title,
        color="line",
        order=(MEASURED, EXPECTED) if state.forecast else (MEASURED,),
        low="low",
        high="high",
        reference=(goal["target"], f"Target {target}"),
    )


def _expected(goal: Mapping[str, Any], values: GoalValues, state: GoalState, as_of: dt.date) -> list[dict[str, Any]]:
    """Return the forecast from the as-of date on, month by month up to the due day."""
    if state.forecast is None:
        return []
    days = (goal["due"] - as_of).days
    months = math.ceil((days - DAYS_PER_MONTH / 2) / DAYS_PER_MONTH)  # none so close to the due day that they overlap
    rows = [{"day": as_of, "value": values.now, "low": values.now, "high": values.now, "line": EXPECTED}]
    for ahead in [round(month * DAYS_PER_MONTH) for month in range(1, months)]:
        point = outlook(values.history, ahead / DAYS_PER_MONTH)
        if point is not None:
            day = as_of + dt.timedelta(ahead)
            rows.append({"day": day, "value": point.value, "low": point.low, "high": point.high, "line": EXPECTED})
    last = state.forecast
    rows.append({"day": goal["due"], "value": last.value, "low": last.low, "high": last.high, "line": EXPECTED})
    return rows
