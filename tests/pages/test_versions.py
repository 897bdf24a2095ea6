"""A version that somebody else publishes is shown with the next click; undo brings the one before back."""

from __future__ import annotations

import io
from pathlib import Path

from streamlit.testing.v1 import AppTest

from cs_dash import pipeline
from cs_dash.store.workspace import Workspace
from tests.pages.conftest import Open, confirm, words

ACCOUNTS = "account_id,account,segment\nA-1,Ann,SMB\n"
LINES = "subscription_id,account_id,start_date,end_date,mrr\nS-1,A-1,2025-01-01,,100\n"


def load(folder: Path, name: str, text: str) -> None:
    """Load one file as another process would."""
    pipeline.load(Workspace(folder), [(name, io.BytesIO(text.encode()))])


def shown(app: AppTest) -> str:
    """The number of the version on the page."""
    return words(app).partition('data-load="')[2].partition('"')[0]


def test_a_new_version_is_noticed_and_can_be_taken_back(tmp_path: Path, open_page: Open) -> None:
    load(tmp_path, "accounts.csv", ACCOUNTS)
    app = open_page(tmp_path, "loads")
    assert shown(app) == "1"
    load(tmp_path, "subscriptions.csv", LINES)
    app.run()
    assert shown(app) == "2"
    confirm(app, "undo")
    assert shown(app) == "1"
    assert "undone" in words(app)
    confirm(app, "undo")
    assert "every load is undone" in words(app)
    assert not app.exception


def test_a_second_loader_is_told_so(tmp_path: Path, open_page: Open) -> None:
    load(tmp_path, "accounts.csv", ACCOUNTS)
    app = open_page(tmp_path, "loads")
    with Workspace(tmp_path).writing():
        confirm(app, "undo")
    assert "Another load is running" in words(app)
    assert not app.exception


def test_the_shown_version_can_be_made_again_from_its_uploads(tmp_path: Path, open_page: Open) -> None:
    load(tmp_path, "accounts.csv", ACCOUNTS)
    load(tmp_path, "subscriptions.csv", LINES)
    app = open_page(tmp_path, "loads")
    confirm(app, "rebuild")
    assert not app.exception
    assert "rebuilt from the uploads of 2 loads" in words(app)
    assert "Undo version 3" in app.button(key="undo").label


def test_undo_says_what_it_takes_away_and_waits_for_a_second_click(tmp_path: Path, open_page: Open) -> None:
    load(tmp_path, "accounts.csv", ACCOUNTS)
    load(tmp_path, "subscriptions.csv", LINES)
    app = open_page(tmp_path, "loads")
    app.button(key="undo").click().run()
    assert app.query_params["confirm"] == "undo"
    assert "Undo removes: Subscriptions: 1 new." in words(app)
    assert "Version 1 is shown again. You can redo it until the next load." in words(app)
    assert ": 100 → <b>unknown</b>" in words(app)
    app.button(key="cancel").click().run()
    assert "confirm" not in app.query_params
    current = Workspace(tmp_path).current()
    assert current is not None
    assert current.number == 2


def test_who_loads_undoes_and_redoes_is_shown_with_the_moment(tmp_path: Path, open_page: Open) -> None:
    with pipeline.acting_as("Ana"):
        load(tmp_path, "accounts.csv", ACCOUNTS)
    load(tmp_path, "subscriptions.csv", LINES)
    app = open_page(tmp_path, "loads")
    assert "by Ana" in words(app)
    app.button(key="undo").click().run()
    app.text_input(key="versions_person").set_value("Bo").run()
    app.button(key="confirm").click().run()
    assert "undone by Bo" in words(app)
    undone = pipeline.versions(Workspace(tmp_path))[-1]
    assert (undone.undone, undone.undone_by) == (True, "Bo")
    assert undone.undone_at is not None
    confirm(app, "redo")
    assert shown(app) == "2"
    assert "undone by" not in words(app)
