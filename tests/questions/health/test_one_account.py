"""Definitions of the health score, asked for one account only: the same rows as of the whole company."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from cs_dash.store.warehouse import Warehouse

DEFINITIONS = (
    "health_scores", "health_contributions", "health_usage", "health_adoption", "health_satisfaction", "health_support",
    "health_fiscal", "health_pulse", "seats_on", "renewals_on", "scored_accounts",
)  # fmt: skip


def by_account(rows: list[dict[str, Any]], columns: list[str]) -> dict[str, list[tuple[Any, ...]]]:
    accounts: dict[str, list[tuple[Any, ...]]] = {}
    for row in rows:
        values = (round(value, 6) if isinstance(value, float) else value for value in map(row.get, columns))
        accounts.setdefault(row["account_id"], []).append(tuple(values))
    return {account: sorted(listed, key=repr) for account, listed in accounts.items()}


@pytest.mark.parametrize("name", DEFINITIONS)
def test_one_account_by_itself_has_the_rows_it_has_among_all(demo_warehouse: Warehouse, name: str) -> None:
    newest = demo_warehouse.newest_day()
    assert newest is not None
    days = [newest - dt.timedelta(days=28 * back) for back in range(13)]
    everything = demo_warehouse(name, on_days=days)
    accounts = by_account(everything.to_pylist(), everything.column_names)
    assert len(accounts) > 200
    for account in sorted(accounts)[::40]:
        alone = demo_warehouse(name, on_days=days, of_account=account)
        assert by_account(alone.to_pylist(), alone.column_names) == {account: accounts[account]}
