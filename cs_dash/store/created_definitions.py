"""Definitions that one reader created, copied to the next: DuckDB plans whatever it creates, but not what it copies.

All definitions take half a second to create and ten milliseconds to copy. What may be copied lies in a database in
memory of its own, beside those of the readers of one DuckDB, and outlives them.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Hashable
from contextlib import suppress
from dataclasses import dataclass, field

import duckdb

from cs_dash.store.engine import COPIED_FROM

_NUMBERS = itertools.count(1)


@dataclass
class CreatedDefinitions:
    """The views and macros that a reader has.

    Attributes:
        fit: what they were planned with: their files, and the types of all columns. They fit nothing else.
        names: their names.
        views: those that are views: a macro may have the name of a table.
        lock: held while some are created.
    """

    fit: Hashable = None
    names: set[str] = field(default_factory=set)
    views: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, name: str, sql: str) -> None:
        """Note what a statement created; a table is left out, because it has rows of one version."""
        if not sql.startswith("create table"):
            self.names.add(name)
        if sql.startswith("create view"):
            self.views.add(name)


_STORED: dict[str, CreatedDefinitions] = {}
"""The definitions of databases that are there to be copied, by the database's name."""
_DATABASES = "select database_name from duckdb_databases()"
_OBJECTS = """
select 'view', view_name from duckdb_views() where database_name = $database and not internal
union all
select 'table', table_name from duckdb_tables() where database_name = $database and not internal
"""


def copy_definitions(connection: duckdb.DuckDBPyConnection, into: str, fit: Hashable) -> CreatedDefinitions:
    """Copy the definitions that fit into the database `into`, and return which these are; there may be none."""
    source, stored = _best(connection, fit)
    if stored.names:
        with suppress(duckdb.Error):  # replaced meanwhile
            connection.execute(f"copy from database {source} to {into} (schema)")
            return CreatedDefinitions(fit, set(stored.names), set(stored.views))
    return CreatedDefinitions(fit)


def store_definitions(connection: duckdb.DuckDBPyConnection, database: str, created: CreatedDefinitions) -> None:
    """Let later readers copy the definitions of a reader's database, if it has others than can be copied now."""
    former, stored = _best(connection, created.fit)
    if created.names <= stored.names:
        return
    name = f"{COPIED_FROM}{next(_NUMBERS)}"
    connection.execute(f"attach ':memory:' as {name}")
    connection.execute(f"copy from database {database} to {name} (schema)")
    for kind, listed in connection.execute(_OBJECTS, {"database": name}).fetchall():
        if kind == "table" or listed not in created.views:
            connection.execute(f'drop {kind} {name}.main."{listed}"')
    _STORED[name] = CreatedDefinitions(created.fit, set(created.names), set(created.views))
    if former:
        _STORED.pop(former, None)
        with suppress(duckdb.Error):  # somebody else removed it
            connection.execute(f"detach {former}")


def _best(connection: duckdb.DuckDBPyConnection, fit: Hashable) -> tuple[str, CreatedDefinitions]:
    """Return the database of this DuckDB with the most definitions that fit, and these; "" where none do."""
    present = {name for (name,) in connection.execute(_DATABASES).fetchall()}
    stored = _STORED.copy()  # in one step, because others may add to it meanwhile
    fitting = [(name, created) for name, created in stored.items() if name in present and created.fit == fit]
    return max(fitting, key=lambda pair: len(pair[1].names), default=("", CreatedDefinitions(fit)))
