"""Nothing is written without the right to do so: each function that writes refuses, and changes nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cs_dash.decisions import log
from cs_dash.decisions.kinds import all_kinds
from cs_dash.decisions.log import Entry
from cs_dash.errors import NoData, NotAllowed
from cs_dash.pipeline import bookkeeping
from cs_dash.store.acting import ALL_RIGHTS, Right, acting_as, require
from cs_dash.store.workspace import Workspace
from tests.workspaces import copied
from tests.writing_calls import CALLS, fill, writers

FILES = {
    "accounts.csv": "account_id,name\nA-1,Acme\nA-2,Bolt\n",
    "tickets.csv": "ticket_id,account_id,created_at,subject,type\n"
    "T-1,A-1,2026-08-01,Export fails,Bug\nT-2,A-2,2026-08-02,How do I export?,Question\n",
}

CANNOT_SUCCEED = {bookkeeping.redo: NoData}
"""Calls for which the small workspace has nothing: they are let through, and fail for another reason."""


def name_of(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__qualname__}"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = copied(tmp_path / "workspace", FILES)
    fill(made)
    return made


def content(workspace: Workspace) -> tuple[list[str], list[str]]:
    """Return all that a workspace holds: the rows of its state, and the names of its files."""
    with closing(sqlite3.connect(workspace.folder / "state.sqlite")) as connection:
        rows = list(connection.iterdump())
    passing = ("state.sqlite", "lock", "given.csv")
    files = (path for path in workspace.folder.rglob("*") if path.is_file() and not path.name.startswith(passing))
    return rows, sorted(str(path.relative_to(workspace.folder)) for path in files)


def test_every_function_that_writes_is_tried() -> None:
    assert writers() == {name_of(function) for function in CALLS}


@pytest.mark.parametrize("function", CALLS, ids=name_of)
def test_a_function_that_writes_refuses_without_the_right(function: Callable[..., Any], workspace: Workspace) -> None:
    right, call = CALLS[function]
    before = content(workspace)
    for rights in (frozenset[Right](), ALL_RIGHTS - {right}):
        with acting_as("Vi", rights), pytest.raises(NotAllowed, match=f"you may not {right}; nothing was changed"):
            call(workspace)
        assert content(workspace) == before


@pytest.mark.parametrize("function", CALLS, ids=name_of)
def test_a_function_that_writes_needs_no_other_right(function: Callable[..., Any], workspace: Workspace) -> None:
    right, call = CALLS[function]
    with acting_as("Vi", frozenset({right})):
        if function in CANNOT_SUCCEED:
            with pytest.raises(CANNOT_SUCCEED[function]):
                call(workspace)
        else:
            call(workspace)


@pytest.mark.parametrize("kind", sorted(all_kinds()))
def test_a_decision_of_each_kind_is_made_and_undone_with_its_right_only(kind: str, tmp_path: Path) -> None:
    workspace, right = Workspace(tmp_path), all_kinds()[kind].right
    entries = [Entry(kind, "x", {"title": "y"})]
    with acting_as("Vi", ALL_RIGHTS - {right}), pytest.raises(NotAllowed):
        log.record(workspace, entries)
    with acting_as("Vi", frozenset({right})):
        log.record(workspace, entries)
    with acting_as("Vi", ALL_RIGHTS - {right}), pytest.raises(NotAllowed):
        log.undo(workspace, 1)
    assert len(log.in_force(workspace, kind)) == 1
    with acting_as("Vi", frozenset({right})):
        assert log.undo(workspace, 1) == 1


def test_a_batch_of_several_kinds_needs_the_right_of_each(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    entries = [Entry("label", "T-1", "defect"), Entry("setting", "gross_margin", 0.5)]
    with acting_as("Vi", frozenset({Right.LABEL})), pytest.raises(NotAllowed, match="change settings"):
        log.record(workspace, entries)
    assert not log.in_force(workspace, "label", "setting")


def test_a_kind_that_this_release_does_not_know_needs_every_right(tmp_path: Path) -> None:
    with acting_as("Vi", ALL_RIGHTS - {Right.PEOPLE}), pytest.raises(NotAllowed):
        log.record(Workspace(tmp_path), [Entry("of a later release", "x", True)])


def test_a_command_may_do_all() -> None:
    for right in Right:
        require(right)
