"""The category that people choose for a recorded churn reason: for every event with the same text, also later ones."""

from __future__ import annotations

from collections.abc import Mapping

from cs_dash.decisions import log
from cs_dash.decisions.log import Entry, Kind
from cs_dash.store.acting import Right
from cs_dash.store.workspace import Workspace

CHURN_REASON = Kind("churn reason", "The category of a recorded churn reason", Right.LABEL, in_sql=True)
KINDS = (CHURN_REASON,)


def decided(workspace: Workspace) -> dict[str, str]:
    """Return what was chosen: recorded reason -> the name that its category began with."""
    return {row.subject: row.value for row in log.in_force(workspace, CHURN_REASON.name)}


def decide(workspace: Workspace, keys: Mapping[str, str | None], *, person: str = "") -> None:
    """Place recorded reasons, all or none: reason -> the name that its category began with; None leaves it to rules."""
    changes = [Entry(CHURN_REASON.name, reason.strip(), key) for reason, key in keys.items()]
    log.change(workspace, changes, person=person)
