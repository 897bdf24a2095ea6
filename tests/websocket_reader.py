"""A reader without a browser: a websocket session that speaks to the server as Streamlit's page does."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from urllib.parse import urlencode

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

PATIENCE = 120.0
"""Seconds after which a page that is not complete is given up."""
HEADING, COMPLAINT = "<h1", "cs-complaint"
"""What every page shows once it has its answers, also where no account is left in a scope; and where it could not."""


@dataclass(frozen=True)
class View:
    """What the server sent for one view of a page, to its end."""

    messages: Sequence[ForwardMsg]

    def errors(self) -> Iterator[str]:
        """Yield whatever went wrong: exceptions, complaints, a page that is unknown or has no heading."""
        html = [message.delta.new_element.html.body for message in self.messages]
        for message in self.messages:
            element = message.delta.new_element
            if element.HasField("exception"):
                yield f"{element.exception.type}: {element.exception.message}"
            if element.alert.format == Alert.ERROR:
                yield element.alert.body
            if message.WhichOneof("type") in {"page_not_found", "session_event"}:
                yield str(message)
        yield from (body for body in html if COMPLAINT in body)
        if self.messages[-1].script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
            yield f"The script ended with status {self.messages[-1].script_finished}."
        if not any(HEADING in body for body in html):
            yield "The page has no heading."


class Reader:
    """One session on a server, for an `async with` statement."""

    def __init__(self, base: str) -> None:
        self._base = base

    async def __aenter__(self) -> Reader:
        self._connection: ClientConnection = await connect(
            self._base.replace("http", "ws", 1) + "/_stcore/stream",
            origin=Origin(self._base),
            subprotocols=[Subprotocol("streamlit")],
            max_size=None,
            ping_interval=None,
        )
        return self

    async def __aexit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        await self._connection.close()

    async def send(self, message: BackMsg) -> None:
        """Send a message as it is."""
        await self._connection.send(message.SerializeToString())

    async def visit(self, page: str, address: Sequence[tuple[str, str]] = ()) -> View:
        """Ask for a page in a scope, and return what was sent for it. "" is the first page."""
        request = BackMsg()
        request.rerun_script.query_string = urlencode(address)
        request.rerun_script.page_name = page
        messages: list[ForwardMsg] = []
        await self.send(request)
        async with asyncio.timeout(PATIENCE):
            while not messages or not _is_end(messages[-1]):
                payload = await self._connection.recv(decode=False)
                messages.append(ForwardMsg.FromString(payload))
        return View(messages)


def _is_end(message: ForwardMsg) -> bool:
    """Return whether a run of the whole script ended here; not one that made room for the next."""
    return message.WhichOneof("type") == "script_finished" and message.script_finished in {
        ForwardMsg.FINISHED_SUCCESSFULLY,
        ForwardMsg.FINISHED_WITH_COMPILE_ERROR,
    }
