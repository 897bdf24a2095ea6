"""Several tables in one sheet, names in two rows, notes below."""

from __future__ import annotations

from .conftest import Read

TWO = """Customers,,,
account_id,account,plan,seats
A1,Ann,Pro,3
A2,Bob,Free,many

Tickets of the month,,,
ticket_id,account_id,created_at,subject
T1,A1,2025-05-01,How do I export?
T2,A2,never,Export is broken
"""


def test_two_tables_in_one_sheet(reading: Read) -> None:
    fed = reading({"both.csv": TWO}).fed
    assert [(each.sheet, each.table, each.read) for each in fed] == [("", "accounts", 2), ("table 2", "tickets", 2)]
    assert fed[0].rows.rows["_row"].to_pylist() == [3, 4]
    assert [(p.row, p.column, p.value) for p in fed[0].problems] == [(4, "seats", "many")]
    assert [(p.row, p.column, p.value) for p in fed[1].problems] == [(9, "created_at", "never")]
    assert any("holds 2 tables" in said for said in fed[1].assumptions)


def test_rows_with_gaps_are_one_table(reading: Read) -> None:
    text = "account_id,account,plan\nA1,Ann,Pro\n\nA2,Bob,Free\n\naccount_id,account,plan\nA3,Cid,Free\n"
    fed = reading({"accounts.csv": text}).fed
    assert [(each.sheet, each.read) for each in fed] == [("", 3)]


def test_notes_below_the_table_are_set_aside(reading: Read) -> None:
    text = (
        "account_id,account,plan,seats\nA1,Ann,Pro,3\nA2,Bob,Free,4\nTotal,,,7\n\nSource: our CRM\nExported by Ann,,,\n"
    )
    fed = reading({"accounts.csv": text}).fed[0]
    assert fed.read == 2
    assert "2 rows below the table were set aside: “Source: our CRM”." in fed.assumptions
    assert "Row 4 holds totals and was set aside." in fed.assumptions


def test_names_in_two_rows(reading: Read) -> None:
    text = "Customer,,Contract,,Owner\nID,Name,Plan,MRR,\nA1,Ann,Pro,10,Eve\nA2,Bob,Free,0,Max\n"
    fed = reading({"accounts.csv": text}).fed[0]
    assert [each.column for each in fed.mapped][-1] == "Owner"
    assert "The column names stand in rows 1 and 2." in fed.assumptions
