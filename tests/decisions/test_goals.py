"""Shared goals: what is decided of them, by whom, and what happens when two people edit one."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cs_dash.cli.actions import goal_arguments, item_arguments
from cs_dash.decisions import current_decisions, goals
from cs_dash.decisions.choices.goal_metrics import METRICS
from cs_dash.decisions.choices.owners import TEAMS
from cs_dash.decisions.goals import Goal
from cs_dash.errors import BadInput, Conflict
from cs_dash.store.workspace import Workspace
from tests.companies import day

GOAL = Goal("howto_share", 0.33, day("2026-12-31"), " M.  Okafor ", "product", since=day("2026-09-30"))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path)


def test_a_goal_is_added_changed_and_removed_and_its_history_stays(workspace: Workspace) -> None:
    first = goals.add(workspace, replace(GOAL, where=(("segment", ("SMB", "Mid", "SMB")),)), person="ana")
    goal = goals.goal(workspace, first)
    assert (goal.goal_id, goal.owner, goal.teams) == ("G-1", "M. Okafor", ("product", "cs"))
    assert (goal.where, goal.since) == ((("segment", ("Mid", "SMB")),), day("2026-09-30"))
    goals.change(workspace, first, replace(goal, target=0.3, start=0.4, window=3), person="bo")
    goals.remove(workspace, first, person="ana")
    assert goals.goals(workspace) == ()
    assert current_decisions(workspace).decisions == ()
    assert [(row.person, row.value and row.value["target"]) for row in goals.history(workspace, first)] == [
        ("ana", 0.33), ("bo", 0.3), ("ana", None)
    ]  # fmt: skip
    assert goals.add(workspace, GOAL) == "G-2"


def test_what_is_recorded_is_what_is_read(workspace: Workspace) -> None:
    goal = replace(
        GOAL, metric="activation", target=0.7, features=3, title="Adopt", teams=("cs",), team="cs", owner="J. Wu",
        start=0.6, window=12, where=(("region", ("DACH",)),),
    )  # fmt: skip
    goal_id = goals.add(workspace, goal)
    (stored,) = goals.goals(workspace)
    assert replace(stored, seen="") == replace(goal, goal_id=goal_id)


def test_progress_counts_from_the_day_a_goal_is_added(workspace: Workspace) -> None:
    goal_id = goals.add(workspace, replace(GOAL, since=None))
    assert goals.goal(workspace, goal_id).since == dt.datetime.now(dt.UTC).date()


def test_the_owner_s_team_contributes(workspace: Workspace) -> None:
    goal_id = goals.add(workspace, replace(GOAL, teams=("cs",)))
    assert goals.goal(workspace, goal_id).teams == ("product", "cs")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"owner": "Ana and Bo"}, "exactly one accountable owner"),
        ({"owner": " "}, "to nobody"),
        ({"team": "sales"}, "the team sales"),
        ({"teams": ("cs", "sales")}, "the team sales"),
        ({"metric": "howto"}, "a goal for howto"),
        ({"target": 33.0}, "a target of 33 for How-to share"),
        ({"target": float("nan")}, "a target of nan"),
        ({"target": -0.1}, "a target of -0.1"),
        ({"window": 5}, "look at 5 months"),
        ({"feature": "Reports"}, "a goal for How-to share of Reports"),
        ({"metric": "feature_weekly"}, "names no feature"),
        ({"features": 3}, "3 core features of How-to share"),
        ({"metric": "activation", "features": 0}, "0 core features"),
    ],
)
def test_what_makes_no_goal_is_refused(workspace: Workspace, given: dict[str, Any], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        goals.add(workspace, replace(GOAL, **given))
    assert goals.goals(workspace) == ()


def test_the_second_of_two_editors_sees_what_changed_and_loses_nothing(workspace: Workspace) -> None:
    goal = goals.goal(workspace, goals.add(workspace, GOAL))
    goals.change(workspace, "G-1", replace(goal, target=0.3, due=day("2027-03-31")), seen=goal.seen, person="ana")
    with pytest.raises(Conflict, match="because ana changed the target, due of G-1 since you opened it"):
        goals.change(workspace, "G-1", replace(goal, owner="Bo"), seen=goal.seen, person="bo")
    with pytest.raises(Conflict, match="because ana changed"):
        goals.remove(workspace, "G-1", seen=goal.seen)
    newest = goals.goal(workspace, "G-1")
    assert newest.target == 0.3
    goals.change(workspace, "G-1", replace(newest, owner="Bo"), seen=newest.seen)
    assert goals.goal(workspace, "G-1").owner == "Bo"


def test_an_unknown_goal_is_one_sentence(workspace: Workspace) -> None:
    with pytest.raises(BadInput, match="Could not find the goal G-7"):
        goals.remove(workspace, "G-7")


def test_teams_are_those_of_the_roadmap_and_metrics_have_known_parts() -> None:
    assert item_arguments.TEAMS == goal_arguments.TEAMS == TEAMS
    assert all(name == metric.name and metric.better in ("up", "down") for name, metric in METRICS.items())
