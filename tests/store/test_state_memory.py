from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

import pytest

from cs_dash.decisions import log
from cs_dash.decisions.log import Entry
from cs_dash.decisions.settings import SETTING
from cs_dash.store.state import State
from cs_dash.store.workspace import Workspace


class Reading:
    """Counts how often it is asked to read."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> int:
        self.times += 1
        return self.times


@pytest.fixture
def state(tmp_path: Path) -> State:
    kept = State(tmp_path / "state.sqlite")
    kept.keep_in_memory()
    return kept


def test_a_value_is_read_once_while_nobody_writes(state: State) -> None:
    read = Reading()
    assert [state.remembered("key", read) for _ in range(3)] == [1, 1, 1]
    assert state.remembered("another key", read) == 2


def test_a_commit_of_the_same_object_of_another_one_and_of_another_process_is_seen(state: State) -> None:
    read = Reading()
    state.remembered("key", read)
    state.add_upload("a", "a.csv", 1)
    assert state.remembered("key", read) == 2
    State(state.file).add_upload("b", "b.csv", 1)
    assert state.remembered("key", read) == 3
    child = os.fork()
    if child == 0:
        State(state.file).add_upload("c", "c.csv", 1)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert state.remembered("key", read) == 4
    assert state.remembered("key", read) == 4


def test_a_forked_child_watches_for_itself(state: State) -> None:
    read = Reading()
    state.remembered("key", read)
    child = os.fork()
    if child == 0:
        first = state.remembered("key", read)
        state.add_upload("a", "a.csv", 1)
        os._exit(0 if (first, state.remembered("key", read)) == (2, 3) else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert state.remembered("key", read) == 2


def test_another_file_in_its_place_is_read(tmp_path: Path) -> None:
    other = Workspace(tmp_path / "other")
    log.record(other, [Entry(SETTING.name, "fiscal_year", "4")])
    workspace = Workspace(tmp_path / "workspace", lasting=True)
    assert log.in_force(workspace, SETTING.name) == ()
    other.state.copy_to(tmp_path / "copy.sqlite")
    shutil.rmtree(workspace.folder)
    workspace.folder.mkdir()
    (tmp_path / "copy.sqlite").rename(workspace.state.file)
    assert [row.subject for row in log.in_force(workspace, SETTING.name)] == ["fiscal_year"]


def test_a_process_that_does_not_last_keeps_nothing_and_leaves_no_files(tmp_path: Path) -> None:
    state, read = State(tmp_path / "state.sqlite"), Reading()
    assert [state.remembered("key", read) for _ in range(2)] == [1, 2]
    assert [file.name for file in tmp_path.iterdir()] == ["state.sqlite"]


def test_what_fails_is_not_kept(state: State) -> None:
    def fail() -> int:
        raise ValueError("unreadable")

    with pytest.raises(ValueError, match="unreadable"):
        state.remembered("key", fail)
    assert state.remembered("key", Reading()) == 1


def test_readers_beside_a_writer_never_miss_a_commit(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "workspace", lasting=True)
    written, problems = [0], []

    def write() -> None:
        for number in range(1, 60):
            log.record(workspace, [Entry(SETTING.name, "fiscal_year", str(number))])
            written[0] = number

    def read() -> None:
        while written[0] < 59:
            least = written[0]
            rows = log.in_force(workspace, SETTING.name)
            if int(rows[0].value if rows else 0) < least:
                problems.append((least, rows))

    threads = [threading.Thread(target=read) for _ in range(3)] + [threading.Thread(target=write)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []


def test_a_file_that_cannot_be_watched_is_read_each_time(state: State) -> None:
    read = Reading()
    state.file.unlink()
    assert [state.remembered("key", read) for _ in range(2)] == [1, 2]
