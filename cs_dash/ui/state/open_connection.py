"""What an open page may still ask for: whoever it was opened for may have signed out, or have another role since.

A part of a page that runs by itself (a fragment) shows what the page has looked up before. It runs so only for the
reader that the page was shown to; otherwise the whole page is run, which says what this reader may see now.
"""

from __future__ import annotations

from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.types import Message, Receive, Scope

from cs_dash.errors import CsDashError
from cs_dash.sharing import NOBODY, Reader
from cs_dash.ui.server.script_run import PageMessage, whole_page
from cs_dash.ui.state.reader import Query, Visit, reader_of_visit

OF_THE_SHOWN_PAGE = frozenset({"backend_operation_request", "file_urls_request"})
"""Messages about what is on the page: a download, more rows of a table, a place to send a file to."""


class OpenConnection:
    """Receives the messages of one page's connection, as far as its reader may still send them."""

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self._receive = receive
        self._visit = Visit.of(HTTPConnection(scope))
        self._shown_to = NOBODY
        self._query: Query = {}

    async def __call__(self) -> Message:
        """Return the next message that counts."""
        while (payload := (message := await self._receive()).get("bytes")) is not None:
            allowed = await run_in_threadpool(self.allowed, payload)
            if allowed is not None:
                return {**message, "bytes": allowed}
        return message

    def allowed(self, payload: bytes) -> bytes | None:
        """Return a message as it may be handed on; None for one that may not. What is no message Streamlit refuses."""
        asked = PageMessage.of(payload)
        if asked is None:
            return payload
        if asked.kind in OF_THE_SHOWN_PAGE:
            reader = self._reader()
            return payload if reader == self._shown_to and reader.kind != "nobody" else None
        if asked.kind != "rerun_script":
            return payload
        self._query = parse_qs(asked.query_string, keep_blank_values=True)
        reader = self._reader()
        is_another = bool(asked.fragment) and reader != self._shown_to
        self._shown_to = reader
        return whole_page(payload) if is_another else payload

    def _reader(self) -> Reader:
        try:
            return reader_of_visit(Visit(self._query, self._visit.headers, self._visit.cookies), fresh=False)
        except CsDashError:  # a link that is shut, or a list of people that cannot be read
            return NOBODY
