"""Beta and pilot programmes: what is tried out, by which accounts, from when until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cs_dash.decisions import log
from cs_dash.decisions.log import Entry, Kind
from cs_dash.errors import BadInput, nearest
from cs_dash.store.acting import Right
from cs_dash.store.workspace import Workspace

PROGRAMME = Kind("programme", "A beta or pilot programme and its accounts", Right.DECIDE, in_sql=True)
KINDS = (PROGRAMME,)


@dataclass(frozen=True)
class Programme:
    """One programme.

    Attributes:
        title: what is tried out.
        since: its first day.
        accounts: ids of the accounts that take part.
        until: its last day; None while it runs.
        programme_id: P-1, P-2 ... in the order in which they were added; "" before.
    """

    title: str
    since: dt.date
    accounts: tuple[str, ...]
    until: dt.date | None = None
    programme_id: str = ""


def programmes(workspace: Workspace) -> tuple[Programme, ...]:
    """Return every programme that was not removed, in the order in which they were added."""
    listed = [_programme(row.subject, row.value) for row in log.in_force(workspace, PROGRAMME.name) if row.value]
    return tuple(sorted(listed, key=lambda programme: _number(programme.programme_id)))


def add(workspace: Workspace, programme: Programme, *, person: str = "") -> str:
    """Add a programme and return its id. Raises BadInput for one that `checked` refuses."""
    value = _value(checked(programme))
    with workspace.state.transaction(write=True) as connection:
        taken = map(_number, log.subjects_within(connection, PROGRAMME.name))
        programme_id = f"P-{max(taken, default=0) + 1}"
        log.append(connection, [Entry(PROGRAMME.name, programme_id, value)], person=person)
    return programme_id


def remove(workspace: Workspace, programme_id: str, *, person: str = "") -> None:
    """Remove a programme. Its id is never given again. Raises BadInput where there is none of this id."""
    ids = [programme.programme_id for programme in programmes(workspace)]
    if programme_id not in ids:
        hint = nearest(programme_id, ids) if ids else "There are no programmes yet."
        raise BadInput("No such programme", f"Could not find the programme {programme_id}.", hint)
    log.change(workspace, [Entry(PROGRAMME.name, programme_id, None)], person=person)


def checked(programme: Programme) -> Programme:
    """Return a programme as it is recorded. Raises BadInput without a title or accounts, or where it ends too early."""
    title = " ".join(programme.title.split())
    accounts = tuple(dict.fromkeys(name.strip() for name in programme.accounts if name.strip()))
    if not title:
        raise BadInput("No title", "Could not add a programme because it has no title.", "Say what is tried out.")
    if not accounts:
        raise BadInput("No accounts", f"Could not add “{title}” because it has no accounts.", "Name their ids.")
    if programme.until is not None and programme.until < programme.since:
        raise BadInput("It ends before it begins", f"Could not add “{title}”.", "Check the two days.")
    return Programme(title, programme.since, accounts, programme.until, programme.programme_id)


def account_list(text_ids: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """Return ids as given. Raises BadInput for one that is none of `known`; nothing is checked where that is empty."""
    ids, known_ids = tuple(text_ids), set(known)
    for name in ids:
        if known_ids and name not in known_ids:
            raise BadInput("Unknown account", f"Could not find the account {name}.", nearest(name, known_ids))
    return ids


def _programme(programme_id: str, value: Mapping[str, Any]) -> Programme:
    until = dt.date.fromisoformat(value["until"]) if value["until"] else None
    since = dt.date.fromisoformat(value["since"])
    return Programme(value["title"], since, tuple(value["accounts"]), until, programme_id)


def _value(programme: Programme) -> dict[str, Any]:
    return {
        "title": programme.title, "since": programme.since.isoformat(),
        "until": programme.until.isoformat() if programme.until else None, "accounts": list(programme.accounts),
    }  # fmt: skip


def _number(programme_id: str) -> int:
    return int(programme_id.partition("-")[2])
