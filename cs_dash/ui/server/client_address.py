"""Whose request it is: the address of the browser, also behind a proxy, as far as the proxy is one that is named.

Anybody can write `X-Forwarded-For` and `X-Forwarded-Proto`; they count only where the connection comes from a proxy
that `CS_DASH_TRUSTED_PROXIES` names. The server itself must not read them first (`FORWARDED_ALLOW_IPS` is set to
nothing), or nobody could tell any more who the connection came from.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from cs_dash.errors import BadInput

TRUSTED_PROXIES = "CS_DASH_TRUSTED_PROXIES"
"""Names the addresses or networks of proxies, with commas; this machine's own are always trusted."""
THIS_MACHINE = ("127.0.0.0/8", "::1/128")
FORWARDING = frozenset({
    "forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-port", "x-forwarded-proto", "x-real-ip",
})  # fmt: skip
"""The headers by which proxies tell of themselves."""
PEER = "peer of cs_dash"
Network = IPv4Network | IPv6Network


def networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """Return addresses and networks, such as 10.0.0.5 or 10.0.0.0/8. Raises BadInput for what is neither."""
    named: list[Network] = []
    for text in texts:
        if not text.strip():
            continue
        try:
            named.append(ip_network(text.strip(), strict=False))
        except ValueError:
            raise BadInput(
                "Not an address",
                f"Could not use {text.strip()} as the address of a proxy.",
                f"Write addresses or networks in {TRUSTED_PROXIES}, such as 10.0.0.5 or 172.16.0.0/12.",
            ) from None
    return tuple(named)


def trusted_proxies() -> tuple[Network, ...]:
    """Return the networks whose forwarding headers count: this machine's and those that the environment names."""
    return networks([*THIS_MACHINE, *os.environ.get(TRUSTED_PROXIES, "").split(",")])


def within(address: str, named: Iterable[Network]) -> bool:
    """Return whether an address is in one of the networks; what is no address is in none."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is not None:
        parsed = parsed.ipv4_mapped
    return any(parsed in network for network in named)


def peer_of(scope: Mapping[str, Any]) -> str:
    """Return the address that the connection itself comes from, which may be a proxy's; "" where nobody knows."""
    return str(scope.get(PEER) or (scope.get("client") or ("",))[0])


def client_of(scope: Mapping[str, Any]) -> str:
    """Return the browser's address, as far as it can be trusted; "" where nobody knows."""
    return str((scope.get("client") or ("",))[0])


def is_from_this_machine(scope: Scope) -> bool:
    """Return whether a request comes from this machine itself and through no proxy."""
    headers = Headers(scope=scope)
    return within(peer_of(scope), networks(THIS_MACHINE)) and not any(name in headers for name in FORWARDING)


class ClientAddress:
    """ASGI middleware that puts the browser's address and scheme into a request, where a trusted proxy tells them.

    It stands outside of all others. The peer's own address stays: `peer_of`.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._trusted = trusted_proxies()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on."""
        if scope["type"] in ("http", "websocket"):
            scope = {**scope, PEER: client_of(scope)}
            if within(scope[PEER], self._trusted):
                scope |= self._forwarded(scope)
        await self._app(scope, receive, send)

    def _forwarded(self, scope: Scope) -> Scope:
        headers, facts = Headers(scope=scope), dict[str, Any]()
        # A proxy adds its own client at the end: whatever stands before the first stranger may be invented.
        chain = [part.strip() for line in headers.getlist("x-forwarded-for") for part in line.split(",")]
        strangers = (address for address in reversed(chain) if not within(address, self._trusted))
        if address := next(strangers, chain[0] if chain else ""):
            facts["client"] = (address, 0)
        scheme = headers.get("x-forwarded-proto", "").split(",")[-1].strip().lower()
        if scheme in ("http", "https"):
            facts["scheme"] = scheme.replace("http", "ws") if scope["type"] == "websocket" else scheme
        return facts
