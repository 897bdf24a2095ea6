"""Which topic an address means: its id may be that of a topic that was undone, made anew, merged or split since."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from cs_dash import pipeline
from cs_dash.ui.state import session


@lru_cache(maxsize=256)
def current_topic(snapshot: session.Snapshot, topic: str) -> str:
    """Return the id of the displayed topic that an id means: itself, else the one that has most of its tickets.

    Where no version has the topic, or none of its tickets has one now, it is what was given.
    """
    warehouse = snapshot.warehouse
    for row in warehouse("topics_shown", as_many=None).to_pylist():
        if topic == row["node"]:
            return str(row["topic"])
    for row in warehouse("topic_successors", as_many=None).to_pylist():
        if topic == row["node"]:
            return str(row["topic"])
    tickets = frozenset(pipeline.tickets_of_topic(session.workspace(), topic))
    if not tickets:
        return topic
    rows = warehouse("ticket_topics", as_many=None).to_pylist()
    counts = Counter(row["topic"] for row in rows if row["ticket_id"] in tickets)
    return min(counts, key=lambda name: (-counts[name], name)) if counts else topic
