"""What people said of the kinds of tickets: who, when, which ticket, which kind, and what for.

Labels are decisions: they survive loads, rebuilds and undone versions. Nothing is ever overwritten; the newest label of
a ticket counts, and undo takes back what was said last. They correct kinds, and the model learns from them; what an
audit says is kept apart, in `store.audits`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from cs_dash.store.state import State

_SCHEMA = """
create table if not exists labels (
  id integer primary key, batch integer not null, ticket_id text not null, kind text,
  person text not null, said_at text not null, undone_at text
)
"""
_ADD = """
insert into labels (batch, ticket_id, kind, person, said_at) values (?, ?, ?, ?, ?)
"""
_COUNTING = """
select ticket_id, kind, person, said_at from labels where undone_at is null order by id
"""
_LAST = """
select max(batch) from labels where undone_at is null and (? = '' or person = ?)
"""
_SAID_LAST = """
select batch, count(*), max(said_at) from labels where undone_at is null and person = ?
group by batch order by batch desc limit 1
"""


@dataclass(frozen=True)
class Label:
    """What one person said of one ticket.

    Attributes:
        ticket_id: the ticket.
        kind: its kind, or None: nothing any more.
        person: who said it, "" where nobody is named.
        said_at: when, in UTC.
    """

    ticket_id: str
    kind: str | None
    person: str
    said_at: dt.datetime


@dataclass(frozen=True)
class Batch:
    """What one person said together.

    Attributes:
        number: its number, as `Labels.undo` takes it.
        labels: how many labels it has.
        said_at: when, in UTC.
    """

    number: int
    labels: int
    said_at: dt.datetime


class Labels:
    """The labels of one workspace. Every call is its own transaction."""

    def __init__(self, state: State) -> None:
        self._state = state
        with state.transaction() as connection:
            connection.execute(_SCHEMA)

    def say(self, kinds: Iterable[tuple[str, str | None]], *, person: str = "") -> int:
        """Remember (ticket id, kind) pairs as said together by one person, and return how many they were.

        A kind of None takes back what was said of a ticket. Whoever calls has checked the kinds.
        """
        listed = list(kinds)
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        with self._state.transaction() as connection:
            connection.execute("begin immediate")  # the number of the batch is read and used in one go
            (batch,) = connection.execute("select coalesce(max(batch), 0) + 1 from labels").fetchone()
            connection.executemany(_ADD, [(batch, ticket, kind, person, now) for ticket, kind in listed])
        return len(listed)

    def last(self, person: str) -> Batch | None:
        """Return what exactly this person ("": those who are not named) said last and nobody took back, or None."""
        with self._state.transaction() as connection:
            found = connection.execute(_SAID_LAST, (person,)).fetchone()
        return Batch(found[0], found[1], dt.datetime.fromisoformat(found[2])) if found else None

    def undo(self, *, person: str = "", batch: int | None = None) -> int:
        """Take back what was said last, by that person where one is named, and return how many labels that were.

        `batch`: take back just these labels (see `last`); nothing where somebody did already.
        """
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        with self._state.transaction() as connection:
            if batch is None:
                (batch,) = connection.execute(_LAST, (person, person)).fetchone()
            taken = "update labels set undone_at = ? where batch = ? and undone_at is null"
            return int(connection.execute(taken, (now, batch)).rowcount)

    def said(self) -> tuple[Label, ...]:
        """Return everything that counts, oldest first, also what was said of a ticket more than once."""
        with self._state.transaction() as connection:
            rows = connection.execute(_COUNTING).fetchall()
        return tuple(Label(ticket, kind, person, dt.datetime.fromisoformat(at)) for ticket, kind, person, at in rows)

    def kinds(self) -> dict[str, str]:
        """Return the kind of each labelled ticket: what was said of it last, by whomever."""
        last = {each.ticket_id: each.kind for each in self.said()}
        return {ticket: kind for ticket, kind in last.items() if kind}

    def mark(self) -> str:
        """Return a mark of all labels: it changes whenever one is said or taken back."""
        sql = "select coalesce(max(id), 0), count(undone_at) from labels"
        with self._state.transaction() as connection:
            said, undone = connection.execute(sql).fetchone()
        return f"{said}-{undone}"
