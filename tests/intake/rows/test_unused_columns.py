"""Columns that fill no field are named with what they hold; nothing is said to be absent that a column may hold."""

from __future__ import annotations

import pytest

from cs_dash.intake.results.problems import LoadedTable, UnusedColumn
from tests.intake.conftest import Read


def sheet(reading: Read, head: str, *rows: str, file: str = "sheet.csv", **context: object) -> dict[str, LoadedTable]:
    return {table.table: table for table in reading({file: "\n".join([head, *rows]) + "\n"}, **context).tables}


def unused(tables: dict[str, LoadedTable]) -> dict[str, UnusedColumn]:
    return {column.column: column for table in tables.values() for column in table.unused}


TICKETS = "Ticket ID,Account,Created at,Subject"


@pytest.mark.parametrize(
    ("values", "holds", "metrics"),
    [
        (("03.02.2026", "04.02.2026", "", "17.02.2026"), "dates", "resolution times"),
        (("12,50 €", "7,00 €", "3,10 €", "8,00 €"), "amounts", None),
        (("3", "17", "5", "4"), "counts", "CSAT"),
        (("ana@nordwind.example", "bo@acme.example", "", ""), "e-mail addresses", "which account a ticket is of"),
        (("2h 10m", "45 min", "1:30", "3 h"), "durations", "response times"),
        (("churned", "active", "active", "trial"), "states", "who is still a customer"),
    ],
)
def test_what_a_column_is_full_of(reading: Read, values: tuple[str, ...], holds: str, metrics: str | None) -> None:
    rows = [f'{700 + n},Firma {n},2026-02-0{n + 1} 10:15,Wie?,"{value}"' for n, value in enumerate(values)]
    column = unused(sheet(reading, f"{TICKETS},Zorblat", *rows))["Zorblat"]
    assert (column.holds, column.rows, column.of) == (holds, sum(map(bool, values)), 4)
    assert metrics in column.metrics if metrics else not column.metrics


def test_texts_flags_categories_and_row_numbers_are_no_news(reading: Read) -> None:
    rows = [f"{n + 1},{700 + n},Firma {n},2026-02-0{n + 1},Wie?,{n % 2},yes,blau" for n in range(4)]
    assert not unused(sheet(reading, "Nr," + TICKETS + ",Zip,Zap,Farbe", *rows))


def test_what_the_reader_left_out_is_not_named(reading: Read) -> None:
    rows = [f"{700 + n},Firma {n},2026-02-0{n + 1},Wie?,2026-03-0{n + 1}" for n in range(4)]
    assert "Zorblat" in unused(sheet(reading, f"{TICKETS},Zorblat", *rows))
    assert not unused(sheet(reading, f"{TICKETS},Zorblat", *rows, mapping={"Zorblat": ""}))


def test_columns_of_accounts_are_kept_and_named_only_where_they_could_fill_a_field(reading: Read) -> None:
    head = "Customer ID,Customer,Segment,Customer since,Status,Zorblat,Employees"
    rows = [f"K{n},Firma {n},SMB,2024-01-0{n},{'churned' if n < 3 else 'active'},2026-02-1{n},{n * 7}"
            for n in range(1, 6)]  # fmt: skip
    tables = sheet(reading, head, *rows)
    assert {name: column.metrics for name, column in unused(tables).items()} == {"Zorblat": ("churn, retention",)}
    # Neither does the load claim that the sheet does not say it.
    (claim,) = [text for text in tables["churn_events"].assumptions if "2 churn events are dated" in text]
    assert claim.startswith("No column was read as the churn date (column Zorblat holds dates (5 of 5 rows)")
    told = sheet(reading, head, *rows, mapping={"Zorblat": "churn_date"})
    assert not unused(told)
    assert not any("was read as the churn date" in text for text in told["churn_events"].assumptions)


def test_a_sheet_that_does_not_say_it_is_said_not_to(reading: Read) -> None:
    rows = [f"K{n},Firma {n},SMB,{'churned' if n < 3 else 'active'},{n * 100}" for n in range(1, 6)]
    tables = sheet(reading, "Customer ID,Customer,Segment,Status,MRR", *rows)
    assert any(
        t.startswith("The sheet does not say when customers left: 2") for t in tables["churn_events"].assumptions
    )
    assert any(t.startswith("The start of 5 customers is unknown") for t in tables["subscriptions"].assumptions)


def test_a_column_that_is_empty_for_some_is_not_said_to_be_missing(reading: Read) -> None:
    rows = ["K1,Eins,churned,2025-04-30", "K2,Zwei,churned,", "K3,Drei,active,"]
    tables = sheet(reading, "Customer ID,Customer,Status,Churn date", *rows)
    (claim,) = [text for text in tables["churn_events"].assumptions if "is dated" in text or "are dated" in text]
    assert claim.startswith("Churn date is empty: 1 churn event is dated")
