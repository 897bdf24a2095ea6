"""Lists of MRR movements become contract lines whose bridge is the list's own."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date

import pytest

from cs_dash.intake.cells.dates import end_of_month, next_month
from cs_dash.intake.results.problems import IngestResult
from tests.intake.conftest import Read

HEAD = "Customer,Movement type,Date,MRR movement\n"


def rows(ingest: IngestResult) -> list[tuple[object, ...]]:
    (table,) = [table for table in ingest.tables if table.table == "subscriptions"]
    names = ("account_ref", "start_date", "end_date", "mrr")
    return [tuple(row[name] for name in names) for row in table.rows.rows.to_pylist()]


def paid(lines: list[tuple[object, ...]], day: date) -> dict[object, float]:
    """MRR per customer on a day."""
    on_day: dict[object, float] = defaultdict(float)
    for account, start, end, mrr in lines:
        assert isinstance(start, date)
        assert isinstance(mrr, float)
        if start <= day and (end is None or (isinstance(end, date) and end > day)):
            on_day[account] += mrr
    return on_day


def bridge(lines: list[tuple[object, ...]], first: date, last: date) -> dict[tuple[date, str], float]:
    """The movements of each month by the definition: MRR on the last day of the month before against this one's."""
    found: dict[tuple[date, str], float] = defaultdict(float)
    month, ever = first, set(paid(lines, end_of_month(date(first.year - 1, 12, 1))))
    while month <= last:
        before, after = paid(lines, date.fromordinal(month.toordinal() - 1)), paid(lines, end_of_month(month))
        for account in before.keys() | after.keys():
            start, end = before.get(account, 0.0), after.get(account, 0.0)
            if start == end:
                continue
            kind = (
                ("reactivation" if account in ever else "new") if not start
                else "churn" if not end else "expansion" if end > start else "contraction"
            )  # fmt: skip
            found[month, kind] += abs(end - start)
        ever |= set(after)
        month = next_month(month)
    return dict(found)


def test_movements_become_lines(reading: Read) -> None:
    text = (
        f"{HEAD}Acorn,new_biz,2025-01-10,100\nAcorn,expansion,2025-03-05,50\nBirch,contraction,2025-02-05,-20\n"
        "Birch,churn,2025-05-05,-80\nBirch,reactivation,2025-07-05,30\n"
    )
    ingest = reading({"movements.csv": text})
    assert rows(ingest) == [
        ("Acorn", date(2025, 1, 10), date(2025, 3, 5), 100.0), ("Acorn", date(2025, 3, 5), None, 150.0),
        ("Birch", date(2024, 12, 31), date(2025, 2, 5), 100.0), ("Birch", date(2025, 2, 5), date(2025, 5, 5), 80.0),
        ("Birch", date(2025, 7, 5), None, 30.0),
    ]  # fmt: skip
    (table,) = ingest.tables
    assert any("new 100, expansion 50, contraction 20, churn 80, reactivation 30" in note for note in table.assumptions)
    assert any(note.startswith("1 customer paid before the list begins") for note in table.assumptions)


@pytest.mark.parametrize(
    ("header", "kinds"),
    [
        ("Customer,Type,Date,Amount", ("New", "Upgrade", "Downgrade", "Cancellation")),
        ("Customer Name,Category,Timestamp,MRR Change", ("New Business", "Expansion", "Contraction", "Churn")),
        ("Kunde,Art,Datum,Veränderung", ("Neu", "Erweiterung", "Reduzierung", "Kündigung")),
        ("Cliente,Tipo,Fecha,Variación", ("Nuevo", "Ampliación", "Reducción", "Baja")),
        ("Cliente,Tipo,Data,Variação", ("Novo", "Expansão", "Redução", "Cancelamento")),
        ("Client,Type,Date,Variation", ("Nouveau", "Augmentation", "Diminution", "Résiliation")),
        ("Клиент,Тип,Дата,Изменение", ("Новый", "Расширение", "Сокращение", "Отток")),
        ("客户,类型,日期,变化", ("新增", "增购", "减购", "流失")),
    ],
)
def test_amounts_without_signs_go_the_way_of_their_movement(reading: Read, header: str, kinds: tuple[str, ...]) -> None:
    new, more, less, gone = kinds
    text = (
        f"{header}\nBirch,{gone},2025-06-15,90\nAcorn,{less},2025-04-15,25\nAcorn,{more},2025-02-15,50\n"
        f"Birch,{new},2025-01-15,90\nAcorn,{new},2025-01-15,100\n"
    )
    assert [sum(paid(rows(reading({"x.csv": text})), date(2025, month, 28)).values()) for month in range(1, 7)] == [
        190, 240, 240, 215, 215, 125,
    ]  # fmt: skip


def test_a_column_per_movement(reading: Read) -> None:
    text = (
        "Month,Customer,New MRR,Expansion MRR,Contraction MRR,Churned MRR\n2025-01,Acorn,100,0,0,0\n"
        "2025-03,Acorn,0,50,0,0\n2025-02,Birch,200,0,0,0\n2025-05,Birch,0,0,0,-200\n"
    )
    assert [sum(paid(rows(reading({"x.csv": text})), date(2025, month, 28)).values()) for month in (1, 2, 3, 5)] == [
        100, 300, 350, 150,
    ]  # fmt: skip


def test_what_was_paid_before_an_expansion_is_told_by_the_mrr_after_it(reading: Read) -> None:
    text = "Customer,Type,Date,MRR movement,MRR\nAcorn,expansion,2025-03-05,50,150\nBirch,new,2025-03-05,10,10\n"
    ingest = reading({"x.csv": text})
    assert rows(ingest)[0] == ("Acorn", date(2025, 2, 28), date(2025, 3, 5), 100.0)
    without = text.replace(",MRR\n", "\n").replace(",150", "").replace(",10,10", ",10")
    ingest = reading({"x.csv": without})
    assert rows(ingest)[0] == ("Acorn", date(2025, 3, 5), None, 50.0)
    assert any("The MRR of 1 customer before the first movement is unknown (Acorn)" in note
               for note in ingest.tables[0].assumptions)  # fmt: skip


def test_a_later_export_goes_on(reading: Read) -> None:
    first = reading({"movements 2025-01.csv": f"{HEAD}Acorn,new,2025-01-10,100\nBirch,new,2025-01-11,40\n"})
    later = f"{HEAD}Acorn,expansion,2025-02-10,50\nBirch,churn,2025-02-11,40\n"
    ingest = reading({"movements 2025-02.csv": later}, history=first.history)
    assert rows(ingest) == [
        ("Acorn", date(2025, 1, 10), date(2025, 2, 10), 100.0), ("Acorn", date(2025, 2, 10), None, 150.0),
        ("Birch", date(2025, 1, 11), date(2025, 2, 11), 40.0),
    ]  # fmt: skip


def test_churn_events_are_no_movements(reading: Read) -> None:
    text = "Account,Type,Date,MRR lost,Reason\nAcorn,churn,2025-01-10,100,price\nBirch,downgrade,2025-01-11,40,price\n"
    assert [table.table for table in reading({"churn.csv": text}).tables] == ["churn_events"]


def test_contract_lines_with_a_type_are_no_movements(reading: Read) -> None:
    text = (
        "Customer,Type,Start date,End date,MRR\nAcorn,New,2025-01-10,,100\nAcorn,Upsell,2025-03-10,,50\n"
        "Birch,New,2025-01-10,2025-09-10,70\n"
    )
    (table,) = reading({"contracts.csv": text}).tables
    assert sum(table.rows.rows["mrr"].to_pylist()) == 220


@pytest.mark.parametrize("seed", range(12))
def test_the_bridge_of_the_lines_is_that_of_the_export(reading: Read, seed: int) -> None:
    """A random company with at most one movement of a customer per month, exported; the bridge is computed again."""
    chance = random.Random(seed)
    first, months = date(2025, 1, 1), 14
    export: list[tuple[date, str, str, int]] = []
    truth: dict[tuple[date, str], float] = defaultdict(float)
    for number in range(20):
        mrr, ever, month = 0, False, first
        for _ in range(months):
            if chance.random() < 0.35:
                target = chance.choice([0, 40, 70, 90, 130])
                if target != mrr:
                    kind = (
                        ("reactivation" if ever else "new") if not mrr
                        else "churn" if not target else "expansion" if target > mrr else "contraction"
                    )  # fmt: skip
                    export.append((month.replace(day=chance.randint(1, 28)), f"C{number}", kind, target - mrr))
                    truth[month, kind] += abs(target - mrr)
                    mrr, ever = target, True
            month = next_month(month)
    chance.shuffle(export)
    text = HEAD + "".join(f"{who},{kind},{day},{change}\n" for day, who, kind, change in export)
    assert bridge(rows(reading({"movements.csv": text})), first, date(2026, 2, 1)) == dict(truth)
