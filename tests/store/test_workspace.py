from __future__ import annotations

import io
from pathlib import Path

import pytest

from cs_dash.errors import NoData, WorkspaceBroken, WorkspaceBusy
from cs_dash.store.workspace import Workspace


def publish(workspace: Workspace, content: bytes = b"rows") -> int:
    with workspace.writing():
        target = workspace.start_building()
        target.write_bytes(content)
        return workspace.publish(target, None, {}).number


def test_a_new_folder_is_an_empty_workspace(tmp_path: Path) -> None:
    assert Workspace(tmp_path / "w").current() is None


def test_versions_count_up_and_each_stands_on_the_one_before(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    assert [publish(workspace), publish(workspace)] == [1, 2]
    assert [(version.number, version.parent) for version in workspace.state.versions()] == [(1, None), (2, 1)]


def test_undo_shows_the_one_before_and_its_number_is_never_used_again(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    publish(workspace, b"old")
    publish(workspace, b"new")
    current = workspace.undo()
    assert current is not None
    assert workspace.file_of(current).read_bytes() == b"old"
    assert publish(workspace) == 3
    assert [(version.number, version.parent, version.undone) for version in workspace.state.versions()] == [
        (1, None, False),
        (2, 1, True),
        (3, 1, False),
    ]


def test_undo_of_nothing_is_said(tmp_path: Path) -> None:
    with pytest.raises(NoData, match="Could not undo because nothing has been loaded"):
        Workspace(tmp_path).undo()


def test_the_second_writer_is_told_and_the_first_goes_on(tmp_path: Path) -> None:
    first, second = Workspace(tmp_path), Workspace(tmp_path)
    busy = pytest.raises(WorkspaceBusy, match=r"another load holds this workspace since .* \(process \d+\)")
    with first.writing(), busy, second.writing():
        pass
    with second.writing():
        pass


def test_the_same_bytes_are_kept_once_under_the_name_they_came_with(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    first = workspace.keep("C:\\exports\\../Ünits.csv", io.BytesIO(b"a,b\n"))
    again = workspace.keep("Ünits.csv", io.BytesIO(b"a,b\n"))
    assert first == again
    assert first.name == "Ünits.csv"
    assert first.path.read_bytes() == b"a,b\n"
    assert first.path.is_relative_to(tmp_path / "uploads")
    assert not list((tmp_path / "building").iterdir())


def test_what_a_crash_left_is_swept_by_the_next_writer(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    publish(workspace, b"whole")
    (tmp_path / "building" / "half.duckdb").write_bytes(b"ha")
    (tmp_path / "building" / "2.publishing").touch()
    (tmp_path / "versions" / "000002.duckdb").write_bytes(b"renamed, but never named")
    assert publish(workspace, b"next") == 2
    current = workspace.current()
    assert current is not None
    assert workspace.file_of(current).read_bytes() == b"next"
    assert sorted(file.name for file in (tmp_path / "versions").iterdir()) == ["000001.duckdb", "000002.duckdb"]


def test_a_missing_version_is_said(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    publish(workspace)
    version = workspace.current()
    assert version is not None
    workspace.file_of(version).unlink()
    with pytest.raises(WorkspaceBroken, match=r"Could not open version 1 because 000001\.duckdb is gone"):
        workspace.file_of(version)


def test_a_state_file_of_rubbish_is_said(tmp_path: Path) -> None:
    (tmp_path / "state.sqlite").write_bytes(b"not a database at all, certainly not one of ours" * 40)
    with pytest.raises(WorkspaceBroken, match=r"Could not use state\.sqlite"):
        Workspace(tmp_path)


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(WorkspaceBroken, match="Could not make"):
        Workspace(tmp_path / "file")


def test_a_file_that_is_kept_already_is_not_written_again(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    upload = workspace.keep("a.csv", io.BytesIO(b"a,b"))
    before = upload.path.stat().st_mtime_ns
    with upload.path.open("rb") as stream:
        assert workspace.keep("other name.csv", stream) == upload
        assert stream.tell() == 0
    assert upload.path.stat().st_mtime_ns == before


def test_bytes_that_only_bear_the_name_of_a_kept_file_are_kept_for_what_they_are(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    upload = workspace.keep("a.csv", io.BytesIO(b"a,b"))
    pretender = io.BytesIO(b"c,d")
    pretender.name = str(upload.path)
    assert workspace.keep("a.csv", pretender).id != upload.id


def test_what_ends_the_keeping_of_a_file_leaves_nothing_of_it(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)

    def stop(done: int) -> None:
        raise RuntimeError(done)

    with pytest.raises(RuntimeError):
        workspace.keep("a.csv", io.BytesIO(b"x" * (33 << 20)), stop)
    assert list((tmp_path / "uploads").iterdir()) == []


def test_versions_that_the_list_does_not_know_are_neither_removed_nor_overwritten(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    publish(workspace, b"first")
    earlier_list = (tmp_path / "state.sqlite").read_bytes()
    publish(workspace, b"second")
    publish(workspace, b"third")
    (tmp_path / "state.sqlite").write_bytes(earlier_list)
    later = Workspace(tmp_path)
    assert publish(later, b"fourth") == 4
    contents = [file.read_bytes() for file in sorted((tmp_path / "versions").iterdir())]
    assert contents == [b"first", b"second", b"third", b"fourth"]


def test_the_newest_version_stays_where_the_list_of_the_load_before_is_put_back(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    publish(workspace, b"first")
    earlier_list = (tmp_path / "state.sqlite").read_bytes()
    publish(workspace, b"second")
    (tmp_path / "state.sqlite").write_bytes(earlier_list)
    assert publish(Workspace(tmp_path), b"third") == 3
    contents = [file.read_bytes() for file in sorted((tmp_path / "versions").iterdir())]
    assert contents == [b"first", b"second", b"third"]


def test_a_list_that_is_removed_while_it_is_used_is_not_begun_anew(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    publish(workspace)
    (tmp_path / "state.sqlite").unlink()
    with pytest.raises(WorkspaceBroken, match="versions and uploads beside it are unchanged"):
        workspace.current()
    with pytest.raises(WorkspaceBroken), workspace.writing():
        workspace.start_building()
    assert [file.name for file in (tmp_path / "versions").iterdir()] == ["000001.duckdb"]
    assert not (tmp_path / "state.sqlite").exists()
