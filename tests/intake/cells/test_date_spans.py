"""Months, quarters, weeks, halves and years as people write them in seven languages."""

from __future__ import annotations

from datetime import date

import pytest

from cs_dash.intake.cells.date_spans import calendar_year, span


@pytest.mark.parametrize(
    "text",
    [
        "Aug-20", "aug. 2020", "August 2020", "08/2020", "2020-08", "202008", "Aug'20", "août 2020", "aout-20",
        "agosto de 2020", "ago.-20", "август 2020 г.", "авг. 20", "2020年8月", "2020年八月", "20年8月",
    ],
)  # fmt: skip
def test_months(text: str) -> None:
    days = span(text)
    assert days is not None
    assert (days.first, days.last, days.unit) == (date(2020, 8, 1), date(2020, 8, 31), "month")


@pytest.mark.parametrize(
    "text",
    [
        "Q3 2025", "2025-Q3", "Q3-25", "3Q25", "third quarter 2025", "3. Quartal 2025", "Quartal 3/2025", "T3 2025",
        "3T25", "3e trimestre 2025", "3er trimestre de 2025", "3º trimestre de 2025", "III квартал 2025 г.",
        "3 кв. 2025", "2025年第三季度", "2025年Q3",
    ],
)  # fmt: skip
def test_quarters(text: str) -> None:
    days = span(text)
    assert days is not None
    assert (days.first, days.last, days.unit) == (date(2025, 7, 1), date(2025, 9, 30), "quarter")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("H1 2025", date(2025, 1, 1), date(2025, 6, 30)),
        ("2. Halbjahr 2025", date(2025, 7, 1), date(2025, 12, 31)),
        ("S2 2025", date(2025, 7, 1), date(2025, 12, 31)),
        ("1º semestre de 2025", date(2025, 1, 1), date(2025, 6, 30)),
        ("2 полугодие 2025", date(2025, 7, 1), date(2025, 12, 31)),
        ("2025年下半年", date(2025, 7, 1), date(2025, 12, 31)),
        ("2025-W14", date(2025, 3, 31), date(2025, 4, 6)),
        ("KW 14/2025", date(2025, 3, 31), date(2025, 4, 6)),
        ("semaine 14 2025", date(2025, 3, 31), date(2025, 4, 6)),
        ("2025年第14周", date(2025, 3, 31), date(2025, 4, 6)),
        ("W01 2026", date(2025, 12, 29), date(2026, 1, 4)),
        ("FY25", date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_halves_weeks_and_fiscal_years(text: str, first: date, last: date) -> None:
    days = span(text)
    assert days is not None
    assert (days.first, days.last) == (first, last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("FY25", date(2024, 7, 1), date(2025, 6, 30)),
        ("FY 2024/25", date(2024, 7, 1), date(2025, 6, 30)),
        ("Q1 FY25", date(2024, 7, 1), date(2024, 9, 30)),
        ("FY25 Q4", date(2025, 4, 1), date(2025, 6, 30)),
        ("H2 FY25", date(2025, 1, 1), date(2025, 6, 30)),
        ("Q1 2025", date(2025, 1, 1), date(2025, 3, 31)),
    ],
)
def test_a_fiscal_year_that_begins_in_july_is_named_after_its_end(text: str, first: date, last: date) -> None:
    days = span(text, 7)
    assert days is not None
    assert (days.first, days.last) == (first, last)


@pytest.mark.parametrize(
    "text",
    ["2025-03-01", "5-Mar-25", "Mar 5, 2025", "5 марта 2025 г.", "45717", "2025", "Q5 2025", "W60 2025", "Plan 25",
     "13/2025", "FY 2024/25", "", "Q1", "active"],
)  # fmt: skip
def test_days_and_other_texts_are_no_such_span(text: str) -> None:
    assert span(text) is None


def test_a_bare_year_counts_only_where_a_day_is_due() -> None:
    days = calendar_year("2025")
    assert days is not None
    assert (days.first, days.last) == (date(2025, 1, 1), date(2025, 12, 31))
    assert calendar_year("1025") is None
