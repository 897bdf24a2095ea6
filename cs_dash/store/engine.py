"""DuckDB as this product starts it: how much memory it may take, and where it spills what does not fit.

Without a folder of its own DuckDB spills into the current directory: rows of customers outside the workspace, and an
error where that directory is read-only. Here every connection has a folder in the workspace, `spill/<name>/`, for as
long as it is open (`owned_folder`); what a killed process left is removed when the workspace is opened next.
"""

from __future__ import annotations

import os
import re
import weakref
from contextlib import suppress
from pathlib import Path

import duckdb

from cs_dash.errors import BadInput
from cs_dash.store import faults
from cs_dash.store.owned_folder import OwnedFolder

MEMORY = "CS_DASH_MEMORY"
"""The environment variable that says how much memory DuckDB may take: "40 %" of the machine's, or "4 GB"."""
USUAL = "50 %"
FOLDER = "spill"
COPIES = "shared"
"""The folder of a workspace that holds the copies of it for readers with limits."""
_LEAST_BYTES = 64 << 20
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)\s*(%|[KMGT]?B)", re.IGNORECASE)
_UNITS = {"B": 1, "KB": 1 << 10, "MB": 1 << 20, "GB": 1 << 30, "TB": 1 << 40}
_CGROUPS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))
_STATE = "state.sqlite"
_OWN = "own"
"""The name of a connection's database."""
COPIED_FROM = "definitions_"
"""How the names of databases begin that a DuckDB keeps for its next user."""
_ATTACHED = """
select database_name from duckdb_databases()
where not internal and database_name <> 'memory' and not starts_with(database_name, ?)
"""
_PARSED: dict[str, list[duckdb.Statement]] = {}
_Kind = tuple[int, int, int | None]
_IDLE: dict[_Kind, duckdb.DuckDBPyConnection] = {}
"""A DuckDB that nobody uses, by process, threads and memory limit: to start one takes twenty milliseconds."""


class Engine:
    """One DuckDB connection with its memory limit and its folder to spill into."""

    def __init__(self, target: Path | None, *, near: Path, threads: int) -> None:
        """Connect to the database `target`, None for one in memory; it spills into the workspace that holds `near`.

        Raises BadInput where the environment names no amount of memory.
        """
        limit = memory_limit_bytes()
        kind = (os.getpid(), threads, limit)
        instance = _IDLE.pop(kind, None) or _started(threads, limit)
        spill = OwnedFolder.claim(spill_root(near))
        self.connection = instance.cursor()
        self.close = weakref.finalize(self, _close, kind, instance, self.connection, spill)
        """Closes the connection and removes what it spilled; so does the end of the object."""
        try:
            self.connection.execute(f"set temp_directory = {_text(spill.folder if spill else '')}")
            self.connection.execute(f"attach {_text(target or ':memory:')} as {_OWN}")
            self.connection.execute(f"use {_OWN}")
        except BaseException:
            self.close()
            raise

    def attach(self, file: Path, name: str) -> None:
        """Attach a version read-only. Raises WorkspaceBroken, with the connection closed, when it cannot be read."""
        try:
            attach(self.connection, file, name)
        except BaseException:
            self.close()
            raise


def _started(threads: int, limit: int | None) -> duckdb.DuckDBPyConnection:
    config: dict[str, str | bool | int | float | list[str]] = {"threads": threads, "temp_directory": ""}
    if limit is not None:
        config["memory_limit"] = f"{limit >> 10}KiB"
    return duckdb.connect(":memory:", config=config)


def _close(
    kind: _Kind, instance: duckdb.DuckDBPyConnection, connection: duckdb.DuckDBPyConnection, spill: OwnedFolder | None
) -> None:
    """Close a connection; its DuckDB stays for the next one, unless it spilled or answers no more."""
    connection.close()
    try:
        for (name,) in instance.execute(
            _ATTACHED, [COPIED_FROM]
        ).fetchall():  # a version that was being read may be among them
            instance.execute(f"detach {name}")
        instance.execute("set temp_directory = ''")
    except duckdb.Error:
        instance.close()
    else:
        if _IDLE.setdefault(kind, instance) is not instance:
            instance.close()
    if spill is not None:
        spill.release()


def _text(value: Path | str) -> str:
    return "'" + str(value).replace("'", "''") + "'"


def attach(connection: duckdb.DuckDBPyConnection, file: Path, name: str) -> None:
    """Attach a version read-only as the database `name`. Raises WorkspaceBroken when it cannot be read."""
    try:
        connection.execute(f"attach {_text(file)} as {name} (read_only)")
    except duckdb.Error as error:
        raise faults.in_words(error, file.name) or faults.unreadable_version(file.name) from error


def statements(connection: duckdb.DuckDBPyConnection, script: str) -> list[duckdb.Statement]:
    """Return the statements of a script that never changes; each is parsed once in a process."""
    if script not in _PARSED:
        _PARSED[script] = connection.extract_statements(script)
    return _PARSED[script]


def columns_of(connection: duckdb.DuckDBPyConnection, database: str) -> dict[str, dict[str, str]]:
    """Return the columns of every table of an attached database with their types, by table."""
    types: dict[str, dict[str, str]] = {}
    sql = "select table_name, column_name, data_type from duckdb_columns() where database_name = ?"
    for table, column, kind in connection.execute(sql, [database]).fetchall():
        types.setdefault(table, {})[column] = kind
    return types


def spill_root(near: Path) -> Path:
    """Return the folder for what is spilled: in the workspace that holds the file `near`, else beside the file.

    A copy for readers spills where its source does: so all of them share one DuckDB, and its memory.
    """
    for parent in near.parents:
        if (parent / _STATE).exists():
            is_copy = parent.parent.name == COPIES and (parent.parent.parent / _STATE).exists()
            return (parent.parent.parent if is_copy else parent) / FOLDER
    return near.parent / FOLDER


def memory_limit_bytes(text: str = "") -> int | None:
    """Return how many bytes the readers of a workspace may take together: `text`, else `MEMORY`, else half of all.

    A share is one of the machine's memory, or of the container's; None where the system does not tell how much that is.
    Raises BadInput where no amount is named.
    """
    text = text or os.environ.get(MEMORY) or USUAL
    amount = _AMOUNT.fullmatch(text.strip())
    if amount is None:
        raise BadInput(
            "Not an amount of memory",
            f"Could not start because {text} is not an amount of memory.",
            f'Set {MEMORY} to "50 %" or "4 GB".',
        )
    number, unit = float(amount[1]), amount[2].upper()
    if unit != "%":
        return max(int(number * _UNITS[unit]), _LEAST_BYTES)
    there = memory_bytes()
    return None if there is None else max(int(there * min(number, 100.0) / 100), _LEAST_BYTES)


def memory_bytes(limits: tuple[Path, ...] = _CGROUPS) -> int | None:
    """Return how much memory this machine has, or this container may take; None where the system does not tell."""
    amounts = []
    with suppress(AttributeError, ValueError, OSError):  # Windows has no such call
        amounts.append(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    for file in limits:
        with suppress(ValueError, OSError):  # "max" says that there is no limit
            amounts.append(int(file.read_text()))
    return min(amounts, default=None)
