"""Small companies for tests: rows in, a warehouse out."""

from __future__ import annotations

import datetime as dt
import itertools
import shutil
import tempfile
import weakref
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import pyarrow as pa

from cs_dash.decisions import NOTHING_DECIDED, CurrentDecisions
from cs_dash.metrics import ROLLUPS, open_warehouse
from cs_dash.schema.tables import TABLES
from cs_dash.store.builder import Builder
from cs_dash.store.cache import SingleFlightCache
from cs_dash.store.definitions import names_in
from cs_dash.store.differences import Differences
from cs_dash.store.engine import Engine, attach
from cs_dash.store.tables import EXTRA, TableRows
from cs_dash.store.warehouse import REMEMBERED, Warehouse

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
    return ReusedReader(version(loaded_on, **tables))


def version(loaded_on: dt.date = dt.date(2100, 1, 1), /, **tables: list[dict[str, Any]]) -> Path:
    """Return the file of the version that `company` gives to ask."""
    rows = {name: list(table_given) for name, table_given in tables.items()}
    known_ids = {row["account_id"] for row in rows.get("accounts", [])}
    referenced_ids = {
        row["account_id"] for table_given in rows.values() for row in table_given if row.get("account_id")
    }
    rows.setdefault("accounts", []).extend(
        {"account_id": account_id} for account_id in sorted(referenced_ids - known_ids)
    )
    content = repr((loaded_on, rows))
    if content not in _FILES:
        _FILES[content] = _built(loaded_on, rows)
    return _FILES[content]


_FILES: dict[str, Path] = {}
"""The versions of this process by what they hold: many tests ask the same company, and nobody writes into it."""


class ReusedReader(Warehouse):
    """A version, read where another was read before: what is defined there is defined over this one, too.

    Making all views and definitions anew takes longer than most answers, and versions that this release made have the
    same tables. Definitions that are tables are filled anew. Sheets that are kept as they are have no view here, nor
    does what was derived from a version count.
    """

    _free: ClassVar[list[Warehouse]] = []

    def __init__(self, file: Path, decisions: CurrentDecisions = NOTHING_DECIDED) -> None:
        reader = self._free.pop() if self._free else open_warehouse(_empty_version())
        vars(self).update(vars(reader))
        self.file = file
        self._remembered = SingleFlightCache(REMEMBERED, lambda rows: int(rows.size))
        self._give_back = weakref.finalize(self, self._free.append, reader)
        name = self._database._attached[0]
        self._connection.execute(f"detach {name}")
        attach(self._connection, file, name)
        for table in [name for name in self._defined if self.definitions[name].sql.startswith("create table")]:
            self._connection.execute(f"drop table {table}")
            self._defined.remove(table)
        for table, decided in (("settings", decisions.settings), ("decisions", decisions.decisions)):
            self._connection.execute(f"delete from {table}")
            for row in decided:
                self._connection.execute(f"insert into {table} values ({', '.join('?' * len(row))})", list(row))

    def close(self) -> None:
        vars(self).pop("_database", None)  # nobody asks it any more
        self._give_back()


class EmptyCopy(Builder):
    """Fills a copy of an empty version in a DuckDB that runs already: starting one and making all tables takes long."""

    def __init__(self, target: Path) -> None:
        shutil.copyfile(_empty_version(), target)
        self._name = f"company_{target.stem}"
        self._connection = _engine().connection.cursor()
        self._connection.execute(f"attach '{target}' as {self._name}")
        self._connection.execute(f"use {self._name}")
        self._connection.execute("begin")
        self.differences = Differences(self._connection, 1)
        self._unwritten, self._uploads = set(TABLES), {}

    def finish(self) -> None:
        for statement in ("commit", f"checkpoint {self._name}", "use memory", f"detach {self._name}"):
            self._connection.execute(statement)

    def __exit__(self, *_: object) -> None:
        self._connection.close()


def _built(loaded_on: dt.date, rows: Mapping[str, Sequence[dict[str, Any]]]) -> Path:
    """Return the file of a version with these rows."""
    file = _folder() / f"{next(_NUMBERS)}.duckdb"
    filled = {name for name, table_given in rows.items() if table_given}
    with EmptyCopy(file) as builder:
        for name in filled:
            builder.upsert(table_rows(name, list(rows[name])))
        counts = dict.fromkeys(("read", "loaded", "updated", "unchanged", "rejected", "duplicates"), 0)
        names = {"file": "test", "sheet": "", "table_name": "accounts", "upload": "test", "currency": None}
        report = {"version": 1, "loaded_on": loaded_on, "assumptions": []} | names | counts
        builder.append("load_reports", [report])
        # The others are empty, as in the copied version.
        builder.roll_up(script for script in ROLLUPS if names_in(script.read_text(encoding="utf-8")) & filled)
        builder.finish()
    return file


@cache
def _engine() -> Engine:
    """The DuckDB in which all companies of this process are made."""
    return Engine(None, near=_folder() / "companies", threads=1)


@cache
def _empty_version() -> Path:
    """A version without a row."""
    file = _folder() / "empty.duckdb"
    with Builder(file, None) as builder:
        builder.roll_up(ROLLUPS)
        builder.finish()
    return file


@cache
def _folder() -> Path:
    """One folder for all companies of this process, so that they share a DuckDB as the versions of a workspace do."""
    return Path(tempfile.mkdtemp(prefix="cs_dash_companies_"))
