"""Real exports of others, read whole. They are no part of the project; the tests skip where they are absent."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from cs_dash.intake.ingest import read
from cs_dash.intake.results.problems import IngestResult, InputFile, LoadContext, LoadedTable


def loaded(folder: Path, *patterns: str) -> IngestResult:
    paths = sorted(path for pattern in patterns for path in folder.glob(pattern) if path.is_file())
    assert paths
    files = [InputFile(path.name, path, path.name) for path in paths]
    ingest = read(files, LoadContext(loaded_on=date(2026, 11, 22)))
    for table in ingest.tables:
        assert table.read == table.rows.rows.num_rows + table.rejected + table.duplicates
    return ingest


def counts(ingest: IngestResult) -> dict[str, tuple[int, int, int]]:
    return {f"{table.file} {table.table}": (table.read, table.rejected, table.duplicates) for table in ingest.tables}


def value_counts(table: LoadedTable, field: str) -> Counter[object]:
    return Counter(table.rows.rows[field].to_pylist())


def test_ravenstack(shared_data: Path) -> None:
    ingest = loaded(shared_data / "ravenstack", "*.csv")
    assert not ingest.ignored
    assert counts(ingest) == {
        "ravenstack_accounts.csv accounts": (500, 0, 0),
        "ravenstack_churn_events.csv churn_events": (600, 0, 0),
        "ravenstack_feature_usage.csv usage": (25_000, 0, 21),
        "ravenstack_subscriptions.csv subscriptions": (5_000, 0, 0),
        "ravenstack_support_tickets.csv tickets": (2_000, 0, 0),
    }
    tables = {table.table: table for table in ingest.tables}
    assert value_counts(tables["churn_events"], "reason") == {
        "features": 114, "support": 104, "budget": 104, "unknown": 95, "competitor": 92, "pricing": 91,
    }  # fmt: skip
    assert value_counts(tables["accounts"], "churned")[True] == 110
    assert {mapped.column for mapped in tables["usage"].mapped} >= {"usage_duration_secs", "usage_count"}


def test_telco(shared_data: Path) -> None:
    ingest = loaded(shared_data / "telco", "*.xlsx")
    assert [(sheet.sheet, sheet.why) for sheet in ingest.ignored] == [
        ("Population",
         "No table detected: none of its columns (ID, Zip Code, Population) indicates a customer, a contract, a ticket "
         "or another known subject. It looks like a lookup table by Zip Code. "
         "Choose a table under “Read as”, or Plain table to store it unchanged.")
    ]  # fmt: skip
    assert {(table.table, table.read) for table in ingest.tables} == {
        ("accounts", 7043), ("subscriptions", 7043), ("churn_events", 1869), ("surveys", 7043),
    }  # fmt: skip
    tables = {table.table: table for table in ingest.tables}
    assert value_counts(tables["churn_events"], "category") == {
        "Competitor": 841, "Attitude": 314, "Dissatisfaction": 303, "Price": 211, "Other": 200,
    }  # fmt: skip
    assert value_counts(tables["churn_events"], "reason").most_common(2) == [
        ("Competitor had better devices", 313), ("Competitor made better offer", 311),
    ]  # fmt: skip
    assert value_counts(tables["surveys"], "score") == {1.0: 922, 2.0: 518, 3.0: 2665, 4.0: 1789, 5.0: 1149}


@pytest.mark.parametrize(
    ("name", "read_rows", "fields"),
    [
        ("bitext_train.csv", 6480, {"body", "type", "tags"}),
        ("nlbse2024_issues_train.csv", 1500, {"created_at", "type", "subject", "body"}),
        ("ru_rutube_cases_half.xlsx", 401, {"body", "type", "product_area"}),
        (
            "teresgeo_customer_support_tickets.csv",
            1000,
            {"ticket_id", "created_at", "resolution_minutes", "satisfaction"},
        ),
        ("tobi_bueck_en_de.csv", 1873, {"subject", "body", "type", "language", "priority"}),
        (
            "suraj520_customer_support_tickets_vaibhavgarg230.csv",
            8469,
            {"ticket_id", "requester_email", "body", "type"},
        ),
    ],
)
def test_ticket_exports(shared_data: Path, name: str, read_rows: int, fields: set[str]) -> None:
    ingest = loaded(shared_data / "tickets", name)
    assert [(table.table, table.read) for table in ingest.tables] == [("tickets", read_rows)]
    assert {mapped.field for mapped in ingest.tables[0].mapped} >= fields


def test_a_ticket_export_that_was_cut_off(shared_data: Path) -> None:
    table = loaded(shared_data / "tickets", "tobi*.csv").tables[0]
    assert [(problem.row, problem.what) for problem in table.problems] == [
        (1874, "The file ends in the middle of this row.")
    ]


def test_exports_of_other_systems(shared_data: Path) -> None:
    ingest = loaded(shared_data / "exports", "*/*/seeds/*.csv", "*.csv")
    tables = {table.file: table.table for table in ingest.tables if table.table in ("accounts", "tickets")}
    tables |= {table.file: table.table for table in ingest.tables if table.table == "subscriptions"}
    assert (
        tables["company_data.csv"]
        == tables["company_history_data.csv"]
        == tables["organization_data.csv"]
        == "accounts"
    )
    assert tables["ticket_data.csv"] == "tickets"
    assert tables["subscription_data.csv"] == "subscriptions"
    assert all(sheet.why.endswith(".") for sheet in ingest.ignored)


def test_spreadsheets_that_broke_other_readers(shared_data: Path) -> None:
    ingest = loaded(shared_data / "nasty", "**/*")
    assert len(ingest.tables) + len(ingest.ignored) > 400
    assert all(sheet.why.endswith(".") and "\n" not in sheet.why for sheet in ingest.ignored)
