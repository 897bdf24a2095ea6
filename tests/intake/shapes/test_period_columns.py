"""Columns of months and quarters whose year stands above them, in a title or in a name."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from cs_dash.errors import UnknownOption
from cs_dash.intake.cells.column_periods import ColumnPeriod, column_period, period_columns
from cs_dash.intake.results.problems import LoadedTable
from tests.intake.conftest import Read
from tests.intake.shapes.test_monthly import only


def mrr_on(table: LoadedTable, day: date) -> float:
    """The MRR of a day: the sum of the lines that are active then."""
    rows = table.rows.rows.to_pylist()
    active = [row for row in rows if row["start_date"] <= day and (row["end_date"] is None or row["end_date"] > day)]
    return float(sum(row["mrr"] for row in active))


def book(*rows: tuple[str | int | None, ...], merged: tuple[str, ...] = (), sheet: str = "MRR") -> bytes:
    workbook = openpyxl.Workbook(write_only=False)
    page = workbook.create_sheet(sheet, 0)
    del workbook["Sheet"]
    for row in rows:
        page.append(list(row))
    for area in merged:
        page.merge_cells(area)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "first", "months"),
    [
        ("Q3 2025", date(2025, 7, 1), 3), ("3Q25", date(2025, 7, 1), 3), ("2025Q3", date(2025, 7, 1), 3),
        ("2025-Q3", date(2025, 7, 1), 3), ("Q3'25", date(2025, 7, 1), 3), ("Q3/2025", date(2025, 7, 1), 3),
        ("3. Quartal 2025", date(2025, 7, 1), 3), ("T3 2025", date(2025, 7, 1), 3),
        ("3er trimestre 2025", date(2025, 7, 1), 3), ("3º trimestre 2025", date(2025, 7, 1), 3),
        ("III кв. 2025", date(2025, 7, 1), 3), ("3 квартал 2025", date(2025, 7, 1), 3),
        ("2025年第三季度", date(2025, 7, 1), 3), ("2025年3季度", date(2025, 7, 1), 3),
        ("MRR Q3 2025", date(2025, 7, 1), 3),
        ("H2 2025", date(2025, 7, 1), 6), ("2. Halbjahr 2025", date(2025, 7, 1), 6), ("2025", date(2025, 1, 1), 12),
        ("2025年7月", date(2025, 7, 1), 1), ("Jul 2025", date(2025, 7, 1), 1),
    ],
)  # fmt: skip
def test_ways_to_write_a_period(name: str, first: date, months: int) -> None:
    named = column_period(name)
    assert named is not None
    assert named[0] == ColumnPeriod(first, months)


@pytest.mark.parametrize("name", ["Q1", "Plan", "FAQ 1", "SQ3 2025", "Tier 2", "H1", "T1000", "v2 2025 beta", "1Q84x"])
def test_what_is_no_period(name: str) -> None:
    assert column_period(name) is None


def test_a_year_merged_over_its_months_belongs_to_them(reading: Read) -> None:
    content = book(
        ("Customer", "CSM", 2025, None, None, 2026, None, None),
        (None, None, "Nov", "Dec", "Total", "Jan", "Feb", "Mar"),
        ("Acorn", "Ana", 50, 50, 100, 70, 70, 0),
        ("Birch", "Bo", 30, 30, 60, 30, 40, 40),
        merged=("A1:A2", "B1:B2", "C1:E1", "F1:H1"),
    )
    table = only(reading({"book.xlsx": content}), "subscriptions")
    assert [mrr_on(table, date(2025, 11, 30)), mrr_on(table, date(2026, 2, 28)), mrr_on(table, date(2026, 3, 31))] == [
        50 + 30, 70 + 40, 40,
    ]  # fmt: skip


def test_a_quarter_above_the_months_and_a_year_above_both(reading: Read) -> None:
    content = book(
        (None, 2025),
        (None, "Q1", None, None, "Q2"),
        ("Client", "Jan", "Feb", "Mar", "Apr", "May", "Jun"),
        ("Acorn", 50, 50, 60, 60, 60, 0),
        ("Birch", 5, 5, 5, 5, 5, 5),
        merged=("B1:G1", "B2:D2", "E2:G2"),
    )
    table = only(reading({"book.xlsx": content}), "subscriptions")
    assert [mrr_on(table, date(2025, month, 28)) for month in range(1, 7)] == [55, 55, 65, 65, 65, 5]


@pytest.mark.parametrize(
    ("file", "above", "where"),
    [
        ("months.csv", "MRR per customer 2025,,,,,\n", "the title above the table"),
        ("months.csv", "MRR per customer\n2025\nexported 2026-02-03\n", "the title above the table"),
        ("MRR 2025.csv", "", "the file’s name, “MRR 2025.csv”"),
        ("months.csv", "MRR por cliente - ano de 2025,,,,,\n", "the title above the table"),
        ("months.csv", "Выручка по клиентам за 2025 г.,,,,,\n", "the title above the table"),
        ("months.csv", "2025年 MRR,,,,,\n", "the title above the table"),
    ],
)
def test_the_year_of_months_that_name_none(reading: Read, file: str, above: str, where: str) -> None:
    text = f"{above}Customer,Jan,Feb,Mar,Apr,May\nAcorn,110,110,110,130,130\nBirch,220,220,220,0,0\n"
    table = only(reading({file: text}), "subscriptions")
    assert [mrr_on(table, date(2025, 1, 31)), mrr_on(table, date(2025, 5, 31))] == [330, 130]
    assert any(note.endswith(f"2025-01 to 2025-05 is assumed, from {where}.") for note in table.assumptions)


def test_months_over_the_turn_of_the_year(reading: Read) -> None:
    text = "MRR 2025/26\nCustomer,Oct,Nov,Dec,Jan,Feb\nAcorn,10,10,10,12,12\n"
    table = only(reading({"x.csv": text}), "subscriptions")
    assert table.rows.rows["start_date"].to_pylist() == [date(2025, 10, 1), date(2026, 1, 1)]


def test_months_of_an_unknown_year_are_asked_about(reading: Read) -> None:
    text = "Customer,CSM,Jan,Feb,Mar\nAcorn,Ana,110,110,130\nBirch,Bo,5,5,5\n"
    ingest = reading({"mrr.csv": text})
    assert [table.table for table in ingest.tables] == ["accounts"]
    assert "nothing indicates their year. Choose the “Year”" in ingest.ignored[0].why
    table = only(reading({"mrr.csv": text}, options={"year": "2024"}), "subscriptions")
    assert mrr_on(table, date(2024, 3, 31)) == 135
    with pytest.raises(UnknownOption, match="not a year"):
        reading({"mrr.csv": text}, options={"year": "last"})


QUARTERS = "Q1 2025,Q2 2025,Q3 2025,Q4 2025\nAcorn,90,90,120,120\nBirch,210,210,0,0\nCedar,0,300,300,300\n"


def test_quarters_hold_the_mrr_at_their_end_or_what_came_in_during_them(reading: Read) -> None:
    table = only(reading({"x.csv": f"MRR by customer,{QUARTERS}"}), "subscriptions")
    assert [mrr_on(table, date(2025, month, 28)) for month in (3, 6, 9, 12)] == [300, 600, 420, 420]
    assert any("at the end of each quarter" in note for note in table.assumptions)
    table = only(reading({"revenue.csv": f"Customer,{QUARTERS}"}), "subscriptions")
    assert [mrr_on(table, date(2025, month, 28)) for month in (3, 6, 9, 12)] == [100, 200, 140, 140]
    assert any("MRR is 1/3 of them" in note for note in table.assumptions)
    table = only(reading({"x.csv": f"ARR by customer,{QUARTERS}"}), "subscriptions")
    assert mrr_on(table, date(2025, 3, 31)) == 25


def test_quarters_of_money_that_tell_nothing_more_are_asked_about(reading: Read) -> None:
    text = "Customer,Q1 2025,Q2 2025,Q3 2025\nAcorn,€90,€90,€120\nBirch,€210,€210,€0\n"
    ingest = reading({"x.csv": text})
    assert not ingest.tables
    assert "Choose under “Quarters hold”" in ingest.ignored[0].why
    table = only(reading({"x.csv": text}, options={"quarters": "revenue"}), "subscriptions")
    assert mrr_on(table, date(2025, 3, 31)) == 100


def test_quarters_beside_their_months_are_totals(reading: Read) -> None:
    text = "Customer,Jan 2026,Feb 2026,Mar 2026,Q1 2026,2026\nAcorn,10,10,10,30,30\nBirch,5,5,5,15,15\n"
    ingest = reading({"mrr.csv": text})
    assert mrr_on(only(ingest, "subscriptions"), date(2026, 3, 31)) == 15
    assert [table.table for table in ingest.tables] == ["subscriptions"]


def test_years_of_recurring_revenue(reading: Read) -> None:
    text = "Customer,ARR 2023,ARR 2024,ARR 2025\nAcorn,1200,1200,2400\nBirch,600,0,0\n"
    table = only(reading({"customers.csv": text}), "subscriptions")
    assert [mrr_on(table, date(year, 12, 31)) for year in (2023, 2024, 2025)] == [150, 100, 200]
    text = "Customer,Industry,Revenue 2023,Revenue 2024\nAcorn,Food,1200000,1300000\nBirch,Toys,600000,700000\n"
    assert [table.table for table in reading({"accounts.csv": text}).tables] == ["accounts"]


def test_chinese_words_without_blanks(reading: Read) -> None:
    text = "2025年各客户MRR\n客户,1月,2月,3月,4月\n甲,100,100,120,120\n乙,50,50,0,0\n"
    table = only(reading({"x.csv": text}), "subscriptions")
    assert [mrr_on(table, date(2025, month, 28)) for month in (1, 3)] == [150, 120]


def test_questions_of_a_survey_are_no_quarters(reading: Read) -> None:
    text = "Response ID,Customer,Date,NPS,Q1,Q2,Q3\nR1,Acorn,2025-03-01,9,1,2,3\nR2,Birch,2025-03-02,8,3,4,5\n"
    assert [table.table for table in reading({"survey 2025.csv": text}).tables] == ["surveys"]


def test_a_corner_cell_without_a_name(reading: Read) -> None:
    table = only(reading({"mrr.csv": ",2026-01,2026-02,2026-03\nAcorn,1,2,2\nBirch,4,4,4\n"}), "subscriptions")
    assert mrr_on(table, date(2026, 3, 31)) == 6


def test_a_quarter_is_known_up_to_its_end(reading: Read) -> None:
    ingest = reading({"x.csv": f"MRR by customer,{QUARTERS}"})
    assert ingest.history is not None
    assert set(ingest.history["months"].to_pylist()) == {3.0}


@pytest.mark.parametrize(
    ("names", "firsts"),
    [
        (("MRR FY24", "MRR FY25"), [date(2023, 7, 1), date(2024, 7, 1)]),
        (("ARR FY2023/24", "ARR FY2024/25"), [date(2023, 7, 1), date(2024, 7, 1)]),
        (("MRR Q1 FY25", "MRR Q4 FY25"), [date(2024, 7, 1), date(2025, 4, 1)]),
        (("Aug FY25", "Sep FY25", "Jan FY25"), [date(2024, 8, 1), date(2024, 9, 1), date(2025, 1, 1)]),
        (("MRR 2024", "MRR 2025"), [date(2024, 1, 1), date(2025, 1, 1)]),
    ],
)
def test_columns_of_fiscal_years_begin_where_those_do(names: tuple[str, ...], firsts: list[date]) -> None:
    (held,) = period_columns(names, fiscal_start=7).values()
    assert [held[at].first for at in range(len(names))] == firsts
