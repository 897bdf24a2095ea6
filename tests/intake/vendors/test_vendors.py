"""What the files of other products look like is known: their names beat every guess, their habits are undone."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from cs_dash.intake import vendors
from cs_dash.intake.results.problems import IngestResult, LoadedTable
from cs_dash.schema.tables import TABLES
from tests.intake.conftest import Read
from tests.intake.vendors.vendor_samples import SAMPLES

NAMED = "’s name for this field"


def only(ingest: IngestResult) -> LoadedTable:
    assert len(ingest.tables) == 1, ingest
    return ingest.tables[0]


def column_by_field(table: LoadedTable) -> dict[str, str]:
    """The fields that the vendor's own names decided."""
    return {m.field: m.column for m in table.mapped if m.because.endswith(NAMED)}


def column(table: LoadedTable, field: str) -> list[object]:
    values = table.rows.rows[field].to_pylist()
    assert isinstance(values, list)
    return values


def test_every_vendor_speaks_of_tables_and_fields_that_exist() -> None:
    assert len(vendors.vendors()) >= 14
    for vendor in vendors.vendors():
        assert vendor.exports
        assert vendor.guides
        for export in vendor.exports:
            if export.table:
                fields = {field.name for field in TABLES[export.table].mapped}
                assert export.columns
                assert set(export.columns) <= fields, (vendor.name, export.kind)
                assert {*export.smallest_unit, *export.per_seat} <= set(export.columns)
                assert not export.why
                listed = [name for names in export.columns.values() for name in names]
                assert not set(listed) & set(export.unused), (vendor.name, export.kind)
            else:
                assert export.why.endswith(".")
                assert not export.columns
        for guide in vendor.guides:
            assert guide.table in TABLES
            assert guide.answers.endswith(".")
            assert guide.limits.endswith(".")


@pytest.mark.parametrize("vendor", [vendor.name for vendor in vendors.vendors()])
def test_every_file_names_where_its_names_come_from(vendor: str) -> None:
    file = next(f for f in vendors.FOLDER.glob("*.toml") if f'name = "{vendor}"' in f.read_text(encoding="utf-8"))
    assert re.search(r"^# Names: ", file.read_text(encoding="utf-8"), re.MULTILINE)


STRIPE = """id,Customer ID,Customer Name,Customer Email,Plan,Quantity,Currency,Interval,Amount,Status,Created (UTC),\
Start (UTC),Current Period Start (UTC),Current Period End (UTC),Trial Start (UTC),Trial End (UTC),\
Canceled At (UTC),Ended At (UTC)
sub_1,cus_1,Nordwind,a@nordwind.example,Pro,3,eur,month,120.00,active,2025-01-02 10:00,2025-01-02 10:00,\
2026-10-02 10:00,2026-11-02 10:00,,,,
sub_2,cus_2,Helio,b@helio.example,Team,1,eur,year,600.00,canceled,2024-05-01 00:00,2024-05-01 00:00,\
2025-05-01 00:00,2026-05-01 00:00,,,2025-11-20 08:00,2026-05-01 00:00
sub_3,cus_3,Tessera,c@tessera.example,Pro,1,eur,month,40.00,trialing,2026-10-20 00:00,2026-10-20 00:00,\
2026-10-20 00:00,2026-11-20 00:00,2026-10-20 00:00,2026-11-03 00:00,,
"""


def test_stripe_subscriptions_of_the_dashboard(reading: Read) -> None:
    table = only(reading({"subscriptions.csv": STRIPE}))
    assert table.table == "subscriptions"
    assert "it is a Stripe subscription export" in table.evidence
    assert column_by_field(table)["end_date"] == "Ended At (UTC)"
    assert next(m.because for m in table.mapped if m.field == "end_date") == "Stripe’s name for this field"
    # Amounts of the dashboard are whole, for the whole line; a trial pays nothing; when it was cancelled is no end.
    assert column(table, "mrr") == [120.0, 50.0, 0.0]
    assert column(table, "end_date") == [None, date(2026, 5, 1), None]
    assert column(table, "is_trial") == [False, False, True]
    assert column(table, "currency") == ["EUR", "EUR", "EUR"]
    assert any("price of the whole line" in assumption for assumption in table.assumptions)
    assert not table.problems


def stripe_record(n: int, **plan: object) -> dict[str, object]:
    return {
        "id": f"sub_{n}", "object": "subscription", "customer": f"cus_{n}", "status": "active", "quantity": 3,
        "created": 1735812000, "start_date": 1735812000, "ended_at": None, "current_period_end": 1793613600,
        "cancel_at_period_end": False,
        "plan": {"id": f"p_{n}", "amount": 1999, "currency": "usd", "interval": "month", "interval_count": 1} | plan,
    }  # fmt: skip


def test_stripe_subscriptions_of_the_api_are_in_cents_per_unit_and_in_seconds(reading: Read) -> None:
    records = [
        stripe_record(1),
        stripe_record(2, amount=30_000, interval_count=3),
        stripe_record(3, amount=120_000, interval="year"),
    ]
    table = only(reading({"subscriptions.jsonl": "\n".join(map(json.dumps, records))}))
    assert table.table == "subscriptions"
    assert column(table, "start_date") == [date(2025, 1, 2)] * 3
    assert column(table, "mrr") == pytest.approx([3 * 19.99, 3 * 300 / 3, 3 * 1200 / 12])
    assert any("smallest unit of the currency" in assumption for assumption in table.assumptions)
    assert any("multiplied by quantity" in assumption for assumption in table.assumptions)


def test_yen_have_no_smaller_unit(reading: Read) -> None:
    records = [stripe_record(n, amount=5000, currency="jpy") for n in range(3)]
    table = only(reading({"subscriptions.jsonl": "\n".join(map(json.dumps, records))}))
    assert column(table, "mrr") == [15_000.0] * 3
    assert any("except in JPY" in assumption for assumption in table.assumptions)


def test_chartmogul_gives_revenue_in_cents(reading: Read) -> None:
    text = (
        "UUID,MRR,ARR,PLAN_NAME,BILLING_CYCLE,NET_PAYMENTS,COUNTRY,SUBSCRIBER_SINCE,STATUS,CURRENCY\n"
        "cus_a,12000,144000,Pro,month,1200.00,DE,2025-03-01T00:00:00Z,Active,EUR\n"
        "cus_b,5050,60600,Team,month,99.00,FR,2024-07-15T00:00:00Z,Active,EUR\n"
        "cus_c,0,0,Team,month,10.00,FR,2023-01-15T00:00:00Z,Cancelled,EUR\n"
    )
    ingest = reading({"customers.csv": text})
    accounts = next(table for table in ingest.tables if table.table == "accounts")
    assert column(accounts, "mrr") == [120.0, 50.5, 0.0]
    assert column(accounts, "signup_date")[0] == date(2025, 3, 1)
    lines = next(table for table in ingest.tables if table.table == "subscriptions")
    assert column(lines, "mrr") == [120.0, 50.5, 0.0]


def test_annual_revenue_in_a_crm_is_the_customers_own(reading: Read) -> None:
    text = (
        "Record ID,Company name,Company owner,Create Date,Country/Region,Industry,Annual Revenue,Number of Employees\n"
        "101,Nordwind,Ana Ruiz,2025-03-01 10:00,Germany,Logistics,25000000,180\n"
        "102,Helio,Bo Lind,2024-02-11 09:30,France,Energy,9000000,60\n"
        "103,Tessera,Ana Ruiz,2023-12-24 12:00,Spain,Retail,1000000,12\n"
    )
    table = only(reading({"hubspot.csv": text}))
    assert (table.table, column_by_field(table)["csm"]) == ("accounts", "Company owner")
    assert not {m.field for m in table.mapped} & {"mrr", "arr", "seats"}
    assert "Annual Revenue" in table.unmapped


@pytest.mark.parametrize("sample", SAMPLES)
def test_an_export_is_told_by_its_names(reading: Read, sample: str) -> None:
    table, expected, text = SAMPLES[sample]
    loaded_table = next(
        loaded_table for loaded_table in reading({"export.csv": text}).tables if loaded_table.table == table
    )
    assert f"it is {'an' if sample[0] in 'AEIOU' else 'a'} {sample}" in loaded_table.evidence
    columns = column_by_field(loaded_table)
    assert {field: columns.get(field) for field in expected} == expected
    assert loaded_table.rows.rows.num_rows == 2
    assert not loaded_table.problems
    date_field = TABLES[table].dated
    if date_field:
        assert all(column(loaded_table, date_field))


def test_amounts_of_time_in_hours_and_clocks_become_minutes(reading: Read) -> None:
    table = only(reading({"export.csv": SAMPLES["Freshdesk ticket export"][2]}))
    assert column(table, "first_reply_minutes") == [30.0, 15.0]
    assert column(table, "resolution_minutes") == [1440.0, None]


def test_mixpanel_events(reading: Read) -> None:
    events = [
        {"event": "Shared", "properties": {"time": 1788220800 + n, "distinct_id": f"u{n}", "$insert_id": f"i{n}",
                                           "mp_processing_time_ms": 1788220900000, "company_id": f"A{n}"}}
        for n in range(3)
    ]  # fmt: skip
    table = only(reading({"events.jsonl": "\n".join(map(json.dumps, events))}))
    assert (table.table, column_by_field(table)["used_on"]) == ("usage", "properties.time")
    assert column(table, "used_on") == [date(2026, 9, 1)] * 3
    assert column(table, "account_ref") == ["A0", "A1", "A2"]


def test_delighted_responses(reading: Read) -> None:
    answers = [
        {"id": str(n), "person": str(n), "survey_type": "nps", "score": 8 + n, "comment": "Fine",
         "permalink": f"/r/{n}", "created_at": 1788220800, "person_properties": {"company": f"A{n}"}}
        for n in range(3)
    ]  # fmt: skip
    table = only(reading({"responses.json": json.dumps(answers)}))
    assert (table.table, column(table, "score")) == ("surveys", [8.0, 9.0, 10.0])
    assert column(table, "answered_on") == [date(2026, 9, 1)] * 3


@pytest.mark.parametrize(
    ("head", "why"),
    [
        ("Record ID,First Name,Last Name,Email,Company name", "It is a HubSpot contact export. Contacts are people"),
        ("Record ID,Deal Name,Deal Stage,Amount,Close Date,Associated Company", "It is a HubSpot deal export."),
        ("Opportunity Name,Stage,Close Date,Account ID,Amount", "It is a Salesforce opportunity report."),
        ("id,conversation_id,part_type,author_id,body,created_at", "It is an Intercom list of conversation parts."),
    ],
)
def test_lists_that_are_none_of_our_tables_are_named_and_set_aside(reading: Read, head: str, why: str) -> None:
    cells = ",".join(["x{n}"] * (head.count(",") + 1))
    ingest = reading({"export.csv": "\n".join([head, *(cells.format(n=n) for n in range(3))])})
    assert not ingest.tables
    assert ingest.ignored[0].why.startswith(why)


def test_the_readers_word_is_above_the_vendors(reading: Read) -> None:
    table = only(reading({"s.csv": STRIPE}, mapping={"Plan": "", "Created (UTC)": "start_date"}))
    fields = {m.column: m.field for m in table.mapped}
    assert (fields["Created (UTC)"], "Plan" in fields) == ("start_date", False)
    deals = "Deal ID,Account,Deal Name,Deal Stage,Amount,Start date,Term\n1,A1,Nordwind,Won,1200,2025-01-01,12\n"
    deals += deals.splitlines()[1].replace("1,A1", "2,A2")
    assert not reading({"d.csv": deals}).tables
    for word in ({"as_table": "subscriptions"}, {"mapping": {"Term": "term_months"}}):
        table = only(reading({"d.csv": deals}, **word))
        assert (table.table, column(table, "mrr")) == ("subscriptions", [100.0, 100.0])


def test_a_sheet_of_ones_own_is_no_vendors() -> None:
    assert vendors.export_of(("ticket_id", "company_id", "created_at", "subject", "status", "type")) is None
    assert vendors.export_of(("Account ID", "Account Name", "Segment", "MRR")) is None
