"""An open version: what was asked once is not asked again."""

from __future__ import annotations

import duckdb
import pytest

from cs_dash.metrics import open_warehouse
from cs_dash.store import warehouse as store_warehouse
from tests.companies import day, version

JANUARY, FEBRUARY, MARCH = day("2024-01-31"), day("2024-02-29"), day("2024-03-31")
LINES = [
    {"account_id": "a", "mrr": 100.0, "start_date": day("2024-01-10")},
    {"account_id": "b", "mrr": 70.0, "start_date": day("2024-02-10"), "end_date": day("2024-03-01")},
]


def test_days_are_asked_for_once_and_come_in_the_order_asked() -> None:
    warehouse = open_warehouse(version(subscriptions=LINES))
    assert warehouse.per_element("health_scores", on_days=[JANUARY, FEBRUARY])["day"].to_pylist() == [
        JANUARY, FEBRUARY, FEBRUARY,
    ]  # fmt: skip
    warehouse.per_element("health_scores", on_days=[MARCH, JANUARY])
    warehouse.close()
    scores = warehouse.per_element("health_scores", on_days=[MARCH, FEBRUARY, JANUARY, FEBRUARY])
    assert scores["day"].to_pylist() == [MARCH, FEBRUARY, FEBRUARY, JANUARY]
    with pytest.raises(duckdb.Error):
        warehouse.per_element("health_scores", on_days=[JANUARY, day("2024-01-30")])


def test_a_day_without_rows_is_known_too() -> None:
    warehouse = open_warehouse(version(subscriptions=LINES))
    before = day("2023-12-31")
    assert warehouse.per_element("health_scores", on_days=[before]).num_rows == 0
    warehouse.close()
    assert warehouse.per_element("health_scores", on_days=[before]).num_rows == 0


def test_windows_are_known_by_both_ends_and_by_whose_they_are() -> None:
    warehouse = open_warehouse(version(subscriptions=LINES, accounts=[{"account_id": "a", "segment": "SMB"}]))
    starts, ends = [JANUARY, FEBRUARY, JANUARY], [FEBRUARY, MARCH, MARCH]
    every = warehouse.per_element("retention_windows", start_days=starts, end_days=ends).to_pylist()
    for row in every:
        window = {"start_days": [row["window_start"]], "end_days": [row["window_end"]]}
        assert warehouse("retention_windows", **window).to_pylist() == [row]
    assert [(row["window_start"], row["window_end"]) for row in every] == list(zip(starts, ends, strict=True))
    small = warehouse.per_element("retention_windows", start_days=starts, end_days=ends, wanted='{"segment": ["SMB"]}')
    assert small["mrr_end"].to_pylist() == [100, 100, 100]
    warehouse.close()
    again = warehouse.per_element("retention_windows", start_days=starts[1:], end_days=ends[1:])
    assert again.to_pylist() == every[1:]


def test_a_list_without_elements_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        open_warehouse(version(subscriptions=LINES)).per_element("health_scores", on_days=[])


def test_few_rows_take_room_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_warehouse, "REMEMBERED", 8 * store_warehouse.ENTRY)
    warehouse = open_warehouse(version(subscriptions=LINES))
    days = [day(f"2024-02-{number:02}") for number in range(11, 20)]
    for on_day in days:
        assert warehouse("mrr_on", on_day=on_day).num_rows == 2
    warehouse.close()
    assert sorted(warehouse("mrr_on", on_day=days[-1])["account_id"].to_pylist()) == ["a", "b"]
    with pytest.raises(duckdb.Error):
        warehouse("mrr_on", on_day=days[0])
