"""What comes back of roadmap items: their state in the tool where they are built, and who was told that one shipped."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from cs_dash.decisions import log
from cs_dash.decisions.log import Entry, Kind
from cs_dash.decisions.roadmap import TRACKED
from cs_dash.store.acting import Right
from cs_dash.store.workspace import Workspace

TOLD = Kind("item told", "An account that was told that a roadmap item shipped", Right.DECIDE, in_sql=True)
KINDS = (TOLD,)


def track(workspace: Workspace, states: Mapping[str, Mapping[str, Any]], *, person: str = "") -> None:
    """Record what the tool says in which items are built: item -> its key, state and release date."""
    log.change(workspace, [Entry(TRACKED.name, name, dict(state)) for name, state in states.items()], person=person)


def tell(workspace: Workspace, item_id: str, accounts: Mapping[str, bool], *, person: str = "") -> None:
    """Record which accounts were told that an item shipped; False takes it back."""
    log.change(
        workspace,
        [Entry(TOLD.name, json.dumps([item_id, name]), True if told else None) for name, told in accounts.items()],
        person=person,
    )
