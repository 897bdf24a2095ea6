"""A running server, started without our command and as if by somebody who develops: what it lets through."""

from __future__ import annotations

import asyncio
import http.client
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Origin, Subprotocol

from cs_dash import page_registry as registry
from cs_dash.store.workspace import Workspace
from cs_dash.ui.server.own_origin import ALLOWED_HOSTS
from cs_dash.ui.server.sign_in_settings import OPEN
from cs_dash.ui.server.warm_up import COMPUTE_AHEAD
from tests.browser.server import ROOT, developers_server
from tests.websocket_reader import Reader

SESSIONS, VIEWS = 20, 10


@dataclass(frozen=True)
class Served:
    """A server on the demo company, and the home folder of whoever started it."""

    base: str
    home: Path

    @property
    def port(self) -> int:
        return urlsplit(self.base).port or 0

    def answer(self, path: str, method: str = "GET", **headers: str) -> tuple[int, Message, str]:
        """Return status, headers and text."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request(method, path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read().decode(errors="replace")

    def handshake(self, host: str, origin: str | None) -> int:
        """Return the status of a websocket handshake: 101 where it is accepted. PORT stands for the server's own."""

        async def status() -> int:
            try:
                async with connect(
                    f"ws://{host.replace('PORT', str(self.port))}/_stcore/stream",
                    host="127.0.0.1",
                    port=self.port,
                    origin=Origin(origin.replace("PORT", str(self.port))) if origin else None,
                    subprotocols=[Subprotocol("streamlit")],
                ):
                    return 101
            except InvalidStatus as refusal:
                return refusal.response.status_code

        return asyncio.run(status())


@pytest.fixture(scope="module")
def served(demo_workspace: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    environment = {
        "STREAMLIT_SERVER_ENABLE_AGENT_API": "true",
        ALLOWED_HOSTS: "dash.example.com, https://team.example.com:8443/",
        COMPUTE_AHEAD: "off",
        OPEN: "true",  # its readers come through proxies, and nobody signs in
    }
    with developers_server(demo_workspace.folder, folder, environment) as base:
        yield Served(base, folder / "home")


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("localhost:PORT", "http://localhost:PORT"),
        ("127.0.0.1:PORT", "http://127.0.0.1:PORT"),
        ("[::1]:PORT", "http://[::1]:PORT"),
        ("192.168.7.7:9000", "http://192.168.7.7:9000"),  # another machine, by a port that a container publishes
        ("localhost:PORT", None),  # no browser
        ("dash.example.com", "https://dash.example.com"),  # a proxy that passes the host on
        ("127.0.0.1:PORT", "https://dash.example.com"),  # one that does not
        ("127.0.0.1:PORT", "https://team.example.com:8443"),
    ],
)
def test_its_own_pages_may_open_a_connection(served: Served, host: str, origin: str | None) -> None:
    assert served.handshake(host, origin) == 101


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("localhost:PORT", "http://localhost:3000"),
        ("localhost:PORT", "http://localhost"),
        ("localhost:PORT", "http://127.0.0.1:PORT"),
        ("127.0.0.1:PORT", "https://elsewhere.example"),
        ("127.0.0.1:PORT", "https://team.example.com"),
        ("127.0.0.1:PORT", "null"),
        ("elsewhere.example:PORT", "http://elsewhere.example:PORT"),
        ("localhost.elsewhere.example:PORT", None),
    ],
)
def test_other_pages_may_not(served: Served, host: str, origin: str | None) -> None:
    assert served.handshake(host, origin) == 403


def test_a_foreign_name_gets_one_sentence(served: Served) -> None:
    status, headers, text = served.answer("/churn", Host="elsewhere.example")
    assert status == 403
    assert headers.get_content_type() == "text/plain"
    assert text == (
        "cs_dash was not started for the address elsewhere.example: open it by the address that it printed, or start"
        " it with `serve --allow-host elsewhere.example`."
    )


@pytest.mark.parametrize("path", ["/rail.json", "/search.json?find=a"])
def test_data_are_given_to_its_own_pages_only(served: Served, path: str) -> None:
    own = f"http://127.0.0.1:{served.port}"
    for headers in ({}, {"Origin": own}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}):
        status, answered, text = served.answer(path, **headers)
        assert (status, answered.get_content_type(), text[0]) == (200, "application/json", "{")
    for headers in (
        {"Origin": "http://localhost:3000"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"}, {"Host": "elsewhere.example"},
    ):  # fmt: skip
        assert served.answer(path, **headers)[0] == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE", "POST"])
def test_a_foreign_page_changes_nothing(served: Served, method: str) -> None:
    status, _, text = served.answer("/_stcore/upload_file/session/file", method, Origin="http://localhost:3000")
    assert status == 403
    assert "takes nothing from pages of http://localhost:3000" in text


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/", {}),
        ("/churn", {}),
        ("/overview", {}),
        ("/no/such/page", {}),
        ("/healthz", {}),
        ("/favicon.png", {}),
        ("/app/static/inter-latin.woff2", {}),
        ("/static/no-such-file.js", {}),
        ("/media/nothing", {}),
        ("/_stcore/health", {}),
        ("/_stcore/metrics", {}),
        ("/_stcore/upload_file/session/file", {}),
        ("//elsewhere.example", {}),
        ("/", {"Host": "elsewhere.example"}),
    ],
)
def test_every_answer_tells_the_browser_what_it_may_not_do(served: Served, path: str, headers: dict[str, str]) -> None:
    _, sent, _ = served.answer(path, **headers)
    assert sent["X-Content-Type-Options"] == "nosniff"
    assert sent["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in sent["Content-Security-Policy"]
    is_page = (sent["Content-Type"] or "").startswith("text/html")
    assert ("default-src 'none'" in sent["Content-Security-Policy"]) is is_page
    assert sent["Referrer-Policy"] == "no-referrer"
    assert sent["Cross-Origin-Opener-Policy"] == sent["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in sent["Permissions-Policy"]
    assert sent["Strict-Transport-Security"] is None
    assert sent["Cache-Control"] == "private, no-store" or not path.startswith("/media")


def test_a_name_that_has_tls_is_remembered_as_such(served: Served) -> None:
    _, sent, _ = served.answer("/churn", **{"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"})
    assert sent["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize(
    "path", ["metrics", "script-health-check", "agent/interact", "agent/mcp", "agent/openapi.json", "bidi-components/x"]
)
def test_ways_in_for_programs_are_shut(served: Served, path: str) -> None:
    assert served.answer(f"/_stcore/{path}")[0] == 404
    assert served.answer(f"/_stcore/{path}", "POST")[0] == 404


def test_messages_for_developers_do_nothing(served: Served) -> None:
    """Above all they write nothing, although Streamlit was started as on the machine of somebody who develops."""

    def files() -> list[Path]:
        return sorted([*served.home.rglob("*"), *ROOT.iterdir()])

    async def received() -> list[ForwardMsg]:
        async with Reader(served.base) as reader:
            messages = list((await reader.visit("")).messages)
            before = files()
            (session,) = {message.new_session.initialize.session_id for message in messages} - {""}
            for name in ("install_skills", "dismiss_skills_nudge"):
                request = BackMsg()
                request.backend_operation_request.session_id = session
                getattr(request.backend_operation_request, name).SetInParent()
                await reader.send(request)
            await reader.send(BackMsg(load_git_info=True))
            await reader.send(BackMsg(set_run_on_save=True))
            await reader.send(BackMsg(clear_cache=True))
            messages += [*(await reader.visit("upload")).messages, *(await reader.visit("churn")).messages]
            assert files() == before
            return messages

    messages = asyncio.run(received())
    assert not {"backend_operation_response", "git_info_changed"} & {message.WhichOneof("type") for message in messages}
    assert not any(message.session_status_changed.run_on_save for message in messages)
    assert not any(message.new_session.initialize.recommend_skills_install for message in messages)


def test_twenty_sessions_at_once_see_every_page_without_an_error(served: Served) -> None:
    """Whatever a page keeps for the process instead of the session shows here, for instance as an exception."""
    pages = ["", *(page.name for page in registry.pages() if page != registry.home())]

    async def session(number: int) -> list[str]:
        async with Reader(served.base) as reader:
            names = [pages[(number + view) % len(pages)] for view in range(VIEWS)]
            return [f"{name}: {error}" for name in names for error in (await reader.visit(name)).errors()]

    async def sessions() -> list[list[str]]:
        return await asyncio.gather(*(session(number) for number in range(SESSIONS)))

    assert [error for errors in asyncio.run(sessions()) for error in errors] == []
