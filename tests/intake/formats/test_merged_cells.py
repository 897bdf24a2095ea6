"""What a merged cell of a workbook holds belongs to all of its rows; an amount counts once."""

from __future__ import annotations

from datetime import date

import pytest

from tests.intake.conftest import Read
from tests.intake.shapes.test_monthly import only
from tests.intake.shapes.test_period_columns import book, mrr_on


def test_a_customer_merged_over_its_rows(reading: Read) -> None:
    """One customer with two rows among many: too few for a pattern, but the workbook says so."""
    content = book(
        ("Customer ID", "Customer", "Plan", "Start date", "MRR"),
        (101, "Acorn", "Pro", "2025-01-01", 100),
        (None, None, "Add-on", "2025-03-01", 40),
        (102, "Birch", "Pro", "2025-01-01", 70),
        (103, "Cedar", "Pro", "2025-01-01", 60),
        merged=("A2:A3", "B2:B3"),
    )
    table = only(reading({"contracts.xlsx": content}), "subscriptions")
    rows = table.rows.rows.to_pylist()
    assert [(row["account_ref"], row["mrr"]) for row in rows] == [("101", 100), ("101", 40), ("102", 70), ("103", 60)]
    assert "2 cells are merged across several rows: the value counts for each row." in table.assumptions


def test_a_start_merged_over_rows_and_an_amount_that_counts_once(reading: Read) -> None:
    content = book(
        ("Customer", "Plan", "Start date", "MRR"),
        ("Acorn", "Pro", "2025-01-01", 100),
        (None, "Add-on", None, None),
        ("Birch", "Pro", "2025-02-01", 70),
        merged=("A2:A3", "C2:C3", "D2:D3"),
    )
    table = only(reading({"contracts.xlsx": content}), "subscriptions")
    rows = table.rows.rows
    assert rows["start_date"].to_pylist() == [date(2025, 1, 1), date(2025, 1, 1), date(2025, 2, 1)]
    assert sum(mrr or 0 for mrr in rows["mrr"].to_pylist()) == 170
    assert any("which counts once" in note for note in table.assumptions)


def test_an_amount_merged_over_months_is_paid_in_each(reading: Read) -> None:
    content = book(
        ("Customer", "Jan 2026", "Feb 2026", "Mar 2026"),
        ("Acorn", 100, None, None),
        ("Birch", 40, 40, 0),
        merged=("B2:D2",),
    )
    table = only(reading({"mrr.xlsx": content}), "subscriptions")
    assert [mrr_on(table, date(2026, month, 28)) for month in (1, 2, 3)] == [140, 140, 100]


@pytest.mark.parametrize("first", ["A", "C"])
def test_a_table_that_does_not_begin_in_the_first_column(reading: Read, first: str) -> None:
    blank = (None,) * (ord(first) - ord("A"))
    content = book(
        (*blank, "Customer", "Plan", "Start date", "MRR"),
        (*blank, "Acorn", "Pro", "2025-01-01", 100),
        (*blank, None, "Add-on", "2025-01-01", 40),
        (*blank, "Birch", "Pro", "2025-02-01", 70),
        merged=(f"{first}2:{first}3",),
    )
    table = only(reading({"contracts.xlsx": content}), "subscriptions")
    assert table.rows.rows["account_ref"].to_pylist() == ["Acorn", "Acorn", "Birch"]
