"""Small companies whose rows are matched to accounts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cs_dash.intake.matching import match
from cs_dash.intake.matching.account_decision import AccountDecision
from cs_dash.store.builder import Builder
from tests.companies import table_rows

Rows = list[dict[str, Any]]
WHEN = dt.datetime(2026, 5, 1)


@pytest.fixture
def builder(tmp_path: Path) -> Iterator[Builder]:
    with Builder(tmp_path / "v.duckdb", None) as opened:
        yield opened


def matched(builder: Builder, *decisions: AccountDecision, **tables: Rows) -> dict[str, tuple[str | None, str | None]]:
    """Return (account, way) of every ticket by its id, after matching these tables."""
    for name, rows in tables.items():
        builder.upsert(table_rows(name, rows))
    match(builder, decisions)
    matches = builder.query(
        "select distinct t.ticket_id, t.account_id, m.how from tickets t left join account_matches m"
        " on m.table_name = 'tickets' and m.account_ref is not distinct from t.account_ref"
        " and m.account_name is not distinct from t.account_name and m.account_id is not distinct from t.account_id"
        " and (m.address is null or contains(lower(t.requester_email), m.address))"
        " and (m.subscription_id is null or m.subscription_id = t.subscription_id)"
    ).to_pylist()
    assert len({row["ticket_id"] for row in matches}) == len(matches)
    return {row["ticket_id"]: (row["account_id"], row["how"]) for row in matches}


def tickets(**references: dict[str, str] | str) -> Rows:
    """Return one ticket per argument, of what it says of its account: fields, or just the reference."""
    return [
        {"ticket_id": name, "created_at": WHEN}
        | (reference if isinstance(reference, dict) else {"account_ref": reference})
        for name, reference in references.items()
    ]


def accounts(**names: str) -> Rows:
    return [{"account_id": key.replace("_", "-"), "account": name} for key, name in names.items()]
