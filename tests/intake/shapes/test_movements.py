"""Lists of movements of MRR: as ChartMogul, Baremetrics and billing systems write them."""

from __future__ import annotations

from datetime import date

import pytest

from cs_dash.intake.results.problems import IngestResult
from tests.intake.conftest import Read

CHANGES = (
    "Date,Customer,Type,MRR change\n"
    "2026-01-05,Alfa,New business,100\n2026-02-01,Beta,New business,80\n2026-03-10,Alfa,Expansion,50\n"
    "2026-04-02,Beta,Contraction,-30\n2026-05-20,Alfa,Churn,-150\n2026-08-01,Alfa,Reactivation,120\n"
)
LEVELS = (
    "event_id,customer_id,event_date,event_type,plan_name,monthly_amount\n"
    "1,501,2024-01-01,start,premium,30\n2,501,2024-02-15,downgrade,standard,20\n3,502,2024-01-05,start,basic,10\n"
    "4,502,2024-03-01,upgrade,premium,30\n5,501,2024-05-09,cancel,standard,0\n"
)


def lines(ingest: IngestResult) -> list[tuple[str | None, date, date | None, float]]:
    (table,) = [table for table in ingest.tables if table.table == "subscriptions"]
    return sorted(
        (row["account_ref"] or row["account_name"], row["start_date"], row["end_date"], row["mrr"])
        for row in table.rows.rows.to_pylist()
    )


def test_changes_add_up_to_what_is_paid(reading: Read) -> None:
    assert lines(reading({"mrr_movements.csv": CHANGES})) == [
        ("Alfa", date(2026, 1, 5), date(2026, 3, 10), 100.0),
        ("Alfa", date(2026, 3, 10), date(2026, 5, 20), 150.0),
        ("Alfa", date(2026, 8, 1), None, 120.0),
        ("Beta", date(2026, 2, 1), date(2026, 4, 2), 80.0),
        ("Beta", date(2026, 4, 2), None, 50.0),
    ]


def test_amounts_from_each_day_on_are_told_from_changes_by_the_rows(reading: Read) -> None:
    ingest = reading({"subscription_events.csv": LEVELS})
    assert lines(ingest) == [
        ("501", date(2024, 1, 1), date(2024, 2, 15), 30.0),
        ("501", date(2024, 2, 15), date(2024, 5, 9), 20.0),
        ("502", date(2024, 1, 5), date(2024, 3, 1), 10.0),
        ("502", date(2024, 3, 1), None, 30.0),
    ]
    assert "monthly_amount was read as the MRR from that date." in ingest.tables[0].assumptions


def test_lost_revenue_beside_churn_is_no_level(reading: Read) -> None:
    text = (
        "Fecha;Cliente;Movimiento;Importe\n01/02/2026;Sol;Alta;100,00\n15/03/2026;Mar;Alta;40,00\n"
        "20/04/2026;Sol;Ampliación;25,00\n31/05/2026;Mar;Baja;40,00\n"
    )
    assert lines(reading({"movimientos.csv": text})) == [
        ("Mar", date(2026, 3, 15), date(2026, 5, 31), 40.0),
        ("Sol", date(2026, 2, 1), date(2026, 4, 20), 100.0),
        ("Sol", date(2026, 4, 20), None, 125.0),
    ]


@pytest.mark.parametrize("amount", ["ARR impact", "arr_change_usd"])
def test_yearly_changes_are_a_twelfth(reading: Read, amount: str) -> None:
    text = (
        f"Date,Account ID,Movement,{amount}\n2026-01-01,A1,new,1200\n2026-04-01,A1,upsell,600\n2026-05-01,A2,new,2400\n"
    )
    assert [line[3] for line in lines(reading({"arr.csv": text}))] == [100.0, 150.0, 200.0]


def test_a_list_of_churn_alone_stays_one(reading: Read) -> None:
    text = (
        "Date,Customer,Type,Lost MRR\n2026-01-05,Alfa,churn,100\n2026-02-01,Beta,downgrade,80\n2026-03-01,C,churn,9\n"
    )
    assert {table.table for table in reading({"churn.csv": text}).tables} == {"churn_events"}
