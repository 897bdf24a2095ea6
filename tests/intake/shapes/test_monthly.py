"""Sheets with a column per month."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cs_dash.intake.cells import periods
from cs_dash.intake.results.problems import IngestResult, LoadedTable
from tests.intake.conftest import Read

HEADERS = {
    "words": ("Jan 2026", "Feb 2026", "Mar 2026", "Apr 2026"),
    "iso": ("2026-01", "2026-02", "2026-03", "2026-04"),
    "slashes": ("01/2026", "02/2026", "03/2026", "04/2026"),
    "short year": ("January 26", "February 26", "March 26", "April 26"),
    "dashes": ("Jan-26", "Feb-26", "Mar-26", "Apr-26"),
    "month ends": ("2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"),
    "moments": tuple(f"2026-0{n}-01 00:00:00" for n in range(1, 5)),
    "russian": ("янв 2026", "фев 2026", "март 2026", "апрель 2026"),
    "german": ("Januar 2026", "Februar 2026", "März 2026", "April 2026"),
    "chinese": ("2026年1月", "2026年2月", "2026年3月", "2026年4月"),
    "chinese, short year": ("26年1月", "26年2月", "26年3月", "26年4月"),
    "chinese, the year joined from above": ("1月 2026", "2月 2026", "3月 2026", "4月 2026"),
    "american days": ("1/31/2026", "2/28/2026", "3/31/2026", "4/30/2026"),
    "numbers of days": ("46023", "46054", "46082", "46113"),
    "with the measure": ("MRR Jan 2026", "MRR Feb 2026", "MRR Mar 2026", "MRR Apr 2026"),
}


def only(ingest: IngestResult, table: str) -> LoadedTable:
    (loaded_table,) = [candidate for candidate in ingest.tables if candidate.table == table]
    return loaded_table


def lines(table: LoadedTable) -> list[tuple[object, ...]]:
    names = ("subscription_id", "start_date", "end_date", "mrr")
    return [tuple(row[name] for name in names) for row in table.rows.rows.to_pylist()]


@pytest.mark.parametrize("titles", HEADERS.values(), ids=HEADERS)
def test_ways_to_write_a_month(reading: Read, titles: tuple[str, ...]) -> None:
    text = f"Customer,{','.join(titles)}\nAcme,100,100,120,0\nBeta,,50,50,50\n"
    table = only(reading({"mrr.csv": text}), "subscriptions")
    assert lines(table) == [
        ("Acme-2026-01", date(2026, 1, 1), date(2026, 3, 1), 100.0),
        ("Acme-2026-03", date(2026, 3, 1), date(2026, 4, 1), 120.0),
        ("Beta-2026-02", date(2026, 2, 1), None, 50.0),
    ]
    assert "4 columns are months" in table.evidence


def test_months_without_a_year_take_it_from_the_file(reading: Read) -> None:
    table = only(reading({"MRR 2025.csv": "Customer,Jan,Feb,Mär\nAcme,1,1,2\n"}), "subscriptions")
    assert table.rows.rows["start_date"].to_pylist() == [date(2025, 1, 1), date(2025, 3, 1)]


@pytest.mark.parametrize(
    "file", ["revenus mensuels.csv", "monthly revenues.csv", "receitas por mês.csv", "Monatsumsätze.csv"]
)
def test_the_file_says_that_months_hold_revenue(reading: Read, file: str) -> None:
    table = only(
        reading({file: "Client,janv. 2026,févr. 2026,mars 2026\nAcme,10,10,20\nBeta,5,5,5\n"}), "subscriptions"
    )
    assert [row[3] for row in lines(table)] == [10.0, 20.0, 5.0]


def test_other_columns_describe_the_accounts(reading: Read) -> None:
    text = "Customer,CSM,Segment,Jan 2026,Feb 2026,Mar 2026,Total\nAcme,Ana,SMB,1,1,1,3\nBeta,Bo,ENT,2,2,2,6\n"
    accounts = only(reading({"revenue.csv": text}), "accounts").rows.rows.to_pylist()
    assert [(row["account"], row["csm"], row["segment"]) for row in accounts] == [
        ("Acme", "Ana", "SMB"), ("Beta", "Bo", "ENT"),
    ]  # fmt: skip
    assert "extra" not in accounts[0]


def test_yearly_amounts_and_currencies(reading: Read) -> None:
    text = "Customer,Jan 2026,Feb 2026,Mar 2026\nAcme,€1200,€1200,€2400\n"
    ingest = reading({"ARR.csv": text})
    assert only(ingest, "subscriptions").rows.rows["mrr"].to_pylist() == [100.0, 200.0]
    assert ingest.currency == "EUR"
    rates = {"USD": ((date(2026, 1, 1), 0.5),)}
    text = "Customer,Currency,Jan 2026,Feb 2026,Mar 2026\nAcme,USD,10,10,10\nBeta,EUR,10,10,10\n"
    ingest = reading({"MRR.csv": text}, currency="EUR", rates=rates)
    assert only(ingest, "subscriptions").rows.rows["mrr"].to_pylist() == [5.0, 10.0]


def test_a_cell_that_is_no_amount_is_said_and_is_not_zero(reading: Read) -> None:
    table = only(reading({"mrr.csv": "Customer,Jan 2026,Feb 2026,Mar 2026\nAcme,5,5?5,5\nB,1,-1,1\n"}), "subscriptions")
    assert [(p.row, p.column, p.value, p.fatal) for p in table.problems] == [
        (2, "Feb 2026", "5?5", False), (3, "Feb 2026", "-1", False),
    ]  # fmt: skip
    assert [line[2] for line in lines(table)] == [None, None]


def test_months_that_have_not_come_yet_are_left_out(reading: Read) -> None:
    text = "Customer,Sep 2026,Oct 2026,Nov 2026,Dec 2026,Jan 2027\nAcme,1,1,1,,9\nBeta,2,2,2,,\n"
    table = only(reading({"mrr.csv": text}), "subscriptions")
    assert [line[2:] for line in lines(table)] == [(None, 1.0), (None, 2.0)]


def test_several_rows_of_one_account_are_several_lines(reading: Read) -> None:
    text = "Customer,Plan,Jan 2026,Feb 2026,Mar 2026\nAcme,Pro,1,1,1\nAcme,Add-on,2,2,\nAcme,Add-on,3,3,3\n"
    table = only(reading({"mrr.csv": text}), "subscriptions")
    assert sorted(lines(table), key=str) == [
        ("Acme-Add-on-2-2026-01", date(2026, 1, 1), None, 3.0),
        ("Acme-Add-on-2026-01", date(2026, 1, 1), date(2026, 3, 1), 2.0),
        ("Acme-Pro-2026-01", date(2026, 1, 1), None, 1.0),
    ]


def test_use_by_month(reading: Read) -> None:
    table = only(reading({"logins.csv": "Account ID,2026-01,2026-02,2026-03\nA1,1,2,0\nA2,,5,x\n"}), "usage")
    assert [(row["usage_id"], row["used_on"], row["events"]) for row in table.rows.rows.to_pylist()] == [
        ("A1-2026-01", date(2026, 1, 1), 1.0), ("A1-2026-02", date(2026, 2, 1), 2.0),
        ("A2-2026-02", date(2026, 2, 1), 5.0),
    ]  # fmt: skip
    assert (table.read, table.rejected) == (4, 1)
    assert [(p.row, p.column, p.value) for p in table.problems] == [(3, "2026-03", "x")]


def test_use_by_feature(reading: Read) -> None:
    text = "Account,Feature,2026-01,2026-02,2026-03\nA1,Export,1,2,3\nA1,Share,1,2,3\n"
    table = only(reading({"x.csv": text}), "usage")
    assert table.rows.rows.num_rows == 6
    assert set(table.rows.rows["feature"].to_pylist()) == {"Export", "Share"}


def test_two_measures_in_one_sheet(reading: Read) -> None:
    months = ("Jan 2026", "Feb 2026", "Mar 2026")
    titles = [f"{measure} {month}" for measure in ("MRR", "Logins") for month in months]
    ingest = reading({"x.csv": f"Customer,{','.join(titles)}\nAcme,5,5,5,1,2,3\n"})
    assert only(ingest, "subscriptions").rows.rows["mrr"].to_pylist() == [5.0]
    usage = only(ingest, "usage").rows.rows
    assert usage["events"].to_pylist() == [1.0, 2.0, 3.0]
    assert set(usage["feature"].to_pylist()) == {"Logins"}


UNTOLD = "Customer,2026-01,2026-02,2026-03\nAcme,100,100,120\nBeta,1,2,3\n"


def test_no_column_names_the_customer(reading: Read) -> None:
    ingest = reading({"umsatz.csv": "Xyz,2026-01,2026-02,2026-03\nAcme,1,2,3\nBeta,4,5,6\n"})
    assert "no column names the customer" in ingest.ignored[0].why


def test_nothing_tells_what_the_months_hold(reading: Read) -> None:
    ingest = reading({"x.csv": UNTOLD})
    assert not ingest.tables
    assert "Choose Subscriptions or Usage under “Read as”" in ingest.ignored[0].why
    assert only(reading({"x.csv": UNTOLD}, as_table="subscriptions"), "subscriptions").rows.rows.num_rows == 5
    assert only(reading({"x.csv": UNTOLD}, as_table="usage"), "usage").rows.rows.num_rows == 6


def test_revenue_is_not_counted_twice(reading: Read) -> None:
    contracts = "subscription_id,account_id,start_date,mrr\nS1,Acme,2025-01-01,100\n"
    text = "Customer,Jan 2026,Feb 2026,Mar 2026\nAcme,1,1,1\n"
    ingest = reading({"subscriptions.csv": contracts, "mrr.csv": text})
    assert [table.table for table in ingest.tables] == ["subscriptions"]
    assert "would count it twice" in ingest.ignored[0].why
    ingest = reading({"mrr.csv": text}, has_subscriptions=True)
    assert "would count it twice" in ingest.ignored[0].why


CELL = st.sampled_from(["", "0", "10", "10", "20", "35.5"])
WIDTH = 6


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELL, min_size=WIDTH, max_size=WIDTH), min_size=1, max_size=6))
def test_at_every_month_end_the_lines_are_the_cells(reading: Read, matrix: list[list[str]]) -> None:
    """MRR on the last day of a month = the sum of active lines = what the sheet says, for every account and month."""
    months = [date(2025, 11 + n, 1) if n < 2 else date(2026, n - 1, 1) for n in range(WIDTH)]
    anchor = ["1"] * WIDTH  # so that no column is empty: those are not told at all
    rows = [f"A{at}," + ",".join(row) for at, row in enumerate([*matrix, anchor])]
    text = "Account ID," + ",".join(f"{month:%Y-%m}" for month in months) + "\n" + "\n".join(rows) + "\n"
    table = only(reading({"mrr.csv": text}), "subscriptions")
    lines_made = table.rows.rows.to_pylist()
    for at, row in enumerate([*matrix, anchor]):
        for month, cell in zip(months, row, strict=True):
            day = month.replace(day=monthrange(month.year, month.month)[1])
            active = [
                line["mrr"]
                for line in lines_made
                if line["account_ref"] == f"A{at}"
                and line["start_date"] <= day
                and (line["end_date"] is None or line["end_date"] > day)
            ]
            assert sum(active) == float(cell or 0), (at, month, cell)


@pytest.mark.parametrize(
    ("file", "sheet", "day"),
    [
        ("accounts_2026-01.csv", "", date(2026, 1, 31)),
        ("2026-02-28 health.xlsx", "Sheet1", date(2026, 2, 28)),
        ("accounts Jan 2026.csv", "", date(2026, 1, 31)),
        ("export_20260131 (1).csv", "", date(2026, 1, 31)),
        ("customers 2026.xlsx", "Feb", date(2026, 2, 28)),
        ("customers.xlsx", "Dec", date(2025, 12, 31)),
        ("kunden_31.03.2026.csv", "", date(2026, 3, 31)),
        ("клиенты март 2026.csv", "", date(2026, 3, 31)),
        ("accounts 2026.csv", "", None),
        ("accounts_2027-01.csv", "", None),
        ("customers.csv", "", None),
        ("top100 accounts v2.csv", "", None),
    ],
)
def test_the_period_in_a_name(file: str, sheet: str, day: date | None) -> None:
    period = periods.named_period(file, sheet, datetime(2026, 11, 22).date())
    assert (period.day if period else None) == day


def test_the_same_list_from_month_to_month() -> None:
    names = ["accounts_2026-01.csv", "accounts 2026-02-28.csv", "Accounts Mar 2026.xlsx", "accounts_2026-04 (1).csv"]
    assert {periods.source(name, "") for name in names} == {"accounts"}
    assert periods.source("MRR.xlsx", "2025") == periods.source("MRR.xlsx", "2026") == "mrr"


def test_a_row_of_discounts_lowers_what_the_account_pays(reading: Read) -> None:
    """Lys pays 100 - 20 in each month; Iris has nothing that -5 could lower."""
    text = "Customer,Product,MRR 2026-01,MRR 2026-02,MRR 2026-03\nLys,Base,100,100,100\nLys,Discount,-20,-20,-20\n"
    table = reading({"mrr.csv": text + "Iris,Base,50,-5,50\n"}).tables[0]
    rows = table.rows.rows.to_pylist()
    active = [row for row in rows if row["start_date"].month <= 3 and row["end_date"] is None]
    assert sum(row["mrr"] for row in active) == 130
    assert [(problem.row, problem.value) for problem in table.problems] == [(4, "-5")]
