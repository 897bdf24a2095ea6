"""Redo shows again what was undone last, while nothing was loaded since."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from cs_dash import pipeline
from cs_dash.errors import NoData
from cs_dash.store.workspace import Workspace


@pytest.fixture
def three_loads(tmp_path: Path) -> Workspace:
    """A workspace with three loads of one account each."""
    workspace = Workspace(tmp_path)
    for number in (1, 2, 3):
        load(workspace, f"A-{number}")
    return workspace


def load(workspace: Workspace, account: str) -> None:
    pipeline.load(workspace, [(f"{account}.csv", io.BytesIO(f"account_id,account\n{account},{account}\n".encode()))])


def shown(workspace: Workspace) -> int | None:
    version = workspace.current()
    return version.number if version else None


def test_undone_loads_come_back_one_by_one_in_the_order_in_which_they_were_made(three_loads: Workspace) -> None:
    for number in (2, 1, None):
        pipeline.undo(three_loads)
        assert shown(three_loads) == number
    for number in (1, 2, 3):
        assert pipeline.redo(three_loads).number == number
        assert shown(three_loads) == number
    with pytest.raises(NoData, match="no load was undone"):
        pipeline.redo(three_loads)


def test_a_load_after_an_undo_ends_redo_and_its_own_undo_can_be_redone(three_loads: Workspace) -> None:
    pipeline.undo(three_loads)
    load(three_loads, "A-4")
    assert pipeline.redoable(three_loads) is None
    with pytest.raises(NoData):
        pipeline.redo(three_loads)
    pipeline.undo(three_loads)
    assert pipeline.redo(three_loads).number == 4


def test_the_file_of_an_undone_version_must_be_there(three_loads: Workspace) -> None:
    version = three_loads.current()
    assert version is not None
    pipeline.undo(three_loads)
    three_loads.file_of(version).unlink()
    with pytest.raises(Exception, match="is gone"):
        pipeline.redo(three_loads)
    assert shown(three_loads) == 2
