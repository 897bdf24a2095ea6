"""A version, as the list of versions in the small SQLite file of a workspace has it."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any


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
        person: who loaded; "" where nobody said.
        undone_at: when it was undone, in UTC, or None.
        undone_by: who undid it; "" where nobody said.
    """

    number: int
    parent: int | None
    created_at: dt.datetime
    newest_day: dt.date | None
    undone: bool
    summary: dict[str, Any]
    person: str = ""
    undone_at: dt.datetime | None = None
    undone_by: str = ""


ALL_VERSIONS = """
select number, parent, created_at, newest_day, undone, summary, person, undone_at, undone_by from versions
order by number
"""
CURRENT_VERSION = """
select number, parent, created_at, newest_day, undone, summary, person, undone_at, undone_by from versions
where not undone order by number desc limit 1
"""


def version_of(
    number: int,
    parent: int | None,
    created_at: str,
    newest_day: str | None,
    undone: int,
    summary: str,
    person: str,
    undone_at: str | None,
    undone_by: str,
) -> Version:
    """Return the version of a row of either query."""
    return Version(
        number, parent, dt.datetime.fromisoformat(created_at),
        dt.date.fromisoformat(newest_day) if newest_day else None, bool(undone), json.loads(summary), person,
        dt.datetime.fromisoformat(undone_at) if undone_at else None, undone_by,
    )  # fmt: skip
