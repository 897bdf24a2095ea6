"""The page of one account: what is known stands on it, what is not leaves no empty card, and names are text."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cs_dash import pipeline
from cs_dash.store.workspace import Workspace
from tests.pages.conftest import Open, words

CARDS = ("why", "history", "usage", "tickets", "timeline")


def cards(page_text: str) -> set[str]:
    return set(re.findall(r'<section class="cs-account-card cs-account-(\w+)"', page_text))


def test_a_rich_account_has_every_card_and_leads_on(demo: Path, open_page: Open) -> None:
    app = open_page(demo, "account", account="ACC-1003")
    page_text = words(app)
    assert not app.exception
    assert cards(page_text) == set(CARDS)
    assert "Qingshuo Energy Co., Ltd." in page_text
    assert "Renews in <b>4 days</b>" in page_text
    assert 'href="./accounts"' in page_text
    assert "./tickets?account=ACC-1003&amp;kind=how-to" in page_text
    assert re.search(r'href="\./topics\?topic=[\w-]+"', page_text)
    assert re.search(r'href="\./tickets\?account=ACC-1003&amp;ticket=\d+"', page_text)
    assert not app.get("vega_lite_chart")


def test_the_day_to_compare_with_and_the_events_are_in_the_address(demo: Path, open_page: Open) -> None:
    first = words(open_page(demo, "account", account="ACC-1003"))
    earlier = words(open_page(demo, "account", account="ACC-1003", **{"from": "2026-06-01"}, timeline="survey"))
    assert "Points vs 2 Sep 2026" in first
    assert "Points vs 1 Jun 2026" in earlier
    assert first.count('cs-event-ticket"') > 5
    assert 'cs-event-ticket"' not in earlier
    assert earlier.count('cs-event-survey"') == 7
    assert "Points vs 2 Sep 2026" in words(open_page(demo, "account", account="ACC-1003", **{"from": "never"}))


def test_an_account_that_has_churned_says_when(demo: Path, open_page: Open) -> None:
    page_text = words(open_page(demo, "account", account="ACC-1015"))
    assert "Churned on <b>16 Dec 2023</b>" in page_text
    assert "cs-band-churned" in page_text
    assert "usage" not in cards(page_text)
    assert "timeline" in cards(page_text)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({}, "Choose an account in the list"),
        ({"account": "nobody"}, "Could not find account nobody because it is not in the data."),
        ({"account": "<img src=x>"}, "Could not find account &lt;img src=x&gt;"),
    ],
)
def test_without_a_known_account_there_is_a_sentence_and_the_way_to_the_list(
    demo: Path, open_page: Open, query: dict[str, str], sentence: str
) -> None:
    app = open_page(demo, "account", **query)
    assert not app.exception
    assert sentence in words(app)
    assert 'href="./accounts"' in words(app)
    assert "<img" not in words(app)


def test_with_little_data_there_is_nothing_empty_on_the_page(one_account: Path, open_page: Open) -> None:
    page_text = words(open_page(one_account, "account", account="A-1"))
    assert cards(page_text) <= {"history", "timeline", "why"}
    assert "n/a" not in page_text
    assert "Ann &amp; `Bob`" in page_text
    assert "<b>**Ann" not in page_text


def test_one_wide_sheet_shows_what_it_tells(tmp_path: Path, open_page: Open) -> None:
    rows = (
        "Customer,Contract,Tenure in Months,Churn Label,Satisfaction Score\nK-1,Two Year,30,No,4\nK-2,Monthly,3,Yes,1\n"
    )
    pipeline.load(Workspace(tmp_path), [("customers.csv", io.BytesIO(rows.encode()))])
    page_text = words(open_page(tmp_path, "account", account="K-2"))
    assert "Churned" in page_text
    assert "usage" not in cards(page_text)
    assert "tickets" not in cards(page_text)
    assert "n/a" not in page_text


def test_the_essentials_say_what_the_page_says(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def script() -> None:
        import streamlit as st

        from cs_dash.scope import Scope
        from cs_dash.ui.components.account_essentials import account_essentials
        from cs_dash.ui.state import session

        version = session.current_version()
        assert version is not None
        st.session_state["essentials"] = str(account_essentials(session.Snapshot.of(version), Scope(), "ACC-1003"))

    monkeypatch.setenv("CS_DASH_WORKSPACE", str(demo))
    app = AppTest.from_function(script, default_timeout=60).run()
    assert not app.exception
    text = app.session_state["essentials"]
    for part in ("Renews in <b>4 days</b>", "Lucía Ferrán", "€4,830", "77, green"):
        assert part in text
    assert text.count("<li>") == 6
