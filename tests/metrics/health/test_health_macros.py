"""The health score: rows in, rows out, and properties that hold for every company."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cs_dash.store.warehouse import Warehouse
from tests.companies import company, day

AS_OF = day("2026-06-28")  # a Sunday: the week of 22 June is whole
ON = {"on_days": [AS_OF], "wanted": "{}"}
PAYING = {"account_id": "a", "mrr": 100.0, "start_date": day("2025-01-01"), "seats": 10.0}


def weeks_of_use(users: list[int], account: str = "a", last: dt.date = AS_OF, **more: Any) -> list[dict[str, Any]]:
    """Return one row per user and week for these numbers of users; the last week ends on `last`."""
    rows = []
    for back, n in enumerate(reversed(users)):
        monday = last - dt.timedelta(days=6 + 7 * back)
        rows += [{"account_id": account, "user_id": f"{account}-{i}", "used_on": monday, **more} for i in range(n)]
    return rows


def inputs(warehouse: Warehouse, on: dt.date = AS_OF) -> dict[str, dict[str, Any]]:
    rows = warehouse("health_inputs", on_days=[on], wanted="{}").to_pylist()
    return {row["input"]: row for row in rows if row["account_id"] == "a"}


@settings(max_examples=12)
@given(st.lists(st.floats(-5, 400), min_size=1, max_size=10))
def test_points_are_a_straight_line_between_the_stated_pairs(raw: list[float]) -> None:
    warehouse = company(accounts=[{"account_id": "a"}])
    pairs = warehouse("health_points").to_pylist()
    for name in {pair["input"] for pair in pairs}:
        own = [pair for pair in pairs if pair["input"] == name]
        points = warehouse.query(
            "select p.points + greatest(v - p.raw, 0) * p.slope as points from (select unnest($raw::double[]) as v)"
            " join health_points p on p.input = $name and v >= p.at_least and v < p.below order by v",
            {"raw": raw, "name": name},
        )["points"].to_pylist()
        expected = np.interp(sorted(raw), [pair["raw"] for pair in own], [pair["points"] for pair in own])
        assert points == pytest.approx(list(expected))
    warehouse.close()


def test_use_is_users_of_seats_and_against_the_weeks_before() -> None:
    warehouse = company(subscriptions=[PAYING], usage=weeks_of_use([4] * 12 + [2] * 4, events=3.0))
    by_input = inputs(warehouse)
    assert by_input["active_share"]["raw"] == pytest.approx(0.2)
    assert (by_input["activity_trend"]["raw"], by_input["activity_trend"]["before_value"]) == (0.5, 4)
    assert by_input["depth"]["raw"] == 3
    warehouse.close()


def test_a_silent_account_that_was_seen_has_zero_and_one_never_seen_has_nothing() -> None:
    warehouse = company(
        subscriptions=[PAYING, PAYING | {"account_id": "b"}, PAYING | {"account_id": "c"}],
        usage=[*weeks_of_use([5] * 8 + [0] * 8), *weeks_of_use([1] * 16, "b")],
    )
    rows = warehouse("health_inputs", **ON).to_pylist()
    shares = {row["account_id"]: row["raw"] for row in rows if row["input"] == "active_share"}
    assert shares == {"a": 0, "b": 0.1}
    warehouse.close()


def test_the_week_in_progress_does_not_count() -> None:
    warehouse = company(subscriptions=[PAYING], usage=[*weeks_of_use([4] * 16), {"account_id": "a", "used_on": AS_OF}])
    on_saturday = AS_OF - dt.timedelta(days=1)
    assert inputs(warehouse, on_saturday)["active_share"]["raw"] == pytest.approx(0.4)
    warehouse.close()


def test_use_older_than_four_weeks_says_nothing() -> None:
    warehouse = company(subscriptions=[PAYING], usage=weeks_of_use([4] * 16))
    assert "active_share" in inputs(warehouse, AS_OF + dt.timedelta(days=28))
    assert "active_share" not in inputs(warehouse, AS_OF + dt.timedelta(days=29))
    warehouse.close()


def test_without_users_the_trend_is_that_of_uses() -> None:
    rows = [row | {"user_id": None, "events": 2.0} for row in weeks_of_use([4] * 12 + [3] * 4)]
    by_input = inputs(company(subscriptions=[PAYING], usage=rows))
    assert by_input["activity_trend"]["raw"] == pytest.approx(0.75)
    assert "active_share" not in by_input
    assert "depth" not in by_input


def test_adoption_counts_core_features_where_they_are_marked() -> None:
    use = [
        *weeks_of_use([1] * 16, feature="Board", is_core=True),
        *weeks_of_use([1] * 4, "b", feature="Export", is_core=True),
        *weeks_of_use([1] * 16, feature="Theme", is_core=False),
    ]  # fmt: skip
    by_input = inputs(company(subscriptions=[PAYING], usage=use))
    assert by_input["core_breadth"]["raw"] == 0.5


def test_satisfaction_takes_the_newest_answer_within_its_limit() -> None:
    surveys = [
        {"account_id": "a", "survey": "NPS", "answered_on": day("2025-05-01"), "score": 10.0},
        {"account_id": "a", "survey": "nps", "answered_on": day("2026-01-01"), "score": 3.0},
        {"account_id": "a", "survey": "CSAT", "answered_on": day("2026-06-01"), "score": 4.0},
        {"account_id": "b", "survey": "CSAT", "answered_on": day("2026-06-01"), "score": 5.0},
    ]
    tickets = [
        {"ticket_id": "1", "account_id": "a", "created_at": dt.datetime(2026, 6, 2), "satisfaction": 2.0},
        {"ticket_id": "2", "account_id": "a", "created_at": dt.datetime(2025, 6, 2), "satisfaction": 1.0},
    ]
    warehouse = company(subscriptions=[PAYING], surveys=surveys, tickets=tickets)
    by_input = inputs(warehouse)
    assert (by_input["nps"]["raw"], by_input["nps"]["before_value"], by_input["nps"]["points"]) == (3, 10, 17.5)
    assert by_input["csat"]["raw"] == 3
    assert inputs(warehouse, day("2025-12-31"))["nps"]["raw"] == 10
    assert "nps" not in inputs(warehouse, day("2027-01-02"))
    warehouse.close()


def test_support_load_is_two_sided_and_counts_what_is_left_open() -> None:
    def ticket(i: int, created: str, **more: Any) -> dict[str, Any]:
        return {"ticket_id": str(i), "account_id": "a", "created_at": dt.datetime.fromisoformat(created), **more}

    tickets = [
        ticket(0, "2025-06-01", solved_at=dt.datetime(2025, 6, 2)),
        ticket(1, "2026-05-01", kind="how-to", solved_at=dt.datetime(2026, 5, 2)),
        ticket(2, "2026-05-10", kind="defect", status="solved"),
        ticket(3, "2026-05-10", kind="defect", status="open"),
        ticket(4, "2026-05-10", kind="defect", solved_at=dt.datetime(2026, 7, 2)),
        ticket(5, "2026-06-27", kind="defect", status="open"),
    ]
    warehouse = company(subscriptions=[PAYING, PAYING | {"account_id": "b"}], tickets=tickets)
    by_input = inputs(warehouse)
    assert by_input["ticket_load"]["raw"] == 5
    assert by_input["howto_load"]["raw"] == 1
    assert by_input["open_overdue"]["raw"] == 2
    rows = warehouse("health_inputs", **ON).to_pylist()
    quiet = next(row for row in rows if row["account_id"] == "b" and row["input"] == "ticket_load")
    assert (quiet["raw"], quiet["points"]) == (0, 75)
    warehouse.close()


def test_fiscal_compares_the_contract_and_counts_the_days_to_the_renewal() -> None:
    lines = [
        PAYING | {"end_date": day("2026-03-01")},
        PAYING | {"mrr": 50.0, "start_date": day("2026-03-01"), "renewal_date": day("2028-03-01")},
    ]
    warehouse = company(subscriptions=lines)
    by_input = inputs(warehouse)
    assert by_input["contract_trend"]["raw"] == 0.5
    assert by_input["renewal_distance"]["raw"] == (day("2027-03-01") - AS_OF).days
    warehouse.close()


@pytest.mark.parametrize(
    ("pulse", "points"), [("healthy", 90), ("At Risk", 20), ("жёлтый", 55), ("7", 70), ("zebra", None)]
)
def test_a_judgement_in_words_or_numbers(pulse: str, points: float | None) -> None:
    warehouse = company(
        subscriptions=[PAYING], notes=[{"account_id": "a", "noted_on": day("2026-06-01"), "pulse": pulse}]
    )
    assert inputs(warehouse).get("pulse", {}).get("raw") == points
    assert "pulse" not in inputs(warehouse, day("2026-09-01"))
    warehouse.close()


def test_judgements_up_to_100_are_read_as_they_are() -> None:
    notes = [
        {"account_id": "a", "noted_on": day("2026-06-01"), "pulse": "9"},
        {"account_id": "b", "noted_on": day("2026-06-01"), "pulse": "85"},
    ]
    warehouse = company(subscriptions=[PAYING], notes=notes)
    assert inputs(warehouse)["pulse"]["raw"] == 9
    warehouse.close()


def test_who_has_left_or_not_come_is_not_scored_and_trials_are() -> None:
    warehouse = company(
        accounts=[
            {"account_id": "left", "churned": True}, {"account_id": "later"},
            {"account_id": "trial", "is_trial": True, "signup_date": day("2026-06-01")},
            {"account_id": "gone trial", "is_trial": True, "churned": True}, {"account_id": "pays"},
        ],
        subscriptions=[
            {"account_id": "left", "mrr": 9.0, "start_date": day("2025-01-01"), "end_date": day("2026-06-01")},
            {"account_id": "later", "mrr": 9.0, "start_date": day("2026-07-01")},
            {"account_id": "pays", "mrr": 9.0, "start_date": day("2025-01-01")},
        ],
    )  # fmt: skip
    mrr_of = {row["account_id"]: row["mrr"] for row in warehouse("scored_accounts", **ON).to_pylist()}
    assert mrr_of == {"trial": 0, "pays": 9}
    warehouse.close()
