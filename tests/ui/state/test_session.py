"""The version that all sessions share."""

from __future__ import annotations

import pytest

from cs_dash.store.workspace import Workspace
from cs_dash.ui.state import session


def test_a_version_whose_database_ended_is_opened_again(
    demo_workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(session.FOLDER, str(demo_workspace.folder))
    version = session.current_version()
    assert version is not None
    snapshot = session.Snapshot.of(version)
    opened = snapshot.warehouse
    assert snapshot.warehouse is opened
    opened.usable = False
    assert snapshot.warehouse is not opened
    assert snapshot.warehouse.newest_day() == opened.newest_day()
