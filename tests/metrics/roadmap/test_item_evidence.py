"""Evidence of roadmap items that are made from feature requests and churn reasons, worked out by hand."""

from __future__ import annotations

from typing import Any

from cs_dash.decisions import decided
from tests.companies import ReusedReader, company, day

AS_OF = day("2026-06-30")
ITEM = {("roadmap item", "R-1"): {"title": "Map", "requests": ["map"], "reasons": ["no map"]}}
TABLES: dict[str, list[dict[str, Any]]] = {
    "subscriptions": [
        {"account_id": "A", "mrr": 100.0, "start_date": day("2025-01-01"), "end_date": day("2026-03-01")},
        {"account_id": "B", "mrr": 50.0, "start_date": day("2025-01-01")},
    ],
    "feature_requests": [
        {"account_id": "A", "title": "Map", "requested_on": day("2026-02-01")},
        {"account_id": "B", "title": " MAP", "requested_on": day("2026-05-01")},
    ],
    "surveys": [
        {"account_id": "A", "survey": "CSAT", "answered_on": day("2026-02-03"), "score": 2.0},
        {"account_id": "B", "survey": "CSAT", "answered_on": day("2026-02-03"), "score": 5.0},
    ],
}
CHURN = [
    {"account_id": "A", "churned_on": day("2026-03-01"), "reason": "No map", "scope": "full"},
    {"account_id": "B", "churned_on": day("2025-12-01"), "reason": "No map", "scope": "downsell", "mrr_lost": 5.0},
]


def evidence(**more: list[dict[str, Any]]) -> dict[str, Any]:
    opened = ReusedReader(company(**(TABLES | more)).file, decided(decisions=ITEM))
    (row,) = opened("roadmap_opportunities", start_day=None, end_day=None, as_of_day=AS_OF).to_pylist()
    opened.close()
    return dict(row)


def test_an_item_of_requests_and_churn_reasons_has_evidence_too() -> None:
    row = evidence(churn_events=CHURN)
    assert (row["requests"], row["churn_events"], row["accounts"], row["mrr"]) == (2, 2, 2, 50)
    assert (row["churned_accounts"], row["churned_mrr"]) == (1, 100)  # A; the downsell of B is no churned account
    assert (row["reach"], row["tickets"], row["cost"], row["early_share"]) == (1, None, None, None)
    assert (row["csat"], row["rated"]) == (3.5, 2)


def test_nobody_churned_is_zero_and_no_churn_events_is_unknown() -> None:
    other = [{"account_id": "C", "churned_on": day("2026-03-01"), "reason": "price"}]
    row = evidence(churn_events=other)
    assert (row["churned_accounts"], row["churned_mrr"]) == (0, 0)
    row = evidence()
    assert (row["churned_accounts"], row["churned_mrr"]) == (None, None)


def fits(setting: str | None, accounts: list[dict[str, Any]]) -> tuple[dict[str, str | None], list[dict[str, Any]]]:
    """Return the fit of each account, and the conditions."""
    settings = {"icp_core": setting} if setting else {}
    opened = ReusedReader(company(accounts=accounts).file, decided(settings=settings))
    listed = {row["account_id"]: row["fit"] for row in opened("icp_fits").to_pylist()}
    conditions = opened("icp_conditions").to_pylist()
    opened.close()
    return listed, conditions


ACCOUNTS = [
    {"account_id": "A", "segment": "SMB", "industry": "Software", "icp_fit": "outside"},
    {"account_id": "B", "segment": "Mid-market", "industry": "Retail", "icp_fit": "Core "},
    {"account_id": "C", "segment": "Enterprise", "industry": "Retail"},
]


def test_core_accounts_are_those_that_meet_the_conditions_else_those_of_the_column() -> None:
    assert fits(None, ACCOUNTS)[0] == {"A": "outside", "B": "core"}
    two = "Segment = smb, Mid-market; industry=Software"
    assert fits(two, ACCOUNTS)[0] == {"A": "core", "B": "near", "C": "outside"}
    assert fits("segment=Enterprise", ACCOUNTS)[0] == {"A": "outside", "B": "outside", "C": "core"}
    assert fits(None, [{"account_id": "A"}])[0] == {}


def test_a_condition_on_a_field_that_is_not_there_is_met_by_nobody_and_known() -> None:
    listed, conditions = fits("size=large", ACCOUNTS)
    assert set(listed.values()) == {"outside"}
    assert conditions == [{"field": "size", "choices": ["large"], "known": False}]
