from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_dash.intake.cells import dates

DAYS = st.dates(date(1970, 1, 1), date(2069, 12, 31))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-03-01", datetime(2025, 3, 1)),
        ("2025-03-01T09:30:00Z", datetime(2025, 3, 1, 9, 30)),
        ("2025-03-01T09:30:00+02:00", datetime(2025, 3, 1, 7, 30)),
        ("2020-12-30 3:15:52", datetime(2020, 12, 30, 3, 15, 52)),
        ("03/04/2025 2:30 PM", datetime(2025, 4, 3, 14, 30)),
        ("12/04/2025 12:05 AM", datetime(2025, 4, 12, 0, 5)),
        ("Tue, 5 Mar 2025 10:00:00 +0000", datetime(2025, 3, 5, 10)),
        ("March 5, 2025", datetime(2025, 3, 5)),
        ("5. März 2025", datetime(2025, 3, 5)),
        ("1 января 2025 г.", datetime(2025, 1, 1)),
        ("2025年3月1日", datetime(2025, 3, 1)),
        ("5-Mar-25", datetime(2025, 3, 5)),
        ("Mar 2025", datetime(2025, 3, 1)),
        ("2025-03", datetime(2025, 3, 1)),
        ("20250301", datetime(2025, 3, 1)),
        ("45717.5", datetime(2025, 3, 1, 12)),
        ("1735689600", datetime(2025, 1, 1)),
        ("31.12.69", datetime(2069, 12, 31)),
        ("31/12/70", datetime(1970, 12, 31)),
    ],
)
def test_moments(text: str, expected: datetime) -> None:
    assert dates.moment(text) == expected


@pytest.mark.parametrize(
    "text",
    ["31/02/2025", "2025-02-30", "hello", "2025", "1.234", "13/13/2025", "25:00", "May", "0001-01-01T00:00:00+05:00"],
)
def test_what_is_no_date(text: str) -> None:
    assert dates.moment(text) is None


def test_a_day_is_the_one_written_whatever_its_zone() -> None:
    assert dates.day("2025-03-01T00:00:00+02:00") == date(2025, 3, 1)


def test_days_counted_from_1904() -> None:
    assert dates.day("44255", since_1904=True) == dates.day("45717")


@given(
    DAYS,
    st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%d %B %Y", "%d-%b-%Y", "%Y/%m/%d", "%Y%m%d", "%d.%m.%y"]),
)
def test_a_day_survives_its_spelling(day: date, pattern: str) -> None:
    assert dates.day(day.strftime(pattern), "dmy") == day


@given(DAYS)
def test_a_day_survives_month_first(day: date) -> None:
    assert dates.day(day.strftime("%m/%d/%Y"), "mdy") == day


@given(DAYS.filter(lambda day: day.year >= 1971))
def test_a_day_survives_a_spreadsheet(day: date) -> None:
    assert dates.day(str((day - date(1899, 12, 30)).days)) == day


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_none(text: str) -> None:
    moment = dates.moment(text)
    assert moment is None or moment.tzinfo is None
