"""The self-assessment on the command line: answered from a file, listed, and asked about."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cs_dash.cli import main
from cs_dash.decisions.choices.alignment_statements import STAGES, STATEMENTS

ACCOUNTS = "account_id,account,mrr,start_date\nA-1,Alpha,100,2025-01-01\n"
ANSWERS = (
    "Quarter,Team,Name,Statement,Stage\n2026Q3,product,Ann,rhythm,informed\n2026Q3,product,Ann,data,aligned\n"
    "2026Q3,cs,Cy,rhythm,reactive\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace with one account."""
    (tmp_path / "accounts.csv").write_text(ACCOUNTS)
    assert main(["load", str(tmp_path / "accounts.csv"), "--workspace", str(tmp_path / "ws")]) == 0
    return tmp_path / "ws"


def run(folder: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    """Return the exit status and what was printed as JSON."""
    capsys.readouterr()
    status = main([*arguments, "--workspace", str(folder), "--json"])
    return status, json.loads(capsys.readouterr().out)


def test_answers_come_from_a_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = folder.parent / "answers.csv"
    file.write_text(ANSWERS)
    assert run(folder, capsys, "alignment", "answer", str(file)) == (0, {"sheets": 2, "changed": 2})
    assert run(folder, capsys, "alignment", "answer", str(file))[1] == {"sheets": 2, "changed": 0}
    _, answer = run(folder, capsys, "ask", "alignment.assessment")
    rows = {row["statement"]: row for row in answer["rows"]}
    assert (rows["rhythm"]["product"], rows["rhythm"]["cs"], rows["rhythm"]["gap"]) == (2, 1, -1)
    assert (rows["data"]["product"], rows["data"]["cs"]) == (3, None)
    listed = run(folder, capsys, "alignment", "list")[1]["sheets"]
    assert [(sheet["team"], sheet["name"]) for sheet in listed] == [("product", "Ann"), ("cs", "Cy")]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Quarter,Team,Name,Statement\n2026Q3,cs,Cy,rhythm\n", "No answers"),
        (ANSWERS + "2026Q3,cs,Cy,data,best\n", "Not a stage"),
        (ANSWERS + "2026Q3,sales,Di,data,aligned\n", "Not a team"),
        ("", "No answers"),
    ],
)
def test_a_file_that_cannot_be_used_changes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str, title: str
) -> None:
    file = folder.parent / "answers.csv"
    file.write_text(text)
    status, printed = run(folder, capsys, "alignment", "answer", str(file))
    assert (status, printed["error"]["title"]) == (2, title)
    assert run(folder, capsys, "alignment", "list")[1] == {"sheets": []}


def test_no_file_and_a_missing_file_are_one_sentence(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, capsys, "alignment", "answer")[1]["error"]["title"] == "No file"
    status, printed = run(folder, capsys, "alignment", "answer", "nowhere.csv")
    assert (status, printed["error"]["title"]) == (2, "Cannot read the answers")


def test_the_statements_are_listed_with_their_stages(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed = run(folder, capsys, "alignment", "statements")[1]["statements"]
    assert [row["statement"] for row in listed] == list(STATEMENTS)
    assert all(set(STAGES) <= set(row) for row in listed)


def test_a_programme_is_added_listed_and_removed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add = ["programme", "add", "--title", "New planner", "--since", "2026-06-01", "--account"]
    status, printed = run(folder, capsys, *add, "A-9")
    assert (status, printed["error"]["title"]) == (2, "Unknown account")
    status, added = run(folder, capsys, *add, "A-1")
    assert (status, added["programme"], added["accounts"]) == (0, "P-1", ["A-1"])
    _, answer = run(folder, capsys, "ask", "alignment.programmes", "--as-of", "2026-08-31")
    assert [(row["programme"], row["accounts"], row["mrr"]) for row in answer["rows"]] == [("P-1", 1, 100)]
    assert run(folder, capsys, "programme", "remove", "P-1")[0] == 0
    assert run(folder, capsys, "programme", "list")[1] == {"programmes": []}
