"""Ends: whether the last day is paid, words instead of days, and days that cannot be read."""

from __future__ import annotations

from datetime import date

import pytest

from cs_dash.intake.results.problems import LoadedTable
from tests.intake.conftest import Read

HEAD = "Customer,Start Date,End Date,MRR\n"
YEARLY = HEAD + (
    "Orion,2024-01-01,2024-12-31,100\nOrion,2025-01-01,2025-12-31,120\n"
    "Lyra,2024-04-01,2025-03-31,200\nLyra,2025-04-01,2026-03-31,200\nVega,2024-02-01,2025-01-31,50\n"
)


def only(reading: Read, text: str, name: str = "contracts.csv", **context: object) -> LoadedTable:
    ingest = reading({name: text}, **context)
    assert not ingest.ignored
    (table,) = ingest.tables
    return table


def ends(table: LoadedTable) -> list[date | None]:
    days: list[date | None] = table.rows.rows["end_date"].to_pylist()
    return days


def test_next_contracts_that_begin_the_day_after_tell_that_ends_are_last_paid_days(reading: Read) -> None:
    table = only(reading, YEARLY)
    assert ends(table) == [date(2025, 1, 1), date(2026, 1, 1), date(2025, 4, 1), date(2026, 4, 1), date(2025, 2, 1)]
    (note,) = [text for text in table.assumptions if "last paid day" in text]
    assert "in 2 of 2 pairs" in note
    assert "change “End dates” if that is wrong" in note


def test_the_option_goes_before_the_pairs_and_the_contradiction_is_said(reading: Read) -> None:
    table = only(reading, YEARLY, options={"end_date": "exclusive"})
    assert ends(table)[0] == date(2024, 12, 31)
    assert any("The choice for “End dates” contradicts the file" in text for text in table.assumptions)


def test_next_contracts_that_begin_on_the_day_leave_the_ends_as_they_stand(reading: Read) -> None:
    rows = "A,2024-01-01,2025-01-01,10\nA,2025-01-01,2026-01-01,10\nB,2025-01-01,2025-02-28,5\nB,2025-06-01,,5\n"
    table = only(reading, HEAD + rows)
    assert ends(table) == [date(2025, 1, 1), date(2026, 1, 1), date(2025, 2, 28), None]
    assert not any("last paid day" in text for text in table.assumptions)


def test_a_file_that_does_both_asks(reading: Read) -> None:
    rows = "A,2024-01-01,2025-01-01,10\nA,2025-01-01,2026-01-01,10\nB,2024-01-01,2024-12-31,5\nB,2025-01-01,,5\n"
    table = only(reading, HEAD + rows)
    (column,) = [mapped for mapped in table.mapped if mapped.question]
    assert (column.column, column.option, column.answers[0][0]) == ("End Date", "end_date", "exclusive")
    assert ends(table)[2] == date(2024, 12, 31)


def test_contracts_of_whole_months_tell_where_no_customer_has_two(reading: Read) -> None:
    rows = (
        "A,2025-02-01,2026-01-31,10\nB,2024-03-15,2026-03-14,5\nC,2025-05-01,2026-04-30,5\nD,2025-01-09,2025-11-02,5\n"
    )
    table = only(reading, HEAD + rows)
    assert ends(table) == [date(2026, 2, 1), date(2026, 3, 15), date(2026, 5, 1), date(2025, 11, 3)]
    assert any("with that day 3 of 4 contracts run for whole months" in text for text in table.assumptions)
    rows = (
        "A,2025-02-01,2026-02-01,10\nB,2024-03-15,2026-03-15,5\nC,2025-05-01,2026-04-30,5\nD,2025-01-09,2026-01-09,5\n"
    )
    assert ends(only(reading, HEAD + rows))[:2] == [date(2026, 2, 1), date(2026, 3, 15)]


def test_months_as_ends_do_not_tell_that_days_are_paid(reading: Read) -> None:
    rows = "".join(
        f"{name},Jan 2025,{month} 2025,10\n" for name, month in zip("ABC", ("Jun", "Jul", "Aug"), strict=True)
    )
    assert ends(only(reading, HEAD + rows))[0] == date(2025, 6, 30)


def test_a_single_coincidence_among_many_gaps_tells_nothing(reading: Read) -> None:
    rows = "".join(f"C{n},2024-01-01,2024-03-{n + 1:02},10\nC{n},2024-06-{n + 1:02},,10\n" for n in range(9))
    table = only(reading, HEAD + rows + "D,2024-01-01,2024-01-31,5\nD,2024-02-01,,5\n")
    assert ends(table)[-2] == date(2024, 1, 31)


@pytest.mark.parametrize(
    "word",
    ["Active", "Ativo", "current", "ongoing", "Present", "bis heute", "en cours", "vigente", "действует", "至今", "-"],
)  # fmt: skip
def test_words_for_still_running(reading: Read, word: str) -> None:
    table = only(reading, HEAD + f"A,2024-01-01,{word},10\nB,2024-01-01,2025-06-30,5\nC,2024-01-01,2025-05-31,5\n")
    assert ends(table) == [None, date(2025, 6, 30), date(2025, 5, 31)]
    assert not table.problems


@pytest.mark.parametrize("cell", ["soon", "31.31.2025", "unknown", "unbekannt", "?", "ask Bob"])
def test_an_unreadable_end_is_an_end_on_a_day_that_is_not_known(reading: Read, cell: str) -> None:
    """Of three lines one runs; the other ended by the newest day that the file knows, 1 March 2025."""
    rows = f"A,2024-01-01,{cell},10\nB,2025-03-01,,5\nC,2024-01-01,2025-05-31,5\n"
    table = only(reading, HEAD + rows)
    assert ends(table) == [date(2025, 3, 1), None, date(2025, 5, 31)]
    assert table.rows.rows["assumed"].to_pylist() == [True, False, False]
    assert [(problem.row, problem.value, problem.fatal) for problem in table.problems] == [(2, cell, False)]
    assert any("1 row has an unreadable end date in End Date" in text for text in table.assumptions)


def test_an_unreadable_churn_date_means_that_the_customer_left(reading: Read) -> None:
    text = "Account ID,Customer,Start Date,MRR,Churn Date\nA,Alpha,2024-01-01,10,mid summer\nB,Beta,2025-02-01,20,\n"
    tables = {table.table: table for table in reading({"customers.csv": text}).tables}
    events = tables["churn_events"].rows.rows.to_pylist()
    assert [(row["account_ref"], row["churned_on"], row["assumed"]) for row in events] == [
        ("A", date(2025, 2, 1), True)
    ]
    assert tables["subscriptions"].rows.rows["assumed"].to_pylist() == [True, False]


def test_a_churn_event_with_an_unreadable_day_stays_an_event(reading: Read) -> None:
    text = "Account ID,Churn Date,Reason\nA,2025-04-10,Price\nB,spring,Support\n"
    table = only(reading, text, "churn_events.csv")
    assert table.rows.rows["churned_on"].to_pylist() == [date(2025, 4, 10), date(2025, 4, 10)]
    assert table.rows.rows["assumed"].to_pylist() == [False, True]


def test_a_month_is_its_first_day_for_a_start_and_its_last_for_an_end(reading: Read) -> None:
    text = "Kunde,Vertragsbeginn,Vertragsende,MRR\nA,Mär. 24,Jun 25,10\nB,Q1 2024,aktiv,20\nC,2024-W14,FY25,5\n"
    table = only(reading, text)
    assert table.rows.rows["start_date"].to_pylist() == [date(2024, 3, 1), date(2024, 1, 1), date(2024, 4, 1)]
    assert ends(table) == [date(2025, 6, 30), None, date(2025, 12, 31)]
    said = [text for text in table.assumptions if "count as their" in text]
    assert len(said) == 5, "once for each unit in each column"
    assert any(text.startswith("Fiscal years are assumed to begin in January") for text in table.assumptions)


def test_the_fiscal_year_is_an_option(reading: Read) -> None:
    text = "Customer,Start Date,End Date,MRR\nA,FY24,FY25,10\nB,2024-01-01,,20\n"
    table = only(reading, text, options={"fiscal_year": "July"})
    assert table.rows.rows["start_date"].to_pylist()[0] == date(2023, 7, 1)
    assert ends(table)[0] == date(2025, 6, 30)


def test_a_column_of_ends_with_few_days_among_words_is_one_all_the_same(reading: Read) -> None:
    """One of four values is a day, two are words, and one cannot be read: that customer left."""
    text = "Company,Customer since,MRR,Left on\nN,2019,1,\nS,2020,2,2024\nE,2021,3,Active\nW,2022,4,no idea\n"
    tables = {table.table: table for table in reading({"customers.csv": text}).tables}
    left = {row["account_ref"]: row["churned_on"] for row in tables["churn_events"].rows.rows.to_pylist()}
    assert left == {"s": date(2024, 12, 31), "w": date(2024, 12, 31)}


def test_a_fiscal_year_with_both_its_years_needs_its_first_month(reading: Read) -> None:
    text = "Customer,Start Date,End Date,MRR\nA,FY 2023/24,,10\nB,2024-01-01,2024-09-30,20\n"
    table = only(reading, text)
    assert [problem.advice for problem in table.problems] == ["Set the first month of the fiscal year in Settings."]
    table = only(reading, text, options={"fiscal_year": "10"})
    assert table.rows.rows["start_date"].to_pylist()[0] == date(2023, 10, 1)
