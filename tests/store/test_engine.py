"""What a query cannot hold in memory is spilled into the workspace, and nowhere else."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from cs_dash.errors import BadInput
from cs_dash.store import engine
from cs_dash.store.engine import MEMORY, Engine, memory_bytes, memory_limit_bytes, spill_root
from cs_dash.store.owned_folder import OwnedFolder, sweep
from cs_dash.store.workspace import Workspace

LARGE = """
select count(*) from (
  select md5(cast(range as varchar)) || md5(cast(range + 1 as varchar)) as word from range(1200000)
  order by word limit 1190000
)
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "workspace")


@pytest.fixture
def read_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    monkeypatch.chdir(folder)
    folder.chmod(0o555)
    return folder


def test_a_large_query_spills_into_the_workspace_only(
    workspace: Workspace, read_only: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(MEMORY, "64 MB")
    file = workspace.folder / "versions" / "000001.duckdb"
    with closing(Engine(None, near=file, threads=2)) as opened:
        assert opened.connection.execute(LARGE).fetchone() == (1_190_000,)
        (spilled,) = opened.connection.execute("select current_setting('temp_directory')").fetchall()
        assert Path(spilled[0]).is_relative_to(workspace.folder / "spill")
    assert not (workspace.folder / "spill").exists()
    assert list(read_only.iterdir()) == []


def test_it_would_not_fit_without_spilling(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MEMORY, "64 MB")
    monkeypatch.setattr(OwnedFolder, "claim", lambda root: None)
    with (
        closing(Engine(None, near=workspace.folder / "v.duckdb", threads=2)) as opened,
        pytest.raises(duckdb.OutOfMemoryException),
    ):
        opened.connection.execute(LARGE)


def test_what_a_killed_process_left_is_removed_and_a_live_ones_stays(workspace: Workspace) -> None:
    root = spill_root(workspace.folder / "versions" / "v.duckdb")
    code = (
        "import os, sys; from pathlib import Path; from cs_dash.store.owned_folder import OwnedFolder;"
        "claimed = OwnedFolder.claim(Path(sys.argv[1])); (claimed.folder / 'rows.tmp').touch();"
        "print(claimed.folder, flush=True); os._exit(9)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(root)], capture_output=True, text=True, check=False)
    left = Path(done.stdout.strip())
    assert (left / "rows.tmp").exists()
    live = OwnedFolder.claim(root)
    assert live is not None
    Workspace(workspace.folder)
    assert not left.exists()
    assert live.folder.exists()
    live.release()
    assert not root.exists()


def test_a_connection_that_nobody_closed_leaves_nothing(workspace: Workspace) -> None:
    root = workspace.folder / "spill"
    claimed = OwnedFolder.claim(root)
    assert claimed is not None
    assert claimed.folder.exists()
    del claimed
    assert not root.exists()


def test_where_nothing_can_be_written_a_version_opens_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "spill").write_text("in the way")
    with closing(Engine(None, near=tmp_path / "v.duckdb", threads=1)) as opened:
        assert opened.connection.execute("select 1").fetchone() == (1,)


def test_a_connection_finds_nothing_of_the_one_before(workspace: Workspace) -> None:
    file = workspace.folder / "v.duckdb"
    with closing(Engine(file, near=file, threads=2)) as opened:
        opened.connection.execute("create table rows_of_a_version as select 1 as one")
    for _ in range(2):
        with closing(Engine(None, near=file, threads=2)) as opened:
            opened.attach(file, "parent")
            opened.connection.execute("create table own_rows as from parent.rows_of_a_version")
            opened.connection.execute("create temp table temporary_rows as from own_rows")
            assert opened.connection.execute("from temporary_rows").fetchall() == [(1,)]


def test_a_connection_whose_queries_spilled_is_not_taken_again(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(MEMORY, "64 MB")
    for _ in range(2):
        with closing(Engine(None, near=workspace.folder / "v.duckdb", threads=2)) as opened:
            assert opened.connection.execute(LARGE).fetchone() == (1_190_000,)


@pytest.mark.parametrize(
    ("text", "size"), [("4 GB", 4 << 30), ("512mb", 512 << 20), ("1 B", 64 << 20), ("1.5GB", 3 << 29)]
)
def test_an_amount_of_memory_is_understood(text: str, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MEMORY, text)
    assert memory_limit_bytes() == size


def test_a_share_is_one_of_the_machine_or_of_the_container(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(MEMORY, raising=False)
    (tmp_path / "max").write_text("max\n")
    machine = memory_bytes((tmp_path / "max", tmp_path / "absent"))
    assert machine is not None
    (tmp_path / "limit").write_text(f"{1 << 30}\n")
    assert memory_bytes((tmp_path / "limit",)) == 1 << 30
    monkeypatch.setattr(engine, "memory_bytes", lambda: 1 << 30)
    assert memory_limit_bytes() == 1 << 29
    assert memory_limit_bytes("25 %") == 1 << 28


def test_what_is_no_amount_is_told_in_one_sentence(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MEMORY, "plenty")
    with pytest.raises(BadInput, match=r"Could not start because plenty is not an amount of memory\."):
        Engine(None, near=workspace.folder / "v.duckdb", threads=1)


def test_sweeping_needs_no_folder(tmp_path: Path) -> None:
    sweep(tmp_path / "spill")
    assert list(tmp_path.iterdir()) == []
