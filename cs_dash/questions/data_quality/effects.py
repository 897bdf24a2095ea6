"""The effect of data issues on the figures, in words and with bounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cs_dash.intake.results.reports import UnmetCustomers
from cs_dash.look.words import count, field_words, interval, money, plural, points, share
from cs_dash.questions.grouping import grouping_field
from cs_dash.questions.request import SMALL_BASE, QuestionRequest
from cs_dash.schema.tables import TABLES

METRICS = {
    "subscriptions": "MRR, NRR, GRR, logo retention, cohorts",
    "usage": "weekly active users, adoption, health, activity cohorts",
    "tickets": "how-to share by group, contact rate by group, health",
    "churn_events": "churn reasons by group, churned accounts",
    "surveys": "satisfaction, health",
    "notes": "CSM sentiment, health",
    "feature_requests": "requests by account",
    "milestones": "customer journey",
}
"""The figures that a row without an account is missing from."""


UNMET = "customers that neither contracts"
"""The beginning of what `contradictions` says of customers that do not meet."""


@dataclass(frozen=True)
class Bound:
    """How far the how-to share of the most uncertain group may be off.

    Attributes:
        field: what the accounts are grouped by.
        group: the group.
        share: the share as it is shown.
        low: the lowest it can be.
        high: the highest it can be.
        points: the larger of the two distances, as a share.
    """

    field: str
    group: str
    share: float
    low: float
    high: float
    points: float


def howto_bound(request: QuestionRequest) -> Bound | None:
    """Return the widest bound among the groups with enough tickets, or among all groups if none has enough.

    None if no group is uncertain. The tickets are those of the period; the groups are the default of the Support page.
    """
    field = grouping_field(request)
    if not field:
        return None
    start, end = request.scope.bounds
    groups = request.rows("howto_bounds", by_field=field, start_days=[start], end_days=[end]).to_pylist()
    uncertain = [row for row in groups if row["share"] is not None and row["unplaced"]]
    large_enough = [row for row in uncertain if row["with_kind"] >= SMALL_BASE] or uncertain
    if not large_enough:
        return None
    row = max(large_enough, key=lambda group: (group["points"], group["group_name"]))
    return Bound(field, row["group_name"], row["share"], row["lowest"], row["highest"], row["points"])


def unmet_customers(request: QuestionRequest) -> tuple[UnmetCustomers, ...]:
    """Return the tables whose customers are not those of the contracts and of the list of accounts."""
    return UnmetCustomers.of_rows(request.rows("unmet_customers").to_pylist())


def orphan_effect(name: str, row: dict[str, Any], request: QuestionRequest) -> str:
    """Return the effect of a table's rows without an account, as one sentence without its full stop."""
    part = share(row["orphans"] / row["rows"], row["rows"])
    sentence = f"{part} of {TABLES[name].noun} have no account and count in totals only, not in segments"
    consequence = {"tickets": _tickets, "usage": _usage, "churn_events": _churn}.get(name)
    return sentence + (consequence(request) if consequence else "")


def _tickets(request: QuestionRequest) -> str:
    bound = howto_bound(request)
    if bound is None:
        return ""
    within = f"{share(bound.share)} could be {interval(bound.low, bound.high)}"
    field = field_words(bound.field)
    return f"; the how-to share by {field} may be off by up to {_points(bound.points)} ({bound.group}: {within})"


def _usage(request: QuestionRequest) -> str:
    users = request.single_row("unplaced_facts", as_of_day=request.scope.as_of)["weekly_users"]
    if not users:
        return "; weekly active users by account are a lower bound"
    return (
        f"; an account may have up to {count(users)} more weekly active {'user' if users == 1 else 'users'} than shown"
    )


def _churn(request: QuestionRequest) -> str:
    lost = request.single_row("unplaced_facts", as_of_day=request.scope.as_of)["mrr_lost"]
    stated = f"; {money(lost, request.currency)} of lost MRR is in no segment" if lost else ""
    return f"{stated}; NRR, GRR and logo retention are based on contracts and not affected"


def _points(value: float) -> str:
    """Return a distance between shares in words: "4 points", "0.4 points"."""
    return points(value).lstrip("+")


def uncovered(row: dict[str, Any], accounts: int) -> int:
    """Return how many accounts have no row in a table."""
    return round(accounts * (1 - (row["coverage"] or 0)))


def missing_money_effect(row: dict[str, Any]) -> str:
    """Return the effect of amounts without an exchange rate, in words."""
    treatment = "rejected" if row["left_out"] else "loaded without amounts"
    return f"{plural(row['rows'], 'row')} {treatment}, because there is no exchange rate"
