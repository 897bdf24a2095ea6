"""Behind the marks of health: the accounts of a band on a day."""

from __future__ import annotations

from cs_dash.ui.pages.marks.context import ACCOUNTS

OPENINGS = {
    ("health.accounts", "movers"): ACCOUNTS,
    ("overview.changes", "movers"): ACCOUNTS,
}
