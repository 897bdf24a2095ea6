"""Lists that come again month by month, told over several loads, and sheets that are kept as they are."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from cs_dash.intake.shapes import history
from cs_dash.pipeline import LoadReport, load
from cs_dash.store.workspace import Workspace
from tests import workspaces
from tests.intake.conftest import Read

TODAY = date(2026, 11, 22)
HEAD = "Account ID,Name,MRR,NPS,Pulse,CSM\n"
JANUARY = HEAD + "A1,Acme,100,9,8,Ana\nA2,Beta,50,8,3,Bo\n"
FEBRUARY = HEAD + "A1,Acme,120,7,6,Ana\nA3,Ceta,70,,5,Bo\n"
LINES = "select subscription_id, start_date, end_date, mrr from subscriptions order by 1"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "workspace")


def loaded(workspace: Workspace, files: Mapping[str, str], as_table: str | None = None) -> LoadReport:
    uploads = [(name, io.BytesIO(text.encode())) for name, text in files.items()]
    report = load(workspace, uploads, as_table=as_table, today=TODAY)
    for sheet in report.files:
        parts = sheet.loaded + sheet.updated + sheet.unchanged + sheet.rejected + sheet.duplicates
        assert sheet.read == parts, sheet
    return report


def query_rows(workspace: Workspace, sql: str) -> list[tuple[object, ...]]:
    return [tuple(row.values()) for row in workspaces.rows(workspace, sql)]


HISTORY = [
    ("A1-2026-01", date(2026, 1, 1), date(2026, 2, 1), 100.0),
    ("A1-2026-02", date(2026, 2, 1), None, 120.0),
    ("A2-2026-01", date(2026, 1, 1), date(2026, 2, 1), 50.0),
    ("A3-2026-02", date(2026, 2, 1), None, 70.0),
]


@pytest.mark.parametrize("at_once", [True, False])
def test_a_file_per_month_is_history(workspace: Workspace, at_once: bool) -> None:
    files = {"accounts_2026-02.csv": FEBRUARY, "accounts_2026-01.csv": JANUARY}
    if at_once:
        loaded(workspace, files)
    else:
        for name in sorted(files):
            loaded(workspace, {name: files[name]})
    assert query_rows(workspace, LINES) == HISTORY
    assert query_rows(workspace, "select account_id, mrr, pulse from accounts order by 1") == [
        ("A1", 120.0, "6"), ("A2", 50.0, "3"), ("A3", 70.0, "5"),
    ]  # fmt: skip
    assert query_rows(workspace, "select account_ref, answered_on, score from surveys order by 1, 2") == [
        ("A1", date(2026, 1, 31), 9.0), ("A1", date(2026, 2, 28), 7.0), ("A2", date(2026, 1, 31), 8.0),
    ]  # fmt: skip
    assert query_rows(workspace, "select count(*), count(distinct noted_on) from notes where pulse is not null") == [
        (4, 2)
    ]
    assert query_rows(workspace, "from newest_day") == [(date(2026, 2, 28),)]
    assert loaded(workspace, files).version is None


def test_an_older_snapshot_fills_the_gap_and_leaves_the_accounts_alone(workspace: Workspace) -> None:
    for month, amount in ((1, 100), (3, 100), (2, 90)):
        loaded(workspace, {f"accounts_2026-0{month}.csv": f"Account ID,Name,MRR\nA1,Acme,{amount}\n"})
    assert [line[1:] for line in query_rows(workspace, LINES)] == [
        (date(2026, 1, 1), date(2026, 2, 1), 100.0),
        (date(2026, 2, 1), date(2026, 3, 1), 90.0),
        (date(2026, 3, 1), None, 100.0),
    ]
    assert query_rows(workspace, "select mrr from accounts") == [(100.0,)]


def test_an_older_list_without_money_changes_nothing_that_is_known(workspace: Workspace) -> None:
    head = "Account ID,Name,CSM,Colour\n"
    loaded(workspace, {"accounts_2026-03.csv": head + "A1,Acme,Ana,red\nA2,Beta,Bob,blue\n"})
    report = loaded(workspace, {"accounts_2026-01.csv": head + "A1,Acme,Old,green\nA0,Gone,Old,grey\n"})
    (sheet,) = report.files
    assert (sheet.loaded, sheet.updated, sheet.unchanged) == (1, 0, 1)
    assert any("A newer version of this list is loaded" in assumption for assumption in sheet.assumptions)
    assert not report.lacking
    query = "select account_id, csm, value from accounts join account_extra using (account_id) order by 1"
    assert query_rows(workspace, query) == [("A0", "Old", "grey"), ("A1", "Ana", "red"), ("A2", "Bob", "blue")]
    loaded(workspace, {"accounts_2026-04.csv": head + "A1,Acme,New,green\nA2,Beta,Bob,blue\n"})
    assert query_rows(workspace, query)[1] == ("A1", "New", "green")


def test_who_left_says_when(workspace: Workspace) -> None:
    head = "Account ID,Start,MRR,Status,Churn date\n"
    loaded(workspace, {"accounts_2026-01.csv": head + "A1,2025-03-01,10,Active,\nA2,2025-03-01,20,Active,\n"})
    loaded(workspace, {"accounts_2026-02.csv": head + "A1,2025-03-01,10,Active,\nA2,2025-03-01,20,Lost,2026-02-10\n"})
    assert [line[1:] for line in query_rows(workspace, LINES)] == [
        (date(2025, 3, 1), None, 10.0),
        (date(2025, 3, 1), date(2026, 2, 10), 20.0),
    ]
    assert query_rows(workspace, "select account_id, churned_on from churn_events") == [("A2", date(2026, 2, 10))]


def test_a_column_says_as_of_when(workspace: Workspace) -> None:
    text = "Month,Account ID,Name,MRR\n2026-01,A1,Acme,100\n2026-01,A2,Beta,50\n2026-02,A1,Acme,120\n2026-02,A3,C,70\n"
    report = loaded(workspace, {"accounts.csv": text})
    assert [(sheet.table, sheet.read) for sheet in report.files] == [("accounts", 3), ("subscriptions", 4)]
    assert query_rows(workspace, LINES) == HISTORY


def test_sheets_called_by_their_months(workspace: Workspace) -> None:
    book = Workbook()
    for name, rows in {"Jan": (("A1", "SMB", 1200), ("A2", "SMB", 600)), "Feb": (("A1", "SMB", 1440),)}.items():
        sheet = book.create_sheet(name)
        for row in (("Account ID", "Segment", "ARR"), *rows):
            sheet.append(row)
    book.remove(book.worksheets[0])
    content = io.BytesIO()
    book.save(content)
    load(workspace, [("customers 2026.xlsx", io.BytesIO(content.getvalue()))], today=TODAY)
    assert query_rows(workspace, LINES) == [
        ("A1-2026-01", date(2026, 1, 1), date(2026, 2, 1), 100.0),
        ("A1-2026-02", date(2026, 2, 1), None, 120.0),
        ("A2-2026-01", date(2026, 1, 1), date(2026, 2, 1), 50.0),
    ]


def test_the_name_of_the_file_dates_a_sheet_without_dates(reading: Read) -> None:
    text = "Customer,Segment,NPS\nAcme,SMB,9\nBeta,ENT,3\n"
    table = {table.table: table for table in reading({"health 2026-03-31.csv": text}).tables}
    assert table["surveys"].rows.rows["answered_on"].to_pylist() == [date(2026, 3, 31)] * 2
    assert any("the file's name, “health 2026-03-31”" in assumption for assumption in table["surveys"].assumptions)
    chosen_day = reading({"health 2026-03-31.csv": text}, options={"snapshot": "2026-01-15"})
    assert {table.table: table for table in chosen_day.tables}["surveys"].rows.rows["answered_on"][0].as_py() == date(
        2026, 1, 15
    )


def test_a_sheet_without_a_day_in_its_name_can_come_again(workspace: Workspace) -> None:
    head = "Customer,Start,MRR,Status,Churn date,Reason,NPS,CSM\n"
    loaded(workspace, {"customers.csv": head + "Acme,2025-01-01,100,Active,,,9,Ana\n"})
    report = loaded(workspace, {"customers.csv": head + "Acme,2025-01-01,130,Churned,2026-10-01,Price,9,Ana\n"})
    assert {sheet.table: (sheet.loaded, sheet.updated) for sheet in report.files} == {
        "accounts": (0, 1), "subscriptions": (0, 1), "churn_events": (1, 0), "surveys": (0, 0),
    }  # fmt: skip


def test_next_months_sheet_goes_on_with_the_lines(workspace: Workspace) -> None:
    loaded(workspace, {"mrr.csv": "Customer,Jan 2026,Feb 2026,Mar 2026\nAcme,100,100,100\nBeta,,50,60\n"})
    report = loaded(workspace, {"mrr.csv": "Customer,Feb 2026,Mar 2026,Apr 2026\nAcme,100,100,100\nBeta,50,50,50\n"})
    assert [(sheet.loaded, sheet.updated, sheet.unchanged) for sheet in report.files] == [(0, 1, 1)]
    assert [line[1:] for line in query_rows(workspace, LINES)] == [
        (date(2026, 1, 1), None, 100.0), (date(2026, 2, 1), None, 50.0),
    ]  # fmt: skip
    assert query_rows(workspace, "from newest_day") == [(date(2026, 4, 30),)]


def test_invoices_month_by_month(workspace: Workspace) -> None:
    head = "Invoice Number,Customer,Invoice Date,Amount,Status\n"
    for month in (1, 2, 3):
        loaded(workspace, {f"invoices_2026-0{month}.csv": f"{head}N{month},Acme,2026-0{month}-03,100,paid\n"})
    assert query_rows(workspace, LINES) == [("Acme-2026-01-03", date(2026, 1, 3), None, 100.0)]
    loaded(workspace, {"invoices.csv": head + "N1,Acme,2026-01-03,100,void\n"})
    assert query_rows(workspace, LINES) == [("Acme-2026-02-03", date(2026, 2, 3), None, 100.0)]


def test_one_way_of_telling_revenue_at_a_time(workspace: Workspace) -> None:
    loaded(workspace, {"mrr.csv": "Customer,Jan 2026,Feb 2026,Mar 2026\nAcme,100,100,100\n"})
    report = loaded(workspace, {"invoices.csv": "Invoice Number,Customer,Invoice Date,Amount\n1,Acme,2026-01-01,100\n"})
    assert "a sheet with a column per month already provide the revenue" in report.ignored[0].why
    report = loaded(workspace, {"accounts.csv": "Customer,Segment,MRR\nAcme,SMB,100\n"})
    assert [sheet.table for sheet in report.files] == ["accounts"]
    assert any("were not counted as revenue" in assumption for assumption in report.files[0].assumptions)


AMOUNT = st.sampled_from([None, 0, 10, 10, 20])
MONTHS = [date(2026, month, 1) for month in (1, 2, 3, 4)]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(AMOUNT, min_size=4, max_size=4), min_size=1, max_size=4),
    st.permutations(range(4)),
)
def test_the_order_of_loads_does_not_matter(reading: Read, worths: list[list[int | None]], order: list[int]) -> None:
    """Snapshots loaded one by one in any order: at every month's end each account's MRR is its cell; absent is none."""
    payments: pa.Table | None = None
    for at in order:
        rows = [f"A{n},{row[at]}\n" for n, row in enumerate(worths) if row[at] is not None]
        ingest = reading({f"accounts_2026-0{at + 1}.csv": "Account ID,MRR\nZ,1\n" + "".join(rows)}, history=payments)
        payments = ingest.history
    assert payments is not None
    lines = history.lines(history.pieces(payments).values())
    for n, row in enumerate(worths):
        for month, amount in zip(MONTHS, row, strict=True):
            day = month.replace(day=28)
            active = [
                line.mrr or 0
                for line in lines
                if line.account_ref == f"A{n}" and line.start_date <= day and (line.end_date or date.max) > day
            ]
            assert sum(active) == (amount or 0), (n, month, order)


POPULATION = "Zip Code,Population\n90001,54492\n90002,44586\n"


def test_a_sheet_can_be_kept_as_it_is(workspace: Workspace) -> None:
    report = loaded(workspace, {"population.csv": POPULATION}, as_table="plain")
    assert [(sheet.table, sheet.read, sheet.loaded) for sheet in report.files] == [("plain", 2, 2)]
    assert query_rows(workspace, "select name, file, columns, rows, account_column from plain_tables") == [
        ("plain_population", "population.csv", ["Zip Code", "Population"], 2, None)
    ]
    assert query_rows(workspace, "from plain_population") == [("90001", "54492", 2), ("90002", "44586", 3)]
    assert loaded(workspace, {"population.csv": POPULATION}, as_table="plain").version is None
    changed = POPULATION.replace("44586", "50000")
    report = loaded(workspace, {"population.csv": changed}, as_table="plain")
    assert (report.files[0].loaded, report.files[0].unchanged) == (1, 1)
    loaded(workspace, {"accounts.csv": "Account ID,Segment\nA1,SMB\n"})
    assert query_rows(workspace, "select count(*) from plain_population") == [(2,)]


def test_a_plain_table_describes_the_accounts_it_names(workspace: Workspace) -> None:
    facts = "Who,Colour,Pet\nacme,red,cat\nBeta,blue,\n"
    loaded(workspace, {"facts.csv": facts}, as_table="plain")
    assert query_rows(workspace, "from account_extra") == []
    loaded(workspace, {"accounts.csv": "Account ID,Account name,Pet\nA1,Acme,dog\nA2,Beta,\n"})
    query = "select account_id, field, value from account_extra order by 1, 2"
    assert query_rows(workspace, query) == [("A1", "Colour", "red"), ("A1", "Pet", "dog"), ("A2", "Colour", "blue")]
    loaded(workspace, {"facts.csv": facts.replace("blue", "green")}, as_table="plain")
    assert query_rows(workspace, query)[-1] == ("A2", "Colour", "green")
    assert query_rows(workspace, "select distinct value from account_dimensions where field = 'Colour' order by 1") == [
        ("green",), ("red",),
    ]  # fmt: skip


def test_a_table_with_an_account_in_several_rows_describes_none(workspace: Workspace) -> None:
    loaded(workspace, {"accounts.csv": "Account ID,Segment\nA1,SMB\nA2,ENT\n"})
    loaded(workspace, {"links.csv": "Account,Tag\nA1,x\nA1,y\nA2,z\n"}, as_table="plain")
    assert query_rows(workspace, "select account_column from plain_tables") == [(None,)]
    assert query_rows(workspace, "select count(*) from account_extra where plain is not null") == [(0,)]


def test_names_of_columns_and_files_with_signs(workspace: Workspace) -> None:
    text = 'A "quoted" name,_row,Überschrift\n1,2,3\n'
    loaded(workspace, {"Ärger; drop table x--.csv": text}, as_table="plain")
    ((name,),) = query_rows(workspace, "select name from plain_tables")
    assert name == "plain_arger_drop_table_x"


def test_what_is_set_aside_says_that_it_can_be_kept(reading: Read) -> None:
    rows = "".join(f"{n},9000{n},{n}\n" for n in range(40))
    ingest = reading({"population.csv": "ID,Zip Code,Population\n" + rows})
    assert "Plain table to store it unchanged" in ingest.ignored[0].why


def test_the_look_up_of_others_is_kept_plain(shared_data: Path, tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "workspace")
    file = shared_data / "telco" / "Telco_customer_churn_population.xlsx"
    with file.open("rb") as content:
        report = load(workspace, [(file.name, content)], as_table="plain", today=TODAY)
    assert [(sheet.table, sheet.read) for sheet in report.files] == [("plain", 1671)]
    assert query_rows(workspace, "select account_column, rows from plain_tables") == [(None, 1671)]
