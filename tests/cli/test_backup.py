"""A workspace to one file and back: the same answers, also when a load runs; nothing half when it is ended."""

from __future__ import annotations

import io
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from cs_dash.cli.main import main
from cs_dash.errors import NoData
from cs_dash.sharing import copies
from cs_dash.sharing.readers import Limits, Reader
from cs_dash.store.backups import restoring, writing
from cs_dash.store.workspace import Workspace
from tests import children
from tests.cli.test_cli import ACCOUNTS, SUBSCRIPTIONS, Shell, loaded, shell
from tests.cli.test_killed import kill
from tests.workspaces import copied, rows

__all__ = ["loaded", "shell"]
MORE = "Account ID,Account name\nA3,Tessera\n"
TICKETS = "Ticket ID,Account ID,Created at,Subject\nT1,A1,2026-01-01,How do I export?\nT2,A2,2026-02-01,It crashed\n"
QUESTIONS = (
    ("ask", "retention.summary"), ("ask", "retention.bridge"), ("ask", "support.kinds"), ("ask", "support.tickets"),
    ("ask", "health.accounts"), ("settings",), ("versions",),
)  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a workspace `w` of three versions, a label, a setting and an undone load, and its backup."""
    folder = tmp_path_factory.mktemp("backed up")
    copied(folder / "w", {"accounts.csv": ACCOUNTS, "subscriptions.csv": SUBSCRIPTIONS})
    for name, text in {"t.csv": TICKETS, "labels.csv": "ticket_id,kind\nT1,defect\n", "more.csv": MORE}.items():
        (folder / name).write_text(text, encoding="utf-8")
    for command in (
        ("load", folder / "t.csv"), ("label", folder / "labels.csv"), ("settings", "gross_margin=70%"),
        ("load", folder / "more.csv"), ("undo",), ("ask", "support.kinds"), ("backup", folder / "b.tar.zst"),
    ):  # fmt: skip
        assert main([*map(str, command), "--workspace", str(folder / "w")]) == 0
    return folder


@pytest.fixture
def backed_up(made: Path, shell: Shell) -> Shell:
    """That workspace and its backup, for one test."""
    shutil.copytree(made, shell.folder, dirs_exist_ok=True)
    return shell


def answers(shell: Shell) -> list[tuple[int, dict[str, Any]]]:
    return [shell.json(*question) for question in QUESTIONS]


def restored(shell: Shell, backup: str = "b.tar.zst") -> tuple[int, str]:
    """Restore in the place of the workspace, which is moved away; return the status and what was said."""
    if (shell.folder / "w").exists():
        shutil.move(shell.folder / "w", shell.folder / f"w{len(list(shell.folder.iterdir()))}")
    status, out, err = shell.run("restore", str(shell.folder / backup))
    return status, out + err


def test_what_a_backup_holds_is_counted(backed_up: Shell) -> None:
    status, output = backed_up.json("backup", str(backed_up.folder / "c.tar.zst"))
    size = (backed_up.folder / "c.tar.zst").stat().st_size
    assert (status, output["versions"], output["uploads"], output["missing"]) == (0, 3, 4, [])
    assert output["bytes"] == size
    assert "3 versions, 4 uploads, " in backed_up.run("backup", str(backed_up.folder / "c.tar.zst"))[1]


def test_a_restored_workspace_gives_the_same_answers_and_goes_on(backed_up: Shell) -> None:
    before = answers(backed_up)
    status, words = restored(backed_up)
    assert status == 0
    assert words.startswith("Restored 3 versions, 4 uploads (")
    assert answers(backed_up) == before
    kinds = [path.name for path in (backed_up.folder / "w" / "kinds").iterdir()]
    assert kinds  # what was derived of the tickets came along
    assert backed_up.json("redo")[1]["version"] == 3
    assert backed_up.json("load", backed_up.file("again.csv", MORE.replace("A3", "A4")))[1]["version"] == 4
    assert backed_up.json("rebuild")[0] == 0


def test_frozen_links_come_along_and_live_copies_are_made_again(backed_up: Shell) -> None:
    workspace = Workspace(backed_up.folder / "w")
    hidden = Limits(hide_names=True)
    frozen, live = Reader("link", "f" * 32, limits=hidden, frozen=True), Reader("link", "a" * 32, limits=hidden)
    copies.freeze(workspace, frozen)
    copies.workspace_for(workspace, live)

    def accounts(reader: Reader) -> list[str]:
        copy = copies.workspace_for(Workspace(backed_up.folder / "w"), reader)
        return [row["account"] for row in rows(copy, "select account from accounts order by account_id")]

    before = accounts(frozen), accounts(live)
    backed_up.run("load", backed_up.file("later.csv", "Account ID,Account name\nA8,Later\n"))
    (workspace.folder / "shared" / f"{copies.name_of(frozen)}" / "state.sqlite-wal").touch()
    assert backed_up.json("backup", str(backed_up.folder / "b.tar.zst"))[1]["missing"] == []
    assert restored(backed_up)[0] == 0
    shared = sorted(path.name for path in (backed_up.folder / "w" / "shared").iterdir())
    assert shared == [copies.name_of(frozen), "secret"]
    for file in (backed_up.folder / "b.tar.zst", backed_up.folder / "w" / "shared" / "secret"):
        assert os.name == "nt" or file.stat().st_mode & 0o077 == 0
    assert accounts(frozen) == before[0]
    assert set(before[1]) < set(accounts(live))  # the same pseudonyms


def test_a_frozen_link_that_is_revoked_meanwhile_is_gone_as_a_whole(backed_up: Shell) -> None:
    workspace = Workspace(backed_up.folder / "w")
    reader = Reader("link", "f" * 32, limits=Limits(hide_money=True), frozen=True)
    copy = copies.freeze(workspace, reader).folder
    backup = writing.back_up(
        workspace.folder, backed_up.folder / "b.tar.zst", lambda _: shutil.rmtree(copy, ignore_errors=True)
    )
    assert backup.missing == ()
    assert restored(backed_up)[0] == 0
    with pytest.raises(NoData, match="no longer stored"):
        copies.workspace_for(Workspace(backed_up.folder / "w"), reader)


def test_only_what_the_workspace_keeps_is_in_a_backup(backed_up: Shell) -> None:
    workspace = backed_up.folder / "w"
    for name in ("building/half.duckdb", "temporary/x/coming", "spill/y", "versions/000099.duckdb", "lock"):
        (workspace / name).parent.mkdir(parents=True, exist_ok=True)
        (workspace / name).touch()
    backed_up.run("backup", str(backed_up.folder / "b.tar.zst"))
    assert restored(backed_up)[0] == 0
    files = {path.relative_to(backed_up.folder / "w").as_posix() for path in (backed_up.folder / "w").rglob("*")}
    top = {file.partition("/")[0] for file in files}
    assert top == {"lock", "state.sqlite", "versions", "uploads", "words", "kinds"}
    assert {file for file in files if file.startswith("versions/")} == {
        f"versions/00000{number}.duckdb" for number in (1, 2, 3)
    }


def test_a_backup_while_a_load_runs_holds_what_was_published(loaded: Shell) -> None:
    before = answers(loaded)
    reached, go_on = children.CONTEXT.Event(), children.CONTEXT.Event()
    file = Path(loaded.file("more.csv", MORE))
    child = children.started(children.load_that_waits, loaded.folder / "w", file, reached, go_on)
    assert reached.wait(60)
    assert loaded.run("load", str(file))[0] == 2  # the load holds the workspace
    assert loaded.json("backup", str(loaded.folder / "b.tar.zst"))[1]["versions"] == 1
    go_on.set()
    child.join(60)
    assert child.exitcode == 0
    assert loaded.json("backup", str(loaded.folder / "after.tar.zst"))[1]["versions"] == 2
    after = answers(loaded)
    assert restored(loaded)[0] == 0
    assert answers(loaded) == before
    assert restored(loaded, "after.tar.zst")[0] == 0
    assert answers(loaded) == after != before


def test_a_version_published_after_the_state_was_copied_is_not_in_it(
    loaded: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, write = answers(loaded), writing._write

    def late(*given: Any) -> Any:
        loaded.run("load", loaded.file("more.csv", MORE))
        return write(*given)

    with monkeypatch.context() as patched:
        patched.setattr(writing, "_write", late)
        assert loaded.run("backup", str(loaded.folder / "b.tar.zst"))[0] == 0
    assert answers(loaded) != before
    assert restored(loaded)[0] == 0
    assert answers(loaded) == before


def test_what_the_workspace_lost_before_is_said(backed_up: Shell) -> None:
    (backed_up.folder / "w" / "versions" / "000001.duckdb").unlink()
    status, out, _ = backed_up.run("backup", str(backed_up.folder / "b.tar.zst"))
    assert status == 0
    assert "Caveat: versions/000001.duckdb was missing in the workspace and so was not backed up." in out
    assert "versions/000001.duckdb was missing" in restored(backed_up)[1]


def test_what_is_derived_may_vanish_meanwhile(backed_up: Shell) -> None:
    kinds = backed_up.folder / "w" / "kinds"
    assert list(kinds.iterdir())
    backup = writing.back_up(
        kinds.parent, backed_up.folder / "c.tar.zst", lambda _: shutil.rmtree(kinds, ignore_errors=True)
    )
    assert backup.missing == ()
    assert restored(backed_up, "c.tar.zst")[0] == 0
    assert not kinds.exists()
    assert backed_up.run("ask", "support.kinds")[0] == 0


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("b.zip", "because its name does not end in .tar.zst. For example b.tar.zst."),
        ("nowhere/b.tar.zst", "because there is no folder"),
        ("folder.tar.zst", "because it is a folder"),
    ],
)
def test_a_name_that_is_none_for_a_backup_is_refused(loaded: Shell, name: str, words: str) -> None:
    (loaded.folder / "folder.tar.zst").mkdir()
    status, out, err = loaded.run("backup", str(loaded.folder / name))
    assert (status, out) == (2, "")
    assert words in err


def test_nothing_to_back_up_makes_nothing(shell: Shell) -> None:
    status, _, err = shell.run("backup", str(shell.folder / "b.tar.zst"))
    assert status == 2
    assert "because it is not a workspace with data" in err
    assert list(shell.folder.iterdir()) == []


def test_a_folder_with_data_is_left_as_it_is(backed_up: Shell) -> None:
    before = answers(backed_up)
    status, _, err = backed_up.run("restore", str(backed_up.folder / "b.tar.zst"))
    assert status == 2
    assert "because it holds data" in err
    assert answers(backed_up) == before
    (backed_up.folder / "w").rename(backed_up.folder / "old")
    (backed_up.folder / "w").mkdir()
    (backed_up.folder / "w" / "mine.txt").write_text("mine", encoding="utf-8")
    assert "because it holds data (mine.txt)" in backed_up.run("restore", str(backed_up.folder / "b.tar.zst"))[2]
    assert [path.name for path in (backed_up.folder / "w").iterdir()] == ["mine.txt"]


def test_a_backup_that_is_killed_leaves_the_earlier_one(loaded: Shell) -> None:
    earlier = loaded.folder / "b.tar.zst"
    loaded.run("backup", str(earlier))
    content = earlier.read_bytes()
    kill(loaded.folder, "before", "cs_dash.store.backups.archive:BackupWriter.add_manifest", "backup", "b.tar.zst")
    assert earlier.read_bytes() == content
    assert (loaded.folder / writing.UNFINISHED).is_dir()
    assert loaded.run("backup", str(earlier))[0] == 0
    assert not (loaded.folder / writing.UNFINISHED).exists()
    assert restored(loaded)[0] == 0


@pytest.mark.parametrize(
    ("moment", "place"),
    [
        ("after", "cs_dash.store.backups.archive:BackupReader.header"),
        ("after", "cs_dash.store.backups.archive:BackupReader._facts"),
        ("before", "pathlib:Path.rename"),
        ("after", "pathlib:Path.rename"),
    ],
)
def test_a_restoration_that_is_killed_leaves_no_workspace_and_can_be_done_again(
    loaded: Shell, moment: str, place: str
) -> None:
    before = answers(loaded)
    loaded.run("backup", str(loaded.folder / "b.tar.zst"))
    (loaded.folder / "w").rename(loaded.folder / "old")
    kill(loaded.folder, moment, place, "restore", "b.tar.zst")
    assert not (loaded.folder / "w" / "state.sqlite").exists()
    assert restored_in_place(loaded)[0] == 0
    assert answers(loaded) == before
    assert not (loaded.folder / "w" / "temporary").exists()


def restored_in_place(shell: Shell) -> tuple[int, str]:
    status, out, err = shell.run("restore", str(shell.folder / "b.tar.zst"))
    return status, out + err


def test_two_restorations_into_one_folder_do_not_mix(backed_up: Shell) -> None:
    (backed_up.folder / "w").rename(backed_up.folder / "old")
    (backed_up.folder / "w").mkdir()
    with restoring._held(backed_up.folder / "w"):
        status, said = restored_in_place(backed_up)
    assert status == 2
    assert "because another process uses it" in said
    assert restored_in_place(backed_up)[0] == 0


def test_the_same_bytes_under_two_names_come_along_twice(shell: Shell) -> None:
    workspace = Workspace(shell.folder / "w")
    for name in ("a.csv", "b; ü\n.csv"):
        workspace.keep(name, io.BytesIO(b"x"))
    (workspace.folder / "state.sqlite").touch()
    assert shell.json("backup", str(shell.folder / "b.tar.zst"))[1]["uploads"] == 1
    assert restored(shell)[0] == 0
    assert {path.name for path in (shell.folder / "w").rglob("*.csv")} == {"a.csv", "b; ü\n.csv"}
