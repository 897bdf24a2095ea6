"""What a shared goal can be about: the figures of the pages that a target makes sense for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from cs_dash.errors import BadInput, nearest
from cs_dash.units import Unit


@dataclass(frozen=True)
class GoalMetric:
    """One metric that a goal can have.

    Attributes:
        name: its name on the command line.
        title: what the pages call it.
        unit: how it is formatted; shares are from 0 to 1.
        better: which direction is the goal.
        needs: the table without which it is unknown.
        detail: what else the goal names: "feature", "features" (how many), or "" for nothing.
        highest: the largest value that it can have; None for no limit.
    """

    name: str
    title: str
    unit: Unit
    better: Literal["up", "down"]
    needs: str
    detail: Literal["", "feature", "features"] = ""
    highest: float | None = 1.0


METRICS: Mapping[str, GoalMetric] = {
    metric.name: metric
    for metric in (
        GoalMetric("howto_share", "How-to share", "share", "down", "tickets"),
        GoalMetric("contact_rate", "Contact rate", "per_100", "down", "tickets", highest=None),
        GoalMetric("activation", "Activation within 30 days", "share", "up", "usage", "features"),
        GoalMetric("feature_adoption", "Adoption of a feature in 28 days", "share", "up", "usage", "feature"),
        GoalMetric("feature_weekly", "Weekly use of a feature", "share", "up", "usage", "feature"),
        GoalMetric("wau", "Weekly active users", "count", "up", "usage", highest=None),
        GoalMetric("nrr", "Net revenue retention", "share", "up", "subscriptions", highest=None),
        GoalMetric("grr", "Gross revenue retention", "share", "up", "subscriptions"),
        GoalMetric("logo_retention", "Logo retention", "share", "up", "subscriptions"),
        GoalMetric("churn_share", "Account churn rate", "share", "down", "churn_events"),
        GoalMetric("churned_accounts", "Churned accounts", "count", "down", "churn_events", highest=None),
        GoalMetric("nps", "Net promoter score", "number", "up", "surveys", highest=100.0),
    )
}


def goal_metric(name: str) -> GoalMetric:
    """Return the metric called `name`. Raises BadInput where a goal cannot have it."""
    if name not in METRICS:
        raise BadInput("Not a metric", f"Could not set a goal for {name or 'nothing'}.", nearest(name, METRICS))
    return METRICS[name]
