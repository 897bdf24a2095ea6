"""The example rows of the template workbook: what they are, and how they are recognised and left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import numpy as np
import pyarrow as pa

from cs_dash.intake.cells import money
from cs_dash.intake.results.sheets import Block
from cs_dash.schema import names
from cs_dash.schema.tables import TABLES

MARK = "EXAMPLE-"
"""How the ids of the examples begin."""
_OPENING = "Fill in the sheets you have"
FIRST_SENTENCE = f"{_OPENING} data for; leave the others empty. Columns may be in any order, and you may add more."
"""What the template's first sheet begins with; every template ever written has the same opening."""
_LOOKED_AT = 50
Value = str | float | dt.date | dt.datetime

_DAY = dt.date
EXAMPLES: dict[str, tuple[Mapping[str, Value], Mapping[str, Value]]] = {
    "accounts": (
        {"account_id": "EXAMPLE-1", "account": "Nordwind Logistics", "domain": "nordwind.example",
         "segment": "Mid-market", "plan": "Pro", "region": "EMEA", "country": "Germany", "industry": "Logistics",
         "csm": "Ana Ruiz", "icp_fit": "core", "seats": 40, "signup_date": _DAY(2025, 3, 1),
         "renewal_date": _DAY(2027, 3, 1), "is_trial": "no", "churned": "no", "currency": "EUR", "pulse": "8",
         "pulse_date": _DAY(2026, 9, 12)},
        {"account_id": "EXAMPLE-2", "account": "Helio Energy", "domain": "helio.example", "segment": "SMB",
         "plan": "Team", "region": "EMEA", "country": "France", "industry": "Energy", "csm": "Bo Lind",
         "icp_fit": "near", "seats": 8, "signup_date": _DAY(2024, 5, 1), "is_trial": "no", "churned": "yes",
         "churn_date": _DAY(2026, 8, 1), "currency": "EUR"},
    ),
    "subscriptions": (
        {"subscription_id": "EXAMPLE-S1", "account_ref": "EXAMPLE-1", "plan": "Pro", "start_date": _DAY(2025, 3, 1),
         "renewal_date": _DAY(2027, 3, 1), "mrr": 1200, "billing": "annual", "currency": "EUR", "seats": 40,
         "is_trial": "no", "status": "active", "auto_renew": "yes"},
        {"subscription_id": "EXAMPLE-S2", "account_ref": "EXAMPLE-2", "plan": "Team", "start_date": _DAY(2024, 5, 1),
         "end_date": _DAY(2026, 8, 1), "mrr": 240, "billing": "monthly", "currency": "EUR", "seats": 8,
         "is_trial": "no", "status": "cancelled", "auto_renew": "no"},
    ),
    "usage": (
        {"account_ref": "EXAMPLE-1", "user_id": "EXAMPLE-u1", "used_on": _DAY(2026, 9, 14), "feature": "Dashboards",
         "events": 12, "is_core": "yes"},
        {"account_ref": "EXAMPLE-1", "user_id": "EXAMPLE-u2", "used_on": _DAY(2026, 9, 14), "feature": "Export",
         "events": 1, "is_core": "no"},
    ),
    "tickets": (
        {"ticket_id": "EXAMPLE-T1", "account_ref": "EXAMPLE-1", "requester_email": "jo@nordwind.example",
         "created_at": dt.datetime(2026, 9, 14, 9, 30), "solved_at": dt.datetime(2026, 9, 14, 11, 0),
         "status": "solved", "priority": "normal", "channel": "email", "type": "Question", "tags": "how_to, export",
         "product_area": "Reports", "subject": "How do I share a report?", "language": "en", "satisfaction": 5},
        {"ticket_id": "EXAMPLE-T2", "account_ref": "EXAMPLE-1", "requester_email": "al@nordwind.example",
         "created_at": dt.datetime(2026, 9, 20, 16, 5), "status": "open", "priority": "high", "channel": "chat",
         "type": "Problem", "product_area": "Import", "subject": "The import stops", "language": "en"},
    ),
    "churn_events": (
        {"churn_id": "EXAMPLE-C1", "account_ref": "EXAMPLE-2", "churned_on": _DAY(2026, 8, 1),
         "reason": "Missing feature", "category": "Product gap", "scope": "full", "mrr_lost": 240,
         "comment": "Needs single sign-on."},
        {"churn_id": "EXAMPLE-C2", "account_ref": "EXAMPLE-1", "churned_on": _DAY(2026, 7, 1),
         "reason": "Fewer people", "category": "Price or value", "scope": "downsell", "mrr_lost": 300},
    ),
    "surveys": (
        {"survey_id": "EXAMPLE-N1", "account_ref": "EXAMPLE-1", "answered_on": _DAY(2026, 6, 30), "survey": "NPS",
         "score": 9, "comment": "Saves us an hour a day."},
        {"survey_id": "EXAMPLE-N2", "account_ref": "EXAMPLE-2", "answered_on": _DAY(2026, 6, 30), "survey": "CSAT",
         "score": 2},
    ),
    "notes": (
        {"note_id": "EXAMPLE-M1", "account_ref": "EXAMPLE-1", "noted_on": _DAY(2026, 9, 12), "author": "Ana Ruiz",
         "note": "Champion moved to another team.", "pulse": "6"},
        {"note_id": "EXAMPLE-M2", "account_ref": "EXAMPLE-1", "noted_on": _DAY(2026, 9, 26), "author": "Ana Ruiz",
         "note": "New champion met.", "pulse": "8"},
    ),
    "feature_requests": (
        {"request_id": "EXAMPLE-F1", "account_ref": "EXAMPLE-1", "requested_on": _DAY(2026, 5, 3),
         "title": "Export to PowerPoint", "status": "open", "votes": 3, "product_area": "Reports"},
        {"request_id": "EXAMPLE-F2", "account_ref": "EXAMPLE-2", "requested_on": _DAY(2026, 5, 9),
         "title": "Single sign-on", "status": "planned", "votes": 11, "product_area": "Access"},
    ),
    "milestones": (
        {"milestone_id": "EXAMPLE-J1", "account_ref": "EXAMPLE-1", "reached_on": _DAY(2025, 3, 10),
         "milestone": "kick-off"},
        {"milestone_id": "EXAMPLE-J2", "reached_on": _DAY(2026, 6, 1), "milestone": "shipped",
         "title": "New sharing dialog", "topic": "share a report"},
    ),
    "articles": (
        {"article_id": "EXAMPLE-H1", "title": "Sharing a report", "section": "Reports", "language": "en",
         "address": "https://help.nordwind.example/en/articles/12", "updated_on": _DAY(2026, 3, 2), "views": 840},
        {"article_id": "EXAMPLE-H2", "title": "Inviting colleagues", "section": "Users", "language": "en",
         "address": "https://help.nordwind.example/en/articles/17", "updated_on": _DAY(2025, 11, 4), "views": 310},
    ),
    "fx_rates": (
        {"currency": "EXAMPLE-USD", "rate_on": _DAY(2026, 9, 1), "rate": 0.91},
        {"currency": "EXAMPLE-GBP", "rate_on": _DAY(2026, 9, 1), "rate": 1.15},
    ),
}  # fmt: skip
"""Two rows per table, their ids marked."""


def _plain(text: str) -> str:
    """Return a cell as the same value is written by any workbook program: no empty time, no empty fraction."""
    cut = text.strip().replace("T", " ", 1).removesuffix(".000").removesuffix(" 00:00:00")
    value = money.number(cut, "point")
    return cut.casefold() if value is None else f"{value:g}"


def _written(value: Value) -> str:
    return value.isoformat(" ") if isinstance(value, dt.datetime) else str(value)


@cache
def _example_cells() -> frozenset[frozenset[tuple[str, str]]]:
    """Every example as the set of its (column key, value) pairs."""
    return frozenset(
        frozenset((names.key(TABLES[table].field(name).label), _plain(_written(value))) for name, value in row.items())
        for table, rows in EXAMPLES.items()
        for row in rows
    )


def explains(grid: pa.Table) -> bool:
    """Return whether a sheet is the template's introduction."""
    return bool(grid.num_rows and grid.num_columns) and str(grid.column(0)[0]).startswith(_OPENING)


def without(block: Block) -> tuple[Block, int]:
    """Return the block without the template's unchanged examples, with a note, and how many those were.

    A row that was changed in any cell is a row like any other.
    """
    head = block.rows.slice(0, _LOOKED_AT).to_pylist()
    if not any(str(cell or "").strip().startswith(MARK) for row in head for cell in row.values()):
        return block, 0
    is_example = np.zeros(block.rows.num_rows, dtype=bool)
    for at, row in enumerate(head):
        cells = {(names.key(name), _plain(cell)) for name, cell in row.items() if cell and cell.strip()}
        is_example[at] = cells in _example_cells()
    if not is_example.any():
        return block, 0
    count = int(is_example.sum())
    note = f"{count} example row{'s' * (count > 1)} of the template {'were' if count > 1 else 'was'} left out."
    rows = block.rows.filter(pa.array(~is_example))
    return replace(block, rows=rows, row_numbers=block.row_numbers[~is_example], notes=(*block.notes, note)), count
