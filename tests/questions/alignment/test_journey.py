"""The customers' journey: days between touchpoints, stuck accounts and tickets by stage, by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from cs_dash.questions.alignment.journey import journey
from cs_dash.questions.alignment.stuck import stuck
from cs_dash.scope import Scope
from cs_dash.store.warehouse import Warehouse
from tests.asking import ask
from tests.companies import company, day

SCOPE = Scope(as_of=day("2026-06-30"))
DAYS = {"a": 2, "b": 4, "c": 6, "d": 8, "e": 10}
Row = dict[str, Any]


def rows_of(warehouse: Warehouse, scope: Scope = SCOPE) -> dict[str, Row]:
    return {row["step"]: row for row in ask(warehouse, journey, scope).rows.to_pylist()}


@pytest.fixture(scope="module")
def walked() -> Iterator[Warehouse]:
    """Seven accounts signed on 1 January; five had a kick-off after 2 to 10 days, f waits, g left after 5 days."""
    start = day("2026-01-01")
    milestones = [{"account_id": name, "reached_on": start, "milestone": "Contract signed"} for name in "abcdefg"]
    milestones += [
        {"account_id": name, "reached_on": start + dt.timedelta(days), "milestone": "Kickoff"}
        for name, days in DAYS.items()
    ]
    milestones += [
        {"account_id": "a", "reached_on": day("2026-02-03"), "milestone": "adopted"},
        {"account_id": "b", "reached_on": day("2026-01-02"), "milestone": "adopted"},
    ]
    lines = [{"account_id": name, "start_date": start, "mrr": 100.0} for name in "abcdef"]
    lines.append({"account_id": "g", "start_date": start, "end_date": day("2026-01-06"), "mrr": 50.0})
    tickets = [
        {"account_id": "f", "created_at": dt.datetime(2026, 1, 1), "kind": "how-to"},
        {"account_id": "f", "created_at": dt.datetime(2026, 3, 1), "kind": "defect"},
        {"account_id": "a", "created_at": dt.datetime(2026, 3, 1), "kind": "how-to"},
        {"account_id": "g", "created_at": dt.datetime(2026, 3, 1), "kind": "how-to"},
    ]
    accounts = [{"account_id": name, "account": name.upper(), "csm": "Ana", "segment": "SMB"} for name in "abcdefg"]
    warehouse = company(accounts=accounts, subscriptions=lines, milestones=milestones, tickets=tickets)
    yield warehouse
    warehouse.close()


def test_days_are_kaplan_meier_quartiles_with_who_waits_and_who_left(walked: Warehouse) -> None:
    """At 2, 4, 6, 8, 10 days; g is censored at 4, f at 180: S = 6/7, 5/7, 5/7 * 3/4, * 2/4, * 1/4."""
    row = rows_of(walked)["signed → kick-off"]
    assert (row["accounts"], row["reached"], row["waiting"], row["left"], row["skipped"]) == (7, 5, 1, 1, 0)
    assert (row["quartile_days"], row["median_days"], row["upper_quartile_days"]) == (4, 8, 10)


def test_a_touchpoint_that_came_before_counts_as_no_days(walked: Warehouse) -> None:
    row = rows_of(walked)["kick-off → adopted"]
    assert (row["accounts"], row["reached"], row["waiting"]) == (5, 2, 3)
    assert row["quartile_days"] == 31  # 0 of b and 31 of a: S = 4/5, 3/5 ... of five, a quarter within 31 days
    assert row["median_days"] is None


def test_who_waits_longer_than_three_quarters_is_stuck(walked: Warehouse) -> None:
    (row,) = ask(walked, stuck, SCOPE).rows.to_pylist()
    assert (row["account"], row["csm"], row["mrr"], row["days"], row["limit"]) == ("F", "Ana", 100, 180, 10)
    assert (row["from_touchpoint"], row["touchpoint"], row["since"]) == ("signed", "kick-off", day("2026-01-01"))
    answer = ask(walked, journey, SCOPE)
    assert (answer.figure("stuck").value, answer.figure("stuck_mrr").value) == (1, 100)
    assert "1 customer is stuck" in answer.headline
    early = ask(walked, stuck, Scope(as_of=day("2026-01-11")))
    assert early.rows.num_rows == 0  # ten days are not longer than ten days


def test_tickets_by_stage_per_account_month(walked: Warehouse) -> None:
    rows = {row["touchpoint"]: row for row in walked("journey_tickets", as_of_day=day("2026-06-30")).to_pylist()}
    signed = rows["signed"]
    days = 2 + 1 + 6 + 8 + 10 + 181 + 5  # a to kick-off, b to adopted, c, d, e, f until the end, g until it left
    assert (signed["accounts"], signed["tickets"], signed["howto"]) == (7, 2, 1)
    assert signed["months"] == pytest.approx(days / 30.4375)
    assert signed["rate"] == pytest.approx(2 / (days / 30.4375))
    assert rows["adopted"]["tickets"] == 1


def test_where_few_ever_get_there_the_usual_time_is_that_of_those_who_did() -> None:
    """Five of eight had a kick-off, after 2 to 10 days: three quarters of them within 8."""
    start = day("2026-01-01")
    milestones = [{"account_id": name, "reached_on": start, "milestone": "signed"} for name in "abcdefgh"]
    milestones += [
        {"account_id": name, "reached_on": start + dt.timedelta(days), "milestone": "kick-off"}
        for name, days in DAYS.items()
    ]
    answer = ask(company(milestones=milestones), stuck, SCOPE)
    assert [(row["account_id"], row["limit"]) for row in answer.rows.to_pylist()] == [("f", 8), ("g", 8), ("h", 8)]


def test_only_accounts_in_scope_count(walked: Warehouse) -> None:
    assert rows_of(walked, SCOPE.with_filter("segment", ["SMB"])) == rows_of(walked)
    other = walked("journey_steps", as_of_day=day("2026-06-30"), wanted='{"segment": ["Mid"]}')
    assert other.num_rows == 0


def test_contracts_and_use_fill_what_milestones_do_not_say() -> None:
    """Signed is the first paying day, first login the first use, expansion the first day with more MRR than before."""
    lines = [
        {"account_id": "a", "start_date": day("2026-01-01"), "end_date": day("2026-03-01"), "mrr": 100.0},
        {"account_id": "a", "start_date": day("2026-03-01"), "mrr": 150.0},
        {"account_id": "b", "start_date": day("2025-01-01"), "mrr": 100.0},
    ]
    usage = [{"account_id": "b", "used_on": day("2026-01-01")}, {"account_id": "a", "used_on": day("2026-01-11")}]
    warehouse = company(subscriptions=lines, usage=usage)
    points = {
        (row["account_id"], row["touchpoint"]): row["reached_on"]
        for row in warehouse("account_touchpoints").to_pylist()
    }
    assert points == {
        ("a", "signed"): day("2026-01-01"), ("b", "signed"): day("2025-01-01"),
        ("a", "first login"): day("2026-01-11"), ("a", "expansion"): day("2026-03-01"),
    }  # fmt: skip  # b signed before the first use that is known
    answer = ask(warehouse, journey, SCOPE)
    assert any(note.table == "milestones" for note in answer.notes)


def test_a_trial_that_came_to_nothing_is_not_stuck() -> None:
    start = day("2026-01-01")
    names = "abcdefghij"
    milestones = [{"account_id": name, "reached_on": start, "milestone": "signed"} for name in names]
    milestones += [
        {"account_id": name, "reached_on": day("2026-01-03"), "milestone": "kick-off"} for name in "abcdehij"
    ]
    lines = [{"account_id": name, "start_date": start, "mrr": 10.0} for name in "abcdefhij"]
    lines.append({"account_id": "g", "start_date": start, "end_date": day("2026-02-01"), "mrr": 0.0, "is_trial": True})
    warehouse = company(subscriptions=lines, milestones=milestones)
    assert ask(warehouse, stuck, SCOPE).rows["account_id"].to_pylist() == ["f"]
    assert rows_of(warehouse)["signed → kick-off"]["left"] == 1


def test_without_a_second_touchpoint_there_is_no_journey() -> None:
    signed = {"account_id": "a", "reached_on": day("2026-01-01"), "milestone": "signed"}
    warehouse = company(milestones=[signed])
    answer = ask(warehouse, journey, SCOPE)
    assert answer.headline.startswith("No journey yet")
    assert ask(warehouse, stuck, SCOPE).rows.num_rows == 0
