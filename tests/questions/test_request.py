"""What every question shares: another filter is answered from what is known of all accounts."""

from __future__ import annotations

from typing import Any

import pytest

from cs_dash.questions.request import QuestionRequest
from cs_dash.scope import Scope
from cs_dash.store.warehouse import Warehouse
from tests.companies import company, day

YEAR_END = day("2024-12-31")
PER_ACCOUNT: dict[str, dict[str, Any]] = {
    "account_tenures": {"as_of_day": YEAR_END},
    "churn_event_list": {"start_day": None, "end_day": None, "as_of_day": YEAR_END, "kinds": "{}"},
    "churn_marks": {"as_of_day": YEAR_END},
    "health_groups": {"on_days": [YEAR_END]},
    "health_scores": {"on_days": [YEAR_END]},
    "revenue_movers": {"first_day_seen": day("2023-12-31"), "last_day_seen": YEAR_END},
}


@pytest.fixture(scope="module")
def mixed() -> Warehouse:
    """Five accounts of two segments; a, c and d have a churn event, c left; one event fits no account."""
    return company(
        accounts=[{"account_id": name, "segment": "SMB" if name in "ace" else "Enterprise"} for name in "abcde"],
        subscriptions=[
            {"account_id": name, "mrr": 10.0 * place, "start_date": day(f"202{place % 2 + 3}-0{place}-15"),
             "end_date": day("2024-06-01") if name == "c" else None}
            for place, name in enumerate("abcde", 1)
        ],
        churn_events=[
            *({"account_id": name, "churned_on": day("2024-06-01"), "reason": "price"} for name in "acd"),
            {"churned_on": YEAR_END, "reason": "nobody knows whose"},
        ],
    )  # fmt: skip


@pytest.mark.parametrize("relation", PER_ACCOUNT)
@pytest.mark.parametrize("filters", [(), (("segment", ("SMB",)),), (("segment", ("nobody",)),)])
def test_what_is_picked_is_what_the_definition_says_of_the_filter(
    mixed: Warehouse, relation: str, filters: tuple[tuple[str, tuple[str, ...]], ...]
) -> None:
    scope = Scope(period="all", as_of=YEAR_END, filters=filters)
    picked = QuestionRequest("any", mixed, scope).in_scope(mixed(relation, **PER_ACCOUNT[relation]))
    filtered = mixed(relation, **PER_ACCOUNT[relation], wanted=scope.filters_json)
    assert mixed(relation, **PER_ACCOUNT[relation]).num_rows
    assert sorted(picked.to_pylist(), key=repr) == sorted(filtered.to_pylist(), key=repr)
