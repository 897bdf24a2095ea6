"""Roadmap items on the command line: added, scored, decided, shipped, told, and asked about."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cs_dash.cli import main
from cs_dash.cli.actions import item_arguments
from cs_dash.decisions import decided, roadmap
from cs_dash.decisions.choices.owners import TEAMS
from cs_dash.decisions.item_reviews import OUTCOMES
from cs_dash.look.tracker_files import FORMS
from cs_dash.store.workspace import Workspace
from tests.companies import ReusedReader, company, day

ACCOUNTS = "account_id,account,csm,mrr,start_date\nA-1,Alpha,Ana,100,2025-01-01\nA-2,Beta,Bo,300,2025-01-01\n"
REQUESTS = (
    "request_id,account_id,requested_on,title\n"
    "F-1,A-1,2026-05-01,Dark mode\nF-2,A-2,2026-06-01,dark mode\nF-3,A-2,2026-06-02,Map\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace with two accounts and three feature requests."""
    for name, text in (("accounts.csv", ACCOUNTS), ("feature_requests.csv", REQUESTS)):
        (tmp_path / name).write_text(text)
        assert main(["load", str(tmp_path / name), "--workspace", str(tmp_path / "ws")]) == 0
    return tmp_path / "ws"


def run(folder: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any, str]:
    """Return the exit status, what was printed as JSON, and what was said on stderr."""
    capsys.readouterr()
    status = main([*arguments, "--workspace", str(folder), "--json"])
    printed = capsys.readouterr()
    return status, json.loads(printed.out), printed.err


def test_an_item_goes_from_a_request_to_a_decision(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, added, _ = run(folder, capsys, "item", "add", "--title", "Dark theme", "--request", "Dark mode")
    assert (status, added["item"]) == (0, "R-1")
    assert run(folder, capsys, "item", "set", "R-1", "impact=2", "confidence=80%", "effort=1.5")[0] == 0
    decided = ["item", "decide", "R-1", "accepted", "--owner", "M. Okafor", "--team", "product", "--reason", "Asked"]
    status, facts, _ = run(folder, capsys, *decided, "--target", "-30%", "--due", "2026-12-31", "--on", "2026-06-30")
    assert status == 0
    assert facts["decision"]["target"] == -0.3
    _, answer, _ = run(folder, capsys, "ask", "roadmap.opportunities")
    (row,) = answer["rows"]
    assert (row["requests"], row["accounts"], row["mrr"], row["owner"]) == (2, 2, 400, "M. Okafor")
    assert row["rice"] == pytest.approx(2 * 2 * 0.8 / 1.5)
    assert row["rice_revenue"] == pytest.approx(400 * 2 * 0.8 / 1.5)
    assert row["tickets"] is None  # no tickets are loaded
    _, answer, _ = run(folder, capsys, "ask", "roadmap.decisions")
    assert [(row["decision"], row["target"], row["due"], row["kept"]) for row in answer["rows"]] == [
        ("accepted", -0.3, "2026-12-31", None)
    ]


def test_who_asked_is_told_when_it_ships(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(folder, capsys, "item", "add", "--title", "Dark theme", "--request", "Dark mode")
    accounts = folder.parent / "got it.csv"
    accounts.write_text("Account ID,Shipped on\nA-1,2026-05-20\nA-2,\n")
    status, facts, _ = run(folder, capsys, "item", "ship", "R-1", "--on", "2026-05-25", "--accounts", str(accounts))
    assert status == 0
    assert facts["shipped"] == {"on": "2026-05-25", "accounts": {"A-1": "2026-05-20", "A-2": "2026-05-25"}}
    assert run(folder, capsys, "item", "told", "R-1", "A-2")[1] == {"item": "R-1", "told": ["A-2"]}
    _, answer, _ = run(folder, capsys, "ask", "roadmap.askers", "--option", "item=R-1")
    assert [(row["account"], row["told"]) for row in answer["rows"]] == [("Beta", True), ("Alpha", False)]


def test_rice_of_two_thousand_accounts() -> None:
    """2000 x 2 x 0.8 / 4 = 800, as Intercom's example has it."""
    requests = [{"account_id": f"A-{at}", "title": "Export", "requested_on": day("2026-06-01")} for at in range(2000)]
    warehouse = company(feature_requests=requests)
    made = {
        "roadmap item": {"title": "Export", "requests": ["export"]},
        "item score": {"impact": 2, "confidence": 0.8, "effort": 4},
    }
    opened = ReusedReader(warehouse.file, decided(decisions={(kind, "R-1"): value for kind, value in made.items()}))
    (row,) = opened("roadmap_opportunities", start_day=None, end_day=None, as_of_day=day("2026-06-30")).to_pylist()
    opened.close()
    assert (row["reach"], row["rice"]) == (2000, 800)
    assert row["rice_revenue"] is None  # no contracts are loaded


@pytest.mark.parametrize(
    ("arguments", "title"),
    [
        (["set", "R-9", "impact=2"], "No such item"),
        (["set", "R-1", "impact=7"], "Not on the scale"),
        (["set", "R-1", "colour=red"], "Unknown name"),
        (["set", "R-1", "effort=much"], "Not a number"),
        (["decide", "R-1", "accepted", "--owner", "Ana and Bo", "--team", "cs"], "One owner"),
        (["decide", "R-1", "accepted", "--owner", "Ana", "--team", "cs", "--due", "soon"], "Not a date"),
        (["ship", "R-1", "--on", "2026-05-25", "--accounts", "nowhere.csv"], "Cannot read the accounts"),
        (["add", "--title", " "], "No title"),
        (["review", "R-1", "kept"], "Nothing to review"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_changes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], title: str
) -> None:
    run(folder, capsys, "item", "add", "--title", "Dark theme")
    before = roadmap.items(Workspace(folder))
    status, printed, _ = run(folder, capsys, "item", *arguments)
    assert (status, printed["error"]["title"]) == (2, title)
    assert roadmap.items(Workspace(folder)) == before


def test_a_release_of_the_data_becomes_an_item_that_has_shipped(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = folder.parent / "milestones.csv"
    file.write_text("milestone_id,reached_on,milestone,title\nM-1,2026-05-01,shipped,Dark theme\n")
    assert main(["load", str(file), "--workspace", str(folder)]) == 0
    status, facts, _ = run(folder, capsys, "item", "add", "--release", "M-1")
    assert (status, facts["title"], facts["shipped"]["on"]) == (0, "Dark theme", "2026-05-01")
    assert run(folder, capsys, "item", "add", "--release", "M-9")[1]["error"]["title"] == "No such release"


def test_items_are_listed_and_removed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(folder, capsys, "item", "add", "--title", "One")
    run(folder, capsys, "item", "add", "--title", "Two", "--fix", "training")
    assert [item["title"] for item in run(folder, capsys, "item", "list")[1]["items"]] == ["One", "Two"]
    assert run(folder, capsys, "item", "remove", "R-1")[0] == 0
    assert [item["item"] for item in run(folder, capsys, "item", "list")[1]["items"]] == ["R-2"]


def test_the_choices_of_the_command_are_those_of_the_decision() -> None:
    assert item_arguments.FIXES == roadmap.FIXES
    assert item_arguments.VERDICTS == roadmap.VERDICTS
    assert item_arguments.TEAMS == TEAMS
    assert tuple(FORMS) == item_arguments.FORMS
    assert item_arguments.OUTCOMES == OUTCOMES
