"""The state of a copy: one version, and those decisions that reading needs. It replaces the former at once."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from cs_dash.store.state import Connection, State
from cs_dash.store.version import Version

_DECISIONS = """
select id, batch, kind, subject, value, person, at from decisions
where undone_at is null and kind in (select value from json_each(?))
  and (version is null or version in (select number from versions where not undone))
order by id
"""
_MARK = """
select coalesce(max(id), 0), count(*), count(undone_at) from decisions
where kind in (select value from json_each(?))
"""
_ADD_DECISION = """
insert into decisions (id, batch, kind, subject, value, person, at) values (?, ?, ?, ?, ?, ?, ?)
"""
_ADD_VERSION = """
insert into versions (number, created_at, newest_day, summary) values (?, ?, ?, ?)
"""


@dataclass(frozen=True)
class DecisionRow:
    """One row of the log as it is stored: `value` is JSON, None where nothing holds any more."""

    number: int
    batch: int
    kind: str
    subject: str
    value: str | None
    person: str
    at: str


def decision_rows(state: State, kinds: Iterable[str]) -> tuple[DecisionRow, ...]:
    """Return every decision of these kinds that nobody undid, in the order in which they were made."""
    with state.transaction() as connection:
        rows = connection.execute(_DECISIONS, (json.dumps(sorted(kinds)),)).fetchall()
    return tuple(DecisionRow(*row) for row in rows)


def decisions_mark(state: State, kinds: Iterable[str]) -> str:
    """Return what changes whenever a decision of these kinds is made or undone."""
    with state.transaction() as connection:
        row = connection.execute(_MARK, (json.dumps(sorted(kinds)),)).fetchone()
    return "-".join(map(str, row))


def replace_content(state: State, version: Version, rows: Iterable[DecisionRow]) -> None:
    """Put one version and decisions in the place of all that a state holds; who reads it sees all of it or nothing."""
    with state.transaction(write=True) as connection:
        for table in ("decisions", "versions", "uploads", "watched", "link_openings"):
            connection.execute(f"delete from {table}")
        connection.execute(_ADD_VERSION, _version_row(version))
        _add(connection, rows)


def _version_row(version: Version) -> tuple[int, str, str | None, str]:
    newest_day = version.newest_day.isoformat() if version.newest_day else None
    return version.number, version.created_at.isoformat(), newest_day, json.dumps(version.summary)


def _add(connection: Connection, rows: Iterable[DecisionRow]) -> None:
    connection.executemany(
        _ADD_DECISION,
        [(row.number, row.batch, row.kind, row.subject, row.value, row.person, row.at) for row in rows],
    )
