"""Events that people enter: releases, price changes, a bot's first day. Charts over time bear them."""

from __future__ import annotations

import datetime as dt

from cs_dash.decisions import log
from cs_dash.decisions.log import Decision, Entry, Kind
from cs_dash.errors import BadInput, nearest
from cs_dash.store.acting import Right
from cs_dash.store.workspace import Workspace

EVENT = Kind("portfolio event", "Something that happened to all accounts at once, on a day", Right.DECIDE, in_sql=True)
KINDS = (EVENT,)
EVENT_KINDS = ("release", "price change", "bot or portal", "other")


def add(workspace: Workspace, on: dt.date, title: str, kind: str = "other", *, person: str = "") -> str:
    """Add an event and return its id: E-1, E-2 ... Raises BadInput without a title, and for an unknown kind."""
    title = " ".join(title.split())
    if not title:
        raise BadInput(
            "No title", "Could not add the event because it has no title.", "Say in a few words what happened."
        )
    if kind not in EVENT_KINDS:
        raise BadInput("Not a kind of event", f"Could not use {kind} as a kind of event.", nearest(kind, EVENT_KINDS))
    with workspace.state.transaction(write=True) as connection:
        taken = (int(name.partition("-")[2]) for name in log.subjects_within(connection, EVENT.name))
        event_id = f"E-{max(taken, default=0) + 1}"
        value = {"on": on.isoformat(), "title": title, "kind": kind}
        log.append(connection, [Entry(EVENT.name, event_id, value)], person=person)
    return event_id


def remove(workspace: Workspace, event_id: str, *, person: str = "") -> None:
    """Take an event away. Raises BadInput where nobody entered one of this id."""
    known = {row.subject for row in events(workspace)}
    if event_id not in known:
        hint = nearest(event_id, known) if known else "Nobody entered an event."
        raise BadInput("No such event", f"Could not remove {event_id} because there is no such event.", hint)
    log.change(workspace, [Entry(EVENT.name, event_id, None)], person=person)


def events(workspace: Workspace) -> tuple[Decision, ...]:
    """Return the events that people entered, as the log has them, oldest entry first."""
    return tuple(row for row in log.in_force(workspace, EVENT.name) if row.value is not None)
