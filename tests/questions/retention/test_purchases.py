"""A file of purchases, customer and day, becomes the triangle of activity cohorts."""

from __future__ import annotations

import io
from contextlib import closing
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from cs_dash.metrics import open_warehouse
from cs_dash.pipeline import load
from cs_dash.questions.retention.cohorts import cohorts
from cs_dash.store.workspace import Workspace
from tests.asking import ask
from tests.questions.retention.purchases import activity_triangle

LAST = pd.Timestamp("2025-02-11")


def purchases() -> pd.DataFrame:
    """Some 4,000 purchases of 300 customers to the middle of a month; of every twenty rows one names no customer."""
    random = np.random.default_rng(5)
    firsts = random.integers(0, 380, 300)
    customer = np.repeat(np.arange(300), random.integers(1, 28, 300))
    last = (LAST - pd.Timestamp("2024-01-01")).days
    days = np.minimum(firsts[customer] + random.integers(0, 250, customer.size), last)
    days[0] = last
    frame = pd.DataFrame({
        "Customer": [f"C-{number:04d}" for number in customer],
        "Date": pd.Timestamp("2024-01-01") + pd.to_timedelta(days, unit="D"),
    })  # fmt: skip
    frame.loc[random.random(len(frame)) < 0.05, "Customer"] = None
    return frame.sample(frac=1, random_state=3)


def test_the_triangle_of_purchases_is_that_of_pandas(tmp_path: Path) -> None:
    purchase_rows = purchases()
    workspace = Workspace(tmp_path / "workspace")
    report = load(workspace, [("purchases.csv", io.BytesIO(purchase_rows.to_csv(index=False).encode()))])
    assert [(sheet.table, sheet.read, sheet.rejected) for sheet in report.files] == [("usage", len(purchase_rows), 0)]
    version = workspace.current()
    assert version is not None
    with closing(open_warehouse(workspace.file_of(version))) as warehouse:
        answer = ask(warehouse, cohorts, measure="activity")
        doubts = warehouse("activity_doubts", as_of_day=LAST.date()).to_pylist()
    rows = answer.rows.to_pylist()
    expected = activity_triangle(purchase_rows["Customer"], purchase_rows["Date"], LAST)
    assert [(r["cohort"], r["age"], r["size"], r["active"], r["final"]) for r in rows] == expected
    assert [r["logos"] for r in rows] == [active / size for _, _, size, active, _ in expected]
    nobody = int(purchase_rows["Customer"].isna().sum())
    assert nobody > 100
    assert doubts == [{"uses": len(purchase_rows), "without_account": nobody}]
    assert any("matches no account and belongs to no cohort" in note.text for note in answer.notes)
    unfinished = {(r["cohort"], r["age"]) for r in rows if not r["final"]}
    assert {cohort.year * 12 + cohort.month + age for cohort, age in unfinished} == {2025 * 12 + 2}
    assert unfinished
    finished = [r for r in rows if r["final"] and r["age"] == 6]
    assert answer.figure("logos_6").value == sum(r["active"] for r in finished) / sum(r["size"] for r in finished)


@pytest.mark.parametrize("header", ["customer_id,purchase_date", "customer,date", "Order date,Customer"])
def test_whom_and_when_is_enough_to_be_taken_for_activity(tmp_path: Path, header: str) -> None:
    days = ("2026-01-05,2026-02-05", "2026-01-09,2026-03-09")
    pairs = [(f"C{at}", day) for at, account_days in enumerate(days) for day in account_days.split(",")]
    lines = [",".join(pair if header.lower().startswith("customer") else pair[::-1]) for pair in pairs]
    report = load(Workspace(tmp_path / "ws"), [("list.csv", io.BytesIO("\n".join([header, *lines]).encode()))])
    assert [(sheet.table, sheet.read, sheet.rejected) for sheet in report.files] == [("usage", 4, 0)]


def test_days_of_something_else_are_not_taken_for_activity(tmp_path: Path) -> None:
    text = "customer_id,date\nC1,2026-01-05\nC1,2026-02-05\nC2,2026-01-09\n"
    report = load(Workspace(tmp_path / "ws"), [("churn.csv", io.BytesIO(text.encode()))])
    assert [sheet.table for sheet in report.files] == []
