"""Faults of the machine on the page: the sentence of the command line, never "Something went wrong"."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from cs_dash.store.state import State
from cs_dash.ui.state import session
from tests.pages.conftest import Open, confirm, words

PAGES = ("overview", "upload", "loads", "settings")


@pytest.fixture
def folder(one_account: Path, tmp_path: Path) -> Path:
    """A workspace of this test alone."""
    shutil.copytree(one_account, tmp_path / "w")
    return tmp_path / "w"


@pytest.mark.parametrize("page", PAGES)
def test_a_lost_list_of_versions_is_said(page: str, folder: Path, open_page: Open) -> None:
    (folder / "state.sqlite").unlink()
    page_text = words(open_page(folder, page))
    assert "the versions and uploads beside it are unchanged" in page_text
    assert "This is a fault in the program" not in page_text


@pytest.mark.parametrize("page", PAGES)
def test_a_full_disk_is_said(page: str, folder: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_space() -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(session, "current_version", no_space)
    monkeypatch.setattr(session, "workspace", no_space)
    page_text = words(open_page(folder, page))
    assert "The disk is full" in page_text
    assert "This is a fault in the program" not in page_text


def test_a_version_cut_short_can_be_made_again_on_the_page(folder: Path, open_page: Open) -> None:
    os.truncate(folder / "versions" / "000001.duckdb", 20_000)
    assert "its uploads are still stored" in words(open_page(folder))
    app = open_page(folder, "loads")
    confirm(app, "rebuild")
    assert "not a readable version" not in words(open_page(folder))


def test_a_read_only_workspace_is_shown(folder: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(State, "writable", False)
    for page in ("overview", "upload", "loads", "data-quality", "settings", "tickets"):
        page_text = words(open_page(folder, page))
        assert "This is a fault in the program" not in page_text
        assert "read-only" not in page_text
