"""The shared views and macros: rows in, rows out."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.companies import company, day

A, B, C, D = day("2024-01-15"), day("2024-02-01"), day("2024-01-01"), day("2024-03-01")
LINES = [
    {"subscription_id": "s1", "account_id": "a", "start_date": A, "end_date": None, "mrr": 100.0},
    {"subscription_id": "s2", "account_id": "a", "start_date": D, "end_date": day("2024-04-01"), "mrr": 50.0},
    {"subscription_id": "s3", "account_id": "b", "start_date": B, "end_date": day("2024-02-29"), "mrr": 70.0},
    {"subscription_id": "trial", "account_id": "c", "start_date": C, "mrr": 30.0, "is_trial": True},
    {"subscription_id": "free", "account_id": "d", "start_date": C, "mrr": 0.0},
    {"subscription_id": "never", "account_id": "e", "start_date": C, "end_date": C, "mrr": 9.0},
    {"subscription_id": "nobody", "account_ref": "ghost", "start_date": C, "mrr": 11.0},
]


@pytest.mark.parametrize(
    ("on_day", "expected"),
    [
        ("2024-01-14", {}),
        ("2024-01-15", {"a": 100.0}),
        ("2024-02-28", {"a": 100.0, "b": 70.0}),
        ("2024-02-29", {"a": 100.0}),  # the end date is the first day not paid for
        ("2024-03-31", {"a": 150.0}),
        ("2024-04-01", {"a": 100.0}),
    ],
)
def test_revenue_on_a_day(on_day: str, expected: dict[str, float]) -> None:
    warehouse = company(subscriptions=LINES)
    rows = warehouse("mrr_on", on_day=day(on_day)).to_pylist()
    assert {row["account_id"]: row["mrr"] for row in rows} == expected


def test_revenue_at_month_ends_and_in_the_month_in_progress() -> None:
    warehouse = company(subscriptions=LINES)
    rows = warehouse("account_months", as_of_day=day("2024-03-15")).to_pylist()
    mrr_of = {(row["account_id"], row["day"]): row["mrr"] for row in rows}
    assert mrr_of == {
        ("a", day("2024-01-31")): 100.0,
        ("a", day("2024-02-29")): 100.0,
        ("a", day("2024-03-15")): 150.0,
    }
    ends = warehouse("month_ends", as_of_day=day("2024-03-15")).to_pylist()
    assert [(row["day"], row["final"]) for row in ends] == [
        (day("2024-01-31"), True),
        (day("2024-02-29"), True),
        (day("2024-03-15"), False),
    ]


def test_the_first_paying_day_counts_all_lines_of_that_day() -> None:
    lines = [
        {"account_id": "a", "start_date": day("2024-01-01"), "end_date": None, "mrr": 100.0},
        {"account_id": "a", "start_date": day("2024-01-01"), "end_date": None, "mrr": 20.0},
        {"account_id": "a", "start_date": day("2024-05-01"), "end_date": None, "mrr": 500.0},
    ]
    rows = company(subscriptions=lines)("first_paying_days").to_pylist()
    assert rows == [{"account_id": "a", "first_day": day("2024-01-01"), "first_mrr": 120.0}]


def test_accounts_in_scope() -> None:
    warehouse = company(
        accounts=[
            {"account_id": "a", "segment": "SMB", "csm": "Ana", "extra": {"cloud": "blue"}},
            {"account_id": "b", "segment": "SMB", "csm": "Bo", "extra": {"cloud": "red"}},
            {"account_id": "c", "segment": "Enterprise", "csm": "Ana", "extra": {}},
            {"account_id": "d", "csm": "Ana"},
        ]
    )

    def accounts_in_scope(filters_json: str) -> list[str]:
        return sorted(warehouse("in_scope", wanted=filters_json)["account_id"].to_pylist())

    assert accounts_in_scope("{}") == ["a", "b", "c", "d"]
    assert accounts_in_scope('{"segment": ["SMB"]}') == ["a", "b"]
    assert accounts_in_scope('{"segment": ["SMB", "Enterprise"], "csm": ["Ana"]}') == ["a", "c"]
    assert accounts_in_scope('{"segment": ["(none)"]}') == ["d"]
    assert accounts_in_scope('{"cloud": ["red"]}') == ["b"]
    assert accounts_in_scope('{"segment": ["SMB"], "csm": ["Nobody"]}') == []


def test_a_column_that_only_repeats_who_churned_is_no_dimension() -> None:
    def account(name: str, churned: bool, status: str, reason: str | None, office: str) -> dict[str, Any]:
        return {
            "account_id": name,
            "churned": churned,
            "extra": {"Status": status, "Reason": reason, "Office": office},
        }

    warehouse = company(
        accounts=[
            account("a", False, "Active", None, "North"),
            account("b", False, "New", None, "South"),
            account("c", True, "Churned", "Price", "North"),
            account("d", True, "Churned", "Support", "West"),
        ]
    )
    assert warehouse.dimensions() == {"Office": ("North", "South", "West")}


def test_dimensions_are_the_known_columns_and_text_columns_with_few_values() -> None:
    warehouse = company(
        accounts=[
            {
                "account_id": str(n),
                "segment": "SMB" if n % 2 else None,
                "extra": {"cloud": "ab"[n % 2], "code": str(n % 3)},
            }
            for n in range(6)
        ]
    )
    assert warehouse.dimensions() == {"segment": ("(none)", "SMB"), "cloud": ("a", "b")}


def test_the_newest_day_is_that_of_the_facts_and_never_after_the_load() -> None:
    lines = [{"account_id": "a", "start_date": day("2024-01-01"), "end_date": day("2024-12-31"), "mrr": 1.0}]
    tickets = [{"account_id": "a", "created_at": dt.datetime.fromisoformat("2024-06-30 23:59")}]
    plans = [{"account_id": "a", "start_date": day("2025-01-01"), "mrr": 1.0}]
    loaded = day("2024-07-15")
    assert company(loaded, subscriptions=lines, tickets=tickets).newest_day() == day("2024-06-30")
    assert company(loaded, subscriptions=lines + plans).newest_day() == day("2024-01-01")
    # The end of a year's term is a plan of the day on which it began; an odd end, or one among lines without, is news.
    assert company(day("2026-01-01"), subscriptions=lines).newest_day() == day("2024-01-01")
    odd = [{"account_id": "b", "start_date": day("2024-02-01"), "end_date": day("2024-12-05"), "mrr": 1.0}]
    assert company(day("2026-01-01"), subscriptions=lines + odd).newest_day() == day("2024-12-05")
    runs_on = [{"account_id": name, "start_date": day("2023-05-01"), "mrr": 1.0} for name in "cd"]
    assert company(day("2026-01-01"), subscriptions=lines + runs_on).newest_day() == day("2024-12-31")
    over = [lines[0] | {"status": "Cancelled", "standing": "gone"}]
    assert company(day("2026-01-01"), subscriptions=over).newest_day() == day("2024-12-31")
    assert company(day("2024-12-30"), subscriptions=lines + runs_on).newest_day() == day("2024-01-01")
    solved = [tickets[0] | {"solved_at": dt.datetime.fromisoformat("2024-07-03 10:00")}]
    assert company(loaded, subscriptions=lines, tickets=solved).newest_day() == day("2024-07-03")
    took = [tickets[0] | {"resolution_minutes": 3 * 1440.0}]
    assert company(loaded, subscriptions=lines, tickets=took).newest_day() == day("2024-07-03")
    assert company(day("2026-01-01"), subscriptions=lines + runs_on, tickets=tickets).newest_day() == day("2024-06-30")
    assert company(loaded, accounts=[{"account_id": "a"}]).newest_day() is None


def test_active_users_are_counted_once_a_week_and_unknown_users_are_not_zero() -> None:
    usage = [
        {"account_id": "a", "used_on": day("2024-01-01"), "user_id": "u1", "feature": "x", "events": 2.0},
        {"account_id": "a", "used_on": day("2024-01-07"), "user_id": "u1", "feature": "y"},
        {"account_id": "a", "used_on": day("2024-01-07"), "user_id": "u2", "feature": "x"},
        {"account_id": "b", "used_on": day("2024-01-02"), "feature": "x", "events": 5.0},
    ]
    warehouse = company(usage=usage)
    weeks = warehouse.query("select account_id, week, users, events from usage_weeks order by account_id").to_pylist()
    assert weeks == [
        {"account_id": "a", "week": day("2024-01-01"), "users": 2, "events": 4.0},
        {"account_id": "b", "week": day("2024-01-01"), "users": None, "events": 5.0},
    ]
    features = warehouse.query(
        "select feature, users, events from usage_feature_weeks where account_id = 'a' order by feature"
    ).to_pylist()
    assert features == [{"feature": "x", "users": 2, "events": 3.0}, {"feature": "y", "users": 1, "events": 1.0}]
