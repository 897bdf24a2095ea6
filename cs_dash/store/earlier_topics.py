"""Which tickets a topic had, in any version of a workspace: for addresses of topics that are no more."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import duckdb

from cs_dash.errors import WorkspaceBroken
from cs_dash.store.artifacts import TOPICS, Artifacts
from cs_dash.store.reader_database import ReaderDatabase

_MEMBERS = """
select m.ticket_id
from {file}.main.topic_branches b
join {file}.main.topic_members m on m.cluster = b.cluster
where b.node = ?
order by m.ticket_id
"""


def tickets_of_topic(artifacts: Artifacts, topic: str) -> tuple[str, ...]:
    """Return the tickets of a topic in the newest version that has it; none where no version has."""
    for file in artifacts.newest_first(TOPICS):
        with suppress(WorkspaceBroken, duckdb.Error):  # it was removed meanwhile, or an earlier release made it
            if tickets := _members(file, topic):
                return tickets
    return ()


def _members(file: Path, topic: str) -> tuple[str, ...]:
    database = ReaderDatabase(near=file, threads=1)
    try:
        name = database.attach(file)
        rows = database.cursor().execute(_MEMBERS.format(file=name), [topic]).fetchall()
        return tuple(ticket_id for (ticket_id,) in rows)
    finally:
        database.close()
