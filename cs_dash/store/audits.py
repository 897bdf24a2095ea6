"""Audits: random samples of tickets that people check, remembered in the state and kept apart from corrections.

What is said here never becomes a ticket's kind and never teaches a model: it only measures how right the kinds are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from cs_dash.store.state import State

SCHEMA = (
    "create table if not exists audits (number integer primary key, drawn_at text not null, seed text not null,"
    " first_day text, end_day text not null, tickets integer not null)",
    "create table if not exists audit_draws (audit integer not null, place integer not null, ticket_id text not null,"
    " primary key (audit, ticket_id))",
    "create table if not exists audit_labels (id integer primary key, audit integer not null, ticket_id text not null,"
    " person text not null, kind text, said_at text not null)",
)


@dataclass(frozen=True)
class Said:
    """What one person said of one ticket of an audit.

    Attributes:
        ticket_id: the ticket.
        person: who said it.
        kind: the kind; None where the ticket was skipped.
    """

    ticket_id: str
    person: str
    kind: str | None


@dataclass(frozen=True)
class Audit:
    """One random sample, and what was said of it.

    Attributes:
        number: counts up from 1.
        seed: orders the tickets at random; the sample is the first of that order, so that it can be extended.
        start: first day of the tickets that it was drawn from; None: since the beginning.
        end: first day after them.
        tickets: how many there were.
        drawn: the tickets drawn, in the order of the draw.
        said: the latest word of each person on each ticket, oldest first.
    """

    number: int
    seed: str
    start: dt.date | None
    end: dt.date
    tickets: int
    drawn: tuple[str, ...] = ()
    said: tuple[Said, ...] = ()

    @property
    def people(self) -> tuple[str, ...]:
        """Who decided something, in the order of their first word."""
        return tuple(dict.fromkeys(each.person for each in self.said if each.kind is not None))

    def kinds_of(self, person: str) -> dict[str, str | None]:
        """Return {ticket: kind} of what a person said; None where it was skipped."""
        return {each.ticket_id: each.kind for each in self.said if each.person == person}


class Audits:
    """The audits of one workspace. Every call is its own transaction."""

    def __init__(self, state: State) -> None:
        self._state = state
        with state.transaction() as connection:
            for statement in SCHEMA:
                connection.execute(statement)

    def all(self) -> tuple[Audit, ...]:
        """Return every audit, oldest first."""
        with self._state.transaction() as connection:
            rows = connection.execute(
                "select number, seed, first_day, end_day, tickets from audits order by number"
            ).fetchall()
            draws = connection.execute("select audit, ticket_id from audit_draws order by audit, place").fetchall()
            labels = connection.execute(
                "select audit, ticket_id, person, kind from audit_labels where id in"
                " (select max(id) from audit_labels group by audit, ticket_id, person) order by id"
            ).fetchall()
        return tuple(
            Audit(
                number,
                seed,
                dt.date.fromisoformat(first_day) if first_day else None,
                dt.date.fromisoformat(end_day),
                tickets,
                tuple(ticket for audit, ticket in draws if audit == number),
                tuple(Said(*said) for audit, *said in labels if audit == number),
            )
            for number, seed, first_day, end_day, tickets in rows
        )

    def add(self, audit: Audit) -> Audit:
        """Remember a new audit with what it drew, and return it with its number."""
        with self._state.transaction() as connection:
            found = connection.execute(
                "insert into audits (drawn_at, seed, first_day, end_day, tickets) values (?, ?, ?, ?, ?)",
                (
                    _now(), audit.seed, audit.start.isoformat() if audit.start else None, audit.end.isoformat(),
                    audit.tickets,
                ),
            )  # fmt: skip
            number = int(found.lastrowid or 0)
            rows = [(number, place, ticket) for place, ticket in enumerate(audit.drawn, 1)]
            connection.executemany("insert into audit_draws (audit, place, ticket_id) values (?, ?, ?)", rows)
        return replace(audit, number=number)

    def extend(self, number: int, tickets: Sequence[str]) -> None:
        """Add tickets to the end of an audit's draws; those that are drawn already stay where they are."""
        with self._state.transaction() as connection:
            connection.execute("begin immediate")
            known = "select ticket_id, place from audit_draws where audit = ?"
            places = dict(connection.execute(known, (number,)).fetchall())
            last = max(places.values(), default=0)
            fresh = [ticket for ticket in dict.fromkeys(tickets) if ticket not in places]
            rows = [(number, place, ticket) for place, ticket in enumerate(fresh, last + 1)]
            connection.executemany("insert into audit_draws (audit, place, ticket_id) values (?, ?, ?)", rows)

    def say(self, number: int, said: Iterable[Said]) -> None:
        """Remember what people say of tickets of an audit; a later word of a person on a ticket goes before."""
        rows = [(number, each.ticket_id, each.person, each.kind, _now()) for each in said]
        with self._state.transaction() as connection:
            connection.executemany(
                "insert into audit_labels (audit, ticket_id, person, kind, said_at) values (?, ?, ?, ?, ?)", rows
            )

    def take_back(self, number: int, person: str) -> str | None:
        """Take a person's last word back and return its ticket; None where there is nothing to take back."""
        with self._state.transaction() as connection:
            row = connection.execute(
                "select id, ticket_id from audit_labels where audit = ? and person = ? order by id desc limit 1",
                (number, person),
            ).fetchone()
            if row is None:
                return None
            connection.execute("delete from audit_labels where id = ?", (row[0],))
        return str(row[1])


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
