"""Churn figures of third-party data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cs_dash.questions.churn.reasons import reasons
from cs_dash.questions.churn.summary import summary
from cs_dash.scope import Scope
from cs_dash.store.warehouse import Warehouse
from tests.asking import ask
from tests.companies import day
from tests.questions.others import loaded


@pytest.fixture(scope="module")
def ravenstack(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    yield from loaded(shared_data / "ravenstack", "*.csv", tmp_path_factory.mktemp("ravenstack"))


@pytest.fixture(scope="module")
def telco(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    yield from loaded(shared_data / "telco", "*.xlsx", tmp_path_factory.mktemp("telco"))


def test_ravenstack_reasons(ravenstack: Warehouse) -> None:
    answer = ask(ravenstack, reasons)
    assert {row["reason"]: row["events"] for row in answer.rows.to_pylist()} == {
        "features": 114, "support": 104, "budget": 104, "unknown": 95, "competitor": 92, "pricing": 91,
    }  # fmt: skip
    assert sum(answer.rows["share"].to_pylist()) == pytest.approx(1)


def test_ravenstack_accounts_that_left_and_their_contradictions(ravenstack: Warehouse) -> None:
    answer = ask(ravenstack, summary)
    assert (answer.figure("accounts").value, answer.figure("churned_accounts").value) == (500, 40)
    assert answer.figure("churn_share").value == 0.08
    # Day by day over the raw contract lines, with pandas: 339 accounts paid on after each event, 40 stopped.
    assert "339 accounts have a churn event but never stopped paying (not counted as churned)." in [
        note.text for note in answer.notes
    ]
    text = "110 accounts are marked as churned, 352 have a churn event, 75 have both."
    assert text in [note.text for note in answer.notes]
    year = ask(ravenstack, summary, Scope(period="12m", as_of=day("2024-12-31")))
    assert year.figure("churned_accounts").value == 19


def test_telco_accounts_that_left(telco: Warehouse) -> None:
    answer = ask(telco, summary)
    assert (answer.figure("accounts").value, answer.figure("churned_accounts").value) == (7043, 1869)
    assert answer.figure("churn_share").value == pytest.approx(0.2654, abs=5e-5)
    assert answer.chart("churn_by_dimension").title.startswith("Month-to-Month churns most")


def test_telco_reasons(telco: Warehouse) -> None:
    categories = ask(telco, reasons, level="category")
    assert {row["reason"]: row["events"] for row in categories.rows.to_pylist()} == {
        "Competitor": 841, "Attitude": 314, "Dissatisfaction": 303, "Price": 211, "Other": 200,
    }  # fmt: skip
    raw = {row["reason"]: row["events"] for row in ask(telco, reasons).rows.to_pylist()}
    assert list(raw.items())[:3] == [
        ("Competitor had better devices", 313),
        ("Competitor made better offer", 311),
        ("Attitude of support person", 220),
    ]
