"""A sheet that joins several lists gives what the lists give by themselves."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from typing import Any

import pyarrow as pa
import pytest

from cs_dash.intake.results.problems import IngestResult
from tests.intake.conftest import Read

Row = dict[str, str]
INDUSTRIES, COUNTRIES, PLANS = ("Retail", "Health", "Finance"), ("Chile", "Norway"), ("Basic", "Pro", "Max")

ACCOUNTS: list[Row] = [
    {
        "account_id": f"K{n:02}", "account_name": f"Firm {n}", "industry": INDUSTRIES[n % 3],
        "country": COUNTRIES[n % 2], "signup_date": f"2024-0{n % 9 + 1}-1{n % 7}", "plan_tier": PLANS[n % 3],
    }
    for n in range(20)
]  # fmt: skip
CONTRACTS: list[Row] = [
    {
        "subscription_id": f"L{n:03}", "account_id": f"K{n % 20:02}", "start_date": f"2025-0{n % 9 + 1}-01",
        "plan_tier": PLANS[n * 7 % 3], "mrr_amount": str(100 + 10 * n), "billing_frequency": "monthly",
    }
    for n in range(50)
]  # fmt: skip
TICKETS: list[Row] = [
    {
        "ticket_id": f"T{n:03}", "account_id": f"K{n * 3 % 20:02}", "submitted_at": f"2026-0{n % 9 + 1}-1{n % 9} 09:30",
        "subject": f"How do I export list {n}?", "priority": ("high", "low")[n % 2],
    }
    for n in range(33)
]  # fmt: skip
CHURN: list[Row] = [
    {
        "churn_event_id": f"C{n:02}", "account_id": f"K{n * 3 % 14:02}",
        "churn_date": f"2026-0{n % 9 + 1}-0{n % 5 + 1}", "reason_code": ("price", "support", "feature")[n % 3],
    }
    for n in range(24)
]  # fmt: skip


def joined(left: Sequence[Row], right: Sequence[Row], key: str = "account_id", marks: tuple[str, str] = ("_x", "_y"),
           how: str = "inner") -> list[Row]:  # fmt: skip
    """Return the rows of two lists by a key, as data frames are joined: names that both have are marked."""
    both = {name for name in left[0] if name in right[0]} - {key}

    def named(row: Row, mark: str) -> Row:
        return {f"{name}{mark}" if name in both else name: value for name, value in row.items()}

    rows = []
    for row in left:
        matches = [other for other in right if other[key] == row[key]]
        if not matches and how == "left":
            matches = [dict.fromkeys(right[0], "") | {key: row[key]}]
        rows += [named(row, marks[0]) | named(other, marks[1]) for other in matches]
    return rows


def text(rows: Sequence[Row]) -> str:
    out = io.StringIO()
    write = csv.DictWriter(out, list(rows[0]))
    write.writeheader()
    write.writerows(rows)
    return out.getvalue()


def content(ingest: IngestResult, table: str, *fields: str) -> set[tuple[Any, ...]]:
    """Return the rows of a table, of which none may come twice."""
    tables = [loaded.rows.rows for loaded in ingest.tables if loaded.table == table]
    assert len(tables) == 1, [loaded.table for loaded in ingest.tables]
    rows: pa.Table = tables[0]
    values = list(zip(*(rows[field].to_pylist() for field in fields), strict=True))
    assert len(set(values)) == len(values)
    return set(values)


FIELDS = {
    "accounts": ("account_id", "account", "industry", "country", "signup_date", "plan"),
    "subscriptions": ("subscription_id", "account_ref", "start_date", "plan", "mrr", "billing"),
    "tickets": ("ticket_id", "account_ref", "created_at", "subject", "priority"),
    "churn_events": ("churn_id", "account_ref", "churned_on", "reason"),
}
SEPARATE = {"accounts": ACCOUNTS, "subscriptions": CONTRACTS, "tickets": TICKETS, "churn_events": CHURN}


def without(rows: Sequence[Row], *names: str) -> list[Row]:
    return [{name: value for name, value in row.items() if name not in names} for row in rows]


@pytest.mark.parametrize("marks", [("_x", "_y"), ("_acc", "_sub"), ("_left", "_right"), ("", " ")])
def test_accounts_contracts_and_tickets_in_each_row(reading: Read, marks: tuple[str, str]) -> None:
    rows = joined(joined(ACCOUNTS, CONTRACTS, marks=marks), TICKETS)
    assert len(rows) > 80
    ingest = reading({"everything.csv": text(rows)})
    separate = reading({f"{name}.csv": text(SEPARATE[name]) for name in ("accounts", "subscriptions", "tickets")})
    here = {row["account_id"] for row in rows}
    for table, account in (("accounts", "account_id"), ("subscriptions", "account_ref"), ("tickets", "account_ref")):
        place = FIELDS[table].index(account)
        expected = {row for row in content(separate, table, *FIELDS[table]) if row[place] in here}
        assert content(ingest, table, *FIELDS[table]) == expected
        assert len(expected) == len({tuple(r.values()) for r in SEPARATE[table] if r["account_id"] in here})
    assert [table.duplicates for table in ingest.tables] == [0] * 3
    notes = [note for table in ingest.tables for note in table.assumptions if "combines" in note]
    assert len(notes) == 1
    assert "The sheet combines 3 lists" in notes[0]


@pytest.mark.parametrize("how", ["inner", "left"])
@pytest.mark.parametrize("with_contracts", [True, False])
@pytest.mark.parametrize("with_id", [True, False])
def test_each_loss_counts_once(reading: Read, how: str, *, with_contracts: bool, with_id: bool) -> None:
    left = joined(ACCOUNTS, CONTRACTS) if with_contracts else ACCOUNTS
    events = CHURN if with_id else without(CHURN, "churn_event_id")
    rows = joined(left, events, how=how)
    fields = [field for field in FIELDS["churn_events"] if field != "churn_id"]
    ingest = reading({"losses.csv": text(rows)})
    expected = reading({"churn_events.csv": text(CHURN)})
    assert content(ingest, "churn_events", *fields) == content(expected, "churn_events", *fields)
    accounts = {row["account_id"] for row in rows}
    assert {account_id for (account_id,) in content(ingest, "accounts", "account_id")} == accounts
    assert len(accounts) == (20 if how == "left" else 14)


LISTS: dict[str, Callable[[], list[Row]]] = {
    "tickets": lambda: [row | {"account_name": f"Firm {row['account_id']}", "plan": "Pro"} for row in TICKETS],
    "subscriptions": lambda: [row | {"country": "Chile"} for row in CONTRACTS],
    "accounts": lambda: ACCOUNTS,
    "churn_events": lambda: CHURN,
}


@pytest.mark.parametrize("table", LISTS)
def test_a_list_that_names_whose_each_row_is_stays_one_list(reading: Read, table: str) -> None:
    ingest = reading({f"{table}.csv": text(LISTS[table]())})
    assert [(loaded.table, loaded.read) for loaded in ingest.tables] == [(table, len(SEPARATE[table]))]


def test_the_reader_can_take_one_of_the_lists(reading: Read) -> None:
    rows = joined(ACCOUNTS, TICKETS)
    ingest = reading({"joined.csv": text(rows)}, as_table="tickets")
    assert [(table.table, table.read) for table in ingest.tables] == [("tickets", len(TICKETS))]


def test_names_with_the_name_of_their_list_before_a_point(reading: Read) -> None:
    rows = [
        {("t." if name in TICKETS[0] and name != "account_id" else "a.") + name: value for name, value in row.items()}
        for row in joined(ACCOUNTS, TICKETS)
    ]
    ingest = reading({"joined.csv": text(rows)})
    assert {table.table: table.read for table in ingest.tables} == {"accounts": 20, "tickets": 33}
