"""The small SQLite file of a workspace, in WAL mode: which versions and uploads exist, and what people decide.

Its tables are made and changed by the numbered scripts in `migrations`; what people decide is written by `decisions`.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import sqlite3
import weakref
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from cs_dash.errors import CsDashError, NotAllowed, WorkspaceBroken, WorkspaceBusy
from cs_dash.store import faults
from cs_dash.store.acting import acting_person
from cs_dash.store.state_memory import Counter, StateMemory, Value
from cs_dash.store.version import ALL_VERSIONS, CURRENT_VERSION, Version, version_of

MIGRATIONS = tuple(sorted((Path(__file__).parent / "migrations").glob("*.sql")))
"""The scripts that make the tables, in order; their number is the file's `user_version`."""
COPY_MARK = "copy"
"""The file beside a state that says that the workspace is a copy for readers: only who renews it writes into it."""
Connection = sqlite3.Connection
ROOM = 1 << 16
"""Bytes that SQLite needs beside the file to open it in WAL mode."""
_MACHINE = {
    sqlite3.SQLITE_FULL: faults.FULL, sqlite3.SQLITE_READONLY: faults.READ_ONLY, sqlite3.SQLITE_PERM: faults.DENIED,
    sqlite3.SQLITE_CANTOPEN: faults.DENIED, sqlite3.SQLITE_IOERR: faults.FAILING,
}  # fmt: skip


class State:
    """The SQLite file of one workspace. Every call is its own transaction, so it can be shared by threads."""

    def __init__(self, file: Path, *, renewing: bool = False) -> None:
        """Open `file`, brought to the tables of this release. Raises WorkspaceBroken, also for a newer release's.

        `renewing`: write also where the workspace is a copy for readers.
        """
        self.file = file
        self._renewing = renewing
        with self._connected() as connection:
            if self.writable and not self._disk_is_full():
                connection.execute("pragma journal_mode = wal")
            _migrate(connection, file.name)
        self._memory: StateMemory | None = None

    def keep_in_memory(self) -> None:
        """Keep what is read while nobody writes: for a process that lasts, which then holds the file open."""
        self._memory = StateMemory(self.file, self._watch)

    def remembered(self, key: Hashable, read: Callable[[], Value]) -> Value:
        """Return what `read` returns of the file; the same value again, not to be changed, where it is kept."""
        return self._memory.get(key, read) if self._memory else read()

    def _watch(self) -> Counter:
        """Return what tells how often others have written. Raises OSError where the file cannot be watched."""
        try:
            address = f"{self.file.absolute().as_uri()}?mode=rw"
            connection = sqlite3.connect(address, timeout=0, isolation_level=None, uri=True, check_same_thread=False)
        except sqlite3.Error as error:
            raise OSError(str(error)) from error

        def count() -> int:
            try:
                return int(connection.execute("pragma data_version").fetchone()[0])
            except sqlite3.Error as error:
                raise OSError(str(error)) from error

        weakref.finalize(count, connection.close)
        return count

    @property
    def writable(self) -> bool:
        """Whether the file, or where it is to be, may be written."""
        return os.access(self.file.parent, os.W_OK) and (not self.file.exists() or os.access(self.file, os.W_OK))

    def _disk_is_full(self) -> bool:
        return shutil.disk_usage(self.file.parent).free < ROOM

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        address = f"{self.file.absolute().as_uri()}?{self._mode()}"
        try:
            connection = sqlite3.connect(address, timeout=10, isolation_level=None, uri=True)
            try:
                yield connection
            finally:
                connection.close()
        except sqlite3.Error as error:
            raise self._in_words(error) from error

    def _mode(self) -> str:
        """Return how SQLite is to open the file. Raises WorkspaceBroken where it is gone, but its versions are not."""
        if not (self.file.exists() and self.file.stat().st_size):
            if any((self.file.parent / "versions").glob("*.duckdb")):
                raise self._broken(f"Could not find {self.file.name}, or it is empty")
            return "mode=rwc"
        if self.writable and not self._disk_is_full():
            return "mode=rw"
        # Where nothing can be written, a file that nobody has open is read without the files that WAL mode makes.
        wal = self.file.with_name(f"{self.file.name}-wal")
        return "mode=ro" if wal.exists() and wal.stat().st_size else "immutable=1"

    def _in_words(self, error: sqlite3.Error) -> CsDashError:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the primary one
        if code in _MACHINE:
            full = self.writable and self.file.parent.exists() and self._disk_is_full()
            return faults.machine_fault(faults.FULL if full else _MACHINE[code], self.file.name)
        if code == sqlite3.SQLITE_BUSY:
            return WorkspaceBusy(
                "Another process is writing",
                f"Could not write {self.file.name} because another process holds it; {faults.UNCHANGED}.",
                "Try again in a moment.",
            )
        return self._broken(f"Could not use {self.file.name} because {error}")

    def _broken(self, what: str) -> WorkspaceBroken:
        folder = self.file.parent
        return WorkspaceBroken(
            "The list of versions cannot be read",
            f"{what}; the versions and uploads beside it are unchanged.",
            f"Put the file back if you have a copy. Otherwise load the stored uploads into a new workspace: "
            f"python -m cs_dash load {folder}/uploads/*/* --workspace NEW-FOLDER",
        )

    def require_writable(self) -> None:
        """Raise NotAllowed where the workspace is a copy for readers, into which nobody writes."""
        if self._is_copy:
            why = "Could not change anything because this is a shared view of the data; nothing was changed."
            raise NotAllowed("Nothing can be changed here", why, "Ask whoever shared it.")

    @property
    def _is_copy(self) -> bool:
        return not self._renewing and self.file.with_name(COPY_MARK).exists()

    @contextmanager
    def transaction(self, *, write: bool = False) -> Iterator[Connection]:
        """Yield a connection whose changes count together, or not at all; to `write`, no other writer comes between.

        Raises NotAllowed to `write` where the workspace is a copy for readers.
        """
        if write:
            self.require_writable()
        with self._connected() as connection:
            if self._is_copy:
                connection.execute("pragma query_only = on")
            with _atomic(connection, write=write):
                yield connection

    def copy_to(self, file: Path) -> None:
        """Write a copy of this moment to a new file, whoever writes meanwhile."""
        with self._connected() as connection, closing(sqlite3.connect(file)) as copy:
            connection.backup(copy)

    def versions(self) -> tuple[Version, ...]:
        """Return every version, oldest first, the undone ones too."""
        return self._versions(ALL_VERSIONS)

    def current(self) -> Version | None:
        """Return the version that is shown: the newest that was not undone."""
        return self.remembered(CURRENT_VERSION, lambda: next(iter(self._versions(CURRENT_VERSION)), None))

    def _versions(self, query: str) -> tuple[Version, ...]:
        with self.transaction() as connection:
            return tuple(version_of(*row) for row in connection.execute(query))

    def next_number(self) -> int:
        """Return the number of the next version."""
        with self.transaction() as connection:
            (number,) = connection.execute("select coalesce(max(number), 0) + 1 from versions").fetchone()
        return int(number)

    def add_version(
        self,
        number: int,
        parent: int | None,
        newest_day: dt.date | None,
        summary: dict[str, Any],
        record: Callable[[Connection], object] = lambda _: None,
    ) -> None:
        """Record a published version; with this commit it becomes the current one.

        `record` writes, in the same transaction, what people decided for it.
        """
        with self.transaction(write=True) as connection:
            record(connection)
            connection.execute(
                "insert into versions (number, parent, created_at, newest_day, summary, person)"
                " values (?, ?, ?, ?, ?, ?)",
                (number, parent, now(), _iso(newest_day), json.dumps(summary), acting_person()),
            )

    def undo(self, number: int) -> None:
        """Mark version `number` as undone, now and by who is acting."""
        sql = "update versions set undone = 1, undone_at = ?, undone_by = ? where number = ?"
        with self.transaction(write=True) as connection:
            connection.execute(sql, (now(), acting_person(), number))

    def redo(self, number: int) -> None:
        """Mark version `number` as not undone."""
        sql = "update versions set undone = 0, undone_at = null, undone_by = '' where number = ?"
        with self.transaction(write=True) as connection:
            connection.execute(sql, (number,))

    def add_upload(self, upload_id: str, name: str, size: int) -> None:
        """Record a stored upload of `size` bytes; storing the same bytes twice is recorded once."""
        with self.transaction(write=True) as connection:
            connection.execute(
                "insert or ignore into uploads (id, name, bytes, kept_at) values (?, ?, ?, ?)",
                (upload_id, name, size, now()),
            )

    def watched(self) -> set[str]:
        """Return the SHA-256, hexadecimal, of every file that came from a watched folder and was loaded."""
        with self.transaction() as connection:
            return {digest for (digest,) in connection.execute("select digest from watched")}

    def remember_watched(self, files: Mapping[str, str]) -> None:
        """Record files of a watched folder as loaded: SHA-256 -> name."""
        rows = [(digest, name, now()) for digest, name in files.items()]
        with self.transaction(write=True) as connection:
            connection.executemany("insert or ignore into watched (digest, name, loaded_at) values (?, ?, ?)", rows)


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def now() -> str:
    """Return this moment as the file stores it: ISO 8601, UTC, in seconds."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


@contextmanager
def _atomic(connection: Connection, *, write: bool) -> Iterator[None]:
    connection.execute("begin immediate" if write else "begin")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("rollback")
        raise
    connection.execute("commit")


def _migrate(connection: Connection, name: str) -> None:
    """Bring the tables to this release, one transaction per script. Raises WorkspaceBroken for a newer release's."""
    while (release := _release(connection)) != len(MIGRATIONS):
        if release > len(MIGRATIONS):
            raise WorkspaceBroken(
                "The workspace is of a newer release",
                f"Could not open {name} because a newer release of cs_dash wrote it (format {release}; this release "
                f"knows {len(MIGRATIONS)}).",
                "Update cs_dash, or choose another workspace folder.",
            )
        with _atomic(connection, write=True):
            if _release(connection) == release:  # else another process migrated it in the meantime
                for statement in _statements(MIGRATIONS[release].read_text(encoding="utf-8")):
                    connection.execute(statement)
                connection.execute(f"pragma user_version = {release + 1}")


def _release(connection: Connection) -> int:
    (release,) = connection.execute("pragma user_version").fetchone()
    return int(release)


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
