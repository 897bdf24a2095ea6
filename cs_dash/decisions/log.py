"""The log of decisions: rows are appended, and never changed but for the moment at which they were undone.

A later decision about the same subject replaces an earlier one; undoing the later one makes the earlier one count
again. What was decided together is one batch, and is undone together. Every decision is written here, and refused here
where who is acting lacks the right that its kind needs.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cs_dash.decisions.kinds import Kind, require_rights
from cs_dash.store.acting import acting_person
from cs_dash.store.state import Connection, now
from cs_dash.store.workspace import Workspace

__all__ = [
    "Batch", "Decision", "Entry", "Kind", "append", "change", "change_within", "history", "history_within", "in_force",
    "in_force_within", "newest_batch", "record", "revision", "subjects_within", "undo", "undo_decision_within",
]  # fmt: skip

_APPEND = """
insert into decisions (batch, kind, subject, value, person, at, version) values (?, ?, ?, ?, ?, ?, ?)
"""
_NEXT_BATCH = "select coalesce(max(batch), 0) + 1 from decisions"
_IN_FORCE = """
select kind, subject, value, person, at, id from decisions_in_force
where kind in (select value from json_each(?)) order by id
"""
_HISTORY = """
select kind, subject, value, person, at, id from decisions
where kind = ? and undone_at is null
  and (version is null or version in (select number from versions where not undone))
order by id
"""
_NEWEST_BATCH = """
select batch, count(*), max(at) from decisions
where kind = ? and undone_at is null and person = coalesce(?, person)
group by batch order by batch desc limit 1
"""


@dataclass(frozen=True)
class Entry:
    """What is to be written to the log.

    Attributes:
        kind: the name of the kind of decision.
        subject: what it is about: a ticket's id, a topic's, the name of a setting.
        value: what was decided, as JSON has it; None: nothing holds any more.
    """

    kind: str
    subject: str
    value: Any


@dataclass(frozen=True)
class Decision:
    """One row of the log: an entry, by whom ("" where nobody is named) and when (UTC); numbers count up."""

    kind: str
    subject: str
    value: Any
    person: str
    at: dt.datetime
    number: int = 0


@dataclass(frozen=True)
class Batch:
    """Decisions that were made together.

    Attributes:
        number: its number, as `undo` takes it.
        size: how many decisions it has.
        at: when, in UTC.
    """

    number: int
    size: int
    at: dt.datetime


def record(workspace: Workspace, entries: Iterable[Entry], *, person: str = "") -> int:
    """Append entries as one batch, all or none, and return how many they were. Raises NotAllowed as `append` does."""
    with workspace.state.transaction(write=True) as connection:
        return append(connection, entries, person=person)


def change(workspace: Workspace, entries: Iterable[Entry], *, person: str = "") -> tuple[Entry, ...]:
    """Append those entries that differ from what is in force, as one batch, all or none, and return them.

    Raises NotAllowed as `append` does.
    """
    with workspace.state.transaction(write=True) as connection:
        return change_within(connection, entries, person=person)


def change_within(connection: Connection, entries: Iterable[Entry], *, person: str = "") -> tuple[Entry, ...]:
    """Do what `change` does, within a transaction that the caller opened to write."""
    listed = list(entries)
    require_rights(entry.kind for entry in listed)
    before = {
        (row.kind, row.subject): row.value for row in in_force_within(connection, {entry.kind for entry in listed})
    }
    changes = tuple(entry for entry in listed if before.get((entry.kind, entry.subject)) != entry.value)
    append(connection, changes, person=person)
    return changes


def append(connection: Connection, entries: Iterable[Entry], *, person: str = "", version: int | None = None) -> int:
    """Append entries as one batch within a transaction that the caller opened to write; return how many they were.

    `person`: who decided; else who is acting. `version`: the version that they were made with; they count only while
    it does. Raises NotAllowed where who is acting may not make such decisions.
    """
    listed = list(entries)
    require_rights(entry.kind for entry in listed)
    (batch,) = connection.execute(_NEXT_BATCH).fetchone()
    at, person = now(), person or acting_person()
    rows = [(batch, entry.kind, entry.subject, _json(entry.value), person, at, version) for entry in listed]
    connection.executemany(_APPEND, rows)
    return len(rows)


def in_force(workspace: Workspace, *kinds: str) -> tuple[Decision, ...]:
    """Return what holds now of these kinds, one decision per subject, in the order in which they were made."""

    def read() -> tuple[Decision, ...]:
        with workspace.state.transaction() as connection:
            return in_force_within(connection, kinds)

    return workspace.state.remembered(("in force", *sorted(kinds)), read)


def in_force_within(connection: Connection, kinds: Iterable[str]) -> tuple[Decision, ...]:
    """Return what `in_force` returns, within a transaction of the caller."""
    return tuple(_decision(*row) for row in connection.execute(_IN_FORCE, (json.dumps(sorted(kinds)),)))


def history(workspace: Workspace, kind: str) -> tuple[Decision, ...]:
    """Return every decision of a kind that nobody undid, oldest first, also those that later ones replaced."""
    with workspace.state.transaction() as connection:
        return history_within(connection, kind)


def history_within(connection: Connection, kind: str) -> tuple[Decision, ...]:
    """Return what `history` returns, within a transaction of the caller."""
    return tuple(_decision(*row) for row in connection.execute(_HISTORY, (kind,)))


def subjects_within(connection: Connection, kind: str) -> tuple[str, ...]:
    """Return what decisions of a kind were ever about, within a transaction of the caller."""
    sql = "select distinct subject from decisions where kind = ?"
    return tuple(subject for (subject,) in connection.execute(sql, (kind,)))


def newest_batch(workspace: Workspace, kind: str, person: str | None = None) -> Batch | None:
    """Return the newest batch of a kind that nobody undid, None without any; `person`: of those by just this person."""
    with workspace.state.transaction() as connection:
        row = connection.execute(_NEWEST_BATCH, (kind, person)).fetchone()
    return Batch(row[0], row[1], dt.datetime.fromisoformat(row[2])) if row else None


def undo(workspace: Workspace, batch: int) -> int:
    """Undo what was decided together, and return how many decisions that were; 0 where somebody did already.

    Raises NotAllowed as `append` does.
    """
    with workspace.state.transaction(write=True) as connection:
        kinds = connection.execute("select distinct kind from decisions where batch = ?", (batch,))
        require_rights(kind for (kind,) in kinds)
        sql = "update decisions set undone_at = ?, undone_by = ? where batch = ? and undone_at is null"
        return int(connection.execute(sql, (now(), acting_person(), batch)).rowcount)


def undo_decision_within(connection: Connection, number: int) -> None:
    """Undo one decision, within a transaction of the caller. Raises NotAllowed as `append` does."""
    require_rights(kind for (kind,) in connection.execute("select kind from decisions where id = ?", (number,)))
    sql = "update decisions set undone_at = ?, undone_by = ? where id = ?"
    connection.execute(sql, (now(), acting_person(), number))


def revision(workspace: Workspace, kind: str) -> str:
    """Return a key that changes whenever a decision of a kind is made or undone; "0-0" where none ever was made."""
    sql = "select coalesce(max(id), 0), count(undone_at) from decisions where kind = ?"

    def read() -> str:
        with workspace.state.transaction() as connection:
            newest, undone = connection.execute(sql, (kind,)).fetchone()
        return f"{newest}-{undone}"

    return workspace.state.remembered(("revision", kind), read)


def _decision(kind: str, subject: str, value: str | None, person: str, at: str, number: int) -> Decision:
    decided = None if value is None else json.loads(value)
    return Decision(kind, subject, decided, person, dt.datetime.fromisoformat(at), number)


def _json(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)
