"""What people decide of accounts counts with the version it made, and goes with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cs_dash.decisions import accounts
from cs_dash.decisions.accounts import AccountDecision
from cs_dash.errors import WorkspaceBroken
from cs_dash.store.workspace import Workspace

ONE = AccountDecision("same", "A-1", account_name="Acme Europe")
TWO = AccountDecision("other", "A-2", account_ref="M-21", account_name="Helio")
THREE = AccountDecision("new", mail="acme.example")


def publish(workspace: Workspace, number: int, *decisions: AccountDecision) -> None:
    workspace.state.add_version(
        number, None, None, {}, lambda connection: accounts.append(connection, decisions, number)
    )


def test_decisions_are_read_back_in_order(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    assert accounts.decided(workspace) == ()
    publish(workspace, 1, ONE)
    publish(workspace, 2)
    publish(workspace, 3, TWO, THREE)
    assert accounts.decided(Workspace(tmp_path)) == (ONE, TWO, THREE)


def test_decisions_of_a_version_that_was_undone_do_not_count(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    publish(workspace, 1, ONE)
    publish(workspace, 2, TWO)
    workspace.state.undo(2)
    assert accounts.decided(workspace) == (ONE,)


def test_what_is_decided_for_a_version_that_could_not_be_recorded_is_not_recorded_either(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    publish(workspace, 1, ONE)
    with pytest.raises(WorkspaceBroken):
        publish(workspace, 1, TWO)  # there is a version 1
    assert accounts.decided(workspace) == (ONE,)
