from __future__ import annotations

from datetime import date, datetime

import pyarrow as pa
import pytest

from cs_dash.intake import clean
from cs_dash.intake.clean import Habits, Typed
from cs_dash.schema import TABLES

HABITS = Habits("dmy", "")


def typed(field: str, *cells: str | None, habits: Habits = HABITS, factor: float = 1.0) -> Typed:
    table, name = field.split(".")
    return clean.typed(pa.array(cells, pa.string()), TABLES[table].field(name), habits, factor)


def test_words_for_nothing_are_empty_where_a_value_is_due() -> None:
    found = typed("accounts.seats", "", "n/a", "NULL", "None", "-", " #N/A ", None, "5")
    assert found.values.to_pylist() == [None] * 7 + [5.0]
    assert not found.unread


def test_none_may_be_the_name_of_a_category() -> None:
    assert typed("accounts.plan", "None", "-", "null", "", " Pro ").values.to_pylist() == [
        "None",
        "-",
        None,
        None,
        "Pro",
    ]


def test_values_that_cannot_be_read_are_named_with_their_rows() -> None:
    found = typed("subscriptions.start_date", "2025-01-01", "31/02/2025", "soon", "1/1/1900", "31/02/2025")
    assert found.values.to_pylist() == [date(2025, 1, 1), None, None, None, None]
    assert {(tuple(u.rows.tolist()), u.values, u.what) for u in found.unread} == {
        ((1, 4), ("31/02/2025", "31/02/2025"), "Not a day of the calendar."),
        ((2,), ("soon",), "Not a date."),
        ((3,), ("1/1/1900",), "The year is outside 1970 to 2100."),
    }


@pytest.mark.parametrize("cell", ["2025-03-01 23:59:59", "2025-03-01", "2025-03-01T10:00"])
def test_plain_columns_of_days_are_read_at_once(cell: str) -> None:
    assert typed("usage.used_on", cell, None).values.to_pylist() == [date(2025, 3, 1), None]


def test_an_impossible_day_in_a_plain_column() -> None:
    found = typed("usage.used_on", "2025-02-28", "2025-02-30")
    assert found.values.to_pylist() == [date(2025, 2, 28), None]
    assert found.unread[0].rows.tolist() == [1]


def test_moments_of_several_spellings() -> None:
    found = typed("tickets.created_at", "2025-03-01 09:30", "2025-03-01T09:30:00Z", "1.3.2025 9:30")
    assert found.values.to_pylist() == [datetime(2025, 3, 1, 9, 30)] * 3


def test_units_are_turned() -> None:
    assert typed("tickets.resolution_minutes", "1.5", "2:30", factor=60.0).values.to_pylist() == [90, 9000]


def test_decimal_commas_are_said() -> None:
    found = typed("accounts.mrr", "1.234,50", "99,9")
    assert found.values.to_pylist() == [1234.5, 99.9]
    assert found.assumptions == ("Commas were read as decimal signs.",)


def test_shortened_numbers_are_refused() -> None:
    assert typed("accounts.mrr", "1.2k").unread[0].what == "A shortened number."


def test_ids_that_became_decimals_on_their_way() -> None:
    assert typed("tickets.ticket_id", "12.0", "13.0").values.to_pylist() == ["12", "13"]
    assert typed("tickets.ticket_id", "12.0", "v1.0x").values.to_pylist() == ["12.0", "v1.0x"]


def test_invisible_signs_around_a_value() -> None:
    assert typed("tickets.body", "Hi\u200c \u200c", "\ufeff").values.to_pylist() == ["Hi", None]
