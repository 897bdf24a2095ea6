"""A load that somebody stops, wherever it is, leaves everything as it was; and what a load tells meanwhile."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pytest

from cs_dash.build import load
from cs_dash.errors import Cancelled
from cs_dash.intake.template import write_template
from cs_dash.store.workspace import Workspace

ACCOUNTS = "Account ID,Account name,Segment\nA1,Nordwind GmbH,SMB\nA2,Helio Bank,Enterprise\n"
TICKETS = "Ticket ID,Account ID,Created at,Subject\nT1,A1,2026-05-01 10:00,How?\nT2,A2,2026-05-02 10:00,It crashes\n"


def files(**texts: str) -> list[tuple[str, io.BytesIO]]:
    return [(f"{name}.csv", io.BytesIO(text.encode())) for name, text in texts.items()]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "workspace")


@pytest.mark.parametrize("wait", range(7))
def test_a_load_that_is_cancelled_anywhere_leaves_everything_as_it_was(workspace: Workspace, wait: int) -> None:
    load(workspace, files(accounts=ACCOUNTS))
    left = wait

    def progress(words: str, share: float) -> None:
        nonlocal left
        if left == 0:
            raise Cancelled("Cancelled", "Could not go on because somebody stopped it.")
        left -= 1

    with pytest.raises(Cancelled):
        load(workspace, files(tickets=TICKETS), progress=progress)
    assert [version.number for version in workspace.state.versions()] == [1]
    assert list((workspace.folder / "building").iterdir()) == []
    assert load(workspace, files(tickets=TICKETS)).version == 2


def test_the_process_that_reads_a_workbook_ends_with_a_cancelled_load(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = tmp_path / "book.xlsx"
    write_template(book)
    started: list[subprocess.Popen[str]] = []
    real = subprocess.Popen

    def noted(*given: object, **more: object) -> subprocess.Popen[str]:
        started.append(real(*given, **more))  # type: ignore[call-overload]
        return started[-1]

    def progress(words: str, share: float) -> None:
        if started:
            raise Cancelled("Cancelled", "Could not go on because somebody stopped it.")

    monkeypatch.setattr("cs_dash.intake.apart.subprocess.Popen", noted)
    with book.open("rb") as stream, pytest.raises(Cancelled):
        load(workspace, [("book.xlsx", stream)], progress=progress)
    assert [child.poll() is None for child in started] == [False]


def test_the_rows_that_are_read_are_told(workspace: Workspace) -> None:
    said: list[str] = []
    load(workspace, files(accounts=ACCOUNTS, tickets=TICKETS), progress=lambda words, _: said.append(words))
    assert "accounts.csv: 3 rows read" in said
    assert "tickets.csv: 2 rows are checked" in said
