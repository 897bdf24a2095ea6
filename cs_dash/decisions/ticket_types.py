"""What people decide of the help desk's own types and tags: for all tickets that have one, also later ones.

A decision is about the value as it was written; values that differ in letters' case or signs only are one.
"""

from __future__ import annotations

from collections.abc import Mapping

from cs_dash.decisions import log
from cs_dash.decisions.log import Entry, Kind
from cs_dash.store.acting import Right
from cs_dash.store.workspace import Workspace
from cs_dash.tickets.classifier.column_kinds import value_key
from cs_dash.tickets.classifier.type_terms import KINDS as TICKET_KINDS
from cs_dash.tickets.classifier.type_terms import NOT_A_TICKET, SAYS_NOTHING

TICKET_TYPE = Kind("ticket type", "What a type or tag of the help desk counts as", Right.LABEL, in_sql=True)
KINDS = (TICKET_TYPE,)
CHOICES = (*TICKET_KINDS, NOT_A_TICKET, SAYS_NOTHING)
"""What can be decided of a value."""


def decided(workspace: Workspace) -> dict[str, str]:
    """Return what was decided, {raw value: one of `CHOICES`}; what is no such thing is left out."""
    rows = log.in_force(workspace, TICKET_TYPE.name)
    return {row.subject: row.value for row in rows if row.value in CHOICES}


def decide(workspace: Workspace, value: str, choice: str | None, *, person: str = "") -> None:
    """Let `choice`, one of `CHOICES`, hold for a value; None takes back what was decided.

    What was decided of the value in other letters holds no more.
    """
    key = value_key(value)
    change = {earlier_value: None for earlier_value in decided(workspace) if value_key(earlier_value) == key} | {
        value.strip(): choice
    }
    log.change(
        workspace, [Entry(TICKET_TYPE.name, raw_value, kind) for raw_value, kind in change.items()], person=person
    )


def choice_for(value: str, choices: Mapping[str, str]) -> str | None:
    """Return what was decided of a value, or None; `choices`: as `decided` returns them."""
    return next((choice for raw_value, choice in choices.items() if value_key(raw_value) == value_key(value)), None)
