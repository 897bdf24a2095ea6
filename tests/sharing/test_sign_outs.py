from __future__ import annotations

from pathlib import Path

import pytest

from cs_dash.sharing.people import end_sign_in, has_ended
from cs_dash.store.workspace import Workspace


def test_a_sign_out_counts_in_every_process_and_after_a_restart(tmp_path: Path) -> None:
    here, other = Workspace(tmp_path), Workspace(tmp_path)
    assert not has_ended(other, "digest")
    end_sign_in(here, "digest", 3600)
    assert has_ended(other, "digest")
    assert has_ended(Workspace(tmp_path), "digest")
    assert not has_ended(other, "another digest")


def test_what_would_not_count_any_more_is_let_go(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    end_sign_in(workspace, "old", -1)
    end_sign_in(workspace, "new", 3600)
    assert (has_ended(workspace, "old"), has_ended(workspace, "new")) == (False, True)


def test_where_nothing_can_be_written_the_log_says_so(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    workspace = Workspace(tmp_path)
    (tmp_path / "copy").touch()  # into a copy for readers nobody writes
    end_sign_in(workspace, "digest", 3600)
    assert "A sign-out is not kept for a restart" in caplog.text
