"""The card of shared goals that other pages place: one table, the figures of the Alignment page."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cs_dash.ui.state import session
from tests.pages.conftest import Open
from tests.pages.html_tables import html_tables


def script() -> None:
    from cs_dash.page_registry import by_name
    from cs_dash.scope import Scope
    from cs_dash.ui.components.html import html
    from cs_dash.ui.pages.alignment.goals_card import goals_card
    from cs_dash.ui.pages.page import View
    from cs_dash.ui.state.session import Snapshot, current_version

    version = current_version()
    assert version is not None
    card = goals_card(View(by_name()["overview"], Snapshot.of(version), Scope()))
    if card:
        html(card)


def carded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv(session.FOLDER, str(folder))
    return AppTest.from_function(script, default_timeout=60).run()


def test_the_card_has_goal_now_target_due_owner_and_state(
    demo: Path, shown: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = carded(demo, monkeypatch)
    assert not app.exception
    (table,) = html_tables(app)
    assert table.heads == ["Goal", "Now", "Target", "Due", "Accountable owner", "State"]
    (full,) = html_tables(shown(demo, "alignment"))
    assert [(row["Now"], row["State"]) for row in table.rows] == [(row["Now"], row["State"]) for row in full.rows]


def test_without_goals_there_is_no_card(one_account: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = carded(one_account, monkeypatch)
    assert not app.exception
    assert html_tables(app) == []
