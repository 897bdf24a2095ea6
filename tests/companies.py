"""Small companies for tests: rows in, a warehouse out."""

from __future__ import annotations

import datetime as dt
import itertools
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from cs_dash.metrics import ROLLUPS, open_warehouse
from cs_dash.schema.tables import TABLES
from cs_dash.store.builder import Builder
from cs_dash.store.tables import EXTRA, TableRows
from cs_dash.store.warehouse import Warehouse

ARROW_TYPES = {
    "id": pa.string(),
    "account": pa.string(),
    "text": pa.string(),
    "category": pa.string(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us"),
    "money": pa.float64(),
    "number": pa.float64(),
    "integer": pa.int64(),
    "flag": pa.bool_(),
}


_NUMBERS = itertools.count(1)


def day(text: str) -> dt.date:
    """Return the ISO date `text`."""
    return dt.date.fromisoformat(text)


def table_rows(name: str, rows: list[dict[str, Any]]) -> TableRows:
    """Return rows of canonical table `name`, typed by the schema; missing keys are numbered."""
    table = TABLES[name]
    field_names = {field for row in rows for field in row} | {table.key}
    columns: dict[str, pa.Array] = {}
    for field in table.fields:
        if field.name in field_names:
            values = [row.get(field.name) for row in rows]
            if field.name == table.key:
                values = [value or f"{name}-{index}" for index, value in enumerate(values)]
            columns[field.name] = pa.array(values, ARROW_TYPES[field.type])
    if EXTRA in field_names:
        columns[EXTRA] = pa.array([list(row.get(EXTRA, {}).items()) for row in rows], pa.map_(pa.string(), pa.string()))
    columns["_row"] = pa.array(range(2, len(rows) + 2), pa.int64())
    return TableRows(name, pa.table(columns), "test")


def company(loaded_on: dt.date = dt.date(2100, 1, 1), /, **tables: list[dict[str, Any]]) -> Warehouse:
    """Return a warehouse with just these rows; accounts that other tables name are added where they are missing."""
    rows = {name: list(table_given) for name, table_given in tables.items()}
    known_ids = {row["account_id"] for row in rows.get("accounts", [])}
    referenced_ids = {
        row["account_id"] for table_given in rows.values() for row in table_given if row.get("account_id")
    }
    rows.setdefault("accounts", []).extend(
        {"account_id": account_id} for account_id in sorted(referenced_ids - known_ids)
    )
    file = _folder() / f"{next(_NUMBERS)}.duckdb"
    with Builder(file, None) as builder:
        for name, table_given in rows.items():
            if table_given:
                builder.upsert(table_rows(name, table_given))
        counts = dict.fromkeys(("read", "loaded", "updated", "unchanged", "rejected", "duplicates"), 0)
        names = {"file": "test", "sheet": "", "table_name": "accounts", "upload": "test", "currency": None}
        report = {"version": 1, "loaded_on": loaded_on, "assumptions": []} | names | counts
        builder.append("load_reports", [report])
        builder.roll_up(ROLLUPS)
        builder.finish()
    return open_warehouse(file)


@cache
def _folder() -> Path:
    """One folder for all companies of this process, so that they share a DuckDB as the versions of a workspace do."""
    return Path(tempfile.mkdtemp(prefix="cs_dash_companies_"))
