"""The search: what it finds, in which order, and how much of it."""

from __future__ import annotations

from contextlib import closing

import pytest

from cs_dash.ui.pages.definitions.page_metrics import page_metrics
from cs_dash.ui.server.search import MOST, matches, metrics
from tests.companies import company

NAMES = ("Acme", "Acme North", "North Acme", "\u00c5cme \u00c9tudes", "Lacme", "<b>Acme</b>", "50% off", "Zed")
ACCOUNTS = [{"account_id": f"A-{at}", "account": name} for at, name in enumerate(NAMES)]


def names(text: str, kind: str, accounts: list[dict[str, str]] = ACCOUNTS) -> list[str]:
    with closing(company(accounts=accounts)) as warehouse:
        return [match.title for match in matches(text, warehouse) if match.kind == kind]


def test_the_name_itself_comes_first_then_its_beginning_then_words_then_parts() -> None:
    found = ["Acme", "Acme North", "\u00c5cme \u00c9tudes", "North Acme", "Lacme", "<b>Acme</b>"]
    assert names("acme", "account") == found
    assert names("  \u00e1CME  ", "account") == found
    assert names("etudes", "account") == ["\u00c5cme \u00c9tudes"]


@pytest.mark.parametrize(("text", "expected"), [("A-7", ["Zed"]), ("50%", ["50% off"]), ("%", ["50% off"]), ("_", [])])
def test_an_id_is_found_and_signs_are_letters_like_others(text: str, expected: list[str]) -> None:
    assert names(text, "account") == expected


def test_a_match_leads_to_its_page() -> None:
    accounts = [{"account_id": "A 1&b", "account": "Acme"}]
    with closing(company(accounts=accounts)) as warehouse:
        assert [match.href for match in matches("acme", warehouse)] == ["./account?account=A+1%26b"]
    by_title = {match.title: match for match in matches("retention", None)}
    assert by_title["Retention"].href == "./retention"
    assert by_title["Net revenue retention (NRR)"].kind == "metric"
    assert by_title["Net revenue retention (NRR)"].href == "./retention"


def test_at_most_twelve_come_and_a_page_never_hides_below_accounts() -> None:
    many = [{"account_id": f"A-{at}", "account": f"Churners {at}"} for at in range(500)]
    with closing(company(accounts=many)) as warehouse:
        found = matches("churn", warehouse)
    assert len(found) == MOST
    assert (found[0].kind, found[0].title) == ("page", "Churn")
    assert {match.kind for match in found} == {"page", "account", "metric"}
    assert len(matches("churners", None)) == 0


def test_without_a_text_the_pages_are_offered_and_without_tickets_none_about_them() -> None:
    assert [match.title for match in matches(" ", None)][:3] == ["Overview", "Accounts", "Renewals"]
    assert "Classifier" not in [match.title for match in matches("class", None)]
    assert [match.title for match in matches("labelling", None) if match.kind == "page"] == []


def test_a_page_is_found_by_what_it_was_called_before() -> None:
    assert matches("health", None)[0].title == "Accounts"


def test_every_metric_belongs_to_a_page_of_the_rail() -> None:
    assert {metric.name for metric in metrics()} == {name for names in page_metrics().values() for name in names}
    assert len(metrics()) > 40
    assert all(metric.page.in_rail for metric in metrics())


def test_a_search_of_any_length_is_answered() -> None:
    assert names("x" * 100_000, "account") == []
    assert names("acme\x00", "account") == []
