"""What people decide, and which versions exist: one small SQLite file in WAL mode."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from cs_dash.errors import WorkspaceBroken

SCHEMA = """
create table if not exists versions (
  number integer primary key, parent integer, created_at text not null, newest_day text,
  undone integer not null default 0, summary text not null
);
create table if not exists uploads (
  id text primary key, name text not null, bytes integer not null, kept_at text not null
);
create table if not exists watched (digest text primary key, name text not null, loaded_at text not null);
create table if not exists settings (name text primary key, value text not null, changed_at text not null);
create table if not exists setting_changes (
  id integer primary key, name text not null, before text, after text, changed_at text not null
);
create table if not exists layouts (signature text primary key, decided text not null, changed_at text not null);
create table if not exists account_decisions (
  id integer primary key, version integer not null, decided_at text not null, verdict text not null, account_id text,
  account_ref text, account_name text, mail text, subscription_id text
);
"""


@dataclass(frozen=True)
class Version:
    """One immutable state of the data.

    Attributes:
        number: counts up from 1, never reused.
        parent: the version it was built on, or None.
        created_at: when, in UTC.
        newest_day: the newest day of its facts, or None where it has none.
        undone: taken back; kept, but never current again.
        summary: what its load did, as the load's report.
    """

    number: int
    parent: int | None
    created_at: dt.datetime
    newest_day: dt.date | None
    undone: bool
    summary: dict[str, Any]


@dataclass(frozen=True)
class AccountDecision:
    """What somebody said of the account that a file's words mean.

    Attributes:
        verdict: "same" as the account, "other" than it, "new" (an account of its own), "forget" what was said before.
        account_id: the account that it is, or is not; None with "new" and "forget".
        account_ref: the id in the file, None where it has none.
        account_name: the name in the file.
        mail: the domain, or the free-mail address, where the file names nothing else.
        subscription_id: the subscription, where the file names only that.
    """

    verdict: str
    account_id: str | None = None
    account_ref: str | None = None
    account_name: str | None = None
    mail: str | None = None
    subscription_id: str | None = None


@dataclass(frozen=True)
class Change:
    """What somebody set.

    Attributes:
        name: the setting.
        before: its value before; None where nobody had chosen one.
        after: its value since; None where it was given back to its default.
        changed_at: when, in UTC.
    """

    name: str
    before: Any
    after: Any
    changed_at: dt.datetime


EVERY_VERSION = "select number, parent, created_at, newest_day, undone, summary from versions order by number"
NEWEST_VERSION = """
select number, parent, created_at, newest_day, undone, summary from versions
where not undone order by number desc limit 1
"""
DECISIONS_THAT_COUNT = """
select verdict, account_id, account_ref, account_name, mail, subscription_id from account_decisions
where version in (select number from versions where not undone) order by id
"""
ADD_CHANGE = "insert into setting_changes (name, before, after, changed_at) values (?, ?, ?, ?)"
ADD_DECISION = """
insert into account_decisions (
  version, decided_at, verdict, account_id, account_ref, account_name, mail, subscription_id
) values (?, ?, ?, ?, ?, ?, ?, ?)
"""


class State:
    """The SQLite file of one workspace. Every call is its own transaction, so it can be shared by threads."""

    def __init__(self, file: Path) -> None:
        self.file = file
        with self._open() as connection:
            connection.execute("pragma journal_mode = wal")
            connection.executescript(SCHEMA)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            connection = sqlite3.connect(self.file, timeout=10)
        except sqlite3.Error as error:
            raise WorkspaceBroken(
                "Cannot open the workspace",
                f"Could not open {self.file.name} because {error}.",
                "Check that the folder exists and may be written.",
            ) from error
        try:
            with connection:
                yield connection
        except sqlite3.DatabaseError as error:
            raise WorkspaceBroken(
                "Cannot read the workspace",
                f"Could not use {self.file.name} because {error}.",
                "Restore a backup, or choose another workspace folder.",
            ) from error
        finally:
            connection.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Give a connection whose changes count together, or not at all: for what has a table of its own elsewhere."""
        with self._open() as connection:
            yield connection

    def versions(self) -> tuple[Version, ...]:
        """Return every version, oldest first, the undone ones too."""
        return self._versions(EVERY_VERSION)

    def current(self) -> Version | None:
        """Return the version that is shown: the newest that was not undone."""
        return next(iter(self._versions(NEWEST_VERSION)), None)

    def _versions(self, query: str) -> tuple[Version, ...]:
        with self._open() as connection:
            rows = connection.execute(query).fetchall()
        return tuple(
            Version(
                number=number,
                parent=parent,
                created_at=dt.datetime.fromisoformat(created_at),
                newest_day=dt.date.fromisoformat(newest_day) if newest_day else None,
                undone=bool(undone),
                summary=json.loads(summary),
            )
            for number, parent, created_at, newest_day, undone, summary in rows
        )

    def next_number(self) -> int:
        """Return the number of the next version."""
        with self._open() as connection:
            (number,) = connection.execute("select coalesce(max(number), 0) + 1 from versions").fetchone()
        return int(number)

    def add_version(
        self,
        number: int,
        parent: int | None,
        newest_day: dt.date | None,
        summary: dict[str, Any],
        decisions: Iterable[AccountDecision] = (),
    ) -> None:
        """Record a published version and the decisions it was built on; with this commit it becomes the current one."""
        with self._open() as connection:
            connection.executemany(ADD_DECISION, [(number, _now(), *astuple(each)) for each in decisions])
            connection.execute(
                "insert into versions (number, parent, created_at, newest_day, summary) values (?, ?, ?, ?, ?)",
                (number, parent, _now(), newest_day.isoformat() if newest_day else None, json.dumps(summary)),
            )

    def undo(self, number: int) -> None:
        """Mark version `number` as taken back."""
        with self._open() as connection:
            connection.execute("update versions set undone = 1 where number = ?", (number,))

    def add_upload(self, upload_id: str, name: str, size: int) -> None:
        """Record a kept upload; keeping the same bytes twice is recorded once."""
        with self._open() as connection:
            connection.execute(
                "insert or ignore into uploads (id, name, bytes, kept_at) values (?, ?, ?, ?)",
                (upload_id, name, size, _now()),
            )

    def watched(self) -> set[str]:
        """Return the SHA-256 of every file that a watched folder gave and that was loaded, hexadecimal."""
        with self._open() as connection:
            return {digest for (digest,) in connection.execute("select digest from watched")}

    def remember_watched(self, files: Mapping[str, str]) -> None:
        """Remember files of a watched folder as loaded: their SHA-256 and name."""
        rows = [(digest, name, _now()) for digest, name in files.items()]
        with self._open() as connection:
            connection.executemany("insert or ignore into watched (digest, name, loaded_at) values (?, ?, ?)", rows)

    def settings(self) -> dict[str, Any]:
        """Return every setting that somebody chose; what is not here has its default."""
        with self._open() as connection:
            rows = connection.execute("select name, value from settings order by name").fetchall()
        return {name: json.loads(value) for name, value in rows}

    def set(self, name: str, value: Any) -> None:
        """Remember the setting `name`; None forgets it."""
        self.set_all({name: value})

    def set_all(self, given: Mapping[str, Any]) -> None:
        """Remember settings, all or none, and what they were before; None forgets one."""
        with self._open() as connection:
            for name, value in given.items():
                found = connection.execute("select value from settings where name = ?", (name,)).fetchone()
                before, after = found[0] if found else None, None if value is None else json.dumps(value)
                if before == after:
                    continue
                now = _now()
                connection.execute(ADD_CHANGE, (name, before, after, now))
                connection.execute("delete from settings where name = ?", (name,))
                if after is not None:
                    connection.execute("insert into settings values (?, ?, ?)", (name, after, now))

    def setting_changes(self) -> tuple[Change, ...]:
        """Return every change of a setting, oldest first."""
        with self._open() as connection:
            rows = connection.execute("select name, before, after, changed_at from setting_changes order by id")
            return tuple(
                Change(name, _value(before), _value(after), dt.datetime.fromisoformat(changed_at))
                for name, before, after, changed_at in rows
            )

    def layouts(self) -> dict[str, dict[str, Any]]:
        """Return what was decided about sheets, by the signature of their columns, the latest decision last."""
        with self._open() as connection:
            rows = connection.execute("select signature, decided from layouts order by changed_at, rowid").fetchall()
        return {signature: json.loads(decided) for signature, decided in rows}

    def remember_layout(self, signature: str, decided: dict[str, Any] | None) -> None:
        """Remember what was decided about sheets whose columns have this signature; None forgets it."""
        with self._open() as connection:
            connection.execute("delete from layouts where signature = ?", (signature,))
            if decided is not None:
                connection.execute("insert into layouts values (?, ?, ?)", (signature, json.dumps(decided), _now()))

    def account_decisions(self) -> tuple[AccountDecision, ...]:
        """Return what people said of accounts, oldest first, without what was said for a version since taken back."""
        with self._open() as connection:
            rows = connection.execute(DECISIONS_THAT_COUNT).fetchall()
        return tuple(AccountDecision(*row) for row in rows)


def _value(kept: str | None) -> Any:
    return None if kept is None else json.loads(kept)


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
