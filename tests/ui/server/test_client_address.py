"""Whose request it is: forwarding headers count from named proxies only."""

from __future__ import annotations

import asyncio

import pytest
from starlette.types import Message, Receive, Scope, Send

from cs_dash.errors import BadInput
from cs_dash.ui.server.client_address import (
    TRUSTED_PROXIES,
    ClientAddress,
    client_of,
    is_from_this_machine,
    networks,
    peer_of,
    within,
)


def request(peer: str, kind: str = "http", **headers: str) -> Scope:
    """Return a request as the server has it, before any middleware."""
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"type": kind, "scheme": "ws" if kind == "websocket" else "http", "path": "/", "headers": pairs,
            "client": (peer, 5)}  # fmt: skip


def handed_on(scope: Scope) -> Scope:
    """Return the request that `ClientAddress` hands on."""
    scopes: list[Scope] = []

    async def app(scope: Scope, _: Receive, __: Send) -> None:
        scopes.append(scope)

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(_: Message) -> None: ...

    asyncio.run(ClientAddress(app)(scope, receive, send))
    return scopes[0]


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),  # a stranger who writes the header
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.5", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.6", "198.51.100.1", "10.0.0.6"),  # a neighbour of the named proxy
        ("10.0.0.5", "127.0.0.1, 198.51.100.1", "198.51.100.1"),  # the browser invented the first one
        ("10.0.0.5", "198.51.100.1, 172.16.3.3", "198.51.100.1"),  # two named proxies, one behind the other
        ("10.0.0.5", "172.16.3.3", "172.16.3.3"),
        ("10.0.0.5", "", "10.0.0.5"),
        ("::ffff:10.0.0.5", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.5", "nonsense", "nonsense"),
    ],
)
def test_the_browsers_address(monkeypatch: pytest.MonkeyPatch, peer: str, forwarded: str, client: str) -> None:
    monkeypatch.setenv(TRUSTED_PROXIES, "10.0.0.5, 172.16.0.0/12")
    headers = {"x_forwarded_for": forwarded} if forwarded else {}
    scope = handed_on(request(peer, **headers))
    assert client_of(scope) == client
    assert peer_of(scope) == peer


@pytest.mark.parametrize(("kind", "scheme"), [("http", "https"), ("websocket", "wss")])
def test_a_trusted_proxy_tells_of_its_encryption(kind: str, scheme: str) -> None:
    assert handed_on(request("127.0.0.1", kind, x_forwarded_proto="https"))["scheme"] == scheme
    assert handed_on(request("203.0.113.9", kind, x_forwarded_proto="https"))["scheme"] in ("http", "ws")
    assert handed_on(request("127.0.0.1", kind, x_forwarded_proto="gopher"))["scheme"] in ("http", "ws")


@pytest.mark.parametrize(
    ("peer", "headers", "is_local"),
    [
        ("127.0.0.1", {}, True),
        ("::1", {}, True),
        ("203.0.113.9", {}, False),
        ("127.0.0.1", {"x_forwarded_for": "127.0.0.1"}, False),
        ("127.0.0.1", {"forwarded": "for=127.0.0.1"}, False),
        ("127.0.0.1", {"via": "1.1 proxy"}, False),
        ("203.0.113.9", {"x_forwarded_for": "127.0.0.1"}, False),
    ],
)
def test_only_this_machine_itself_is_this_machine(peer: str, headers: dict[str, str], is_local: bool) -> None:
    assert is_from_this_machine(request(peer, **headers)) is is_local
    assert is_from_this_machine(handed_on(request(peer, **headers))) is is_local


def test_what_is_no_address_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TRUSTED_PROXIES, "proxy.internal")
    with pytest.raises(BadInput, match=r"Could not use proxy\.internal as the address of a proxy"):
        handed_on(request("127.0.0.1"))
    assert not within("proxy.internal", networks(["10.0.0.0/8"]))
