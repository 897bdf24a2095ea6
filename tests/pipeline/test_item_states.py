"""States of roadmap items that come back from the tool where they are built: recorded, never silently overwritten."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from openpyxl import Workbook

from cs_dash.decisions import roadmap
from cs_dash.errors import BadInput
from cs_dash.look.tracker_files import tracker_file
from cs_dash.pipeline.item_states import ItemStates, import_states
from cs_dash.pipeline.tracked_rows import tracked_rows
from cs_dash.store.workspace import Workspace
from tests.look.test_tracker_files import item

TODAY = dt.date(2026, 11, 30)
JIRA = """Summary,Issue key,Status,Project key,Resolution,Created,Resolved,Labels,Labels,Description,Status Category
One,R-2,Done,R,Done,20/Nov/26 3:42 PM,26/Nov/26 11:42 PM,csdash-R-1,,"Evidence:
* x",Done
Two,R-3,In Progress,R,,20/Nov/26 3:42 PM,,,usability,"Roadmap item R-2: https://cs/roadmap?a=b&item=R-2",In Progress
Three,R-4,Closed,R,Won't Do,20/Nov/26 3:42 PM,20/Nov/26 3:42 PM,csdash-R-3,,x,Done
Other,R-1,Done,R,Done,20/Nov/26 3:42 PM,20/Nov/26 3:42 PM,,,x,Done
"""
LINEAR = """ID,Team,Title,Description,Status,Labels,Created,Completed,Canceled
ENG-1,Eng,One,x,Rolled out,"csdash-R-1, usability",2026-11-01T10:00:00.000Z,Mon Nov 23 2026 10:00:00 GMT+0000 (GMT),
ENG-2,Eng,Two,[x](https://cs/roadmap?item=R-2),Done,,2026-11-01T10:00:00.000Z,2026-11-24T10:00:00.000Z,
ENG-3,Eng,Three,x,Canceled,csdash-R-3,2026-11-01T10:00:00.000Z,,2026-11-24T10:00:00.000Z
ENG-4,Eng,Nobody's,x,Done,,2026-11-01T10:00:00.000Z,2026-11-24T10:00:00.000Z,
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace with three items."""
    made = Workspace(tmp_path / "ws")
    for title in ("One", "Two", "Three"):
        roadmap.add(made, title)
    return made


def imported(workspace: Workspace, text: str | bytes, name: str = "export.csv") -> ItemStates:
    file = workspace.folder.parent / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return import_states(workspace, file, person="Ana", today=TODAY)


def shipped(report: ItemStates) -> dict[str, str]:
    return {changed.item: changed.shipped_on.isoformat() for changed in report.changed if changed.shipped_on}


def tracked(workspace: Workspace) -> dict[str, dict[str, str | None]]:
    return {item.item_id: dict(item.parts.get("tracked", {})) for item in roadmap.items(workspace)}


def test_an_export_of_jira_says_what_shipped(workspace: Workspace) -> None:
    report = imported(workspace, JIRA)
    assert tracked(workspace) == {
        "R-1": {"key": "R-2", "state": "Done", "released": "2026-11-26"},
        "R-2": {"key": "R-3", "state": "In Progress", "released": None},
        "R-3": {"key": "R-4", "state": "Closed", "released": None},  # closed, and not built
    }
    assert shipped(report) == {"R-1": "2026-11-26"}
    assert report.unmatched == ((5, "Other"),)  # the key of a project called R is no item of ours
    assert report.problems == ()


def test_an_export_of_linear_says_what_shipped(workspace: Workspace) -> None:
    report = imported(workspace, LINEAR)
    assert shipped(report) == {"R-1": "2026-11-23", "R-2": "2026-11-24"}
    assert tracked(workspace)["R-3"] == {"key": "ENG-3", "state": "Canceled", "released": None}
    assert report.unmatched == ((5, "Nobody's"),)


def test_a_workbook_says_what_shipped(workspace: Workspace) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Item", "Status", "Released on"])
    sheet.append(["R-1", "Released", dt.datetime(2026, 11, 20)])
    sheet.append(["R-2", "Planned", dt.datetime(2026, 12, 20)])
    book.save(workspace.folder.parent / "items.xlsx")
    report = import_states(workspace, workspace.folder.parent / "items.xlsx", today=TODAY)
    assert shipped(report) == {"R-1": "2026-11-20"}
    assert tracked(workspace)["R-2"] == {"key": "", "state": "Planned", "released": None}


def test_a_day_that_contradicts_the_recorded_one_is_reported_and_stays(workspace: Workspace) -> None:
    roadmap.ship(workspace, "R-1", dt.date(2026, 11, 1))
    imported(workspace, "key,status,released\nR-2,done,2026-11-10\n")
    report = imported(workspace, "key,status,released\nR-1,done,2026-11-20\nR-2,done,2026-11-21\nR-3,done,2026-11-22\n")
    assert shipped(report) == {"R-3": "2026-11-22"}
    assert [(problem.row, problem.item) for problem in report.problems] == [(2, "R-1"), (3, "R-2")]
    assert "2026-11-01 as recorded, on 2026-11-20" in report.problems[0].what
    assert roadmap.item(workspace, "R-1").parts["shipped"]["on"] == "2026-11-01"
    assert tracked(workspace)["R-2"]["released"] == "2026-11-10"
    reopened = imported(workspace, "key,status,released\nR-2,In progress,\n")
    assert (tracked(workspace)["R-2"]["state"], tracked(workspace)["R-2"]["released"]) == ("In progress", "2026-11-10")
    assert "stays shipped on 2026-11-10" in reopened.problems[0].what


def test_the_same_file_again_changes_nothing(workspace: Workspace) -> None:
    imported(workspace, LINEAR)
    before = [len(roadmap.history(workspace, name)) for name in ("R-1", "R-2", "R-3")]
    report = imported(workspace, LINEAR)
    assert (report.changed, report.unchanged) == ((), ("R-1", "R-2", "R-3"))
    assert [len(roadmap.history(workspace, name)) for name in ("R-1", "R-2", "R-3")] == before


def test_an_item_of_several_issues_is_done_when_all_are_on_the_latest_day(workspace: Workspace) -> None:
    rows = "Key,Status,Resolved,Labels\nA-1,Done,2026-11-10,csdash-R-1\nA-2,{},{},csdash-R-1\n"
    assert shipped(imported(workspace, rows.format("Open", ""))) == {}
    assert tracked(workspace)["R-1"] == {"key": "A-1, A-2", "state": "Done, Open", "released": None}
    assert shipped(imported(workspace, rows.format("Done", "2026-11-12"))) == {"R-1": "2026-11-12"}


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("R-1,Done,", "the file has no day"),
        ("R-1,Done,soon", "“soon” is no date"),
        ("R-1,Done,2031-01-01", "in the future"),
        ("R-9,Done,2026-11-01", "not on the roadmap"),
        ("csdash-R-1 csdash-R-2,Done,2026-11-01", "several items: R-1, R-2"),
    ],
)
def test_what_cannot_be_used_is_named_and_ships_nothing(workspace: Workspace, row: str, what: str) -> None:
    report = imported(workspace, f"key,status,released\n{row}\n")
    (problem,) = report.problems
    assert what in problem.what
    assert shipped(report) == {}
    assert all(not state.get("released") for state in tracked(workspace).values())


@pytest.mark.parametrize(
    ("state", "day", "ships"),
    [
        ("✅ Done", "2026-11-01", True), ("Erledigt", "01.11.2026", True), ("已发布", "2026-11-01", True),
        ("Live in EU", "2026-11-01", True), ("", "2026-11-01", True), ("To do", "2026-11-01", False),
        ("Won't do", "2026-11-01", False), ("Live in EU", "", False),
    ],
)  # fmt: skip
def test_a_state_of_a_tool_s_own_counts_where_the_tool_gives_a_day(
    workspace: Workspace, state: str, day: str, ships: bool
) -> None:
    report = imported(workspace, f"item,status,released,note\nR-1,{state},{day},x\n")
    assert shipped(report) == ({"R-1": "2026-11-01"} if ships else {})


@pytest.mark.parametrize("form", ["jira", "linear", "csv", "productboard"])
def test_what_was_handed_over_is_recognised_when_it_comes_back(workspace: Workspace, form: str) -> None:
    rows = [item(item="R-2", labels=["csdash-R-2"], address="https://cs/roadmap?item=R-2")]
    text = tracker_file(rows, form).decode("utf-8-sig")
    if form == "jira":
        header, _, body = text.partition("\r\n")
        text = f"Status,{header}\r\nTo Do,{body}"
    (row,) = tracked_rows(written(workspace, text))
    assert row.items == ("R-2",)
    assert not row.done


def written(workspace: Workspace, text: str) -> Path:
    file = workspace.folder.parent / "back.csv"
    file.write_bytes(text.encode())
    return file


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "", "Name,Labels\nx,csdash-R-1\n"])
def test_a_file_without_states_is_refused(workspace: Workspace, text: str) -> None:
    with pytest.raises(BadInput, match="Could not read states from export.csv because"):
        imported(workspace, text)
