"""A load that is stopped: killed at any moment, or cancelled; and what it tells of itself until then."""

from __future__ import annotations

import io
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from cs_dash.errors import Cancelled
from cs_dash.pipeline import load
from cs_dash.store.workspace import Workspace
from tests import children
from tests.pipeline.test_loading import ACCOUNTS, TICKETS, TODAY, files, ties, workspace
from tests.workspaces import rows

__all__ = ["workspace"]


NEW_TICKETS = 20_000


@pytest.fixture(scope="module")
def new_tickets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of tickets whose load takes a while."""
    file = tmp_path_factory.mktemp("more") / "more.csv"
    lines = [f"N{n},Helio Bank,2026-05-{1 + n % 28:02d} 10:00,Question,Number {n}\n" for n in range(NEW_TICKETS)]
    file.write_text(TICKETS.splitlines()[0] + "\n" + "".join(lines))
    return file


@pytest.fixture(scope="module")
def load_seconds(new_tickets: Path, tmp_path_factory: pytest.TempPathFactory) -> float:
    """How long a process takes to load the new tickets."""
    workspace = Workspace(tmp_path_factory.mktemp("whole") / "workspace")
    load(workspace, files(accounts=ACCOUNTS, tickets=TICKETS), today=TODAY)
    return load_in_a_process(workspace, new_tickets, None)


def load_in_a_process(workspace: Workspace, file: Path, kill_after_seconds: float | None) -> float:
    """Load the file in a process, which may be killed meanwhile, and return how many seconds that took."""
    begun = children.CONTEXT.Event()
    child = children.started(children.load_file, workspace.folder, file, TODAY, begun)
    begun.wait()
    began = time.monotonic()
    if kill_after_seconds is not None:
        time.sleep(kill_after_seconds)
        child.kill()
    child.join()
    return time.monotonic() - began


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9")
@pytest.mark.parametrize("moment", [0.0, 0.15, 0.35, 0.55, 0.7, 0.8, 0.9, 1.0])
def test_killed_at_any_moment_the_old_version_or_the_new_one_is_whole(
    workspace: Workspace, new_tickets: Path, load_seconds: float, moment: float
) -> None:
    load(workspace, files(accounts=ACCOUNTS, tickets=TICKETS), today=TODAY)
    load_in_a_process(workspace, new_tickets, load_seconds * moment)
    survivor = Workspace(workspace.folder)
    (count,) = rows(survivor, "select count(*) as n from tickets")
    assert count["n"] in {2, 2 + NEW_TICKETS}
    report = load(survivor, [("more.csv", io.BytesIO(new_tickets.read_bytes()))], today=TODAY)
    ties(report)
    assert rows(survivor, "select count(*) as n from tickets") == [{"n": 2 + NEW_TICKETS}]


def told_of(workspace: Workspace, uploads: list[tuple[str, io.BytesIO]]) -> list[str]:
    messages: list[str] = []
    load(workspace, uploads, today=TODAY, dry_run=True, progress=lambda words, _: messages.append(words))
    return messages


@pytest.mark.parametrize("wait", range(7))
def test_a_load_that_is_cancelled_anywhere_leaves_everything_as_it_was(workspace: Workspace, wait: int) -> None:
    load(workspace, files(accounts=ACCOUNTS), today=TODAY)
    left = wait

    def progress(words: str, share: float) -> None:
        nonlocal left
        if left == 0:
            raise Cancelled("Cancelled", "Could not go on because somebody stopped it.")
        left -= 1

    with pytest.raises(Cancelled):
        load(workspace, files(tickets=TICKETS), today=TODAY, progress=progress)
    assert [version.number for version in workspace.state.versions()] == [1]
    assert list((workspace.folder / "building").iterdir()) == []
    assert load(workspace, files(tickets=TICKETS), today=TODAY).version == 2


def test_the_process_that_reads_a_workbook_ends_with_a_cancelled_load(workspace: Workspace, tmp_path: Path) -> None:
    from cs_dash.intake.workbooks.template import write_template

    book = tmp_path / "book.xlsx"
    write_template(book)
    started: list[subprocess.Popen[str]] = []
    real = subprocess.Popen

    def noted(*arguments: Any, **more: Any) -> subprocess.Popen[str]:
        started.append(real(*arguments, **more))
        return started[-1]

    def progress(words: str, share: float) -> None:
        if started:
            raise Cancelled("Cancelled", "Could not go on because somebody stopped it.")

    with pytest.MonkeyPatch.context() as patched, book.open("rb") as stream:
        patched.setattr("cs_dash.intake.formats.isolated_reader.subprocess.Popen", noted)
        with pytest.raises(Cancelled):
            load(workspace, [("book.xlsx", stream)], progress=progress)
    assert [child.poll() is None for child in started] == [False]


def test_the_rows_that_are_read_are_told(workspace: Workspace) -> None:
    messages = told_of(workspace, files(accounts=ACCOUNTS, tickets=TICKETS))
    assert "accounts.csv: 3 rows read" in messages
    assert "tickets.csv: 4 rows checked" in messages
