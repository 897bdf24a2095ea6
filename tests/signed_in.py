"""A server that people sign in to, and readers of it without a browser: with a cookie, a header, or neither."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from itsdangerous import URLSafeTimedSerializer
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Origin, Subprotocol

from tests.browser.server import free_port, serving

SECRET = "a secret of the tests, longer than any other"
COOKIE = "_streamlit_user"
PATIENCE = 60.0
"""Seconds until a run that does not end is given up."""


@contextlib.contextmanager
def server(workspace: Path, folder: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """Serve a workspace at 127.0.0.1 with these settings, and give the address."""

    port = free_port()
    command = [
        sys.executable,
        "-m",
        "cs_dash",
        "serve",
        "--no-open",
        "--port",
        str(port),
        "--workspace",
        str(workspace),
    ]
    own = {"CS_DASH_ADDRESS": f"http://127.0.0.1:{port}", "CS_DASH_AHEAD": "off"}
    with serving(command, port, folder / "log.txt", own | dict(environment)) as base:
        yield base


def oidc(**more: str) -> dict[str, str]:
    """Return the settings of a server with sign-in by a provider that nobody is sent to."""
    return {
        "CS_DASH_SIGN_IN": "oidc", "CS_DASH_OIDC_METADATA_URL": "http://127.0.0.1:9/openid",
        "CS_DASH_OIDC_CLIENT_ID": "a", "CS_DASH_OIDC_CLIENT_SECRET": "b", "CS_DASH_COOKIE_SECRET": SECRET,
    } | more  # fmt: skip


def cookie(base: str, email: str | None, *, secret: str = SECRET, name: str = COOKIE, **claims: object) -> str:
    """Return the cookie that a sign-in by an e-mail address leaves, as a header has it."""
    content = {"email": email, "origin": base, "is_logged_in": True, "provider": "default"} | claims
    signed: str = URLSafeTimedSerializer(secret, salt=name).dumps(json.dumps(content))
    return f"{COOKIE}={signed}"


@dataclass(frozen=True)
class Answered:
    """What the server answered to a request."""

    status: int
    text: str
    headers: Mapping[str, str]


@dataclass
class Visitor:
    """Somebody without a browser.

    Attributes:
        base: the server's address.
        headers: sent with everything.
    """

    base: str
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answered:
        """Return what is answered; redirects are not followed."""
        connection = http.client.HTTPConnection(urlsplit(self.base).netloc, timeout=PATIENCE)
        try:
            connection.request(method, path, body, self.headers | headers)
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
            return Answered(answer.status, text, {name.lower(): value for name, value in answer.getheaders()})
        finally:
            connection.close()

    def page(self, page: str, query: str = "", widgets: Sequence[tuple[str, object]] = ()) -> Run | None:
        """Open a page over a connection and return what was sent of it; None where no connection is given."""
        return asyncio.run(self._page([(page, query)], widgets))

    @contextlib.contextmanager
    def open_page(self, page: str, query: str) -> Iterator[tuple[Run, Callable[..., str]]]:
        """Yield what was sent of a page, and what asks for one of its files: it returns the address, or the error.
        Raises TimeoutError where nothing is answered in so many seconds.

        The page's session goes on until the end.
        """
        with asyncio.Runner() as runner:
            connection = runner.run(self._connected())

            def file(file_id: str, seconds: float = PATIENCE) -> str:
                request = BackMsg()
                request.backend_operation_request.request_id = file_id
                request.backend_operation_request.session_id = run.session_id
                request.backend_operation_request.deferred_file.file_id = file_id
                return runner.run(_operation(connection, request, seconds))

            request = BackMsg()
            request.rerun_script.query_string = query
            request.rerun_script.page_name = page
            run = runner.run(_run(connection, request))
            yield run, file
            runner.run(connection.close())

    def pages(self, *pages: str) -> Run | None:
        """Open pages one after the other over one connection, and return what was sent of the last one."""
        return asyncio.run(self._page([(page, "") for page in pages], ()))

    def fragment(self, page: str, query: str, between: Callable[[], object]) -> tuple[Run, Run]:
        """Open a page, do something, and click in a part of the page that runs by itself; return both runs."""
        return asyncio.run(self._fragment(page, query, between))

    async def _fragment(self, page: str, query: str, between: Callable[[], object]) -> tuple[Run, Run]:
        async with await self._connected() as connection:
            request = BackMsg()
            request.rerun_script.query_string = query
            request.rerun_script.page_name = page
            first = await _run(connection, request)
            await asyncio.to_thread(between)
            request.rerun_script.page_script_hash = first.script_hash
            request.rerun_script.fragment_id = first.fragment
            return first, await _run(connection, request)

    async def _connected(self) -> ClientConnection:
        return await connect(
            self.base.replace("http", "ws", 1) + "/_stcore/stream", origin=Origin(self.base), max_size=None,
            subprotocols=[Subprotocol("streamlit")], ping_interval=None, additional_headers=self.headers,
        )  # fmt: skip

    async def _page(self, places: Sequence[tuple[str, str]], widgets: Sequence[tuple[str, object]]) -> Run | None:
        try:
            connection = await self._connected()
        except InvalidStatus:
            return None
        async with connection:
            run = Run([])
            for page, query in places:
                request = BackMsg()
                request.rerun_script.query_string = query
                request.rerun_script.page_name = page
                for name, value in widgets:
                    state = request.rerun_script.widget_states.widgets.add()
                    state.id = name
                    if isinstance(value, bool):
                        state.trigger_value = value
                    else:
                        state.string_value = str(value)
                run = await _run(connection, request)
            return run


async def _run(connection: ClientConnection, request: BackMsg) -> Run:
    await connection.send(request.SerializeToString())
    run = Run([])
    async with asyncio.timeout(PATIENCE):
        while not run.messages or run.messages[-1].WhichOneof("type") != "script_finished":
            run.messages.append(ForwardMsg.FromString(await connection.recv(decode=False)))
    return run


async def _operation(connection: ClientConnection, request: BackMsg, seconds: float) -> str:
    await connection.send(request.SerializeToString())
    async with asyncio.timeout(seconds):
        while True:
            message = ForwardMsg.FromString(await connection.recv(decode=False))
            if message.HasField("backend_operation_response"):
                response = message.backend_operation_response
                return str(response.error_msg or response.deferred_file.url)


@dataclass
class Run:
    """What the server sent of one run of a page."""

    messages: list[ForwardMsg]

    @property
    def text(self) -> str:
        """All that was sent, as text."""
        return "\n".join(str(message) for message in self.messages)

    @property
    def html(self) -> str:
        """The HTML that was sent."""
        return "\n".join(message.delta.new_element.html.body for message in self.messages)

    @property
    def widgets(self) -> set[str]:
        """The kinds of widgets and the labels that were sent: "button: Save"."""
        found = set()
        for message in self.messages:
            element = message.delta.new_element
            kind = element.WhichOneof("type")
            if kind and kind not in ("html", "markdown", "empty", "vega_lite_chart", "arrow_vega_lite_chart"):
                found.add(f"{kind}: {getattr(getattr(element, kind), 'label', '')}")
        return found

    @property
    def fragment(self) -> str:
        """The last part of the page that runs by itself; "" where there is none."""
        parts = [message.delta.fragment_id for message in self.messages if message.delta.fragment_id]
        return parts[-1] if parts else ""

    @property
    def script_hash(self) -> str:
        """What Streamlit calls the page."""
        hashes = [message.new_session.page_script_hash for message in self.messages if message.HasField("new_session")]
        return hashes[-1]

    @property
    def session_id(self) -> str:
        """What Streamlit calls the session."""
        begun = [message.new_session for message in self.messages if message.HasField("new_session")]
        return begun[-1].initialize.session_id

    @property
    def heading(self) -> str:
        """The heading of the page; "" without one."""
        match = re.search(r"<h1[^>]*>(.*?)</h1>", self.html, re.DOTALL)
        return match[1] if match else ""


def query(**choices: str) -> str:
    """Return the query of an address."""
    return urlencode(choices)
