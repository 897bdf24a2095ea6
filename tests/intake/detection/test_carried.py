"""Whose a row is, where only the first row of each customer says so."""

from __future__ import annotations

import io

import openpyxl
import pytest

from tests.intake.conftest import Read

PIVOT = (
    "Customer,Region,Contract,Start,MRR\n"
    "Alfa,North,K-1,2025-01-01,100\n,,K-2,2025-06-01,50\nBeta,South,K-3,2025-02-01,80\nGama,North,K-4,2025-03-01,70\n"
    ",,K-5,2025-04-01,30\n,,K-6,2025-05-01,20\nDelta,South,K-7,2025-05-01,12\n,,K-8,2025-05-02,13\n"
    "Omega,North,K-9,2025-05-03,14\n,,K-10,2025-05-04,15\n"
)


def owners(reading: Read, text: str | bytes, name: str = "contracts.csv") -> list[tuple[str | None, float]]:
    (table,) = [table for table in reading({name: text}).tables if table.table == "subscriptions"]
    return [(row.get("account_ref") or row.get("account_name"), row["mrr"]) for row in table.rows.rows.to_pylist()]


EXPECTED = [("Alfa", 100.0), ("Alfa", 50.0), ("Beta", 80.0), ("Gama", 70.0), ("Gama", 30.0), ("Gama", 20.0),
            ("Delta", 12.0), ("Delta", 13.0), ("Omega", 14.0), ("Omega", 15.0)]  # fmt: skip


def test_a_customer_stands_once_for_the_rows_below(reading: Read) -> None:
    assert owners(reading, PIVOT) == EXPECTED
    (table,) = [table for table in reading({"contracts.csv": PIVOT}).tables if table.table == "subscriptions"]
    assert any("5 rows have no value in Customer, Region" in sentence for sentence in table.assumptions)


def test_each_level_of_a_pivot_is_carried_down(reading: Read) -> None:
    """Regions, their customers and the contracts of these, each said once."""
    text = (
        "Region,Customer,Contract,Start,MRR\nEast,Acorn,K1,2025-01-01,137\n,,K2,2025-02-01,41\n,Birch,K3,2025-03-01,83\n"
        "West,Cedar,K4,2025-01-01,59\n,Dogwood,K5,2025-01-01,71\n,,K6,2025-04-01,23\n"
    )
    assert owners(reading, text) == [
        ("Acorn", 137.0), ("Acorn", 41.0), ("Birch", 83.0), ("Cedar", 59.0), ("Dogwood", 71.0), ("Dogwood", 23.0),
    ]  # fmt: skip


def test_a_region_that_is_said_once_is_carried_down_beside_customers_in_every_row(reading: Read) -> None:
    text = (
        "Region,Customer,CSM,MRR\nEast,Acorn,Ann,137\n,Birch,Bo,41\n,Cedar,Ann,83\nWest,Dogwood,Bo,59\n,Elder,Ann,71\n"
    )
    (table,) = [table for table in reading({"accounts.csv": text}).tables if table.table == "accounts"]
    assert table.rows.rows["region"].to_pylist() == ["East", "East", "East", "West", "West"]


def test_merged_cells_span_their_rows(reading: Read) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for line in PIVOT.splitlines():
        page.append([float(cell) if cell.isdecimal() else cell or None for cell in line.split(",")])
    for column in "AB":
        page.merge_cells(f"{column}2:{column}3")
        page.merge_cells(f"{column}5:{column}7")
        page.merge_cells(f"{column}8:{column}9")
        page.merge_cells(f"{column}10:{column}11")
    out = io.BytesIO()
    book.save(out)
    assert owners(reading, out.getvalue(), "contracts.xlsx") == EXPECTED


def test_subtotals_between_the_customers_are_nobodys(reading: Read) -> None:
    text = (
        "Kunde;Beginn;MRR\nAlfa;01.01.2025;1317\n;01.06.2025;523\nSumme Alfa;;1840\nBeta;01.02.2025;811\n"
        ";13.03.2025;279\nSumme Beta;;1090\n"
    )
    assert owners(reading, text) == [("Alfa", 1317.0), ("Alfa", 523.0), ("Beta", 811.0), ("Beta", 279.0)]


@pytest.mark.parametrize(
    "text",
    [
        # Customers in neighbouring rows: an empty cell is one who is not known.
        "Customer,Start,MRR\nAlfa,2025-01-01,100\nAlfa,2025-06-01,50\n,2025-02-01,80\nGama,2025-03-01,70\n,2025-03-09,9\n",
        # The id is missing, the name is not.
        "Customer ID,Customer name,Start,MRR\nA1,Alfa,2025-01-01,100\n,Beta,2025-06-01,50\nA3,Gama,2025-02-01,80\n"
        ",Delta,2025-02-07,60\n",
    ],
)
def test_customers_who_are_not_known_are_nobody_else(reading: Read, text: str) -> None:
    (table,) = [table for table in reading({"contracts.csv": text}).tables if table.table == "subscriptions"]
    assert not any("value of the row above" in sentence for sentence in table.assumptions)


def test_answers_without_a_name_are_nobodys(reading: Read) -> None:
    text = "Customer,Date,NPS\nAlfa,2026-01-01,9\n,2026-01-02,3\nBeta,2026-01-05,10\n,2026-01-06,1\n,2026-01-07,0\n"
    (table,) = [table for table in reading({"nps.csv": text}).tables if table.table == "surveys"]
    assert [row["account_ref"] for row in table.rows.rows.to_pylist()] == ["Alfa", None, "Beta", None, None]


@pytest.mark.parametrize(
    ("first", "values", "field"),
    [
        ("End date", ["2025-09-30", "", "2025-11-30", "", "2025-12-31", ""], "end_date"),
        ("Seats", ["10", "", "25", "", "7", ""], "seats"),
    ],
)
def test_days_and_amounts_belong_to_their_own_row(first: str, values: list[str], field: str, reading: Read) -> None:
    """A first column of facts with gaps is no group: an open end stays open."""
    rows = [f"{value},C-{at},S-{at},2025-01-01,{100 + 7 * at}" for at, value in enumerate(values)]
    (table,) = reading({"s.csv": "\n".join([f"{first},Account ID,Subscription ID,Start date,MRR", *rows])}).tables
    filled = [row[field] is not None for row in table.rows.rows.to_pylist()]
    assert filled == [bool(value) for value in values]
