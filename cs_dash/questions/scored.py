"""The health scores of the accounts in scope.

A score never depends on what is filtered, so the scores of all accounts are asked for, which the warehouse remembers,
and the accounts in scope are picked here: another segment then costs next to nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from cs_dash.questions.asked import Asked

Row = dict[str, Any]


def in_scope(asked: Asked, relation: str, **parameters: Any) -> list[Row]:
    """Return the rows of a definition that has an account_id and takes `wanted`, for the accounts in scope."""
    rows: list[Row] = asked.rows(relation, **parameters).to_pylist()
    if not asked.scope.filters:
        return rows
    kept = set(asked.rows("in_scope", wanted=asked.wanted)["account_id"].to_pylist())
    return [row for row in rows if row["account_id"] in kept]


def bands_on(asked: Asked, *days: Iterable[dt.date]) -> dict[dt.date, dict[str, Row]]:
    """Return {day: {band: row with accounts and mrr}}, as `health_bands` does.

    Each list of days is one question by itself, so that the days that stay the same are remembered.
    """
    found: dict[dt.date, dict[str, Row]] = {}
    for each in days:
        fresh = [day for day in each if day not in found]
        for row in in_scope(asked, "health_scores", on_days=fresh) if fresh else ():
            bands = found.setdefault(row["day"], {})
            band = bands.setdefault(row["band"], {"band": row["band"], "accounts": 0, "mrr": 0.0})
            band["accounts"] += 1
            band["mrr"] += row["mrr"]
    return found
