"""`goal`: the goals that product and customer success share."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import asdict, replace
from typing import Any

from cs_dash.answer import json_value
from cs_dash.cli.arguments import day_of, number_of
from cs_dash.decisions import current_decisions, goals
from cs_dash.decisions.goals import Goal
from cs_dash.errors import BadInput, UnknownOption, nearest
from cs_dash.look import words
from cs_dash.metrics import open_warehouse
from cs_dash.pipeline import Workspace
from cs_dash.questions.alignment.goal_values import features_of
from cs_dash.questions.alignment.goal_words import title_of
from cs_dash.scope import check_filters, scope_from_options

Outcome = tuple[dict[str, Any], str]
Filters = tuple[tuple[str, tuple[str, ...]], ...]
AS_GIVEN = ("metric", "owner", "team", "title", "feature", "features", "window")


def decide(chosen: argparse.Namespace) -> Outcome:
    """Do what the command says, and return it for JSON and in words. Raises BadInput and UnknownOption."""
    action: Callable[[argparse.Namespace, Workspace], Outcome] = {
        "add": _add, "set": _set, "remove": _remove, "list": _list,
    }[chosen.action]  # fmt: skip
    return action(chosen, Workspace(chosen.workspace))


def _add(chosen: argparse.Namespace, workspace: Workspace) -> Outcome:
    given = _given(chosen, workspace)
    goal_id = goals.add(workspace, Goal(**given))
    return facts(goals.goal(workspace, goal_id)), goal_id


def _set(chosen: argparse.Namespace, workspace: Workspace) -> Outcome:
    before = goals.goal(workspace, chosen.goal)
    given = _given(chosen, workspace)
    if not given:
        raise BadInput("Nothing to change", f"Could not change {chosen.goal}.", "Say what: --target 30%, --owner NAME.")
    if given.get("metric", before.metric) != before.metric:  # what belongs to the old metric does not fit the new one
        before = replace(before, title="", feature="", features=None, start=None)
    goals.change(workspace, before.goal_id, replace(before, **given), seen=before.seen)
    goal = goals.goal(workspace, before.goal_id)
    return facts(goal), f"{goal.goal_id} “{name_of(goal)}” changed."


def _remove(chosen: argparse.Namespace, workspace: Workspace) -> Outcome:
    goal = goals.goal(workspace, chosen.goal)
    goals.remove(workspace, goal.goal_id)
    return {"goal": goal.goal_id, "removed": True}, f"{goal.goal_id} “{name_of(goal)}” is no longer a shared goal."


def _list(_: argparse.Namespace, workspace: Workspace) -> Outcome:
    listed = goals.goals(workspace)
    lines = [f"{goal.goal_id}  {name_of(goal)}, due {words.date(goal.due)}, {goal.owner}" for goal in listed]
    return {"goals": [facts(goal) for goal in listed]}, "\n".join(lines) or "There are no shared goals yet."


def facts(goal: Goal) -> dict[str, Any]:
    """Return a goal for JSON."""
    values = {name: json_value(value) for name, value in asdict(goal).items() if name not in ("goal_id", "seen")}
    where = {name: list(accounts) for name, accounts in goal.where}
    return {"goal": goal.goal_id} | values | {"title": name_of(goal), "where": where}


def name_of(goal: Goal) -> str:
    """Return what a goal is called, as in the answer to `alignment.goals`."""
    return title_of(asdict(goal) | {"filters": json.dumps(dict(goal.where))})


def _given(chosen: argparse.Namespace, workspace: Workspace) -> dict[str, Any]:
    """Return what the command gives of a goal."""
    given = {name: getattr(chosen, name) for name in AS_GIVEN if getattr(chosen, name) is not None}
    for name in ("target", "start"):
        if getattr(chosen, name) is not None:
            given[name] = number_of(name, getattr(chosen, name))
    for name in ("due", "since"):
        if getattr(chosen, name):
            given[name] = day_of(name, getattr(chosen, name))
    if chosen.teams is not None:
        given["teams"] = tuple(chosen.teams)
    if chosen.where is not None:
        given["where"] = _filters(workspace, chosen.where)
    if given.get("feature"):
        _check_feature(workspace, given["feature"])
    return given


def _filters(workspace: Workspace, where: Iterable[str]) -> Filters:
    """Return the accounts of a goal. Raises UnknownOption for a dimension or a value that no account has."""
    scope = scope_from_options("", "", "", [clause for clause in where if clause])
    version = workspace.current()
    if version is not None:
        with closing(open_warehouse(workspace.file_of(version), current_decisions(workspace))) as warehouse:
            check_filters(scope, warehouse.dimensions())
    return scope.filters


def _check_feature(workspace: Workspace, feature: str) -> None:
    """Raise UnknownOption for a feature that the usage data do not have; nothing is checked without usage data."""
    version = workspace.current()
    if version is None:
        return
    with closing(open_warehouse(workspace.file_of(version))) as warehouse:
        features = features_of(warehouse)
    if features and feature.strip().casefold() not in {name.strip().casefold() for name in features}:
        raise UnknownOption(
            "Unknown feature", f"Could not set a goal for {feature} because nobody ever used it.",
            nearest(feature, features),
        )  # fmt: skip
