"""What decisions of a copy ask of its version file: which tickets are in it, and how many of a period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from contextlib import closing
from pathlib import Path

import pyarrow as pa

from cs_dash.store.engine import Engine

_BETWEEN = """
select count(*) from version.main.tickets
where ($start_day is null or created_at >= cast($start_day as date)) and created_at < cast($end_day as date)
"""


def tickets_in(version: Path, tickets: Collection[str], *, near: Path) -> frozenset[str]:
    """Return which of these tickets a version file has."""
    if not tickets:
        return frozenset()
    with closing(Engine(None, near=near, threads=1)) as engine:
        engine.attach(version, "version")
        engine.connection.register("given", pa.table({"ticket_id": pa.array(sorted(tickets), pa.string())}))
        sql = "select distinct ticket_id from given semi join version.main.tickets using (ticket_id)"
        rows = engine.connection.execute(sql).fetchall()
        engine.connection.unregister("given")
        engine.connection.execute("detach version")
    return frozenset(ticket for (ticket,) in rows)


def tickets_between(version: Path, start: str | None, end: str, *, near: Path) -> int:
    """Return how many tickets of a version file were opened from a day (None: ever) until before another."""
    with closing(Engine(None, near=near, threads=1)) as engine:
        engine.attach(version, "version")
        days = {"start_day": start and dt.date.fromisoformat(start), "end_day": dt.date.fromisoformat(end)}
        ((count,),) = engine.connection.execute(_BETWEEN, days).fetchall()
        engine.connection.execute("detach version")
    return int(count)
