"""Roadmap items go to the tool where they are built, and come back shipped, on the command line."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.cli.test_item import folder, run

__all__ = ["folder"]


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


@pytest.fixture
def roadmap_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A workspace with three items: scored, by hand, declined."""
    run(folder, capsys, "item", "add", "--title", '=HYPERLINK("http://evil.example","x")', "--request", "Dark mode")
    run(folder, capsys, "item", "set", "R-1", "impact=2", "confidence=80%", "effort=1.5")
    run(folder, capsys, "item", "add", "--title", "By hand")
    run(folder, capsys, "item", "add", "--title", "No")
    run(folder, capsys, "item", "decide", "R-3", "declined", "--owner", "Ana", "--team", "cs")
    return folder


def test_pending_items_are_handed_over_with_their_evidence(
    roadmap_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = roadmap_folder.parent / "items.csv"
    command = ["item", "export", str(file), "--for", "csv", "--address", "https://cs.example.com/"]
    status, facts, _ = run(roadmap_folder, capsys, *command)
    assert (status, facts["items"]) == (0, ["R-1", "R-2"])
    first, second = rows_of(file)
    assert first["Title"] == '\'=HYPERLINK("http://evil.example","x")'
    assert first["Address"] == "https://cs.example.com/roadmap?item=R-1"
    assert "Feature requests: 2\n- Accounts: 2\n- Affected MRR: 400\n" in first["Description"]
    assert "RICE: 2.13 = reach 2 x impact 2 x confidence 80 % / effort 1.5 (person-months)" in first["Description"]
    assert "Examples:\n- dark mode (F-2)" in first["Description"]  # the latest of those with the same words
    assert (first["Priority"], second["Priority"]) == ("High", "")
    assert run(roadmap_folder, capsys, *command, "--all")[1]["items"] == ["R-1", "R-2", "R-3"]
    assert run(roadmap_folder, capsys, *command, "--item", "R-3")[1]["items"] == ["R-3"]


def test_without_an_address_it_is_relative_and_said(roadmap_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = roadmap_folder.parent / "items.md"
    _, facts, _ = run(roadmap_folder, capsys, "item", "export", str(file), "--for", "markdown", "--item", "R-1")
    assert facts["addresses"] == ["roadmap?item=R-1"]
    assert "relative" in facts["notes"][-1]


def test_shipped_needs_no_typing(roadmap_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    back = roadmap_folder.parent / "linear.csv"
    back.write_text(
        "ID,Team,Title,Status,Labels,Completed\nENG-1,Eng,x,Done,csdash-R-1,2026-05-20T08:00:00.000Z\n"
        "ENG-2,Eng,Other,Todo,,\n"
    )
    status, report, _ = run(roadmap_folder, capsys, "item", "import", str(back))
    assert status == 0
    assert report["changed"] == [
        {"item": "R-1", "title": '=HYPERLINK("http://evil.example","x")', "key": "ENG-1", "state": "Done",
         "shipped_on": "2026-05-20"}
    ]  # fmt: skip
    assert report["unmatched"] == [{"row": 3, "title": "Other"}]
    _, answer, _ = run(roadmap_folder, capsys, "ask", "roadmap.opportunities")
    assert {row["item"]: row["state"] for row in answer["rows"]}["R-1"] == "shipped"
    assert run(roadmap_folder, capsys, "item", "import", str(back))[1]["unchanged"] == ["R-1"]


def test_a_file_of_other_things_does_nothing(roadmap_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    back = roadmap_folder.parent / "other.csv"
    back.write_text("ID,Title,Status\n7,Other,Done\n")
    assert run(roadmap_folder, capsys, "item", "import", str(back))[0] == 1


@pytest.mark.parametrize(
    ("arguments", "title"),
    [
        (["export", "x.csv", "--for", "csv", "--item", "R-9"], "No such item"),
        (["export", "x.csv", "--for", "csv", "--address", "javascript:alert(1)"], "Not an address"),
        (["export", "no/such/folder/x.csv", "--for", "csv"], "Cannot write the file"),
        (["import", "nowhere.csv"], "No such file"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    roadmap_folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], title: str
) -> None:
    status, printed, _ = run(roadmap_folder, capsys, "item", *arguments)
    assert (status, printed["error"]["title"]) == (2, title)
