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
