"""Completeness and contradictions of the data, and the history of loads."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from cs_dash.questions.data_quality.loads import loads, problems
from cs_dash.questions.data_quality.quality import contradictions, quality
from cs_dash.store.warehouse import Warehouse
from tests.asking import ask, questions_about
from tests.companies import company, day


@pytest.fixture(scope="module")
def doubtful() -> Warehouse:
    """Four accounts (flagged and churned, only flagged, only churned, neither), and tickets with inconsistent dates."""
    ticket = {"kind": "how-to", "kind_source": "column"}
    return company(
        day("2026-07-01"),
        accounts=[
            {"account_id": "both", "churned": True, "signup_date": day("2025-01-01")},
            {"account_id": "flagged", "churned": True, "signup_date": day("2025-01-01")},
            {"account_id": "event", "churned": False, "signup_date": day("2025-01-01")},
            {"account_id": "fine", "churned": False, "signup_date": day("2026-03-01")},
        ],
        subscriptions=[
            {"account_id": "fine", "mrr": 100.0, "arr": 1200.0, "start_date": day("2026-03-01")},
            {"account_id": None, "mrr": 5.0, "arr": 90.0, "start_date": day("2026-03-01"), "subscription_id": "odd"},
        ],
        churn_events=[
            {"account_id": "both", "churned_on": day("2026-02-01"), "scope": "full"},
            {"account_id": "event", "churned_on": day("2026-02-01"), "scope": "full"},
        ],
        tickets=[
            ticket | {"ticket_id": "early", "account_id": "fine", "created_at": dt.datetime(2026, 2, 1)},
            ticket | {"ticket_id": "back", "account_id": "fine", "created_at": dt.datetime(2026, 4, 1),
                      "solved_at": dt.datetime(2026, 3, 1)},
            {"ticket_id": "orphan", "account_id": None, "created_at": dt.datetime(2026, 6, 1)},
            {"ticket_id": "spam", "account_id": None, "created_at": dt.datetime(2026, 6, 1), "kind": "not a ticket"},
        ],
    )  # fmt: skip


def rows_of(warehouse: Warehouse, question: Any) -> dict[str, dict[str, Any]]:
    return {row["table"]: row for row in ask(warehouse, question).rows.to_pylist()}


def test_every_table_has_a_row_with_its_coverage_and_orphans(doubtful: Warehouse) -> None:
    rows = rows_of(doubtful, quality)
    assert ask(doubtful, quality).rows.column_names == [
        "table", "rows", "newest", "coverage", "orphans", "duplicates", "contradictions", "effect",
        "title", "age", "rejected",
    ]  # fmt: skip
    assert len(rows) == 11
    assert (rows["tickets"]["rows"], rows["tickets"]["orphans"], rows["tickets"]["coverage"]) == (4, 2, 0.25)
    assert rows["tickets"]["newest"] == day("2026-06-01")
    assert rows["subscriptions"]["coverage"] == 0.25
    assert rows["usage"]["coverage"] is None
    assert "50\u202f% of support tickets have no account" in rows["tickets"]["effect"]
    assert "25\u202f% without a category" in rows["tickets"]["effect"]
    assert rows["usage"]["effect"] == "Not loaded: health scores without usage and adoption."


def test_marks_and_events_of_churn_are_set_side_by_side(doubtful: Warehouse) -> None:
    rows = rows_of(doubtful, quality)
    words = "2 marked as churned, 2 with a churn event, 1 both"
    assert rows["accounts"]["contradictions"].startswith(words)
    assert rows["churn_events"]["contradictions"] == words
    assert any(words in note.text for note in ask(doubtful, quality).notes)


def test_contradictions_are_counted_with_examples_and_what_they_touch(doubtful: Warehouse) -> None:
    conflicts = {row["contradiction"]: row for row in ask(doubtful, contradictions).rows.to_pylist()}
    assert conflicts["dated before the account's signup"]["examples"] == "early"
    assert conflicts["solved before it came in"]["rows"] == 1
    assert conflicts["the yearly amount is not 12 times the monthly one"]["examples"] == "odd"
    assert conflicts["marked as churned without an event"]["examples"] == "flagged"
    assert conflicts["dated before the account's signup"]["touches"] == "contact rate, tenure"


def test_data_that_agree_have_no_contradictions() -> None:
    warehouse = company(
        accounts=[{"account_id": "a", "signup_date": day("2026-01-01")}],
        subscriptions=[{"account_id": "a", "mrr": 1.0, "start_date": day("2026-01-01")}],
    )
    assert ask(warehouse, contradictions).headline == "No data conflicts."
    answer = ask(warehouse, quality)
    assert answer.headline.endswith("no data conflicts.")
    assert answer.figure("tickets_with_account").value is None
    assert [note.table for note in answer.notes if note.kind == "missing"] == ["usage", "tickets"]
    warehouse.close()


def test_the_effect_says_when_nothing_new_came() -> None:
    warehouse = company(
        subscriptions=[{"account_id": "a", "mrr": 1.0, "start_date": day("2026-01-01")}],
        surveys=[{"account_id": "a", "survey": "NPS", "score": 9.0, "answered_on": day("2026-01-01")}],
        notes=[{"account_id": "a", "noted_on": day("2026-06-01")}],
    )
    assert rows_of(warehouse, quality)["surveys"]["effect"] == "Latest data 1 Jan 2026."
    warehouse.close()


def test_an_empty_version_is_an_empty_state() -> None:
    warehouse = company()
    assert ask(warehouse, quality).missing_tables
    warehouse.close()


def test_loads_and_problems_of_a_company_loaded_by_hand(doubtful: Warehouse) -> None:
    assert ask(doubtful, loads).rows["file"].to_pylist() == ["test"]
    assert "1 Jul 2026" in ask(doubtful, loads).headline
    assert ask(doubtful, problems).headline == "The latest load has no problems."
    assert set(questions_about("data")) == {
        "data.quality", "data.contradictions", "data.changes", "data.checks", "data.matches", "data.unmatched",
        "data.loads", "data.problems",
    }  # fmt: skip
