"""Sign-ins that ended before their time: no process of the server takes their cookies any more, nor after a restart."""

from __future__ import annotations

import datetime as dt
import logging

from cs_dash.errors import CsDashError
from cs_dash.store.state import State, now

LOG = logging.getLogger("cs_dash")
_END = "insert or replace into sign_outs (sign_in, until) values (?, ?)"


def record_sign_out(state: State, sign_in: str, seconds: float) -> None:
    """Record that a sign-in, given by its digest, has ended; its cookie would count for so many seconds at most.

    Where nothing can be written, the server's own log says that it holds in this process only.
    """
    until = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=seconds)
    try:
        with state.transaction(write=True) as connection:
            connection.execute("delete from sign_outs where until <= ?", (now(),))
            connection.execute(_END, (sign_in, until.isoformat(timespec="seconds")))
    except CsDashError as error:
        LOG.warning("A sign-out is not kept for a restart: %s", error.message)


def signed_out(state: State) -> frozenset[str]:
    """Return the digests of the sign-ins that have ended, as far as their cookies would count otherwise."""

    def read() -> frozenset[str]:
        with state.transaction() as connection:
            return frozenset(sign_in for (sign_in,) in connection.execute("select sign_in from sign_outs"))

    return state.remembered("signed out", read)
