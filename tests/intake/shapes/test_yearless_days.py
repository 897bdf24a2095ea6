"""Days without a year take it from a column of years, a title, a sheet's or a file's name."""

from __future__ import annotations

from datetime import date

import pytest

from cs_dash.intake.results.problems import LoadedTable
from tests.intake.conftest import Read


def only(reading: Read, text: str, name: str, **context: object) -> LoadedTable:
    ingest = reading({name: text}, **context)
    assert not ingest.ignored
    (table,) = [table for table in ingest.tables if table.table == "subscriptions"]
    return table


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("15.03.", "31.12."), ("15/03", "31/12"), ("3/15", "12/31"), ("15 Mar", "31 Dec"), ("Mar 15", "Dec 31"),
        ("15. März", "31. Dezember"), ("15 de março", "31 de dezembro"), ("15 марта", "31 декабря"),
        ("3月15日", "12月31日"), ("15-Mar", "31-Dec"),
    ],
)  # fmt: skip
def test_the_year_in_the_files_name(reading: Read, start: str, end: str) -> None:
    text = f"Customer,Start Date,End Date,MRR\nA,{start},{end},10\nB,{start},,20\n"
    rows = only(reading, text, "contracts_2025.csv").rows.rows
    assert rows["start_date"].to_pylist() == [date(2025, 3, 15)] * 2
    assert rows["end_date"].to_pylist() == [date(2025, 12, 31), None]


def test_the_year_in_a_title_and_an_end_over_the_turn_of_the_year(reading: Read) -> None:
    text = "Verträge 2024,,,\n\nKunde,Vertragsbeginn,Vertragsende,MRR\nA,01.11.,31.03.,10\nB,01.02.,30.09.,20\n"
    table = only(reading, text, "contracts.csv")
    assert table.rows.rows["start_date"].to_pylist() == [date(2024, 11, 1), date(2024, 2, 1)]
    assert table.rows.rows["end_date"].to_pylist() == [date(2025, 3, 31), date(2024, 9, 30)]
    assert any("have no year; it was taken" in text and "title" in text for text in table.assumptions)


def test_a_column_of_years_and_months_alone(reading: Read) -> None:
    text = "Customer,Year,Start Date,MRR\nA,2024,March,10\nB,2025,Sept.,20\n"
    assert only(reading, text, "contracts.csv").rows.rows["start_date"].to_pylist() == [
        date(2024, 3, 1), date(2025, 9, 1),
    ]  # fmt: skip


def test_a_month_with_two_digits_is_a_month_of_a_year(reading: Read) -> None:
    text = "Customer,Start Date,MRR\nA,Aug-20,10\nB,Sep-31,20\n"
    starts = only(reading, text.replace("Sep-31", "Sep-25"), "contracts_2026.csv").rows.rows["start_date"].to_pylist()
    assert starts == [date(2020, 8, 1), date(2025, 9, 1)]
    starts = only(reading, text.replace("Sep-31", "Sep-5"), "contracts_2026.csv").rows.rows["start_date"].to_pylist()
    assert starts == [date(2026, 8, 20), date(2026, 9, 5)]


def test_a_year_that_nothing_names_is_said_and_an_option(reading: Read) -> None:
    text = "Customer,Start Date,MRR\nA,15.03.,10\nB,16.04.,20\n"
    table = only(reading, text, "contracts.csv", as_table="subscriptions")
    assert table.rejected == 2
    assert any("dates without a year, and nothing states it" in text for text in table.assumptions)
    table = only(reading, text, "contracts.csv", as_table="subscriptions", options={"year": "2023"})
    assert table.rows.rows["start_date"].to_pylist() == [date(2023, 3, 15), date(2023, 4, 16)]


def test_numbers_that_look_like_days_stay_numbers(reading: Read) -> None:
    text = "Customer,Start Date,MRR\nA,2025-03-01,31.12\nB,2025-04-01,1.5\n"
    assert only(reading, text, "contracts_2025.csv").rows.rows["mrr"].to_pylist() == [31.12, 1.5]
    scores = "Customer,ARR,Renewal date,CSAT\nA,1200,2026-11-25,4.1\nB,6000,2027-03-15,3.9\n"
    assert not any("without a year" in note for note in only(reading, scores, "a.csv").assumptions)


def test_months_with_short_years_are_no_days_of_a_month(reading: Read) -> None:
    months = ["03/25", "11/24", "07/25", "01/26"]
    text = "Customer,Start Date,MRR\n" + "".join(f"C{n},{month},10\n" for n, month in enumerate(months))
    starts = only(reading, text, "contracts_2026.csv").rows.rows["start_date"].to_pylist()
    assert starts == [date(2025, 3, 1), date(2024, 11, 1), date(2025, 7, 1), date(2026, 1, 1)]


def test_a_month_and_a_year_in_two_columns(reading: Read) -> None:
    text = "Customer,Start month,Start year,MRR\nA,March,2024,10\nB,May,2025,20\n"
    starts = only(reading, text, "contracts.csv").rows.rows["start_date"].to_pylist()
    assert starts == [date(2024, 3, 1), date(2025, 5, 1)]


def test_plain_numbers_are_no_days_whatever_their_column_is_called(reading: Read) -> None:
    """Gigabytes: “data” is also a day in Portuguese."""
    text = "Customer,Start Date,MRR,data_go\nA,2025-01-01,10,6.4\nB,2025-02-01,20,14.7\nC,2025-03-01,30,0.4\n"
    assert not any("without a year" in note for note in only(reading, text, "contracts.csv").assumptions)
