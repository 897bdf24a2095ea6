"""The Definitions page: metrics first, internals behind a link, a search and one metric in the address."""

from __future__ import annotations

from pathlib import Path

from tests.pages.conftest import Open, words


def test_it_opens_with_the_metrics_and_lists_the_internals_on_request(demo: Path, open_page: Open) -> None:
    first = words(open_page(demo, "definitions"))
    assert 'data-metric="net_revenue_retention"' in first
    assert 'data-metric="paying_subscriptions"' not in first
    assert 'href="./definitions?all=yes">All SQL definitions</a>' in first
    assert first.index("<h2>Overview</h2>") < first.index("<h2>Churn</h2>") < first.index("<h2>Response times</h2>")
    every = words(open_page(demo, "definitions", all="yes"))
    assert 'data-metric="paying_subscriptions"' in every
    assert every.count("data-metric=") > 2 * first.count("data-metric=")


def test_an_address_opens_any_definition_and_a_search(demo: Path, open_page: Open) -> None:
    internal = words(open_page(demo, "definitions", metric="paying_subscriptions"))
    assert internal.count("data-metric=") == 1
    assert 'data-metric="paying_subscriptions" open' in internal
    app = open_page(demo, "definitions")
    app.text_input(key="definition_search").set_value("backlog").run()
    assert app.query_params["find"] == "backlog"
    assert 'data-metric="ticket_backlog"' in words(app)
    assert 'data-metric="net_revenue_retention"' not in words(app)
