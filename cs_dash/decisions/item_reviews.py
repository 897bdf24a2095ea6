"""Reviews of roadmap decisions: whether what was decided was kept."""

from __future__ import annotations

import datetime as dt

from cs_dash.decisions import roadmap
from cs_dash.decisions.log import Entry
from cs_dash.decisions.roadmap import REVIEW
from cs_dash.errors import BadInput, nearest
from cs_dash.store.acting import acting_person
from cs_dash.store.workspace import Workspace

OUTCOMES = ("kept", "missed")
REVIEWED_FIELDS = ("decision", "owner", "due", "on")
"""What a review is of: a decision that differs in one of these has not been reviewed."""


def review(
    workspace: Workspace,
    item_id: str,
    outcome: str | None,
    *,
    note: str = "",
    on: dt.date | None = None,
    seen: str = "",
    person: str = "",
) -> None:
    """Record whether the decision that holds on an item was kept; None takes an earlier review back.

    It counts for this decision only: a later one on the same item has not been reviewed yet.

    Args:
        workspace: where it is recorded.
        item_id: the item.
        outcome: one of `OUTCOMES`, or None.
        note: why.
        on: the day of the review; None: today.
        seen: see `roadmap.Item`.
        person: who says so.

    Raises BadInput for an unknown word and where nothing was decided, and Conflict as `roadmap.change` does.
    """
    if outcome is None:
        roadmap.change(workspace, item_id, [Entry(REVIEW.name, item_id, None)], seen, person)
        return
    if outcome not in OUTCOMES:
        raise BadInput("Not an outcome", f"Could not say {outcome} of {item_id}.", nearest(outcome, OUTCOMES))
    decision = roadmap.item(workspace, item_id).parts.get("decision")
    if decision is None:
        raise BadInput(
            "Nothing to review",
            f"Could not review {item_id} because nothing was decided of it.",
            "Record a decision first.",
        )
    value = {
        "outcome": outcome, "note": note.strip(), "on": (on or dt.datetime.now(dt.UTC).date()).isoformat(),
        "by": person or acting_person(), "decided": {name: decision.get(name) for name in REVIEWED_FIELDS},
    }  # fmt: skip
    roadmap.change(workspace, item_id, [Entry(REVIEW.name, item_id, value)], seen, person)
