"""Churned accounts, events, downsells and the revenue bridge fit together in one table that adds up."""

from __future__ import annotations

from typing import Any

import pytest

from cs_dash.questions.churn.reconciliation import reconciliation
from cs_dash.questions.churn.summary import summary
from cs_dash.questions.retention.bridge import bridge
from cs_dash.scope import Scope
from cs_dash.store.warehouse import Warehouse
from tests.asking import ask
from tests.companies import company, day

YEAR = Scope(period="custom", start=day("2025-01-01"), end=day("2026-01-01"), as_of=day("2025-12-31"))


def line(account: str, start: str, end: str | None, mrr: float = 100) -> dict[str, Any]:
    number = f"{account}{start}"
    return {
        "subscription_id": number,
        "account_id": account,
        "start_date": day(start),
        "end_date": end and day(end),
        "mrr": mrr,
    }


def event(number: str, account: str | None, on: str, **more: Any) -> dict[str, Any]:
    return {"churn_id": number, "account_id": account, "churned_on": day(on), **more}


@pytest.fixture(scope="module")
def firm() -> Warehouse:
    """One account of each kind, called by what it did."""
    lines = [
        line("left", "2024-01-01", "2025-03-01"),
        line("twice", "2024-01-01", "2025-05-01", 40), line("twice", "2024-02-01", "2025-07-01", 60),
        line("back", "2024-01-01", "2025-02-01"), line("back", "2025-06-01", None, 80),
        line("still", "2024-01-01", None), line("renewed", "2024-01-01", "2025-04-01"),
        line("renewed", "2025-04-01", None),
        line("silent", "2024-01-01", "2025-08-01", 70),
        line("smaller", "2024-01-01", "2025-09-01", 100), line("smaller", "2025-09-01", None, 50),
        line("notice", "2024-01-01", "2025-12-01", 30),
        line("stays", "2024-01-01", None, 500),
    ]  # fmt: skip
    events = [
        event("1", "left", "2025-03-01"), event("2", "twice", "2025-05-01"), event("3", "twice", "2025-07-01"),
        event("4", "back", "2025-02-01"), event("5", "still", "2025-03-10", mrr_lost=100),
        event("6", "renewed", "2025-04-01"), event("7", "smaller", "2025-09-01", scope="downsell"),
        event("8", None, "2025-06-01"), event("9", "notice", "2025-10-15"),
    ]  # fmt: skip
    accounts = [{"account_id": name} for name in sorted({row["account_id"] for row in lines})]
    return company(accounts=accounts, subscriptions=lines, churn_events=events)


def by_part(answer_rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["part"]: row for row in answer_rows}


def test_the_events_add_up(firm: Warehouse) -> None:
    answer = ask(firm, reconciliation, YEAR)
    rows = by_part(answer.rows.to_pylist())
    counted = {part: (row["events"], row["accounts"]) for part, row in rows.items()}
    assert counted == {
        "churned": (4, 4), "repeated": (1, 1), "paying": (2, 2), "unmatched": (1, 0), "downsell": (1, 1),
        "events": (9, 7), "recorded": (5, 4), "unrecorded": (None, 1), "difference": (None, None), "bridge": (None, 5),
    }  # fmt: skip
    assert answer.headline == (
        "From 1 Jan 2025 to 31 Dec 2025: 4 churned accounts + 1 downsell + 1 further event of churned accounts"
        " + 2 events of accounts that never stopped paying + 1 event without an account = 9 churn events."
    )
    assert sum(rows[part]["events"] for part in ("churned", "repeated", "paying", "unmatched", "downsell")) == 9


def test_the_amounts_add_up_to_the_bridge(firm: Warehouse) -> None:
    rows = by_part(ask(firm, reconciliation, YEAR).rows.to_pylist())
    parts = sum(rows[part]["mrr"] for part in ("recorded", "unrecorded", "difference"))
    months = ask(firm, bridge, YEAR).rows.to_pylist()
    assert rows["bridge"]["mrr"] == pytest.approx(sum(row["churn"] for row in months)) == pytest.approx(parts)
    # left 100, back 100, silent 70, notice 30; of "twice" 60 at the end, since the 40 before were a contraction.
    assert rows["bridge"]["mrr"] == 360
    assert rows["unrecorded"]["mrr"] == 70
    assert rows["recorded"]["mrr"] == 300


def test_the_summary_counts_the_same_accounts_and_names_the_conflicts(firm: Warehouse) -> None:
    answer = ask(firm, summary, YEAR)
    assert answer.figure("churned_accounts").value == 4
    texts = [note.text for note in answer.notes]
    assert "2 accounts have a churn event but never stopped paying (not counted as churned)." in texts
    assert "1 account stopped paying without a churn event in the period." in texts
    assert any(text.startswith("4 churned accounts + 1 downsell") for text in texts)


def test_a_filter_and_a_day_before_hold_for_every_line(firm: Warehouse) -> None:
    """On 15 October the account that gave notice still pays: for now a conflict."""
    october = Scope(period="custom", start=day("2025-01-01"), end=day("2025-10-16"), as_of=day("2025-10-15"))
    rows = by_part(ask(firm, reconciliation, october).rows.to_pylist())
    assert (rows["churned"]["accounts"], rows["paying"]["accounts"]) == (3, 3)
    assert ask(firm, summary, october).figure("churned_accounts").value == 3


def test_without_contract_lines_events_are_believed_and_the_bridge_is_left_out() -> None:
    firm = company(accounts=[{"account_id": "a"}], churn_events=[event("1", "a", "2025-03-01")])
    rows = by_part(ask(firm, reconciliation, YEAR).rows.to_pylist())
    assert rows.keys() == {"churned", "events"}
    assert rows["churned"]["events"] == 1
