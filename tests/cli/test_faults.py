"""Faults of the machine on the command line: one sentence, exit status 2, nothing lost, and a hint that works."""

from __future__ import annotations

import errno
import io
import os
import shlex
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cs_dash.cli.main import main
from cs_dash.pipeline import ticket_kinds
from cs_dash.store import workspace
from cs_dash.store.state import State
from tests.cli.test_cli import Shell, loaded, shell

__all__ = ["loaded", "shell"]
REASON = "Nobody answered" * 100_000
MORE = "Account ID,Account name\nA3,Tessera\n"


def files_in(folder: Path) -> set[str]:
    """Return what a workspace keeps: uploads and versions."""
    return {str(path) for part in ("uploads", "versions") for path in (folder / part).rglob("*") if path.is_file()}


def follow(hint: str, new_workspace: Path) -> int:
    """Do what a hint says after "python -m cs_dash", and return the exit status."""
    words = shlex.split(hint.partition("python -m cs_dash ")[2].partition(",")[0].partition(")")[0])
    words = [str(new_workspace) if word == "NEW-FOLDER" else word for word in words]
    if (pattern := words[1]).endswith("*"):  # as a shell does
        folder = Path(pattern.removesuffix("/*/*"))
        words[1:2] = [str(path) for path in sorted(folder.glob("*/*"))]
    return main(words)


@pytest.mark.parametrize("emptied", [False, True])
def test_a_lost_list_of_versions_loses_no_version_and_the_uploads_can_be_loaded(loaded: Shell, emptied: bool) -> None:
    kept, nrr = files_in(loaded.folder / "w"), loaded.json("ask", "retention.summary")[1]["figures"][0]
    listed = loaded.folder / "w" / "state.sqlite"
    if emptied:
        listed.write_bytes(b"")
    else:
        listed.unlink()
    for command in (("versions",), ("load", loaded.file("more.csv", MORE)), ("undo",), ("settings",)):
        status, out, err = loaded.run(*command)
        assert (status, out) == (2, "")
        assert "the versions and uploads beside it are unchanged" in err
        assert "backup" not in err
    assert files_in(loaded.folder / "w") == kept
    new = loaded.folder / "new"
    assert follow(loaded.json("versions")[1]["error"]["hint"], new) == 0
    loaded.capsys.readouterr()
    (loaded.folder / "w").rename(loaded.folder / "old")
    new.rename(loaded.folder / "w")
    assert loaded.json("ask", "retention.summary")[1]["figures"][0] == nrr


@pytest.mark.parametrize("left_bytes", [None, 0, 5000, 20_000, 400_000])
def test_a_version_that_is_gone_or_cut_short_is_rebuilt_from_its_uploads(loaded: Shell, left_bytes: int | None) -> None:
    answer = loaded.json("ask", "retention.summary")[1]
    file = loaded.folder / "w" / "versions" / "000001.duckdb"
    if left_bytes is None:
        file.unlink()
    else:
        os.truncate(file, left_bytes)
    for command in (("ask", "retention.summary"), ("load", loaded.file("more.csv", MORE))):
        status, out, err = loaded.run(*command)
        assert (status, out) == (2, "")
        assert "000001.duckdb" in err
        assert "its uploads are still stored" in err
        assert "backup" not in err
    assert loaded.run("settings", "gross_margin=70%")[0] == 0
    hint = loaded.json("ask", "retention.summary")[1]["error"]["hint"]
    assert follow(f"{hint.partition('rebuild')[0]}rebuild --workspace {loaded.folder / 'w'}", loaded.folder) == 0
    loaded.capsys.readouterr()
    assert loaded.json("ask", "retention.summary")[1]["figures"] == answer["figures"]


def no_space(*_: object, **__: object) -> Any:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_is_said_and_what_was_there_stays(loaded: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    before = loaded.json("versions")
    with monkeypatch.context() as patched:
        patched.setattr(workspace, "copy_digested", no_space)
        status, _, err = loaded.run("load", loaded.file("more.csv", MORE))
    assert status == 2
    assert "The disk is full. Could not use the workspace because no space is left on its disk" in err
    assert "existing data are unchanged. Free some space" in err
    assert loaded.json("versions") == before


def test_a_full_disk_is_said_when_a_decision_is_written(loaded: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    connect: Callable[..., sqlite3.Connection] = sqlite3.connect

    def connected(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection = connect(*arguments, **options)
        (pages,) = connection.execute("pragma page_count").fetchone()
        connection.execute(f"pragma max_page_count = {pages}")
        return connection

    with monkeypatch.context() as patched:
        patched.setattr(sqlite3, "connect", connected)
        status, _, err = loaded.run("place", REASON, "Service")
    assert status == 2
    assert "The disk is full. Could not use state.sqlite" in err
    assert loaded.run("place", REASON, "Service")[0] == 0


def test_a_label_that_is_kept_is_said_to_be_where_what_follows_finds_no_space(
    loaded: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded.run("load", loaded.file("t.csv", "Ticket ID,Account ID,Created at,Subject\nT1,A1,2026-01-01,How do I?\n"))
    file = loaded.file("labels.csv", "ticket_id,kind\nT1,defect\n")
    with monkeypatch.context() as patched:
        patched.setattr("cs_dash.pipeline.ticket_kinds.write_kinds", no_space)
        status, _, err = loaded.run("label", file)
    assert status == 2
    assert "your decision is saved, and the other tickets update once this is fixed" in err
    kinds = {row["kind"]: row["tickets"] for row in loaded.json("ask", "support.kinds")[1]["rows"]}
    assert kinds["defect"] == 1


def test_a_full_disk_can_be_read_and_refuses_changes(loaded: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    question = ("ask", "retention.summary")
    before = loaded.json(*question)
    monkeypatch.setattr(State, "_disk_is_full", lambda _: True)
    assert loaded.json(*question) == before
    status, _, err = loaded.run("settings", "gross_margin=70%")
    assert status == 2
    assert "The disk is full. Could not use state.sqlite" in err


def test_a_disk_without_room_for_what_tickets_tell_is_read_all_the_same(
    loaded: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded.run("load", loaded.file("t.csv", "Ticket ID,Account ID,Created at,Subject\nT1,A1,2026-01-01,How do I?\n"))
    before = loaded.json("ask", "support.kinds")
    assert before[0] == 0
    for part in ("kinds", "words"):
        shutil.rmtree(loaded.folder / "w" / part)
    write = ticket_kinds.write_kinds

    def written(version: Path, text_features: Path, target: Path, *more: Any) -> None:
        if target.is_relative_to(loaded.folder):
            no_space()
        write(version, text_features, target, *more)

    monkeypatch.setattr(ticket_kinds, "write_kinds", written)
    assert loaded.json("ask", "support.kinds") == before
    assert not list((loaded.folder / "w" / "kinds").glob("*"))


def test_a_read_only_workspace_answers_and_refuses_changes(loaded: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded.run("load", loaded.file("t.csv", "Ticket ID,Account ID,Created at,Subject\nT1,A1,2026-01-01,How do I?\n"))
    questions = (("ask", "retention.summary"), ("versions",), ("settings",))
    before = [loaded.json(*question) for question in questions]
    for part in ("kinds", "words", "topics"):
        shutil.rmtree(loaded.folder / "w" / part, ignore_errors=True)
    monkeypatch.setattr(State, "writable", False)
    assert [loaded.json(*question) for question in questions] == before
    assert loaded.json("ask", "support.kinds")[0] == 0
    for part in ("kinds", "words", "topics"):
        assert not (loaded.folder / "w" / part).exists()
    for command in (("place", "Price", "Service"), ("settings", "gross_margin=70%"), ("undo",)):
        status, _, err = loaded.run(*command)
        assert status == 2
        assert "The folder is read-only" in err
        assert "Make the folder writable" in err
    assert [loaded.json(*question) for question in questions] == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="rights hold nobody back who may do everything")
def test_a_locked_folder_is_said(loaded: Shell) -> None:
    folder = loaded.folder / "w"
    try:
        folder.chmod(0o500)
        assert loaded.run("ask", "retention.summary")[0] == 0
        assert loaded.run("settings", "gross_margin=70%")[0] == 2
        folder.chmod(0)
        status, _, err = loaded.run("ask", "retention.summary")
        assert status == 2
        assert "Make the folder writable for the account that runs cs_dash" in err
    finally:
        folder.chmod(0o700)


def test_a_workspace_of_a_newer_release_is_said(loaded: Shell) -> None:
    with sqlite3.connect(loaded.folder / "w" / "state.sqlite") as connection:
        connection.execute("pragma user_version = 99")
    connection.close()
    for command in (("versions",), ("load", loaded.file("more.csv", MORE)), ("settings", "gross_margin=70%")):
        status, _, err = loaded.run(*command)
        assert status == 2
        assert "a newer release of cs_dash wrote it" in err
        assert "Update cs_dash" in err


def test_a_fault_of_the_program_is_not_hidden(loaded: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> io.BytesIO:
        raise KeyError("a bug")

    monkeypatch.setattr(workspace, "copy_digested", broken)
    with pytest.raises(KeyError):
        loaded.run("load", loaded.file("more.csv", MORE))
