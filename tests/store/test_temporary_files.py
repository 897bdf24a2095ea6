"""Whatever lasts no longer than its process lies in the workspace, and nothing of it stays behind."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from cs_dash.cli.main import main
from cs_dash.store.artifacts import TICKET_KINDS
from cs_dash.store.owned_folder import OwnedFolder, sweep, temporary_files_in, temporary_folder
from cs_dash.store.workspace import Workspace

KILLED = """
import os, sys, tempfile
from pathlib import Path
from cs_dash.store.workspace import Workspace
from cs_dash.store.owned_folder import temporary_files_in
workspace = Workspace(Path(sys.argv[1]))
with temporary_files_in(workspace.folder), workspace.looking() as look, workspace.writing():
    look.write_text("rows")
    Path(tempfile.mkdtemp(), "cells").write_text("rows")
    Path(workspace.start_building()).write_text("rows")
    def half(_): os._exit(9)
    class Coming:
        def read(self, _): return b"x" * (1 << 20)
    workspace.keep("large.csv", Coming(), half)
"""


def leftovers(workspace: Workspace) -> list[Path]:
    return [path for name in ("temporary", "building", "uploads") for path in (workspace.folder / name).rglob("*")]


def killed(workspace: Workspace) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(workspace.folder)], check=False)
    assert done.returncode == 9
    assert len([path for path in leftovers(workspace) if path.is_file() and path.suffix != ".lock"]) == 4


def test_the_next_start_sweeps_what_a_killed_process_left(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    killed(workspace)
    Workspace(tmp_path)
    assert leftovers(workspace) == []


def test_the_next_writer_sweeps_it_and_leaves_what_is_in_use(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    with temporary_folder(tmp_path) as mine:
        killed(workspace)
        with workspace.writing():
            built = workspace.start_building()
            assert sorted(leftovers(workspace)) == [mine, mine.with_suffix(".lock")]
            assert list(built.parent.iterdir()) == []
    assert leftovers(workspace) == []


def test_a_version_that_another_process_builds_is_not_swept(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    with workspace.writing():
        built = workspace.start_building()
        built.write_text("rows")
        Workspace(tmp_path)
        assert built.exists()


def test_a_lock_without_its_folder_is_swept(tmp_path: Path) -> None:
    owned = OwnedFolder.make(tmp_path / "root")
    (tmp_path / "root" / "gone.lock").touch()
    sweep(tmp_path / "root")
    assert [path.name for path in (tmp_path / "root").iterdir() if path.name != owned.folder.name] == [
        f"{owned.folder.name}.lock"
    ]


def test_an_artifact_that_fails_leaves_nothing(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    with suppress(ZeroDivisionError), workspace.artifacts.deriving(TICKET_KINDS, 1, "key") as file:
        file.write_text("half")
        raise ZeroDivisionError
    assert not (tmp_path / "temporary").exists()
    assert list((tmp_path / "kinds").iterdir()) == []


def test_the_files_of_libraries_lie_in_the_workspace_while_a_command_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places: list[str] = []

    def versions(_: object) -> int:
        places.append(tempfile.gettempdir())
        return 0

    monkeypatch.setattr("cs_dash.cli.commands.versions", versions)
    before = tempfile.gettempdir()
    assert main(["versions", "--workspace", str(tmp_path / "w")]) == 0
    assert Path(places[0]).is_relative_to(tmp_path / "w" / "temporary")
    assert tempfile.gettempdir() == before
    assert not (tmp_path / "w" / "temporary").exists()


def test_where_the_workspace_cannot_be_written_the_systems_folder_serves(tmp_path: Path) -> None:
    (tmp_path / "temporary").write_text("in the way")
    before = tempfile.gettempdir()
    with temporary_files_in(tmp_path):
        assert tempfile.gettempdir() == before


def test_folders_come_and_go_at_once(tmp_path: Path) -> None:
    """The last one takes the folder above along, while another is being made."""

    def come_and_go(_: int) -> bool:
        with temporary_folder(tmp_path) as folder:
            return folder.is_dir()

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(come_and_go, range(400)))
    assert list(tmp_path.iterdir()) == []
