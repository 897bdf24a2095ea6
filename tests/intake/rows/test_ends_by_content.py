"""Ends that only their contents tell: a column of days that is filled for those who left."""

from __future__ import annotations

from datetime import date

from tests.intake.conftest import Read


def test_last_paid_days_in_a_column_that_only_its_contents_explain(reading: Read) -> None:
    rows = "".join(
        f"{name},{start},{end},{state},10\n"
        for name in ("Alfa", "Beta", "Gama", "Delta")
        for start, end, state in (
            ("2025-01-01", "2025-03-31", "cancelled"), ("2025-04-01", "2025-06-30", "cancelled"),
            ("2025-07-01", "", "active"),
        )
    )  # fmt: skip
    (table,) = reading({"contracts.csv": f"Customer,Start date,Stint,Status,MRR\n{rows}"}).tables
    lines = table.rows.rows.to_pylist()
    assert {line["end_date"] for line in lines} == {date(2025, 4, 1), date(2025, 7, 1), None}
