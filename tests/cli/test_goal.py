"""Shared goals on the command line: added, changed, listed, removed, and asked about."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cs_dash.cli import main
from cs_dash.cli.actions import goal_arguments
from cs_dash.decisions import goals
from cs_dash.decisions.choices.goal_metrics import METRICS
from cs_dash.decisions.choices.owners import TEAMS
from cs_dash.store.workspace import Workspace

ACCOUNTS = (
    "account_id,account,segment,mrr,start_date\nA-1,Alpha,SMB,100,2025-01-01\nA-2,Beta,Enterprise,300,2025-01-01\n"
)
ADD = ["goal", "add", "--metric", "logo_retention", "--target", "92%", "--due", "2026-12-31", "--owner", "J. Wu"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace with two accounts."""
    (tmp_path / "accounts.csv").write_text(ACCOUNTS)
    assert main(["load", str(tmp_path / "accounts.csv"), "--workspace", str(tmp_path / "ws")]) == 0
    return tmp_path / "ws"


def run(folder: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    """Return the exit status and what was printed as JSON."""
    capsys.readouterr()
    status = main([*arguments, "--workspace", str(folder), "--json"])
    return status, json.loads(capsys.readouterr().out)


def test_a_goal_is_added_asked_about_changed_and_removed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, added = run(folder, capsys, *ADD, "--team", "cs", "--where", "segment=SMB")
    assert (status, added["goal"], added["target"], added["where"]) == (0, "G-1", 0.92, {"segment": ["SMB"]})
    assert added["title"] == "Logo retention at least 92\u202f% (SMB)"
    _, answer = run(folder, capsys, "ask", "alignment.goals", "--as-of", "2026-09-30")
    (row,) = answer["rows"]
    assert list(row)[:8] == ["goal", "title", "metric", "target", "now", "due", "owner", "on_track"]
    assert (row["goal"], row["metric"], row["target"], row["now"]) == ("G-1", "logo_retention", 0.92, 1.0)
    assert (row["due"], row["owner"], row["on_track"], row["n"]) == ("2026-12-31", "J. Wu", True, 1)
    status, changed = run(folder, capsys, "goal", "set", "G-1", "--target", "95%", "--owner", "Ana", "--where", "")
    assert (status, changed["target"], changed["owner"], changed["where"]) == (0, 0.95, "Ana", {})
    assert [goal["goal"] for goal in run(folder, capsys, "goal", "list")[1]["goals"]] == ["G-1"]
    assert run(folder, capsys, "goal", "remove", "G-1") == (0, {"goal": "G-1", "removed": True})
    assert run(folder, capsys, "goal", "list")[1] == {"goals": []}
    assert run(folder, capsys, "ask", "alignment.goals")[1]["rows"] == []


def test_another_metric_takes_what_belonged_to_the_old_one_away(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    metric = ["--metric", "feature_weekly", "--feature", "Reports", "--target", "40%"]
    run(folder, capsys, *ADD, "--team", "cs", *metric)
    _, changed = run(folder, capsys, "goal", "set", "G-1", "--metric", "nrr", "--target", "104%")
    assert (changed["metric"], changed["feature"], changed["target"]) == ("nrr", "", 1.04)


@pytest.mark.parametrize(
    ("arguments", "title"),
    [
        ([*ADD, "--team", "cs", "--owner", "Ana and Bo"], "One owner"),
        ([*ADD, "--team", "cs", "--metric", "howto"], "Not a metric"),
        ([*ADD, "--team", "cs", "--target", "33"], "Not a target"),
        ([*ADD, "--team", "cs", "--target", "much"], "Not a number"),
        ([*ADD, "--team", "cs", "--due", "soon"], "Not a date"),
        ([*ADD, "--team", "cs", "--where", "segment=Huge"], "Unknown value"),
        ([*ADD, "--team", "cs", "--where", "size=SMB"], "Unknown field"),
        (["goal", "set", "G-1", "--target", "50%"], "No such goal"),
        (["goal", "remove", "G-1"], "No such goal"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_changes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], title: str
) -> None:
    status, printed = run(folder, capsys, *arguments)
    assert (status, printed["error"]["title"]) == (2, title)
    assert goals.goals(Workspace(folder)) == ()


def test_the_choices_of_the_command_are_those_of_the_decision() -> None:
    assert goal_arguments.TEAMS == TEAMS
    assert tuple(METRICS) == goal_arguments.METRICS
