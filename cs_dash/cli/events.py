"""`event`: releases, price changes and the like, which charts over time bear."""

from __future__ import annotations

import argparse
from typing import Any

from cs_dash.cli.arguments import day_of
from cs_dash.decisions import portfolio_events
from cs_dash.pipeline import Workspace

Outcome = tuple[dict[str, Any], str]


def decide(chosen: argparse.Namespace) -> Outcome:
    """Do what the command says, and return it for JSON and in words. Raises BadInput."""
    workspace = Workspace(chosen.workspace)
    if chosen.action == "add":
        event_id = portfolio_events.add(workspace, day_of("on", chosen.on), chosen.title, chosen.kind)
        return {"event": event_id, "on": chosen.on, "title": chosen.title, "kind": chosen.kind}, event_id
    if chosen.action == "remove":
        portfolio_events.remove(workspace, chosen.event)
        return {"event": chosen.event, "removed": True}, f"{chosen.event} removed."
    rows = [{"event": row.subject} | dict(row.value) for row in portfolio_events.events(workspace)]
    lines = [f"{row['event']}  {row['on']}  {row['title']} ({row['kind']})" for row in rows]
    return {"events": rows}, "\n".join(lines) or "No events yet."
