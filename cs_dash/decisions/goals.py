"""Shared goals: a metric, its target and due day, one accountable owner, and the teams that contribute."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from cs_dash.decisions import log
from cs_dash.decisions.choices.goal_metrics import GoalMetric, goal_metric
from cs_dash.decisions.choices.owners import TEAMS, one_owner, team_of
from cs_dash.decisions.log import Decision, Entry, Kind
from cs_dash.errors import BadInput, Conflict, nearest
from cs_dash.store.acting import Right
from cs_dash.store.state import Connection
from cs_dash.store.workspace import Workspace

GOAL = Kind("shared goal", "A goal that product and customer success share", Right.DECIDE, in_sql=True)
KINDS = (GOAL,)
WINDOWS = (12, 6, 3, 1)
MOST_FEATURES = 50


@dataclass(frozen=True)
class Goal:
    """One shared goal.

    Attributes:
        metric: name of the metric, see `choices.goal_metrics.METRICS`.
        target: the value to reach; shares are from 0 to 1.
        due: the day by which it is to be reached.
        owner: the one accountable person.
        team: the owner's team, one of `owners.TEAMS`.
        title: what it is called; "" for the metric with its target.
        teams: the teams that contribute, the owner's among them.
        where: the accounts that it is about: dimension -> values; empty for all.
        feature: the feature, for metrics about one.
        features: how many core features, for metrics that ask for several.
        start: the value that it starts from; None: the value on `since`, from the data.
        since: the day from which progress counts.
        window: months of the period; None: the period that is looked at.
        goal_id: G-1, G-2 ... in the order in which they were added; "" before.
        seen: changes with every change of the goal; a writer who passes it learns of changes that he has not seen.
    """

    metric: str
    target: float
    due: dt.date
    owner: str
    team: str
    title: str = ""
    teams: tuple[str, ...] = TEAMS
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    feature: str = ""
    features: int | None = None
    start: float | None = None
    since: dt.date | None = None
    window: int | None = None
    goal_id: str = ""
    seen: str = ""

    @property
    def about(self) -> GoalMetric:
        """The metric. Raises BadInput for one that a goal cannot have."""
        return goal_metric(self.metric)


def goals(workspace: Workspace) -> tuple[Goal, ...]:
    """Return every goal that was not removed, in the order in which they were added."""
    with workspace.state.transaction() as connection:
        return _goals(connection)


def goal(workspace: Workspace, goal_id: str) -> Goal:
    """Return one goal. Raises BadInput where there is none of this id."""
    return _named(goals(workspace), goal_id)


def add(workspace: Workspace, goal: Goal, *, person: str = "") -> str:
    """Add a goal and return its id. Raises BadInput for one that `checked` refuses."""
    value = recorded_value(goal)
    with workspace.state.transaction(write=True) as connection:
        taken = map(_number, log.subjects_within(connection, GOAL.name))
        goal_id = f"G-{max(taken, default=0) + 1}"
        log.append(connection, [Entry(GOAL.name, goal_id, value)], person=person)
    return goal_id


def change(workspace: Workspace, goal_id: str, goal: Goal, *, seen: str = "", person: str = "") -> None:
    """Replace a goal. Raises BadInput as `add` does, and Conflict where it was changed after `seen`."""
    _change(workspace, goal_id, recorded_value(goal), seen, person)


def remove(workspace: Workspace, goal_id: str, *, seen: str = "", person: str = "") -> None:
    """Take a goal off the list. Its id is never given again; its history stays."""
    _change(workspace, goal_id, None, seen, person)


def history(workspace: Workspace, goal_id: str) -> tuple[Decision, ...]:
    """Return all that was ever recorded of a goal, oldest first."""
    return tuple(row for row in log.history(workspace, GOAL.name) if row.subject == goal_id)


def checked(goal: Goal) -> Goal:
    """Return the goal as it is recorded. Raises BadInput for what makes no goal: see the messages."""
    metric = goal_metric(goal.metric)
    if not math.isfinite(goal.target) or (metric.highest is not None and goal.target > metric.highest):
        hint = "Write a share such as 33%." if metric.unit == "share" else "Write a number."
        raise BadInput("Not a target", f"Could not set a target of {goal.target:g} for {metric.title}.", hint)
    if goal.target < 0 and metric.name != "nps":
        raise BadInput("Not a target", f"Could not set a target of {goal.target:g}.", "Give a number of 0 or more.")
    if goal.window not in (None, *WINDOWS):
        raise BadInput(
            "Not a window", f"Could not look at {goal.window} months.", f"Choose one of {', '.join(map(str, WINDOWS))}."
        )
    teams = {team_of(name, "a goal") for name in goal.teams} | {team_of(goal.team, "a goal")}
    return replace(
        goal,
        title=" ".join(goal.title.split()),
        owner=one_owner(goal.owner, "a goal"),
        teams=tuple(team for team in TEAMS if team in teams),
        where=tuple(sorted((name, tuple(sorted(set(values)))) for name, values in goal.where if values)),
        since=goal.since or dt.datetime.now(dt.UTC).date(),
        **_details(metric, goal),
    )


def _details(metric: GoalMetric, goal: Goal) -> dict[str, Any]:
    """Return what the goal names besides its metric. Raises BadInput where the metric needs it or has no use for it."""
    feature, features = " ".join(goal.feature.split()), goal.features
    if feature and metric.detail != "feature":
        raise BadInput(
            "No feature", f"Could not set a goal for {metric.title} of {feature}.",
            "Use feature_adoption or feature_weekly for a goal about one feature.",
        )  # fmt: skip
    if metric.detail == "feature" and not feature:
        raise BadInput(
            "Which feature?", f"Could not set a goal for {metric.name} because it names no feature.",
            "Name it as the usage data do: --feature Reports.",
        )  # fmt: skip
    if features is not None and (metric.detail != "features" or not 1 <= features <= MOST_FEATURES):
        raise BadInput(
            "Not a number of features", f"Could not ask for {features} core features of {metric.title}.",
            f"Only activation counts features: from 1 to {MOST_FEATURES}.",
        )  # fmt: skip
    return {"feature": feature, "features": (features or 1) if metric.detail == "features" else None}


def _goals(connection: Connection) -> tuple[Goal, ...]:
    rows = log.in_force_within(connection, [GOAL.name])
    listed = (_goal(row.subject, row.value, str(row.number)) for row in rows)
    return tuple(sorted(listed, key=lambda goal: _number(goal.goal_id)))


def _goal(goal_id: str, value: Mapping[str, Any], seen: str) -> Goal:
    return Goal(
        value["metric"], value["target"], dt.date.fromisoformat(value["due"]), value["owner"], value["team"],
        value["title"], tuple(value["teams"]),
        tuple((name, tuple(values)) for name, values in value["where"].items()),
        value["feature"], value["features"], value["start"], dt.date.fromisoformat(value["since"]), value["window"],
        goal_id, seen,
    )  # fmt: skip


def recorded_value(goal: Goal) -> dict[str, Any]:
    """Return a goal as the log has it. Raises BadInput for one that `checked` refuses."""
    goal = checked(goal)
    assert goal.since is not None
    return {
        "metric": goal.metric, "target": goal.target, "due": goal.due.isoformat(), "owner": goal.owner,
        "team": goal.team, "title": goal.title, "teams": list(goal.teams),
        "where": {name: list(values) for name, values in goal.where}, "feature": goal.feature,
        "features": goal.features, "start": goal.start, "since": goal.since.isoformat(), "window": goal.window,
    }  # fmt: skip


def _named(listed: Iterable[Goal], goal_id: str) -> Goal:
    by_id = {goal.goal_id: goal for goal in listed}
    if goal_id not in by_id:
        hint = nearest(goal_id, by_id) if by_id else "Add one first: goal add --metric METRIC --target VALUE."
        raise BadInput("No such goal", f"Could not find the goal {goal_id} because it is not on the list.", hint)
    return by_id[goal_id]


def _change(workspace: Workspace, goal_id: str, value: Mapping[str, Any] | None, seen: str, person: str) -> None:
    """Record a change of a goal. Raises Conflict where it was changed after `seen`, and says by whom and what."""
    with workspace.state.transaction(write=True) as connection:
        current = _named(_goals(connection), goal_id)
        if seen and current.seen != seen:
            rows = [row for row in log.history_within(connection, GOAL.name) if row.subject == goal_id]
            raise _changed_meanwhile(goal_id, rows, int(seen))
        log.change_within(connection, [Entry(GOAL.name, goal_id, value)], person=person)


def _changed_meanwhile(goal_id: str, rows: list[Decision], seen: int) -> Conflict:
    before: Mapping[str, Any] = next((row.value for row in rows if row.number == seen and row.value), {})
    later = [row for row in rows if row.number > seen]
    who = ", ".join(sorted({row.person or "somebody" for row in later})) or "somebody"
    now = later[-1].value if later else {}
    names = [name for name in now or {} if before.get(name) != now[name]]
    return Conflict(
        "Changed meanwhile",
        f"Could not save because {who} changed the {', '.join(names) or 'goal'} of {goal_id} since you opened it.",
        "Nothing is lost: look at the change, then save again.",
    )


def _number(goal_id: str) -> int:
    return int(goal_id.partition("-")[2])
