"""A shared goal in words: its title, its accounts and its values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cs_dash.decisions.choices.goal_metrics import METRICS, GoalMetric
from cs_dash.look import words
from cs_dash.questions.alignment.goal_values import filters_of

Row = Mapping[str, Any]


def title_of(goal: Row) -> str:
    """Return what a goal is called: its title, else its metric with its target and accounts."""
    if goal["title"]:
        return str(goal["title"])
    metric = METRICS[goal["metric"]]
    target = value_text(goal["target"], metric)
    accounts = accounts_text(filters_of(goal))
    name = _named(goal, metric, target)
    return f"{name} ({accounts})" if accounts else name


def _named(goal: Row, metric: GoalMetric, target: str | None) -> str:
    if metric.name == "activation":
        features = words.plural(goal["features"] or 1, "core feature")
        return f"{target} use {features} within 30 days"
    if metric.name == "feature_weekly":
        return f"{target} use {goal['feature']} weekly"
    if metric.name == "feature_adoption":
        return f"{target} use {goal['feature']} within 28 days"
    return f"{metric.title} {'at least' if metric.better == 'up' else 'at most'} {target}"


def accounts_text(filters: Sequence[tuple[str, Sequence[str]]]) -> str:
    """Return the accounts of a goal: "SMB, Mid-market; DACH"; "" for all."""
    return "; ".join(", ".join(values) for _, values in filters)


def value_text(value: float | None, metric: GoalMetric) -> str | None:
    """Return a value of a metric as pages write it; None where it is unknown."""
    return None if value is None else words.cell(value, metric.unit)
