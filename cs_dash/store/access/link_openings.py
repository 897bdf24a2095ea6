"""How often share links were opened: the only thing that who has nothing but a link writes."""

from __future__ import annotations

import datetime as dt

from cs_dash.store.state import State, now

_OPENED = """
insert into link_openings (link, openings, last_at) values (?, 1, ?)
on conflict (link) do update set openings = openings + 1, last_at = excluded.last_at
"""


def count_opening(state: State, digest: str) -> None:
    """Count that the link of a digest was opened now."""
    with state.transaction(write=True) as connection:
        connection.execute(_OPENED, (digest, now()))


def openings(state: State) -> dict[str, tuple[int, dt.datetime]]:
    """Return how often each link was opened, and when last (UTC), by its digest; those that never were are absent."""
    with state.transaction() as connection:
        rows = connection.execute("select link, openings, last_at from link_openings").fetchall()
    return {digest: (count, dt.datetime.fromisoformat(last_at)) for digest, count, last_at in rows}
