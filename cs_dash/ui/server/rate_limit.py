"""How often one address may try: a bucket of tokens for each, which fills again with time, in memory.

    limits = RateLimit({"sign-in": Allowance(burst=10, per_minute=10)})
    limits.allow("sign-in", client_of(scope))  # False: answer with `too_many()`

`RateLimited` does this for the addresses of the server that it is given.
"""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from cs_dash.ui.server.client_address import client_of

SENTENCE = "There were too many attempts from this address. Please wait a minute, then try again."
CLIENTS = 20_000
"""So many buckets are remembered; beyond, the one unused for longest is forgotten, and so is full again."""


@dataclass(frozen=True)
class Allowance:
    """How often something may be tried.

    Attributes:
        burst: attempts in a row.
        per_minute: attempts that come back every minute.
    """

    burst: int
    per_minute: float


class RateLimit:
    """Counts attempts by kind and client. Threads may share it."""

    def __init__(
        self,
        allowances: Mapping[str, Allowance],
        *,
        clients: int = CLIENTS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._allowances, self._clients, self._clock = dict(allowances), clients, clock
        self._buckets: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def allow(self, kind: str, client: str) -> bool:
        """Count one attempt and return whether it is allowed; one that is not costs nothing."""
        with self._lock:
            tokens = self._tokens(kind, client)
            if tokens < 1:
                return False
            self._buckets[kind, _network(client)] = (tokens - 1, self._clock())
            self._buckets.move_to_end((kind, _network(client)))
            while len(self._buckets) > self._clients:
                self._buckets.popitem(last=False)
        return True

    def wait_seconds(self, kind: str, client: str) -> int:
        """Return after how many seconds the next attempt is allowed; 0: now."""
        with self._lock:
            lacking = max(1 - self._tokens(kind, client), 0)
        return math.ceil(lacking * 60 / self._allowances[kind].per_minute)

    def _tokens(self, kind: str, client: str) -> float:
        allowance = self._allowances[kind]
        tokens, at = self._buckets.get((kind, _network(client)), (float(allowance.burst), 0.0))
        return min(tokens + (self._clock() - at) * allowance.per_minute / 60, float(allowance.burst))


def _network(client: str) -> str:
    """Return what counts as one client: an IPv4 address, or the /64 network that one IPv6 customer is given."""
    try:
        address = ip_address(client)
    except ValueError:
        return client
    if not isinstance(address, IPv6Address):
        return str(address)
    return str(address.ipv4_mapped or IPv6Address(int(address) >> 64 << 64))


def too_many(seconds: int = 60) -> PlainTextResponse:
    """Return the answer to an attempt that is not allowed: status 429, with the seconds to wait."""
    return PlainTextResponse(SENTENCE, 429, headers={"Retry-After": str(max(seconds, 1)), "Cache-Control": "no-store"})


class RateLimited:
    """ASGI middleware that counts requests for some addresses of the server; stands inside of `ClientAddress`."""

    def __init__(self, app: ASGIApp, limits: RateLimit, paths: Mapping[str, str]) -> None:
        """`paths`: path -> kind of attempt; every path that begins so is counted."""
        self._app, self._limits, self._paths = app, limits, dict(paths)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on, or answer that there were too many."""
        kind = next((kind for path, kind in self._paths.items() if str(scope.get("path", "")).startswith(path)), None)
        client = client_of(scope)
        if scope["type"] == "http" and kind and not self._limits.allow(kind, client):
            await too_many(self._limits.wait_seconds(kind, client))(scope, receive, send)
        else:
            await self._app(scope, receive, send)
