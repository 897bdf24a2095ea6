"""The metrics that the Definitions page opens with: those that pages show, in the pages' order."""

from __future__ import annotations

from cs_dash import page_registry as registry
from cs_dash.metrics import definition_files, read_definition
from cs_dash.ui.pages.definitions.page_metrics import page_metrics


def test_the_pages_stand_in_their_order_and_each_metric_once() -> None:
    titles = [page.title for page in registry.pages()]
    order = [titles.index(title) for title in page_metrics()]
    assert order == sorted(order)
    names = [name for metrics in page_metrics().values() for name in metrics]
    assert len(names) == len(set(names))
    assert 35 <= len(names) <= 60
    assert len(names) < len(list(definition_files())) / 2


def test_what_leaders_ask_for_is_a_metric_and_what_only_feeds_others_is_none() -> None:
    names = {name for metrics in page_metrics().values() for name in metrics}
    assert {
        "net_revenue_retention", "gross_revenue_retention", "logo_retention", "health_scores", "howto_share",
        "renewal_rate", "churn_reasons", "ticket_backlog", "net_promoter_score",
    } <= names  # fmt: skip
    assert not names & {"newest_day", "account_names", "health_weights", "paying_subscriptions"}
    assert all(read_definition(file).formula for file in definition_files() if file.stem in names)


def test_a_metric_stands_under_the_first_page_that_shows_it() -> None:
    assert {"net_revenue_retention", "gross_revenue_retention"} <= set(page_metrics()["Overview"])
    assert "logo_retention" in page_metrics()["Retention"]
    assert page_metrics()["Overview"][0] == "net_revenue_retention", "in the order of the page, not of the alphabet"
    audit = {name for name in page_metrics()["Classification audit"] if name.startswith("audit_")}
    assert audit, "what the how-to share needs of an audit stands under the audit, not under the Overview"
