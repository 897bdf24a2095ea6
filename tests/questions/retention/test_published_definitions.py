"""The demo company by the definitions of a book, computed by pandas from the files: net retention, standard churn and
MRR churn of Gold, Fighting Churn with Data (Manning 2020), chapter 2. The code is ours; nothing of it is the product's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pandas as pd
import pytest

from cs_dash.metrics import open_warehouse
from cs_dash.questions.catalogue import ask
from cs_dash.scope import Scope
from cs_dash.store.warehouse import Warehouse
from cs_dash.store.workspace import Workspace
from tests.conftest import ROOT

ENDS = [*(day.date() for day in pd.date_range("2025-03-31", "2026-09-30", freq="ME")), dt.date(2026, 8, 17)]
WINDOWS = ("12", "6", "3", "1")


@pytest.fixture(scope="module")
def warehouse(demo_workspace: Workspace) -> Iterator[Warehouse]:
    version = demo_workspace.current()
    assert version is not None
    with closing(open_warehouse(demo_workspace.file_of(version))) as opened:
        yield opened


@pytest.fixture(scope="module")
def contracts() -> pd.DataFrame:
    """The contract lines as the file has them, each once, with the segment of their account."""
    frame = pd.read_csv(ROOT / "data" / "subscriptions.csv", parse_dates=["Start Date", "End Date"]).drop_duplicates()
    assert frame["Subscription ID"].is_unique
    accounts = pd.read_csv(ROOT / "data" / "accounts.csv", usecols=["Account ID", "Segment"]).drop_duplicates()
    return frame[frame["MRR"] > 0].merge(accounts, on="Account ID", how="left", validate="many_to_one")


def paying(contracts: pd.DataFrame, day: pd.Timestamp) -> pd.Series:
    """Return MRR by account: lines that began on the day or before and end after it, or never."""
    open_then = (contracts["Start Date"] <= day) & ~(contracts["End Date"] <= day)
    return contracts[open_then].groupby("Account ID")["MRR"].sum()


def published(contracts: pd.DataFrame, start: pd.Timestamp, end: pd.Timestamp) -> dict[str, float]:
    """Return the book's three rates between two days."""
    first, last = paying(contracts, start), paying(contracts, end)
    stayed = first.index.intersection(last.index)
    churned = first.drop(stayed)
    fell = first[stayed] - last[stayed]
    return {
        "net retention": last[stayed].sum() / first.sum(),
        "standard churn": len(churned) / len(first),
        "MRR churn": (churned.sum() + fell[fell > 0].sum()) / first.sum(),
    }


def start_of(end: dt.date, window: str) -> pd.Timestamp:
    """Return the day so many months before; before the last of a month it is the last of one."""
    start = pd.Timestamp(end) - pd.DateOffset(months=int(window))
    is_last = (pd.Timestamp(end) + pd.Timedelta(days=1)).day == 1
    return start + pd.offsets.MonthEnd(0) if is_last else start


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("segment", [None, "Enterprise", "Mid-market", "SMB"])
def test_the_rates_are_those_of_the_book(
    warehouse: Warehouse, contracts: pd.DataFrame, segment: str | None, window: str
) -> None:
    """Every end is asked of the definition, all at once; the last ends of the question, too."""
    ours = contracts if segment is None else contracts[contracts["Segment"] == segment]
    scope = Scope() if segment is None else Scope().with_filter("segment", [segment])
    starts = [start_of(end, window) for end in ENDS]
    windows = warehouse(
        "retention_windows", start_days=[start.date() for start in starts], end_days=ENDS, wanted=scope.filters_json
    ).to_pylist()
    row_of = {(row["window_start"], row["window_end"]): row for row in windows}
    assert len(row_of) == len(windows) == len(ENDS)
    for end, start in zip(ENDS, starts, strict=True):
        expected = published(ours, start, pd.Timestamp(end))
        row = row_of[start.date(), end]
        assert row["nrr"] == pytest.approx(expected["net retention"], abs=1e-9), end
        assert 1 - row["logos"] == pytest.approx(expected["standard churn"], abs=1e-9), end
        assert 1 - row["grr"] == pytest.approx(expected["MRR churn"], abs=1e-9), end
        if end == ENDS[-1] or (end == ENDS[-2] and segment is None):
            answer = ask(warehouse, "retention.summary", replace(scope, as_of=end), {"window": window})
            figures = {figure.name: figure.value for figure in answer.figures}
            assert figures["nrr"] == row["nrr"], end
            assert figures["logo_retention"] == row["logos"], end
            assert figures["grr"] == row["grr"], end
