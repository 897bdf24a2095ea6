"""Recorded reasons are placed on the churn page, and the page counts them so at once."""

from __future__ import annotations

from pathlib import Path

from cs_dash.cli.main import main
from cs_dash.decisions import churn_reasons
from cs_dash.store.workspace import Workspace
from cs_dash.ui.state import keys
from tests.pages.conftest import Open, words
from tests.pages.html_tables import html_tables
from tests.workspaces import copied

CHURN = "account_id,churn_date,reason,mrr_lost\nA-1,2025-05-01,Mgmt <b>said</b>,100\nA-2,2025-05-02,Too expensive,50\n"


def loaded(folder: Path) -> Path:
    return copied(folder, {"churn.csv": CHURN}).folder


def test_a_reason_is_placed_and_counted_without_a_new_version(tmp_path: Path, open_page: Open) -> None:
    app = open_page(loaded(tmp_path), "churn", level="category")
    assert "<b>1 recorded reason</b> without a category" in words(app)
    assert "Mgmt &lt;b&gt;said&lt;/b&gt;" in words(app)
    assert app.button(key="reasons_save").disabled
    app.selectbox(key="reason_not placed_Mgmt <b>said</b>").set_value("Champion left").run()
    app.button(key="reasons_save").click().run()
    assert not app.exception
    assert "1 reason saved. All figures use them now." in words(app)
    assert any("Champion left" in row.values() for table in html_tables(app) for row in table.rows)
    assert "Every reason recorded" in words(app)
    assert len(Workspace(tmp_path).state.versions()) == 1


def test_reasons_with_a_category_are_drawn_once_they_are_opened(tmp_path: Path, open_page: Open) -> None:
    app = open_page(loaded(tmp_path), "churn", level="category")
    with_category = [box for box in app.selectbox if str(box.key).startswith("reason_by rule_")]
    assert not with_category
    app.session_state[keys.REASONS_OPENED] = True  # what opening leaves
    app.run()
    assert [box for box in app.selectbox if str(box.key).startswith("reason_by rule_")]


def test_the_command_line_places_and_takes_back(tmp_path: Path) -> None:
    folder = str(loaded(tmp_path))
    assert main(["place", "Mgmt <b>said</b>", "champion LEFT", "--workspace", folder]) == 0
    assert churn_reasons.decided(Workspace(tmp_path)) == {"Mgmt <b>said</b>": "Champion left"}
    assert main(["place", "Mgmt <b>said</b>", "--workspace", folder, "--json"]) == 0
    assert churn_reasons.decided(Workspace(tmp_path)) == {}


def test_what_is_chosen_on_the_cards_is_asked(demo: Path, open_page: Open) -> None:
    app = open_page(demo, "churn", count="accounts", by="tenure", measure="health")
    assert not app.exception
    page_text = words(app)
    assert "of churned and downsold accounts" in page_text
    assert "Share of accounts churned by tenure" in page_text
    assert "Health is lower a month before churn" in page_text
    assert "Churn by product area" in page_text
