"""A database in memory for each reader of a version, all of them in one DuckDB of the process.

DuckDB takes twenty milliseconds to start and half a millisecond to attach one more database. Readers that share it also
share its memory: the limit holds for all open versions together, and a version that two of them read is cached once.
"""

from __future__ import annotations

import itertools
import threading
import weakref
from collections.abc import Hashable, Sequence
from contextlib import suppress
from pathlib import Path

import duckdb

from cs_dash.store.created_definitions import CreatedDefinitions, copy_definitions, store_definitions
from cs_dash.store.engine import Engine, attach, memory_limit_bytes, spill_root

_NUMBERS = itertools.count(1)
_LOCK = threading.Lock()
_READERS: weakref.WeakSet[ReaderDatabase] = weakref.WeakSet()
_ENGINES: weakref.WeakValueDictionary[tuple[Path, int, int | None], Engine] = weakref.WeakValueDictionary()
"""By where they spill, their threads and their memory limit; each as long as a reader uses it."""


class ReaderDatabase:
    """A database in memory, with files attached read-only; gone with its last reference."""

    def __init__(self, *, near: Path, threads: int) -> None:
        """Start an empty database that spills into the workspace that holds the file `near`.

        Raises BadInput where the environment names no amount of memory.
        """
        self._engine = _engine(near, threads)
        self._name = f"reader_{next(_NUMBERS)}"
        self._attached = [self._name]
        self._engine.connection.cursor().execute(f"attach ':memory:' as {self._name}")
        self.created = CreatedDefinitions()
        self._detach = weakref.finalize(self, _detach, self._engine, self._attached, self._name, self.created)
        with _LOCK:
            _READERS.add(self)

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """Return a connection to which plain names are those of this database."""
        cursor = self._engine.connection.cursor()
        cursor.execute(f"use {self._name}")
        return cursor

    def attach(self, file: Path) -> str:
        """Attach a file read-only and return the name of its database. Raises WorkspaceBroken when it is unreadable."""
        name = f"file_{next(_NUMBERS)}"
        attach(self._engine.connection.cursor(), file, name)
        self._attached.insert(0, name)  # what rests on a file goes after it
        return name

    def let_go(self, name: str) -> None:
        """Detach a file, by the name that `attach` gave it."""
        self._engine.connection.cursor().execute(f"detach {name}")
        self._attached.remove(name)

    def take_definitions(self, fit: Hashable) -> None:
        """Copy the definitions that other readers of this DuckDB created and that fit; `created` names them."""
        cursor = self._engine.connection.cursor()
        with _LOCK:
            others = [other for other in _READERS if other._engine is self._engine and other.created.fit == fit]
        for other in others:
            if other.created.lock.acquire(blocking=False):
                with suppress(duckdb.Error):  # it was closed meanwhile
                    store_definitions(cursor, other._name, other.created)
                other.created.lock.release()
        copied = copy_definitions(cursor, self._name, fit)
        self.created.fit, self.created.names, self.created.views = fit, copied.names, copied.views

    def close(self) -> None:
        """Drop the database, and let go of the files."""
        self._detach()


def _engine(near: Path, threads: int) -> Engine:
    key = (spill_root(near), threads, memory_limit_bytes())
    with _LOCK:
        engine = _ENGINES.get(key)
        if engine is None or not _answers(engine):
            engine = _ENGINES[key] = Engine(None, near=near, threads=threads)
        return engine


def _answers(engine: Engine) -> bool:
    """Whether an engine still answers: after an error that it calls fatal it never does again."""
    try:
        engine.connection.cursor().execute("select 1")
    except duckdb.Error:
        return False
    return True


def _detach(engine: Engine, names: Sequence[str], own: str, created: CreatedDefinitions) -> None:
    with suppress(duckdb.Error):
        cursor = engine.connection.cursor()
        with suppress(duckdb.Error):
            store_definitions(cursor, own, created)
        for name in names:
            cursor.execute(f"detach {name}")
