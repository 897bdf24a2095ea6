"""The scope lives in the address: read from it, written to it, carried along, never lost, never believed blindly."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from cs_dash.scope import Scope
from cs_dash.ui.state import address
from tests.pages.conftest import Open, broken, demo, one_account, open_page, started_app, words

__all__ = ["broken", "demo", "one_account", "open_page", "started_app"]


CHIPS = re.compile(r'<a (?:class="cs-chip[^"]*" )?href="([^"]*)"[^>]*>(.*?)</a>')


def links(app: AppTest) -> dict[str, str]:
    """Return {words of a link of the scope bar: its href}."""
    bar = next(element.proto.body for element in app.html if "cs-scope" in element.proto.body)
    return {re.sub("<span.*", "", label).strip(): unescape(href) for href, label in CHIPS.findall(bar)}


def chosen(app: AppTest) -> str:
    bar = next(element.proto.body for element in app.html if "cs-scope" in element.proto.body)
    (label,) = re.findall('aria-label="Period: ([^"]*)"', bar)
    return str(label)


def follow(app: AppTest, label: str) -> AppTest:
    """Open the address of a link of the scope bar, as the browser does."""
    query = parse_qs(links(app)[label].removeprefix("?"))
    app.query_params = {name: values if len(values) > 1 else values[0] for name, values in query.items()}
    return app.run()


def test_the_bar_shows_what_the_address_says(demo: Path, open_page: Open) -> None:
    app = open_page(demo, "retention", **{"period": "3m", "f.segment": ["SMB", "Enterprise"], "compare": "year"})
    assert chosen(app) == "3 months"
    assert app.multiselect(key="scope_f_segment").value == ["SMB", "Enterprise"] or set(
        app.multiselect(key="scope_f_segment").value
    ) == {"SMB", "Enterprise"}
    assert links(app)["Segment: Enterprise, SMB"] == "?period=3m&compare=year"
    assert 'aria-label="Compare with: vs a year ago"' in words(app)


def test_every_filter_writes_the_address_and_its_chip_takes_it_off(demo: Path, open_page: Open) -> None:
    app = follow(open_page(demo, "retention", period="6m"), "No comparison")
    app.multiselect(key="scope_f_tier").set_value(["Growth"]).run()
    assert app.query_params == {"period": "6m", "compare": "none", "f.tier": "Growth"}
    assert app.multiselect(key="scope_f_tier").value == ["Growth"]
    follow(app, "Tier: Growth")
    assert app.query_params == {"period": "6m", "compare": "none"}
    app = open_page(demo, "retention", as_of="2026-03-31", by="month")
    assert links(app)["As of: 31 Mar 2026"] == "?by=month"


def test_a_click_writes_the_address_and_keeps_the_rest(demo: Path, open_page: Open) -> None:
    app = open_page(demo, "retention", **{"f.segment": "SMB", "by": "quarter"})
    follow(app, "6 months")
    assert app.query_params == {"period": "6m", "f.segment": "SMB", "by": "quarter"}
    app.multiselect(key="scope_f_segment").set_value(["SMB", "Enterprise"]).run()
    assert app.query_params["period"] == "6m"
    assert sorted(app.query_params["f.segment"]) == ["Enterprise", "SMB"]
    follow(app, "Reset")
    assert app.query_params == {"by": "quarter"}
    assert chosen(app) == "12 months"


def test_defaults_leave_the_address_bare(demo: Path, open_page: Open) -> None:
    app = open_page(demo, "churn", period="6m")
    assert links(app)["12 months"] == "?"


def test_own_dates_start_from_the_period_that_was_shown(demo: Path, open_page: Open) -> None:
    app = open_page(demo, "churn", period="3m")
    follow(app, "Custom")
    assert app.query_params == {"period": "custom", "from": "2026-07-01", "to": "2026-10-01"}
    assert "1 Jul 2026 to 30 Sep 2026" in words(app)


def test_what_the_data_do_not_know_is_left_out_and_said(demo: Path, open_page: Open) -> None:
    app = open_page(demo, "churn", **{"f.segment": "Martians", "f.shoe_size": "44", "period": "soon", "as_of": "never"})
    page_text = words(app)
    assert not app.exception
    for unknown in ("Segment Martians", "Shoe size 44", "period=soon", "as_of=never"):
        assert unknown in page_text
    assert chosen(app) == "12 months"


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "a" * 5000, "'; drop table accounts; --", "\x00"])
def test_an_address_is_never_believed(hostile: str, demo: Path, open_page: Open) -> None:
    app = open_page(demo, "churn", **{"f.segment": hostile, "from": hostile, "level": hostile})
    assert not app.exception
    assert "<script>alert" not in words(app)
    assert "cs-figure" in words(app)


def test_a_page_choice_lives_in_the_address(demo: Path, open_page: Open) -> None:
    app = open_page(demo, "retention", by="month")
    assert app.segmented_control(key="choice_by").value == "month"
    app.segmented_control(key="choice_by").set_value("quarter").run()  # where months are small, it opens by quarter
    assert app.query_params == {}
    app.selectbox(key="choice_measure").set_value("activity").run()
    assert app.query_params == {"measure": "activity"}


def test_one_definition_has_an_address(demo: Path, open_page: Open) -> None:
    page_text = words(open_page(demo, "definitions", metric="net_revenue_retention"))
    assert 'data-metric="net_revenue_retention" open' in page_text
    assert 'data-metric="churn_share"' not in page_text
    assert "create macro net_revenue_retention" in page_text


def test_what_was_sent_before_the_browser_learnt_of_a_click_does_not_undo_it(
    demo: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_page(demo, "retention", by="quarter")
    app.multiselect(key="scope_f_region").set_value(["Nordics & Benelux"]).run()
    app.query_params = {"by": "quarter"}  # as the second click was sent
    app.multiselect(key="scope_f_segment").set_value(["SMB"]).run()
    assert app.query_params == {"by": "quarter", "f.region": "Nordics & Benelux", "f.segment": "SMB"}
    app.query_params = {"by": "quarter", "f.region": "Nordics & Benelux"}
    app.run()
    assert app.multiselect(key="scope_f_segment").value == ["SMB"]
    app.query_params = {"by": "month"}  # nobody's query of before: a link
    app.run()
    assert app.multiselect(key="scope_f_segment").value == []
    app.query_params = {"by": "quarter"}
    monkeypatch.setattr(address, "LATE", 0.0)
    app.run()
    assert [app.multiselect(key=f"scope_f_{name}").value for name in ("region", "segment")] == [[], []]


def test_a_link_carries_the_scope_and_only_its_own_choices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(address, "read", lambda: {"f.segment": ["SMB", "Mid & market"], "by": ["quarter"]})
    assert address.link("tickets", topic="a b", kind="") == (
        "./tickets?f.segment=SMB&f.segment=Mid+%26+market&topic=a+b"
    )
    assert address.link_here("cohorts", by="", sort="mrr") == (
        "./cohorts?f.segment=SMB&f.segment=Mid+%26+market&sort=mrr"
    )
    monkeypatch.setattr(address, "read", lambda: {"by": ["quarter"]})
    assert address.link("overview") == "./overview"


def test_the_id_of_a_shared_link_goes_along_and_stays_in_another_scope(monkeypatch: pytest.MonkeyPatch) -> None:
    query = {"link": ["x1"], "period": ["6m"], "by": ["quarter"]}
    monkeypatch.setattr(address, "read", lambda: query)
    assert address.link("tickets", topic="a") == "./tickets?link=x1&period=6m&topic=a"
    assert address.scope_link(Scope()) == "?link=x1&by=quarter"
    assert address.of_scope(query) == {"link": ["x1"], "period": ["6m"]}
