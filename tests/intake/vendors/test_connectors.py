"""Tables of connectors and real exports: what each file must come out as. They are no part of the project."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cs_dash.intake.ingest import read
from cs_dash.intake.results.problems import InputFile, LoadContext
from tests.intake.conftest import Read

EXPECTED = {
    "fivetran_dbt_hubspot": {
        "company_data.csv": "accounts", "company_data_databricks.csv": "accounts",
        "company_data_postgres.csv": "accounts", "company_data_snowflake.csv": "accounts", "ticket_data.csv": "tickets",
    },
    "fivetran_dbt_intercom": {
        "article_history_data.csv": "articles", "company_history_data.csv": "accounts",
        "conversation_history_data.csv": "tickets",
    },
    "fivetran_dbt_stripe": {
        "customer_data.csv": "accounts", "subscription_data.csv": "subscriptions",
        "subscription_history_data.csv": "subscriptions",
    },
    "fivetran_dbt_zendesk": {"organization_data.csv": "accounts", "ticket_data.csv": "tickets"},
}  # fmt: skip
"""What the seeds feed. All others there are none of ours: parts of conversations, tags, users, prices."""

LACKS_ITS_DATE = {"credit_note_line_item_data.csv", "ticket_contact_data.csv", "ticket_deal_data.csv",
                  "ticket_engagement_data.csv"}  # fmt: skip
"""Links to tickets and lines of credit notes: nearly a table of ours, and set aside because they say no day."""


@pytest.mark.parametrize("product", EXPECTED)
def test_tables_of_connectors(shared_data: Path, product: str) -> None:
    paths = sorted((shared_data / "exports" / product).glob("*/seeds/*.csv"))
    assert paths
    ingest = read([InputFile(path.name, path, path.name) for path in paths], LoadContext(loaded_on=date(2026, 11, 22)))
    assert {table.file: table.table for table in ingest.tables} == EXPECTED[product]
    for table in ingest.tables:
        assert min(m.confidence for m in table.mapped) >= 0.6, table.file
        assert " it is a" in table.evidence
        assert not [problem for problem in table.problems if problem.fatal], table.file
    why = {path.file: path.why for path in ingest.ignored}
    assert set(why) == {path.name for path in paths} - set(EXPECTED[product])
    for file, reason in why.items():
        if file == "invoice_data.csv":  # invoices are contracts, but the subscriptions beside them say it better
            assert "would count it twice" in reason
        elif file == "invoice_line_item_data.csv":  # as all lines of invoices, but its columns of days are named
            assert "no column was read as “start date”" in reason
            assert "period_end, period_start hold dates" in reason
        elif file in LACKS_ITS_DATE:
            assert "no column gives" in reason, (file, reason)
        else:
            assert reason.startswith(("It is a", "No table detected", "It looks like accounts, but several")), (
                file,
                reason,
            )


def test_the_full_header_of_a_zendesk_export(reading: Read, shared_data: Path) -> None:
    lines = (shared_data / "exports" / "zendesk_headers_full.txt").read_text(encoding="utf-8").splitlines()
    head = next(line for line in lines if line.startswith("Summation"))
    cells = dict.fromkeys(head.split(","), "") | {"Id": "7", "Requester": "Jo", "Created at": "2026-09-01 10:00"}
    cells |= {"Subject": "How?", "Ticket type": "Question", "Organization": "Nordwind"}
    rows = [",".join(cells.values()).replace("7,", f"{n},", 1) for n in range(3)]
    (table,) = reading({"export.csv": "\n".join([head, *rows])}).tables
    vendor_columns = {m.field: m.column for m in table.mapped if m.because == "Zendesk’s name for this field"}
    assert (table.table, len(vendor_columns)) == ("tickets", 16)
    assert vendor_columns["priority"] == "Priority"
    assert vendor_columns["type"] == "Ticket type"


def test_a_health_sheet(shared_data: Path) -> None:
    path = next((shared_data / "exports").glob("sstankala*.csv"))
    ingest = read([InputFile(path.name, path, "1")], LoadContext(loaded_on=date(2026, 11, 22)))
    assert {table.table: table.rows.rows.num_rows for table in ingest.tables} == {
        "accounts": 10,
        "subscriptions": 10,
        "surveys": 10,
    }
    fields = {m.column: m.field for m in ingest.tables[0].mapped}
    assert fields == {
        "Customer": "account", "Segment": "segment", "ARR": "arr", "Renewal_Date": "renewal_date",
        "Total_Seats": "seats",
    }  # fmt: skip
