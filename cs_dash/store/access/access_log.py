"""What readers did that leaves no other record: sign-ins, openings of links, downloads, refusals."""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass

from cs_dash.errors import CsDashError
from cs_dash.store.state import State, now

LOG = logging.getLogger("cs_dash")
_APPEND = "insert into access_log (at, reader, what, subject) values (?, ?, ?, ?)"
LONGEST = 200
"""Letters of a subject that are kept: some come from an address, where anybody can write any amount."""


@dataclass(frozen=True)
class Access:
    """One line of the log.

    Attributes:
        at: when, UTC.
        reader: who: an e-mail address, a link by its handle, a name; "" at this machine where nobody is named.
        what: what they did, in words: "opened a link".
        subject: what it was about: a page, a file's name, a handle; never a row of data.
    """

    at: dt.datetime
    reader: str
    what: str
    subject: str


def record_access(state: State, reader: str, what: str, subject: str = "") -> None:
    """Append a line. Where nothing can be written, the server's own log says so, and readers go on reading."""
    try:
        with state.transaction(write=True) as connection:
            connection.execute(_APPEND, (now(), reader, what, subject[:LONGEST]))
    except CsDashError as error:
        LOG.warning("The audit trail lacks a line: %s", error.message)


def accesses(state: State) -> tuple[Access, ...]:
    """Return every line, oldest first."""
    with state.transaction() as connection:
        rows = connection.execute("select at, reader, what, subject from access_log order by id").fetchall()
    return tuple(Access(dt.datetime.fromisoformat(at), reader, what, subject) for at, reader, what, subject in rows)
