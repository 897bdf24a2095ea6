"""Who may speak to the server: the app's own pages, at an address that it was started for.

A page of another site, or of another port of this machine, could else open a connection to the app and read, load and
undo. A name whose owner points it at this machine once its page is open (DNS rebinding) would even pass for the app's
own; an IP address cannot be pointed elsewhere, so only names need to be known.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config

LOG = logging.getLogger("cs_dash")
ALLOWED_HOSTS = "CS_DASH_ALLOWED_HOSTS"
DATA = ".json"
"""How the addresses end that give data to the app's own pages, and to nobody else's."""


@dataclass(frozen=True)
class KnownHosts:
    """The names that the app answers to.

    Attributes:
        public: those that somebody named, as the browser shows them: with the port where it is not the usual one.
        local: those that the server listens on.
    """

    public: frozenset[str]
    local: frozenset[str]

    @classmethod
    def configured(cls) -> KnownHosts:
        """Return what `serve --allow-host`, the environment and Streamlit's own settings name."""
        public = [*os.environ.get(ALLOWED_HOSTS, "").split(","), *config.get_option("server.allowedHosts")]
        local = ["localhost", config.get_option("server.address"), config.get_option("browser.serverAddress")]
        return cls(_lower(public), _lower(local))

    def include(self, host: str) -> bool:
        """Return whether the app answers to a `Host` header: an IP address or a known name, with any port."""
        try:
            name = (urlsplit(f"//{host}").hostname or "").rstrip(".")
        except ValueError:
            return False
        return (
            name in self.local or name in {public_name.partition(":")[0] for public_name in self.public} or _is_ip(name)
        )

    def own(self, origin: str, scheme: str, host: str) -> bool:
        """Return whether a page of this `Origin` is the app's own, for a request by `scheme` to `host`.

        A proxy may have taken off the encryption, and may have put another host in place of the public one.
        """
        parts = origin.lower().split("://", 1)
        if len(parts) != 2 or parts[0] not in ({"https"} if scheme in {"https", "wss"} else {"http", "https"}):
            return False
        return parts[1] == host.lower() or parts[1] in self.public


def _lower(names: Iterable[str | None]) -> frozenset[str]:
    return frozenset(name.strip().lower().split("://")[-1].rstrip("/") for name in names if name and name.strip())


def _is_ip(name: str) -> bool:
    try:
        return bool(ip_address(name))
    except ValueError:
        return False


class OwnOriginOnly:
    """ASGI middleware that refuses, with status 403 and a sentence, what comes from a page or by a name of others."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._known = KnownHosts.configured()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif refusal := self._refusal(scope):
            LOG.warning("Refused: %s", refusal)
            await PlainTextResponse(refusal, 403)(scope, receive, send)
        else:
            await self._app(_with_public_host(scope), receive, send)

    def _refusal(self, scope: Scope) -> str:
        """Return why a request is refused, "" where it is not."""
        host, origin = Headers(scope=scope).get("host", ""), _claimed_origin(scope)
        if not self._known.include(host):
            return (
                f"cs_dash was not started for the address {host or '(none)'}: open it by the address that it printed,"
                f" or start it with `serve --allow-host {host or 'NAME'}`."
            )
        if origin is not None and not self._known.own(origin, scope["scheme"], host):
            return (
                f"cs_dash at {host} takes nothing from pages of {origin}: if that is its own address, start it with"
                f" `serve --allow-host {origin.partition('://')[2]}`."
            )
        if _gives_data(scope) and Headers(scope=scope).get("sec-fetch-site", "none") not in ("same-origin", "none"):
            return f"cs_dash at {host} gives data to its own pages only."
        return ""


def _claimed_origin(scope: Scope) -> str | None:
    """Return which page asks for data or sends what may change something, as every browser says; else None."""
    reads = scope["type"] == "http" and scope["method"] in ("GET", "HEAD", "OPTIONS")
    return None if reads and not _gives_data(scope) else Headers(scope=scope).get("origin")


def _gives_data(scope: Scope) -> bool:
    return scope["type"] == "http" and str(scope["path"]).endswith(DATA)


def _with_public_host(scope: Scope) -> Scope:
    """Return a request with the host that its page has: Streamlit compares them, and a proxy may have changed it."""
    if (origin := _claimed_origin(scope)) is None:
        return scope
    host = origin.partition("://")[2].encode()
    return {**scope, "headers": [(name, host if name == b"host" else value) for name, value in scope["headers"]]}
