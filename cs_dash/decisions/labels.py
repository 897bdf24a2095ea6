"""What people say of the kinds of tickets: who, when, which ticket, which kind.

Labels survive loads, rebuilds and undone versions. They correct kinds, and the model learns from them; the answers to
audits are another matter, see `decisions.audits`.
"""

from __future__ import annotations

from collections.abc import Iterable

from cs_dash.decisions import log
from cs_dash.decisions.log import Batch, Decision, Entry, Kind
from cs_dash.errors import UnknownOption, nearest
from cs_dash.store.acting import Right
from cs_dash.store.workspace import Workspace
from cs_dash.tickets.classifier.column_kinds import kind_of_value
from cs_dash.tickets.classifier.type_terms import KINDS as TICKET_KINDS
from cs_dash.tickets.classifier.type_terms import NOT_A_TICKET

LABEL = Kind("label", "The category of a ticket", Right.LABEL)
KINDS = (LABEL,)


def add(workspace: Workspace, labels: Iterable[tuple[str, str | None]], *, person: str = "") -> int:
    """Record (ticket id, kind) pairs as one batch, and return how many they were.

    A kind may be one of ours or what help desks call it ("bug"); None takes back what was said of a ticket.

    Raises UnknownOption for a kind that is none; nothing is recorded then.
    """
    rows = [Entry(LABEL.name, ticket_id, kind_named(kind)) for ticket_id, kind in labels]
    return log.record(workspace, rows, person=person)


def undo(workspace: Workspace, *, person: str = "", batch: int | None = None) -> int:
    """Undo the newest labels, those by `person` where one is named, and return how many they were.

    `batch`: undo just these labels (see `newest`); none where somebody did already.
    """
    if batch is None:
        newest_of_all = log.newest_batch(workspace, LABEL.name, person or None)
        batch = newest_of_all.number if newest_of_all else 0
    return log.undo(workspace, batch)


def newest(workspace: Workspace, person: str) -> Batch | None:
    """Return the newest labels of exactly this person ("": of those who are not named) that nobody undid, or None."""
    return log.newest_batch(workspace, LABEL.name, person)


def history(workspace: Workspace) -> tuple[Decision, ...]:
    """Return every label that nobody undid, oldest first, also those that later ones replaced."""
    return log.history(workspace, LABEL.name)


def kinds_of_tickets(workspace: Workspace) -> dict[str, str]:
    """Return the kind of each labelled ticket: what its newest label says, whoever gave it."""
    return {row.subject: row.value for row in log.in_force(workspace, LABEL.name)}


def revision(workspace: Workspace) -> str:
    """Return a key that changes whenever a label is given or undone; "0-0" where none ever was given."""
    return log.revision(workspace, LABEL.name)


def kind_named(kind: str | None) -> str | None:
    """Return the kind of ours that a word means: "bug" is a defect. Raises UnknownOption when it means none."""
    if kind is None or kind in (*TICKET_KINDS, NOT_A_TICKET):
        return kind
    meaning = kind_of_value(kind)
    if meaning is None:
        raise UnknownOption(
            "Unknown category",
            f"Could not label a ticket {kind!r} because there is no such category.",
            nearest(kind, TICKET_KINDS),
        )
    return meaning
