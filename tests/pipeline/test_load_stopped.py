"""A load that is stopped: killed at any moment, or cancelled; and what it tells of itself until then."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from cs_dash.errors import Cancelled
from cs_dash.pipeline import load
from cs_dash.store.workspace import Workspace
from tests.pipeline.test_loading import ACCOUNTS, TICKETS, TODAY, files, rows, ties, workspace

__all__ = ["workspace"]


LOADER = """
import datetime, io, sys
from pathlib import Path
from cs_dash.pipeline import load
from cs_dash.store.workspace import Workspace
folder, text = sys.argv[1:]
print("started", flush=True)
load(Workspace(Path(folder)), [("tickets.csv", io.BytesIO(Path(text).read_bytes()))], today=datetime.date(2026, 10, 1))
print("done", flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9")
@pytest.mark.parametrize("moment", [0.0, 0.15, 0.35, 0.55, 0.7, 0.8, 0.9, 1.0])
def test_killed_at_any_moment_the_old_version_or_the_new_one_is_whole(
    workspace: Workspace, tmp_path: Path, moment: float
) -> None:
    load(workspace, files(accounts=ACCOUNTS, tickets=TICKETS), today=TODAY)
    lines = [f"N{n},Helio Bank,2026-05-{1 + n % 28:02d} 10:00,Question,Number {n}\n" for n in range(20_000)]
    more = tmp_path / "more.csv"
    more.write_text(TICKETS.splitlines()[0] + "\n" + "".join(lines))

    def run(kill_after: float | None) -> float:
        command = [sys.executable, "-c", LOADER, str(workspace.folder), str(more)]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            began = time.monotonic()
            if kill_after is None:
                process.wait()
            else:
                time.sleep(kill_after)
                process.kill()
        return time.monotonic() - began

    whole = run(None)
    workspace.undo()
    run(whole * moment)
    survivor = Workspace(workspace.folder)
    (count,) = rows(survivor, "select count(*) as n from tickets")
    assert count["n"] in {2, 20_002}
    report = load(survivor, [("more.csv", io.BytesIO(more.read_bytes()))], today=TODAY)
    ties(report)
    assert rows(survivor, "select count(*) as n from tickets") == [{"n": 20_002}]


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
    assert "tickets.csv: 4 rows are checked" in messages
