"""A version that somebody else publishes is shown with the next click; undo brings the one before back."""

from __future__ import annotations

import io
from pathlib import Path

from cs_dash import pipeline
from cs_dash.store.workspace import Workspace
from tests.pages.conftest import Open, words

ACCOUNTS = "account_id,account,segment\nA-1,Ann,SMB\n"
LINES = "subscription_id,account_id,start_date,end_date,mrr\nS-1,A-1,2025-01-01,,100\n"


def load(folder: Path, name: str, text: str) -> None:
    """Load one file as another process would."""
    pipeline.load(Workspace(folder), [(name, io.BytesIO(text.encode()))])


def test_a_new_version_is_noticed_and_can_be_taken_back(tmp_path: Path, open_page: Open) -> None:
    load(tmp_path, "accounts.csv", ACCOUNTS)
    app = open_page(tmp_path, "upload")
    assert "version 1" in words(app)
    load(tmp_path, "subscriptions.csv", LINES)
    app.run()
    assert "version 2" in words(app)
    app.button(key="undo").click().run()
    assert "version 1" in words(app)
    assert "taken back" in words(app)
    app.button(key="undo").click().run()
    assert "Nothing is loaded yet" in words(app)
    assert not app.exception


def test_a_second_loader_is_told_so(tmp_path: Path, open_page: Open) -> None:
    load(tmp_path, "accounts.csv", ACCOUNTS)
    app = open_page(tmp_path, "upload")
    with Workspace(tmp_path).writing():
        app.button(key="undo").click().run()
    assert "Another load is running" in words(app)
    assert not app.exception


def test_the_shown_version_can_be_made_again_from_its_uploads(tmp_path: Path, open_page: Open) -> None:
    load(tmp_path, "accounts.csv", ACCOUNTS)
    load(tmp_path, "subscriptions.csv", LINES)
    app = open_page(tmp_path, "upload")
    app.button(key="rebuild").click().run()
    assert not app.exception
    assert "made again from the uploads of 2 loads" in words(app)
    assert "Undo version 3" in app.button(key="undo").label
