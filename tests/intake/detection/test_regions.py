"""Several tables in one sheet, names in two rows, notes below."""

from __future__ import annotations

import io

import openpyxl
import pyarrow as pa
import pytest

from cs_dash.intake.cells import missing
from cs_dash.intake.detection import regions
from cs_dash.intake.results.sheets import Sheet
from tests.intake.conftest import Read

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
    table = reading({"both.csv": TWO}).tables
    assert [(table.sheet, table.table, table.read) for table in table] == [
        ("", "accounts", 2),
        ("table 2", "tickets", 2),
    ]
    assert table[0].rows.rows["_row"].to_pylist() == [3, 4]
    assert [(p.row, p.column, p.value) for p in table[0].problems] == [(4, "seats", "many")]
    assert [(p.row, p.column, p.value) for p in table[1].problems] == [(9, "created_at", "never")]
    assert any("holds 2 tables" in assumption for assumption in table[1].assumptions)


def test_rows_with_gaps_are_one_table(reading: Read) -> None:
    text = "account_id,account,plan\nA1,Ann,Pro\n\nA2,Bob,Free\n\naccount_id,account,plan\nA3,Cid,Free\n"
    table = reading({"accounts.csv": text}).tables
    assert [(table.sheet, table.read) for table in table] == [("", 3)]


def test_notes_below_the_table_are_set_aside(reading: Read) -> None:
    text = (
        "account_id,account,plan,seats\nA1,Ann,Pro,3\nA2,Bob,Free,4\nTotal,,,7\n\nSource: our CRM\nExported by Ann,,,\n"
    )
    table = reading({"accounts.csv": text}).tables[0]
    assert table.read == 2
    assert "2 rows below the table were skipped: “Source: our CRM”." in table.assumptions
    assert "1 row is the sum of other rows and was left out: row 4 “Total” (7)." in table.assumptions


def test_names_in_two_rows(reading: Read) -> None:
    text = "Customer,,Contract,,Owner\nID,Name,Plan,MRR,\nA1,Ann,Pro,10,Eve\nA2,Bob,Free,0,Max\n"
    table = reading({"accounts.csv": text}).tables[0]
    assert [mapping.column for mapping in table.mapped][-1] == "Owner"
    assert "The column names are in rows 1 and 2." in table.assumptions


BESIDE = """Customers,,,,Contracts,,
account_id,account,plan,,account_id,start_date,mrr
A1,Ann,Pro,,A1,2025-01-01,10
A2,Bob,Free,,A2,2025-02-01,20
,,,,A2,soon,30
"""


def test_two_tables_side_by_side(reading: Read) -> None:
    table = reading({"both.csv": BESIDE}).tables
    assert [(table.sheet, table.table, table.read, table.rejected) for table in table] == [
        ("", "accounts", 2, 0), ("table 2", "subscriptions", 3, 1),
    ]  # fmt: skip
    assert table[1].rows.rows["mrr"].to_pylist() == [10, 20]
    assert [(p.row, p.column, p.value) for p in table[1].problems] == [(5, "start_date", "soon")]
    assert any("holds 2 tables; this is table 2" in assumption for assumption in table[1].assumptions)


def test_an_empty_column_inside_a_table_does_not_cut_it(reading: Read) -> None:
    text = "account_id,account,plan,,mrr,seats\nA1,Ann,Pro,,10,3\nA2,Bob,Free,,20,4\n"
    table = reading({"accounts.csv": text}).tables
    assert [(table.sheet, table.read) for table in table if table.table == "accounts"] == [("", 2)]
    assert {table.field for table in table[0].mapped} >= {"account_id", "plan", "mrr", "seats"}
    tickets = "ticket_id,account_id,created_at,,subject,description\nT1,A1,2025-01-01,,Hi,Help\nT2,A2,2025-01-02,,,\n"
    assert [(table.table, table.read) for table in reading({"tickets.csv": tickets}).tables] == [("tickets", 2)]


def test_each_table_names_its_own_unusable_cells(reading: Read) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["account_id", "account", "seats", None, "account_id", "start_date", "mrr"],
        ["A1", "Ann", "#N/A", None, "A1", "2025-01-01", "=1+1"],
        ["A2", "Bob", "#REF!", None, "A2", "2025-01-01", 7],
        [None, None, None, None, "A2", "2025-01-01", 8],
    ):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    table = reading({"both.xlsx": out.getvalue()}).tables
    assert [[assumption for assumption in table.assumptions if "as empty" in assumption] for table in table] == [
        ["2 cells hold an error (#N/A in 1, #REF! in 1) and count as empty."],
        ["1 cell holds a formula without a stored result and counts as empty."],
    ]
    assert [(p.row, p.column) for table in table for p in table.problems] == [(2, "seats"), (3, "seats"), (2, "mrr")]


@pytest.mark.parametrize("rows", [1, 30])
def test_looking_for_tables_takes_work_in_proportion_to_the_columns(rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Empty columns too, which are looked through one by one."""
    columns_trimmed = 0
    trimmed = missing.trimmed

    def counting(cells: pa.Array) -> pa.Array:
        nonlocal columns_trimmed
        columns_trimmed += 1
        return trimmed(cells)

    monkeypatch.setattr(missing, "trimmed", counting)

    def work(columns: int) -> int:
        nonlocal columns_trimmed
        columns_trimmed = 0
        cells = [pa.array([f"metric {at}", *["7"] * rows] if at % 5 else [None] * (rows + 1), pa.string())
                 for at in range(columns)]  # fmt: skip
        sheet = Sheet("wide.csv", "", pa.table(cells, [f"f{at}" for at in range(columns)]))
        assert regions.split(sheet) == [sheet]
        return columns_trimmed

    assert work(400) <= 2 * work(200)
    assert work(200) <= 5 * 200
