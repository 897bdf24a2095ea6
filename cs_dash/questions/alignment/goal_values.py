"""The figure that a shared goal is about: now, on the days of its history, where it started and on its due day."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cs_dash.decisions.choices.goal_metrics import METRICS
from cs_dash.questions.howto_share import HowToShare
from cs_dash.questions.request import QuestionRequest
from cs_dash.scope import MONTHS, ONE_DAY, Scope, months_before
from cs_dash.store.warehouse import Rows

HISTORY = 7
"""Days of the history, a month apart, the as-of date among them."""
RETENTION = {"nrr": "nrr", "grr": "grr", "logo_retention": "logos"}
WEEKS = {"feature_adoption": 4, "feature_weekly": 1}
Row = Mapping[str, Any]
Point = tuple[float | None, int | None]
"""A value and the size of its base."""


@dataclass(frozen=True)
class GoalValues:
    """The figure of a goal on the days that matter.

    Attributes:
        now: on the as-of date: what the pages show for the goal's accounts and period.
        n: the size of its base.
        history: on days a month apart, oldest first; the last is `now`. Empty values are unknown.
        start: on the day from which progress counts.
        at_due: on the due day; None while it has not come.
        shifted: past values are unadjusted ones, moved by what the audit adds to the unadjusted share of now.
    """

    now: float | None
    n: int | None
    history: tuple[float | None, ...]
    start: float | None
    at_due: float | None
    shifted: bool = False


def filters_of(goal: Row) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the accounts that a goal is about, as filters of a scope."""
    filters: dict[str, list[str]] = dict(json.loads(goal["filters"] or "{}"))
    return tuple(sorted((name, tuple(sorted(values))) for name, values in filters.items()))


def features_of(rows: Rows) -> list[str]:
    """Return the features that goals can be about, most used first."""
    return [str(row["feature"]) for row in rows("known_features").to_pylist()]


def scope_of(request: QuestionRequest, goal: Row, day: dt.date) -> Scope:
    """Return the scope of a goal's figure on a day: the goal's accounts, and its period or that which is looked at."""
    filters, scope = filters_of(goal), request.scope
    if goal["months"] or scope.period in MONTHS:
        period = f"{goal['months']}m" if goal["months"] else scope.period
        return Scope(period=period, as_of=day, filters=filters).resolved(day)
    back = request.as_of - day
    return replace(
        scope, filters=filters, as_of=day, start=scope.start and scope.start - back, end=scope.end and scope.end - back
    )


def history_days(as_of: dt.date) -> list[dt.date]:
    """Return the days of the history, oldest first."""
    return [months_before(as_of, back) for back in range(HISTORY - 1, -1, -1)]


def goal_values(request: QuestionRequest, goal: Row) -> GoalValues:
    """Return the values of a goal, a row of `shared_goals`; all unknown where the table that it needs is not loaded."""
    if METRICS[goal["metric"]].needs not in request.loaded_tables or request.scope.as_of is None:
        return GoalValues(None, None, (None,) * HISTORY, goal["start"], None)
    as_of = request.as_of
    history, since = history_days(as_of), min(goal["since"], as_of)
    is_due = goal["due"] <= as_of
    days = list(dict.fromkeys([*history, since, *([goal["due"]] if is_due else [])]))
    points, shifted = _points(request, goal, days)
    return GoalValues(
        *points[as_of],
        tuple(points[day][0] for day in history),
        goal["start"] if goal["start"] is not None else points[since][0],
        points[goal["due"]][0] if is_due else None,
        shifted,
    )


def _points(request: QuestionRequest, goal: Row, days: Sequence[dt.date]) -> tuple[dict[dt.date, Point], bool]:
    scopes = {day: scope_of(request, goal, day) for day in days}
    of_accounts = request.for_scope(replace(request.scope, filters=filters_of(goal)))
    metric = goal["metric"]
    if metric in ("howto_share", "contact_rate"):
        return _tickets(of_accounts, metric, scopes)
    if metric in RETENTION:
        return _retention(of_accounts, RETENTION[metric], goal, scopes), False
    if metric in ("churn_share", "churned_accounts"):
        return _churn(of_accounts, metric, scopes), False
    if metric in ("activation", "nps"):
        return _by_period(of_accounts, goal, scopes), False
    return _use(of_accounts, goal, days), False


def _tickets(
    request: QuestionRequest, metric: str, scopes: Mapping[dt.date, Scope]
) -> tuple[dict[dt.date, Point], bool]:
    rows = {
        (row["window_start"], row["window_end"]): row
        for row in request.periods("howto_share", *dict.fromkeys(scope.bounds for scope in scopes.values()))
    }
    by_day = {day: rows[scope.bounds] for day, scope in scopes.items()}
    if metric == "contact_rate":
        return {day: (row["contact_rate"], row["tickets"]) for day, row in by_day.items()}, False
    newest = scopes[request.as_of]
    now = HowToShare.of(request.for_scope(newest), newest, by_day[request.as_of])
    unadjusted = by_day[request.as_of]["share"]
    moved = now.value - unadjusted if now.value is not None and unadjusted is not None else 0.0
    points: dict[dt.date, Point] = {
        day: (None if row["share"] is None else min(1.0, max(0.0, row["share"] + moved)), row["with_kind"])
        for day, row in by_day.items()
    }
    return points | {request.as_of: (now.value, now.base)}, bool(moved)


def _retention(
    request: QuestionRequest, column: str, goal: Row, scopes: Mapping[dt.date, Scope]
) -> dict[dt.date, Point]:
    months = goal["months"] or request.scope.window
    rows = request.rows.per_element(
        "retention_windows", start_days=[months_before(day, months) for day in scopes], end_days=list(scopes),
        wanted=request.filters_json,
    ).to_pylist()  # fmt: skip
    return {row["window_end"]: (row[column], row["accounts_start"]) for row in rows}


def _churn(request: QuestionRequest, metric: str, scopes: Mapping[dt.date, Scope]) -> dict[dt.date, Point]:
    rows = request.rows.per_element(
        "churn_share", start_days=[scope.start for scope in scopes.values()],
        end_days=[scope.end or day + ONE_DAY for day, scope in scopes.items()], as_of_days=list(scopes),
        wanted=request.filters_json,
    ).to_pylist()  # fmt: skip
    return {
        row["looked_from"]: (row[metric] if row["accounts"] else None, row["accounts"]) for row in rows
    }  # fmt: skip


def _by_period(request: QuestionRequest, goal: Row, scopes: Mapping[dt.date, Scope]) -> dict[dt.date, Point]:
    periods = list(dict.fromkeys(scope.bounds for scope in scopes.values()))
    if goal["metric"] == "nps":
        listed, value, base = request.periods("net_promoter_score", *periods), "nps", "answers"
    else:
        least = goal["features"] or 1
        listed, value, base = request.periods("activation_rate", *periods, least_features=least), "rate", "accounts"
    rows = {(row["window_start"], row["window_end"]): row for row in listed}
    return {day: (rows[scope.bounds][value], rows[scope.bounds][base]) for day, scope in scopes.items()}


def _use(request: QuestionRequest, goal: Row, days: Sequence[dt.date]) -> dict[dt.date, Point]:
    if goal["metric"] == "wau":
        listed = request.rows.per_element("weekly_active_users", on_days=list(days), wanted=request.filters_json)
        value = "users"
    else:
        listed = request.rows.per_element(
            "feature_adoption", on_days=list(days), of_feature=goal["feature"], weeks=WEEKS[goal["metric"]],
            wanted=request.filters_json,
        )  # fmt: skip
        value = "rate"
    points: dict[dt.date, Point] = {row["day"]: (row[value], row["accounts"]) for row in listed.to_pylist()}
    return {day: points.get(day, (None, None)) for day in days}
