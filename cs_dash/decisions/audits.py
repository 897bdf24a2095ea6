"""Audits: random samples of tickets that people check, recorded apart from corrections.

An answer here never becomes a ticket's kind and never teaches a model: it only measures how right the kinds are.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cs_dash.decisions import log
from cs_dash.decisions.log import Entry, Kind
from cs_dash.store.acting import Right
from cs_dash.store.state import Connection
from cs_dash.store.workspace import Workspace

AUDIT = Kind("audit", "A random sample of tickets to check", Right.LABEL)
ANSWER = Kind("audit answer", "An auditor's category for a sampled ticket", Right.LABEL)
KINDS = (AUDIT, ANSWER)
MIN_COVERAGE = 0.8
"""An audit speaks for a period of which it could have drawn this share of the tickets, at least."""
_NEWEST_ANSWER = """
select id, subject from decisions
where kind = ? and undone_at is null and person = ? and json_extract(subject, '$[0]') = ? order by id desc limit 1
"""


@dataclass(frozen=True)
class AuditAnswer:
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
    """One random sample, and the answers to it.

    Attributes:
        number: counts up from 1.
        seed: orders the tickets at random; the sample is the first of that order, so that it can be extended.
        start: first day of the tickets that it was drawn from; None: since the beginning.
        end: first day after them.
        tickets: how many there were.
        sample: the ids of the tickets drawn, in the order of the draw.
        answers: the latest answer of each person on each ticket, oldest first.
    """

    number: int
    seed: str
    start: dt.date | None
    end: dt.date
    tickets: int
    sample: tuple[str, ...] = ()
    answers: tuple[AuditAnswer, ...] = ()

    @property
    def people(self) -> tuple[str, ...]:
        """Who decided something, in the order of their first answer."""
        return tuple(dict.fromkeys(answer.person for answer in self.answers if answer.kind is not None))

    def kinds_of(self, person: str) -> dict[str, str | None]:
        """Return {ticket: kind} of a person's answers; None where it was skipped."""
        return {answer.ticket_id: answer.kind for answer in self.answers if answer.person == person}

    def _as_dict(self) -> dict[str, Any]:
        return {
            "seed": self.seed, "start": self.start.isoformat() if self.start else None, "end": self.end.isoformat(),
            "tickets": self.tickets, "drawn": list(self.sample),
        }  # fmt: skip


def audits(workspace: Workspace) -> tuple[Audit, ...]:
    """Return every audit, oldest first."""

    def read() -> tuple[Audit, ...]:
        with workspace.state.transaction() as connection:
            return _audits(connection)

    return workspace.state.remembered("audits", read)


def _audits(connection: Connection) -> tuple[Audit, ...]:
    rows = log.in_force_within(connection, [AUDIT.name, ANSWER.name])
    answers: dict[int, list[AuditAnswer]] = {}
    for row in rows:
        if row.kind == ANSWER.name:
            number, ticket_id, person = json.loads(row.subject)
            answers.setdefault(number, []).append(AuditAnswer(ticket_id, person, row.value["kind"]))
    listed = [_audit(int(row.subject), row.value) for row in rows if row.kind == AUDIT.name]
    return tuple(
        replace(audit, answers=tuple(answers.get(audit.number, ())))
        for audit in sorted(listed, key=lambda audit: audit.number)
    )


def _audit(number: int, stored: dict[str, Any]) -> Audit:
    return Audit(
        number,
        stored["seed"],
        dt.date.fromisoformat(stored["start"]) if stored["start"] else None,
        dt.date.fromisoformat(stored["end"]),
        stored["tickets"],
        tuple(stored["drawn"]),
    )


def add(workspace: Workspace, audit: Audit, *, person: str = "") -> Audit:
    """Record a new audit with its sample, and return it with its number."""
    with workspace.state.transaction(write=True) as connection:
        numbered = replace(audit, number=max((earlier.number for earlier in _audits(connection)), default=0) + 1)
        _append(connection, numbered, person)
    return numbered


def extend(workspace: Workspace, number: int, tickets: Sequence[str], *, person: str = "") -> None:
    """Add tickets to the end of an audit's sample; those that are drawn already stay where they are."""
    with workspace.state.transaction(write=True) as connection:
        audit = next(earlier for earlier in _audits(connection) if earlier.number == number)
        _append(connection, replace(audit, sample=tuple(dict.fromkeys((*audit.sample, *tickets)))), person)


def _append(connection: Connection, audit: Audit, person: str) -> None:
    log.append(connection, [Entry(AUDIT.name, str(audit.number), audit._as_dict())], person=person)


def answer(workspace: Workspace, number: int, answers: Iterable[AuditAnswer]) -> None:
    """Record answers to an audit; a later answer of a person on a ticket replaces an earlier one."""
    by_person: dict[str, list[Entry]] = {}
    for given_answer in answers:
        subject = json.dumps([number, given_answer.ticket_id, given_answer.person], ensure_ascii=False)
        by_person.setdefault(given_answer.person, []).append(Entry(ANSWER.name, subject, {"kind": given_answer.kind}))
    with workspace.state.transaction(write=True) as connection:
        for person, entries in by_person.items():
            log.append(connection, entries, person=person)


def undo_answer(workspace: Workspace, number: int, person: str) -> str | None:
    """Undo a person's newest answer to an audit, and return its ticket; None where there is none to undo."""
    with workspace.state.transaction(write=True) as connection:
        row = connection.execute(_NEWEST_ANSWER, (ANSWER.name, person, number)).fetchone()
        if row is None:
            return None
        log.undo_decision_within(connection, row[0])
    return str(json.loads(row[1])[1])
