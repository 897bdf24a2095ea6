"""One sheet, a row per customer, that fills four tables by itself."""

from __future__ import annotations

from datetime import date

import pytest

from cs_dash.intake.cells import status
from cs_dash.intake.results.problems import LoadedTable
from tests.intake.conftest import Read

ENGLISH = (
    "Customer,Start,MRR,Status,Churn date,Reason,NPS,CSM\n"
    'Acme,2025-01-05,"$1,200",Active,,,9,Ana\n'
    "Beta,2024-03-01,$800,Churned,2026-02-01,Price,3,Bo\n"
    "Ceta,2024-03-02,$80,Churned,,,,Bo\n"
    "Delta,2026-01-01,$0,Trial,,,8,Ana\n"
)
GERMAN = (
    "Kunde;Beginn;MRR;Status;Kündigungsdatum;Grund;NPS;CSM\n"
    "Acme;05.01.2025;1.200,00;Aktiv;;;9;Ana\n"
    "Beta;01.03.2024;800,00;Gekündigt;01.02.2026;Price;3;Bo\n"
    "Ceta;02.03.2024;80,00;Gekündigt;;;;Bo\n"
    "Delta;01.01.2026;0,00;Testphase;;;8;Ana\n"
)
RUSSIAN = (
    "Клиент;Начало;MRR;Статус;Дата оттока;Причина;NPS;Менеджер\n"
    "Acme;05.01.2025;1200;Активен;;;9;Ana\n"
    "Beta;01.03.2024;800;Отток;01.02.2026;Price;3;Bo\n"
    "Ceta;02.03.2024;80;Отток;;;;Bo\n"
    "Delta;01.01.2026;0;Триал;;;8;Ana\n"
)
CHINESE = ENGLISH.replace("Customer,Start", "客户,开始日期").replace(
    "Status,Churn date,Reason", "状态,流失日期,流失原因"
)


def by_table(table: tuple[LoadedTable, ...]) -> dict[str, LoadedTable]:
    assert len({table.table for table in table}) == len(table)
    return {table.table: table for table in table}


@pytest.mark.parametrize("text", [ENGLISH, GERMAN, RUSSIAN, CHINESE])
def test_it_fills_four_tables(reading: Read, text: str) -> None:
    ingest = reading({"customers.csv": text})
    assert not ingest.ignored
    table = by_table(ingest.tables)
    assert {name: table.read for name, table in table.items()} == {
        "accounts": 4, "subscriptions": 4, "churn_events": 2, "surveys": 3,
    }  # fmt: skip
    accounts = table["accounts"].rows.rows.to_pylist()
    assert [(row["account"], row["csm"], row["churned"], row["is_trial"]) for row in accounts] == [
        ("Acme", "Ana", False, False), ("Beta", "Bo", True, False), ("Ceta", "Bo", True, False),
        ("Delta", "Ana", False, True),
    ]  # fmt: skip
    lines = table["subscriptions"].rows.rows.to_pylist()
    assert [(row["start_date"], row["end_date"], row["mrr"], row["assumed"]) for row in lines] == [
        (date(2025, 1, 5), None, 1200.0, False),
        (date(2024, 3, 1), date(2026, 2, 1), 800.0, False),
        (date(2024, 3, 2), None, 80.0, True),
        (date(2026, 1, 1), None, 0.0, False),
    ]
    events = table["churn_events"].rows.rows.to_pylist()
    assert [(row["account_ref"], row["churned_on"], row["reason"], row["assumed"]) for row in events] == [
        ("beta", date(2026, 2, 1), "Price", False),
        ("ceta", date(2026, 2, 1), None, True),  # the newest day that the sheet knows
    ]
    assert table["surveys"].rows.rows["score"].to_pylist() == [9.0, 3.0, 8.0]
    assert all(table.evidence for table in ingest.tables)
    assert any("was read as the churn status" in assumption for assumption in table["accounts"].assumptions)


def test_the_words_of_the_status_stay_with_the_account(reading: Read) -> None:
    table = by_table(reading({"customers.csv": ENGLISH}).tables)["accounts"]
    assert dict(table.rows.rows["extra"].to_pylist()[1])["Status"] == "Churned"
    assert [(mapping.column, mapping.field) for mapping in table.mapped if mapping.field == "churned"] == [
        ("Status", "churned")
    ]


def test_a_date_alone_tells_who_left(reading: Read) -> None:
    text = "Customer,Start,MRR,Churn date\nAcme,2025-01-05,10,2026-01-01\nBeta,2025-01-05,10,\n"
    table = by_table(reading({"customers.csv": text}).tables)
    assert table["churn_events"].rows.rows["churned_on"].to_pylist() == [date(2026, 1, 1)]


def test_a_column_of_something_else_is_no_status(reading: Read) -> None:
    text = "Customer,MRR,State\nAcme,10,NY\nBeta,10,CA\nCeta,10,TX\n"
    table = by_table(reading({"customers.csv": text}).tables)
    assert "churned" not in table["accounts"].rows.rows.column_names
    assert "churn_events" not in table


@pytest.mark.parametrize(
    ("word", "standing"),
    [
        ("Churned", "gone"), ("Cancelled", "gone"), ("LOST", "gone"), ("inactive", "gone"), ("Gekündigt", "gone"),
        ("Отток", "gone"), ("流失", "gone"), ("Résilié", "gone"), ("Live", "customer"), ("Активен", "customer"),
        ("At risk", "customer"), ("trialing", "trial"), ("Tuesday", None),
    ],
)  # fmt: skip
def test_statuses(word: str, standing: str | None) -> None:
    assert status.standing(word) == standing


def test_a_few_unknown_words_do_not_hide_the_known_ones() -> None:
    by_word = status.standings(["Active", "Churned", "Live", "Lost", "Trial", "Whatever"])
    assert by_word is not None
    assert list(by_word) == ["Active", "Churned", "Live", "Lost", "Trial", "Whatever"]
    assert list(by_word.values()) == ["customer", "gone", "customer", "gone", "trial", None]
    assert status.standings(["Active", "Anna", "Bob"]) is None
    assert status.standings([]) is None
