from __future__ import annotations

from datetime import date

import pytest

from cs_dash.intake.results.problems import IngestResult, LoadedTable
from tests.intake.conftest import Read

TELCO = (
    "Customer ID,Tenure in Months,Monthly Charge,Contract,Churn Label,Churn Category,Churn Reason,Satisfaction Score,"
    "Offer\n"
    "C1,2,50,Month-to-Month,Yes,Price,Too dear,1,None\n"
    "C2,24,80.5,Two Year,No,,,5,Offer A\n"
    "C3,0,,One Year,No,,,4,Offer B\n"
)


def by_table(ingest: IngestResult) -> dict[str, LoadedTable]:
    assert not ingest.ignored
    return {table.table: table for table in ingest.tables}


def test_one_row_per_customer_feeds_several_tables(reading: Read) -> None:
    table = by_table(reading({"customers.csv": TELCO}))
    assert {name: table.read for name, table in table.items()} == {
        "accounts": 3, "subscriptions": 2, "churn_events": 1, "surveys": 3,
    }  # fmt: skip
    assert table["subscriptions"].rows.rows.to_pylist()[1] == {
        "subscription_id": "C2-assumed", "account_ref": "C2", "plan": "Two Year", "start_date": date(2024, 10, 31),
        "mrr": 80.5, "assumed": True, "_row": 3,
    }  # fmt: skip
    assert table["churn_events"].rows.rows.to_pylist() == [
        {"churn_id": "C1-churn", "account_ref": "C1", "churned_on": date(2026, 10, 31), "reason": "Too dear",
         "category": "Price", "assumed": True, "_row": 2}
    ]  # fmt: skip
    assert table["surveys"].rows.rows["score"].to_pylist() == [1, 5, 4]
    assert table["surveys"].rows.rows["survey"].to_pylist() == ["CSAT"] * 3
    assert "2 of 3 rows have no churn event." in table["churn_events"].assumptions
    assert table["subscriptions"].rows.assumed == {"start_date", "assumed"}
    assert table["churn_events"].rows.assumed == {"churned_on", "assumed"}


def test_the_day_the_sheet_speaks_of(reading: Read) -> None:
    table = by_table(reading({"customers.csv": TELCO}, options={"snapshot": "2024-04-30"}))
    assert table["subscriptions"].rows.rows["start_date"].to_pylist() == [date(2024, 2, 29), date(2022, 4, 30)]
    assert table["churn_events"].rows.rows["churned_on"].to_pylist() == [date(2024, 4, 30)]


def test_real_dates_are_used(reading: Read) -> None:
    text = "Account ID,Signup Date,Churn Date,Churn Reason,MRR\nA1,2024-01-05,2025-02-01,Price,10\nA2,2024-02-05,,,20\n"
    table = by_table(reading({"accounts.csv": text}))
    assert table["churn_events"].rows.rows["churned_on"].to_pylist() == [date(2025, 2, 1)]
    assert table["churn_events"].rows.assumed == frozenset()
    lines = table["subscriptions"].rows.rows.to_pylist()
    assert [(line["start_date"], line["end_date"], line["assumed"]) for line in lines] == [
        (date(2024, 1, 5), date(2025, 2, 1), False),
        (date(2024, 2, 5), None, False),
    ]


FLAGGED = "account_id,signup_date,plan,churn_flag\nA1,2024-01-05,Pro,True\nA2,2024-01-05,Pro,False\n"
EVENTS = "churn_id,account_id,churn_date,reason\nC1,A2,2025-01-01,price\n"


def test_a_bare_flag_gives_a_churn_event(reading: Read) -> None:
    assert by_table(reading({"accounts.csv": FLAGGED}))["churn_events"].read == 1


@pytest.mark.parametrize("order", [("accounts.csv", "churn.csv"), ("churn.csv", "accounts.csv")])
def test_a_bare_flag_gives_none_where_churn_events_are_loaded(reading: Read, order: tuple[str, str]) -> None:
    content = {"accounts.csv": FLAGGED, "churn.csv": EVENTS}
    ingest = reading({name: content[name] for name in order})
    assert sorted((table.file, table.table) for table in ingest.tables) == [
        ("accounts.csv", "accounts"), ("churn.csv", "churn_events"),
    ]  # fmt: skip


def test_a_bare_flag_gives_none_where_churn_events_are_known(reading: Read) -> None:
    assert set(by_table(reading({"accounts.csv": FLAGGED}, has_churn_events=True))) == {"accounts"}


def test_no_contract_lines_are_made_where_there_are_some(reading: Read) -> None:
    text = "account_id,plan,mrr,tenure_months\nA1,Pro,10,3\n"
    assert set(by_table(reading({"accounts.csv": text}, has_subscriptions=True))) == {"accounts"}
    assert set(by_table(reading({"accounts.csv": text}))) == {"accounts", "subscriptions"}


def test_a_customer_sheet_without_any_date(reading: Read) -> None:
    text = "Customer,Segment,ARR,Renewal_Date,NPS,CSAT\n"
    text += "Acme,SMB,1200,2027-01-01,45,4.1\nBeta,SMB,2400,2027-02-01,-10,3.6\n"
    table = by_table(reading({"health.csv": text}))
    assert set(table) == {"accounts", "subscriptions", "surveys"}
    assert table["subscriptions"].rows.rows["mrr"].to_pylist() == [100, 200]
    assert table["subscriptions"].rows.rows["start_date"].to_pylist() == [date(2026, 10, 31)] * 2
    assert any(
        assumption.startswith("The start of 2 customers is unknown")
        for assumption in table["subscriptions"].assumptions
    )
    assert any(
        assumption.startswith("NPS holds values outside 0 to 10") for assumption in table["accounts"].assumptions
    )
    assert table["surveys"].rows.rows["survey"].to_pylist() == ["CSAT", "CSAT"]


def test_a_rejected_customer_gives_nothing(reading: Read) -> None:
    table = by_table(reading({"customers.csv": TELCO + ",5,10,One Year,Yes,Price,x,3,None\n"}))
    assert table["accounts"].rejected == 1
    assert [table.read for table in table.values()] == [4, 2, 1, 3]
