"""The triangle of activity cohorts, the way pandas computes it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

Cell = tuple[dt.date, int, int, int, bool]


def activity_triangle(accounts: pd.Series[str], days: pd.Series[pd.Timestamp], as_of: pd.Timestamp) -> list[Cell]:
    """Return (cohort, age, size, active, final) of every cell by month, cohort by cohort; no account: left out."""
    events = pd.DataFrame({"account": accounts, "month": days.dt.to_period("M")}).dropna()
    events["cohort"] = events.groupby("account")["month"].transform("min")
    sizes: Any = events.groupby("cohort")["account"].nunique()
    active = events.groupby(["cohort", "month"])["account"].nunique()
    cells: list[Cell] = []
    for cohort in pd.period_range(events["cohort"].min(), as_of, freq="M"):
        if cohort not in sizes.index:
            continue
        for age, month in enumerate(pd.period_range(cohort, as_of, freq="M")):
            final = bool(month.end_time.normalize() <= as_of)
            active_accounts = int(active.get((cohort, month), 0))
            cells.append((cohort.start_time.date(), age, int(sizes[cohort]), active_accounts, final))
    return cells
