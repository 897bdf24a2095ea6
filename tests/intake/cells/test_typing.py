from __future__ import annotations

from datetime import date, datetime

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_dash.intake.cells import dates, missing, money, typing
from cs_dash.intake.cells.habits import Habits, Typed
from cs_dash.schema.tables import TABLES

HABITS = Habits("dmy", "")


def typed(field: str, *cells: str | None, habits: Habits = HABITS, factor: float = 1.0) -> Typed:
    table, name = field.split(".")
    return typing.typed(pa.array(cells, pa.string()), TABLES[table].field(name), habits, factor)


def test_words_for_nothing_are_empty_where_a_value_is_due() -> None:
    column = typed("accounts.seats", "", "n/a", "NULL", "None", "-", " #N/A ", None, "5")
    assert column.values.to_pylist() == [None] * 7 + [5.0]
    assert not column.unread


def test_none_may_be_the_name_of_a_category() -> None:
    assert typed("accounts.plan", "None", "-", "null", "", " Pro ").values.to_pylist() == [
        "None",
        "-",
        None,
        None,
        "Pro",
    ]


def test_values_that_cannot_be_read_are_named_with_their_rows() -> None:
    column = typed("subscriptions.start_date", "2025-01-01", "31/02/2025", "soon", "1/1/1900", "31/02/2025")
    assert column.values.to_pylist() == [date(2025, 1, 1), None, None, None, None]
    assert {(tuple(u.rows.tolist()), u.values, u.what) for u in column.unread} == {
        ((1, 4), ("31/02/2025", "31/02/2025"), "Not a valid date."),
        ((2,), ("soon",), "Not a date."),
        ((3,), ("1/1/1900",), "The year is not between 1970 and 2100."),
    }


@pytest.mark.parametrize("cell", ["2025-03-01 23:59:59", "2025-03-01", "2025-03-01T10:00"])
def test_plain_columns_of_days_are_read_at_once(cell: str) -> None:
    assert typed("usage.used_on", cell, None).values.to_pylist() == [date(2025, 3, 1), None]


def test_an_impossible_day_in_a_plain_column() -> None:
    column = typed("usage.used_on", "2025-02-28", "2025-02-30")
    assert column.values.to_pylist() == [date(2025, 2, 28), None]
    assert column.unread[0].rows.tolist() == [1]


def test_moments_of_several_spellings() -> None:
    column = typed("tickets.created_at", "2025-03-01 09:30", "2025-03-01T09:30:00Z", "1.3.2025 9:30")
    assert column.values.to_pylist() == [datetime(2025, 3, 1, 9, 30)] * 3


def test_units_are_turned() -> None:
    assert typed("tickets.resolution_minutes", "1.5", "2:30", factor=60.0).values.to_pylist() == [90, 150]


def test_decimal_commas_are_said() -> None:
    column = typed("accounts.mrr", "1.234,50", "99,9")
    assert column.values.to_pylist() == [1234.5, 99.9]
    assert column.assumptions == ("Commas were read as decimal signs.",)


def test_shortened_numbers_are_written_out_and_noted() -> None:
    column = typed("accounts.mrr", "1.2k", "800")
    assert column.values.to_pylist() == [1200, 800]
    (assumption,) = column.assumptions
    assert assumption.startswith("Abbreviated numbers such as 1.2k (read as 1,200)")


def test_an_amount_with_its_period_in_the_cell() -> None:
    assert typed("subscriptions.amount", "$100 / month", "1,200 per year", "30").values.to_pylist() == [100, 1200, 30]


def test_terms_in_words() -> None:
    column = typed("subscriptions.term_months", "36 months", "2-Year", "12", "3 Jahre", "soon")
    assert column.values.to_pylist() == [36, 24, 12, 36, None]
    assert column.unread[0].values == ("soon",)


def test_ids_that_became_decimals_on_their_way() -> None:
    assert typed("tickets.ticket_id", "12.0", "13.0").values.to_pylist() == ["12", "13"]
    assert typed("tickets.ticket_id", "12.0", "v1.0x").values.to_pylist() == ["12.0", "v1.0x"]


def test_invisible_signs_around_a_value() -> None:
    assert typed("tickets.body", "Hi\u200c \u200c", "\ufeff").values.to_pylist() == ["Hi", None]


MOMENTS = [
    "2026-01-02", "2026-01-02 10:30", "2026-01-02T10:30:15", "2026-01-02 10:30:15.25", "2026-01-02T10",
    "2026-01-02 1030", "2026-01-02T10:30:15Z", "2026-01-02 10:30:15+02:00", "2026-02-30", "1969-12-31",
    "2101-01-01", "3/4/2026",
    "14.05.2026 09:00", "2026-1-2", "20260102", "2. Januar 2026", "soon", "", None,
]  # fmt: skip


@given(st.lists(st.sampled_from(MOMENTS), min_size=1, max_size=8))
def test_moments_typed_together_are_those_typed_one_by_one(cells: list[str | None]) -> None:
    for name in ("created_at", "used_on"):
        table = TABLES["tickets" if name == "created_at" else "usage"]
        together = typing.typed(pa.array(cells, pa.string()), table.field(name), HABITS)
        single = [typing.typed(pa.array([cell], pa.string()), table.field(name), HABITS) for cell in cells]
        assert together.values.to_pylist() == [column.values[0].as_py() for column in single]
        unread = sorted((int(row), column.what) for column in together.unread for row in column.rows)
        assert unread == [(at, u.what) for at, column in enumerate(single) for u in column.unread]
        parse = dates.moment if name == "created_at" else dates.day
        for cell, column in zip(cells, single, strict=True):
            ingest = parse(cell, "dmy") if cell else None
            assert column.values[0].as_py() == (ingest if ingest and dates.in_range(ingest) else None)


NUMBERS = [
    "1",
    "-2.5",
    "+3",
    "1e5",
    ".5",
    "7.",
    "1,234.5",
    "12 %",
    "inf",
    "nan",
    "NaN",
    "1_000",
    "0x1A",
    "--",
    "x",
    None,
]


@given(st.lists(st.sampled_from(NUMBERS), min_size=1, max_size=8))
def test_numbers_typed_together_are_those_typed_one_by_one(cells: list[str | None]) -> None:
    field = TABLES["accounts"].field("seats")
    habits = Habits("dmy", "", "point")
    together = typing.typed(pa.array(cells, pa.string()), field, habits)
    for at, cell in enumerate(cells):
        is_missing = cell is None or cell.lower() in missing.NO_VALUE
        assert together.values[at].as_py() == (None if is_missing or cell is None else money.number(cell))
