"""Rows that add up others are found by what they hold, whatever they are called, and no customer is taken for one."""

from __future__ import annotations

import random

import numpy as np
import pyarrow as pa
import pytest

from cs_dash.intake.detection.totals import sum_rows
from tests.intake.conftest import Read

LISTS: dict[str, tuple[str, list[str]]] = {
    "contracts": (
        "Customer,Plan,Start,MRR\nAcorn,Pro,2025-01-01,110\nBirch,Pro,2025-02-01,240\nHarbour side,,,350\n"
        "Cedar,Pro,2025-01-01,60\nDogwood,Pro,2025-02-01,75\nHill side,,,135\nEverybody,,,485",
        ["Harbour side", "Hill side", "Everybody"],
    ),
    "months": (
        "Customer,2026-01,2026-02,2026-03\nAcorn,110,110,130\nBirch,240,240,0\nHarbour,350,350,130\n"
        "Cedar,60,60,60\nDogwood,75,80,80\nHill,135,140,140\nGroup,485,490,270",
        ["Harbour", "Hill", "Group"],
    ),
    "accounts whose other numbers are averages": (
        "Account,CSM,MRR,NPS\nAcorn,Ann,110,9\nBirch,Bo,240,8\nKey accounts,,350,8.5\nCedar,Ann,60,3\n"
        "Dogwood,Bo,75,4\nSmall,,135,3.5",
        ["Key accounts", "Small"],
    ),
    "only the last row": (
        "Customer,Start,MRR\nAcorn,2025-01-01,130\nBirch,2025-01-01,210\nCedar,2025-01-01,80\nPortfolio,,420",
        ["Portfolio"],
    ),
    "names and amounts only": ("Customer,MRR\nAcorn,130\nBirch,215\nCedar,80\nPortfolio,425", ["Portfolio"]),
    "sums above their rows": (
        "Row Labels,Sum of MRR\nHarbour,350\nAcorn,110\nBirch,240\nHill,135\nCedar,60\nDogwood,75\nGrand Total,485",
        ["Harbour", "Hill", "Grand Total"],
    ),
    "the group in a column of its own": (
        "Region,Customer,Start,MRR\nEast,Acorn,2025-01-01,110\nEast,Birch,2025-02-01,240\nEast,,,350\n"
        "West,Cedar,2025-01-01,60\nWest,Dogwood,2025-02-01,75\nWest,,,135",
        ["East", "West"],
    ),
    "a group of one": (
        "Customer,Plan,Start,MRR\nAcorn,Pro,2025-01-01,110\nBirch,Pro,2025-02-01,240\nEast,,,350\n"
        "Cedar,Pro,2025-01-01,60\nWest,,,60\nDogwood,Pro,2025-01-01,5\nElder,Pro,2025-01-01,15\nSouth,,,20",
        ["East", "West", "South"],
    ),
    "a group of one, whose sum says nothing of the other numbers": (
        "Customer,Plan,Start,Amount,Every,Unit\nAcorn,Pro,2025-01-01,110,3,months\nBirch,Pro,2025-02-01,240,1,years\n"
        "East,,,350,,\nCedar,Pro,2025-01-01,60,6,months\nWest,,,60,,\nDogwood,Pro,2025-01-01,5,1,months\n"
        "Elder,Pro,2025-01-01,15,3,months\nSouth,,,20,,\nAll,,,430,,",
        ["East", "West", "South", "All"],
    ),
    "a running contract, whose price is that of the two above": (
        "No.,Customer,Plan,Start,End,MRR\n7001,Acorn,Pro,Jan 2024,Dec 2024,1440\n,,Pro,Jan 2025,Dec 2025,1440\n"
        "7002,Birch,Max,Mar 2025,,2880\n7003,Cedar,Pro,Feb 2024,Jan 2025,480\n,,Max,Feb 2025,Jan 2026,525\n"
        "7004,Dogwood,Max,Jun 2025,,1005\n,,Pro,Jun 2025,,77",
        [],
    ),
    "a customer without an end among subtotals": (
        "Customer ID,Start,Plan,MRR\nC-1001,2025-01-04,Pro,124\nC-1002,2025-03-01,Pro,233\nSmall,,,357\n"
        "C-1003,2025-01-04,Max,220\nC-1004,2025-02-01,Max,305\nC-1005,2025-02-05,,525\nLarge,,,1050",
        ["Small", "Large"],
    ),
    "sums of quarters among their months": (
        "Month,Sales,MRR\n2025-01,Ann,110\n2025-02,Ann,125\n2025-03,Ann,131\nQ1 2025,Ann,366\n2025-04,Ann,140\n"
        "2025-05,Ann,144\n2025-06,Ann,159\nQ2 2025,Ann,443",
        ["Q1 2025", "Q2 2025"],
    ),
    "sums of what was rounded": (
        "Customer,Plan,Start,MRR\nAcorn,Pro,2025-01-01,1033.33\nBirch,Pro,2025-02-01,2033.33\n"
        "Cedar,Pro,2025-02-01,533.33\nEast,,,3599.99\nDogwood,Pro,2025-01-01,700.17\nElder,Pro,2025-01-01,800.16\n"
        "West,,,1500.34",
        ["East", "West"],
    ),
    "German": (
        "Kunde,Beginn,MRR\nAhorn,01.01.2025,1.200\nBirke,01.02.2025,2.300\nSumme Nord,,3.500\n"
        "Zeder,01.01.2025,800\nEibe,01.01.2025,950\nSumme Süd,,1.750\nGesamtsumme,,5.250",
        ["Summe Nord", "Summe Süd", "Gesamtsumme"],
    ),
    "Russian": (
        "Клиент,Начало,MRR\nА,2025-01-01,100\nБ,2025-01-01,250\nИтого Север,,350\nВ,2025-01-01,100\n"
        "Г,2025-01-01,20\nИтого Юг,,120",
        ["Итого Север", "Итого Юг"],
    ),
    "equal amounts": ("Customer,MRR\nA,100\nB,100\nC,100\nD,100", []),
    "nothing but zeros": ("Customer,MRR\nA,0\nB,0\nC,0\nD,0", []),
    "equal amounts, one of them twice as much": (
        "Customer,2026-01,2026-02,2026-03\nA,100,100,100\nB,100,100,100\nC,200,200,200\nD,100,100,100", [],
    ),
    "prices that happen to add up": ("Customer,Start,MRR\nA,2025-01-01,100\nB,2025-01-01,200\nC,2025-02-01,300", []),
    "a customer called after totals": (
        "Customer,Start,MRR\nAcorn,2025-01-01,100\nBirch,2025-01-01,200\nTotal Telecom,2025-01-01,500", [],
    ),
}  # fmt: skip


def cells(text: str) -> tuple[pa.Table, list[str], np.ndarray]:
    head, *rows = [line.split(",") for line in text.split("\n")]
    columns = {name: pa.array([row[at] for row in rows], pa.string()) for at, name in enumerate(head)}
    return pa.table(columns), head, np.arange(2, len(rows) + 2)


@pytest.mark.parametrize(("text", "labels"), LISTS.values(), ids=LISTS)
def test_sums_of_other_rows(text: str, labels: list[str]) -> None:
    rows = sum_rows(*cells(text))
    assert [row.label for row in rows] == labels
    assert all(row.is_sum for row in rows)


def test_a_total_that_its_rows_do_not_make_up_is_left_out_and_says_so(reading: Read) -> None:
    table = reading({"accounts.csv": "Customer,CSM,MRR\nAcorn,Ann,100\nBirch,Bo,200\nTotal,,500\n"}).tables[0]
    assert table.read == 2
    assert any("row 4 “Total” (500)" in text and "no rows add up to it" in text for text in table.assumptions)


def test_sums_are_named_with_row_and_value_and_counted_in_no_amount(reading: Read) -> None:
    ingest = reading({"contracts.csv": LISTS["contracts"][0]})
    (lines,) = [table for table in ingest.tables if table.table == "subscriptions"]
    assert sum(lines.rows.rows["mrr"].to_pylist()) == 110 + 240 + 60 + 75
    (note,) = [text for text in lines.assumptions if "left out" in text]
    assert note == (
        "3 rows are sums of other rows and were left out: row 4 “Harbour side” (350), row 7 “Hill side” (135), "
        "row 8 “Everybody” (485)."
    )


def test_names_of_groups_above_their_rows_are_no_customers(reading: Read) -> None:
    text = (
        "Customer,MRR\nEast,\nAcorn,127\nBirch,231\nSubtotal,358\nWest,\nCedar,55\nDogwood,64\nSubtotal,119\n"
        "Grand total,477\n"
    )
    accounts = next(table for table in reading({"list.csv": text}).tables if table.table == "accounts")
    assert accounts.rows.rows["account"].to_pylist() == ["Acorn", "Birch", "Cedar", "Dogwood"]
    assert any("2 rows only name the rows below them" in note for note in accounts.assumptions)


PRICES: tuple[tuple[float, ...], ...] = ((100,), (0,), (0, 100), (49, 99, 199, 499), (29, 58, 87), (120, 240, 360))


@pytest.mark.parametrize("seed", range(60))
def test_no_random_list_of_customers_holds_a_sum(seed: int) -> None:
    """Lists of complete rows with few prices, where amounts often are the sums of others by chance."""
    chance = random.Random(seed)
    for prices in PRICES:
        count = chance.choice((4, 5, 8, 20, 60))
        amounts = [chance.choice(prices) for _ in range(count)]
        text = "Customer,Plan,Start,MRR\n" + "\n".join(
            f"C{at},Pro,2025-01-01,{amount}" for at, amount in enumerate(amounts)
        )
        assert not sum_rows(*cells(text)), amounts


@pytest.mark.parametrize("seed", range(60))
def test_the_price_of_a_longer_term_is_no_sum_of_shorter_ones(seed: int) -> None:
    """Lines of one price list of terms of 1 to 3 years, each customer named in its first line; some have no end."""
    chance = random.Random(seed)
    yearly = chance.choice((1_200, 2_388, 14_400))
    rows = []
    for customer in range(chance.choice((8, 20, 60))):
        for line in range(chance.choice((1, 1, 2, 3))):
            name = f"{1001 + customer},Customer {customer}" if line == 0 else ","
            end = chance.choice(("Dec 2027", "Dec 2027", ""))
            plan, start = chance.choice(("Pro", "Basic")), f"Jan 202{chance.randint(0, 5)}"
            rows.append(f"{name},{plan},{start},{end},{yearly * chance.choice((1, 1, 2, 3))}")
    assert not sum_rows(*cells("Id,Customer,Plan,Start,End,Amount\n" + "\n".join(rows)))


@pytest.mark.parametrize("seed", range(60))
def test_every_subtotal_of_a_random_list_is_found(seed: int) -> None:
    """Groups of two to five customers with odd amounts, each with its sum below, and the sum of all."""
    chance = random.Random(seed)
    rows: list[str] = []
    labels: list[str] = []
    total = 0
    for group in range(chance.randint(2, 5)):
        amounts = [chance.randint(3, 900) for _ in range(chance.randint(2, 5))]
        total += sum(amounts)
        rows += [f"C{group}-{at},Pro,2025-01-01,{amount}" for at, amount in enumerate(amounts)]
        rows.append(f"Group {group},,,{sum(amounts)}")
        labels.append(f"Group {group}")
    text = "Customer,Plan,Start,MRR\n" + "\n".join([*rows, f"Company,,,{total}"])
    assert [row.label for row in sum_rows(*cells(text))] == [*labels, "Company"]


def test_rows_with_an_id_and_a_day_of_their_own_are_no_sums_by_chance(reading: Read) -> None:
    """Answers of 10 after one of 7 and one of 3 are answers: they have an id and a day as all others have."""
    scores = [7, 3, 10, 2, 8, 10, 9, 1, 10, 4, 4, 8] * 20
    rows = [f"SV-{n},{'K' + str(n % 9) if n % 5 else ''},2026-0{n % 9 + 1}-{n % 28 + 1:02d},NPS,{score}"
            for n, score in enumerate(scores)]  # fmt: skip
    (table,) = reading({"surveys.csv": "\n".join(["id,account,date,survey,score", *rows]) + "\n"}).tables
    assert table.rows.rows["score"].to_pylist() == [float(score) for score in scores]
