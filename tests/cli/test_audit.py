"""The audit on the command line: draw, extend, check in a spreadsheet, take in, ask."""

from __future__ import annotations

import io
import json
import secrets
from pathlib import Path
from typing import Any

import pytest

from cs_dash import pipeline
from cs_dash.cli.main import main
from cs_dash.decisions import audits
from cs_dash.store.workspace import Workspace
from tests.workspaces import copied

HEADINGS = ("Ticket ID", "Subject", "Kind")
HEAD = "ticket_id,created_at,type,subject,description\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lines = [
        f"T-{at},2026-{1 + at % 9:02d}-01,{'Question' if at % 3 else 'Bug'},Subject {at},Body {at}\n"
        for at in range(600)
    ]
    copied(tmp_path / "ws", {"tickets.csv": HEAD + "".join(lines)})
    return tmp_path


def run(folder: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    status = main([*arguments, "--workspace", str(folder / "ws"), "--json"])
    return status, json.loads(capsys.readouterr().out)


def sample(folder: Path, capsys: pytest.CaptureFixture[str], *options: str) -> list[str]:
    status, answer = run(folder, capsys, "ask", "support.audit_sample", *options)
    assert status == 0
    assert all(row["subject"].startswith("Subject") and row["body"] for row in answer["rows"])
    return [row["ticket_id"] for row in answer["rows"]]


def kind(ticket: str) -> str:
    """The help desk calls two thirds questions; a third truly are."""
    return "how-to" if int(ticket[2:]) % 3 == 1 else "defect"


def answers_file(folder: Path, tickets: list[str], **other_kinds: str) -> str:
    file = folder / "checked.csv"
    file.write_text(
        "ticket_id,kind\n" + "".join(f"{ticket},{other_kinds.get(ticket, kind(ticket))}\n" for ticket in tickets)
    )
    return str(file)


def figures(answer: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {figure["name"]: figure for figure in answer["figures"]}


def test_a_sample_is_drawn_remembered_extended_and_taken_in(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # The interval misses the truth in one draw of twenty, as it should: this one is always the same.
    monkeypatch.setattr(secrets, "token_hex", lambda size: "5eed" * (size // 2))
    first = sample(folder, capsys)
    assert len(set(first)) == 100
    assert sample(folder, capsys) == first
    more = sample(folder, capsys, "--option", "n=300")
    assert len(set(more)) == 300
    assert more[:100] == first
    assert sample(folder, capsys, "--option", "n=100") == first

    _, before = run(folder, capsys, "ask", "support.howto")
    assert figures(before)["share"]["value"] == pytest.approx(400 / 600)
    status, done = run(
        folder, capsys, "label", answers_file(folder, more), "--option", "audit=true", "--option", "person=Ann"
    )
    assert (status, done["labels"], done["checked"], done["drawn"]) == (0, 300, 300, 300)
    _, after = run(folder, capsys, "ask", "support.howto")
    share = figures(after)["share"]
    assert share["low"] < 200 / 600 < share["high"]
    assert figures(after)["share_uncorrected"]["value"] == pytest.approx(400 / 600)
    # What an audit says never becomes a ticket's kind.
    _, kinds = run(folder, capsys, "ask", "support.kinds")
    assert {row["kind"]: row["tickets"] for row in kinds["rows"]} == {"how-to": 400, "defect": 200}


def test_a_new_load_keeps_the_sample_and_a_fresh_one_is_another(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = sample(folder, capsys)
    more = HEAD + "".join(f"N-{at},2026-03-02,Bug,Subject n{at},Body\n" for at in range(60))
    pipeline.load(Workspace(folder / "ws"), [("more.csv", io.BytesIO(more.encode()))])
    assert sample(folder, capsys) == first
    grown = sample(folder, capsys, "--option", "n=200")
    assert grown[:100] == first
    assert any(ticket.startswith("N-") for ticket in grown[100:])
    assert sample(folder, capsys, "--option", "fresh=yes") != first
    assert len(audits.audits(Workspace(folder / "ws"))) == 2


def test_two_people_check_and_their_agreement_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tickets = sample(folder, capsys, "--option", "n=40")
    run(folder, capsys, "label", answers_file(folder, tickets), "--option", "audit=true", "--option", "person=Ann")
    other = answers_file(folder, tickets, **{tickets[0]: "skip", tickets[1]: "Feature request"})
    run(folder, capsys, "label", other, "--option", "audit=true", "--option", "person=Bo")
    _, answer = run(folder, capsys, "ask", "support.audit")
    assert figures(answer)["kappa"]["n"] == 39
    assert figures(answer)["checked"]["value"] == 40


def test_only_drawn_tickets_and_known_kinds_are_taken_in(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    refusals = [run(folder, capsys, "label", answers_file(folder, ["T-1"]), "--option", "audit=true")]
    tickets = sample(folder, capsys, "--option", "n=20")
    stranger = next(f"T-{at}" for at in range(600) if f"T-{at}" not in tickets)
    refusals += [
        run(folder, capsys, "label", answers_file(folder, [*tickets, stranger]), "--option", "audit=true"),
        run(folder, capsys, "label", answers_file(folder, tickets, **{tickets[0]: "zebra"}), "--option", "audit=true"),
        run(folder, capsys, "label", str(folder / "none.csv"), "--option", "audit=true"),
        run(folder, capsys, "label", answers_file(folder, tickets), "--option", "audit=true", "--option", "persn=Ann"),
        run(folder, capsys, "ask", "support.audit_sample", "--option", "n=0"),
    ]
    titles = ["No audit sample", "Not in the sample", "Unknown category", "No such file", "Unknown option"]
    assert [(status, answer["error"]["title"]) for status, answer in refusals] == [
        (2, title) for title in [*titles, "Not a number of tickets"]
    ]
    assert stranger in refusals[1][1]["error"]["message"]
    assert not audits.audits(Workspace(folder / "ws"))[0].answers


def test_a_workbook_with_other_headings_is_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from openpyxl import Workbook

    tickets = sample(folder, capsys, "--option", "n=20")
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    rows = [("Checked by Ann", None, None), HEADINGS, *((ticket, "x", "How-to") for ticket in tickets[:12])]
    for row in [*rows, (tickets[12], "x", None)]:
        sheet.append(row)
    book.save(folder / "checked.xlsx")
    status, done = run(folder, capsys, "label", str(folder / "checked.xlsx"), "--option", "audit=true")
    assert (status, done["labels"]) == (0, 12)
