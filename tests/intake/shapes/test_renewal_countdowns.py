"""“Days to renewal” gives a renewal date that says it was computed."""

from __future__ import annotations

from datetime import date

import pytest

from tests.intake.conftest import Read


@pytest.mark.parametrize(
    "header",
    [
        "Days to renewal", "days_until_renewal", "Renewal in days", "Renews in (days)", "Tage bis Verlängerung",
        "Días hasta la renovación", "Dias para renovação", "Jours avant renouvellement",
        "Дней до продления", "距续约天数",
    ],
)  # fmt: skip
def test_days_to_the_renewal(reading: Read, header: str) -> None:
    text = f"Customer,MRR,Seats,{header}\nAcorn,100,5,30\nBirch,200,10,-12\nCedar,50,1,\n"
    ingest = reading({"accounts.csv": text}, options={"snapshot": "2026-09-01"})
    for table in ingest.tables:
        assert table.rows.rows["renewal_date"].to_pylist() == [date(2026, 10, 1), date(2026, 8, 20), None]
        assert "renewal_date" in table.rows.assumed
    accounts = next(table for table in ingest.tables if table.table == "accounts")
    assert any("renewal dates are computed" in note and "2 of 3 rows" in note for note in accounts.assumptions)
    assert any(m.field == "renewal_date" and "counted from 2026-09-01" in m.because for m in accounts.mapped)


def test_months_to_the_renewal_count_from_the_day_of_the_sheet(reading: Read) -> None:
    text = "Customer,MRR,Months to renewal\nAcorn,100,2\nBirch,200,11\n"
    (accounts, *_) = reading({"accounts_2026-08-31.csv": text}).tables
    assert accounts.rows.rows["renewal_date"].to_pylist() == [date(2026, 10, 31), date(2027, 7, 31)]


def test_a_renewal_date_that_is_given_goes_first(reading: Read) -> None:
    text = "Customer,MRR,Renewal date,Days to renewal\nAcorn,100,2027-01-01,30\nBirch,200,2027-02-01,61\n"
    for table in reading({"accounts.csv": text}).tables:
        assert table.rows.rows["renewal_date"].to_pylist() == [date(2027, 1, 1), date(2027, 2, 1)]


def test_days_since_a_renewal_are_none(reading: Read) -> None:
    text = "Customer,MRR,Days since renewal\nAcorn,100,30\nBirch,200,61\n"
    for table in reading({"accounts.csv": text}).tables:
        assert "renewal_date" not in table.rows.rows.column_names
