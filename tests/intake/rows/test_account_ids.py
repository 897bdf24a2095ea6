"""Accounts without an id, or with ids that a spreadsheet has cut; and when two rows are the same."""

from __future__ import annotations

from tests.intake.conftest import Read
from tests.intake.detection.test_customer_columns import column


def test_ids_in_scientific_notation_join_no_rows_whose_names_differ(reading: Read) -> None:
    text = (
        "Account ID,Account Name,MRR,Start Date\n4.52317E+14,Erle,110,2026-01-01\n4.52317E+14,Tanne,220,2026-01-01\n"
        "4.52317E+14,erle,30,2026-02-01\n4.99001E+14,Eiche,40,2026-02-01\n"
    )
    ingest = reading({"contracts.csv": text})
    assert column(ingest, "subscriptions", "account_ref") == [None, None, None, "4.99001E+14"]
    assert sum(column(ingest, "subscriptions", "mrr")) == 400
    (problem,) = next(table for table in ingest.tables if table.table == "subscriptions").problems
    assert problem.column == "Account ID"
    assert problem.what.startswith("4 values of account lost digits")


def test_so_in_a_list_of_customers_and_without_names(reading: Read) -> None:
    head, rows = "Account ID,{name}Segment,MRR\n", ("7,1E+15,{a}S,1", "7,1E+15,{b}M,2", "7,9E+15,{c}M,3")
    text = (head + "\n".join(row.replace(",", ".", 1) for row in rows) + "\n").replace("Account ID,", "Account ID;", 1)
    text = text.replace("Account ID;", "Account ID,")
    named = text.format(name="Name,", a="Erle,", b="Tanne,", c="Eiche,")
    ingest = reading({"customers.csv": named})
    assert column(ingest, "accounts", "account_id") == ["erle", "tanne", "7.9E+15"]
    ingest = reading({"customers.csv": text.format(name="", a="", b="", c="")})
    assert len(set(column(ingest, "accounts", "account_id"))) == 3
    assert sum(column(ingest, "subscriptions", "mrr")) == 6


def test_long_numbers_rounded_to_fifteen_digits_are_cut_too(reading: Read) -> None:
    text = (
        "Account ID,Account Name,MRR,Start Date\n123456789012345000,Erle,110,2026-01-01\n"
        "123456789012345000,Tanne,220,2026-01-01\n123456789012399000,Eiche,40,2026-02-01\n"
    )
    ingest = reading({"contracts.csv": text})
    assert column(ingest, "subscriptions", "account_ref") == [None, None, "123456789012399000"]
    whole = reading({"contracts.csv": text.replace("99000", "99001")})
    assert None not in column(whole, "subscriptions", "account_ref")


def test_tickets_whose_numbers_are_cut_all_stay(reading: Read) -> None:
    text = (
        "Ticket ID,Customer,Created,Subject\n1.2E+15,Erle,2026-01-01,Export\n1.2E+15,Tanne,2026-01-02,Import\n"
        "1.2E+15,Tanne,2026-01-02,Import again\n"
    )
    assert column(reading({"tickets.csv": text}), "tickets", "subject") == ["Export", "Import", "Import again"]


def test_customers_that_nothing_names_get_their_row_numbers(reading: Read) -> None:
    text = "gender,tenure,Contract,MonthlyCharges,Churn\nF,3,Monthly,20,No\nM,30,Yearly,50,Yes\nF,3,Monthly,20,No\n"
    ingest = reading({"list.csv": text})
    assert column(ingest, "accounts", "account_id") == ["list row 2", "list row 3", "list row 4"]
    assert sum(column(ingest, "subscriptions", "mrr")) == 90
    accounts = next(table for table in ingest.tables if table.table == "accounts")
    assert any("with its row number as id" in text for text in accounts.assumptions)
    contracts = "Plan,Start,End,MRR\nPro,2025-01-01,,20\nPro,2025-01-01,,20\nBasic,2025-02-01,2025-05-01,10\n"
    ingest = reading({"lines.csv": contracts})
    assert column(ingest, "subscriptions", "account_ref") == ["lines row 2", "lines row 3", "lines row 4"]


def test_a_table_of_segments_is_no_list_of_customers(reading: Read) -> None:
    (ignored,) = reading({"segments.csv": "Segment,Region,MRR\nSmall,EMEA,100\nLarge,APAC,300\n"}).ignored
    assert "no column gives “account id”" in ignored.why


def test_contracts_without_customers_name_none_where_a_file_lists_the_customers(reading: Read) -> None:
    files = {
        "customers.csv": "Client no.,Name,Segment\n1,Erle,S\n2,Tanne,S\n",
        "lines.csv": "Contract,Start,End,MRR\nV1,2025-01-01,,20\nV2,2025-01-01,,20\n",
    }
    assert column(reading(files), "subscriptions", "account_ref") == [None, None]
    alone = reading({"lines.csv": files["lines.csv"]})
    assert column(alone, "subscriptions", "account_ref") == ["V1", "V2"]


def test_rows_of_one_name_are_the_same_only_when_all_their_columns_are(reading: Read) -> None:
    text = (
        "Customer,Segment,Shop,MRR\nErle,S,12,10\nErle,S,13,20\nTanne,S,14,5\nTanne,S,14,5\nEiche,M,15,1\nBuche,M,16,2\n"
        "Linde,M,17,3\nAhorn,M,18,4\nErle,S,13,20\n"
    )
    ingest = reading({"customers.csv": text})
    accounts = next(table for table in ingest.tables if table.table == "accounts")
    assert column(ingest, "accounts", "account_id")[:3] == ["erle", "erle (2)", "tanne"]
    assert sum(column(ingest, "subscriptions", "mrr")) == 45
    assert [(problem.row, problem.what) for problem in accounts.problems] == [
        (5, "Duplicate of row 4, which was loaded."),
        (10, "Duplicate of row 3, which was loaded."),
    ]


def test_a_key_that_comes_again_in_a_row_with_other_unused_columns_is_not_the_same_row(reading: Read) -> None:
    text = "Client no.,Name,Segment,Shop\n1,Erle,S,12\n1,Erle,S,13\n2,Tanne,S,14\n"
    (table,) = reading({"customers.csv": text}).tables
    (problem,) = table.problems
    assert problem.what == "Same key as row 2 with other values; row 2 was loaded."
    assert problem.advice == "Correct one of the two rows: they differ in Shop."
