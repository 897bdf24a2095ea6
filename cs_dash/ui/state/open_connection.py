"""What an open page may still ask for: whoever it was opened for may have signed out, or have another role since.

A part of a page that runs by itself (a fragment) shows what the page has looked up before. It runs so only for the
reader that the page was shown to; otherwise the whole page is run, which says what this reader may see now.
"""

from __future__ import annotations

from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.types import Message, Receive, Scope
from streamlit.proto.BackMsg_pb2 import BackMsg

from cs_dash.errors import CsDashError
from cs_dash.sharing import NOBODY, Reader
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
        asked = BackMsg()
        try:
            asked.ParseFromString(payload)
        except Exception:  # of protobuf's own making
            return payload
        kind = asked.WhichOneof("type")
        if kind in OF_THE_SHOWN_PAGE:
            reader = self._reader()
            return payload if reader == self._shown_to and reader.kind != "nobody" else None
        if kind != "rerun_script":
            return payload
        self._query = parse_qs(asked.rerun_script.query_string, keep_blank_values=True)
        reader = self._reader()
        if not asked.rerun_script.fragment_id:
            self._shown_to = reader
            return payload
        if reader == self._shown_to:
            return payload
        self._shown_to = reader
        asked.rerun_script.fragment_id = ""
        asked.rerun_script.is_auto_rerun = False
        full_run: bytes = asked.SerializeToString()
        return full_run

    def _reader(self) -> Reader:
        try:
            return reader_of_visit(Visit(self._query, self._visit.headers, self._visit.cookies), fresh=False)
        except CsDashError:  # a link that is shut, or a list of people that cannot be read
            return NOBODY
