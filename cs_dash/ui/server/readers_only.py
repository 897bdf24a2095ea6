"""The door: who may see nothing gets no page, no data, no file and no connection, whatever address is asked for."""

from __future__ import annotations

from collections.abc import MutableMapping
from contextlib import suppress
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket

from cs_dash.errors import CsDashError, NotAllowed
from cs_dash.sharing import NOBODY, Reader, Right
from cs_dash.ui.server import sign_in_settings
from cs_dash.ui.server.by_link import SHUT_LINKS, shows_by_link, shut_link
from cs_dash.ui.server.client_address import client_of, peer_of, within
from cs_dash.ui.server.media_sessions import MEDIA
from cs_dash.ui.server.own_origin import DATA
from cs_dash.ui.server.rate_limit import Allowance, RateLimit, RateLimited, too_many
from cs_dash.ui.server.sign_in_page import SIGN_IN, WAY_BACK, invitation, sign_in_page, way_back
from cs_dash.ui.server.sign_in_settings import OIDC, PROXY
from cs_dash.ui.server.streamlit_sign_in import CALLBACK, LOGIN, LOGOUT, provider_address
from cs_dash.ui.server.upload_stream import UPLOAD_ROUTE
from cs_dash.ui.state import reader as readers
from cs_dash.ui.state.open_connection import OpenConnection
from cs_dash.ui.state.reader import Visit

FOR_EVERYBODY = (
    "/healthz", "/metrics", "/favicon.png", "/shell.js", "/static/", "/app/static/", "/_stcore/health",
    "/_stcore/host-config", SIGN_IN, LOGIN, LOGOUT, CALLBACK,
)  # fmt: skip
"""What is the same for everybody and holds no data, and the way in; `/metrics` looks for itself who asks."""
WITH_UPLOADS = frozenset({Right.LOAD, Right.DECIDE, Right.LABEL})
"""The rights of which a page has an upload."""
WAY_BACK_SECONDS = 600
ATTEMPTS = RateLimit({"sign-in": Allowance(burst=30, per_minute=30)})
LIMITED = dict.fromkeys((SIGN_IN, "/auth/", CALLBACK), "sign-in")


class ReadersOnly:
    """ASGI middleware that lets through what the reader may have; stands inside of `ClientAddress`."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = RateLimited(app, ATTEMPTS, LIMITED)
        self._limited = RateLimited(self._sign_in, ATTEMPTS, LIMITED)
        self._proxies = sign_in_settings.identifying_proxies()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on, or answer with the way in."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        scope = self._without_claims(scope)
        path, send = str(scope["path"]), _safe_cookies(scope, send)
        if scope["type"] == "http" and path == SIGN_IN and sign_in_settings.way() == OIDC:
            await self._limited(scope, receive, send)
            return
        if path == LOGOUT:
            with suppress(CsDashError):  # they are out, also where the audit trail cannot be written
                await run_in_threadpool(readers.sign_out, Visit.of(HTTPConnection(scope)))
        if path.startswith(FOR_EVERYBODY):
            await self._app(scope, receive, send)
            return
        if path.startswith(MEDIA) and await run_in_threadpool(shows_by_link, path):
            await self._app(scope, receive, send)
            return
        reader = await run_in_threadpool(_reader, scope)
        if scope["type"] == "websocket":
            await self._connection(reader, scope, receive, send)
        elif refusal := self._refusal(reader, scope):
            await refusal(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _without_claims(self, scope: Scope) -> Scope:
        """Return a request without the header by which a proxy names people, unless it comes from such a proxy."""
        if sign_in_settings.way() != PROXY:
            return scope
        name = sign_in_settings.proxy_header().encode()
        claims = [value for key, value in scope["headers"] if key.lower() == name]
        # Two names: one of them may have come from the browser, through a proxy that adds its own.
        if within(peer_of(scope), self._proxies) and len(claims) < 2:
            return scope
        return {**scope, "headers": [(key, value) for key, value in scope["headers"] if key.lower() != name]}

    async def _connection(self, reader: Reader, scope: Scope, receive: Receive, send: Send) -> None:
        if reader.kind != "nobody" or readers.may_come_by_link():
            await self._app(scope, OpenConnection(scope, receive), send)
        else:
            await WebSocket(scope, receive, send).close(1008)  # which the browser learns of as status 403

    def _refusal(self, reader: Reader, scope: Scope) -> Response | None:
        """Return the answer in place of what is asked for; None where the reader may have it."""
        path, request = str(scope["path"]), Request(scope)
        if reader.kind == "nobody":
            if path.endswith(DATA) or request.method not in ("GET", "HEAD") or "/" in path.strip("/"):
                return JSONResponse({}, 401, headers={"Cache-Control": "no-store"})
            if shut := shut_reason(request):
                if not SHUT_LINKS.allow("link", client_of(scope)):
                    return too_many(SHUT_LINKS.wait_seconds("link", client_of(scope)))
                return HTMLResponse(sign_in_page(shut_link(shut)), 403, headers={"Cache-Control": "no-store"})
            query = f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else ""
            shown = invitation(readers.signed_in(Visit.of(request)), f"{path}{query}")
            return HTMLResponse(sign_in_page(shown), headers={"Cache-Control": "no-store"})
        if UPLOAD_ROUTE in path and not reader.rights & WITH_UPLOADS:
            return PlainTextResponse("You may not upload files.", 403)
        if path == "/" and (wanted := request.cookies.get(WAY_BACK)):
            target = way_back(wanted)
            answer = RedirectResponse(target if target else "./", 302)
            answer.delete_cookie(WAY_BACK)
            return answer
        return None

    async def _sign_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send a reader to the provider, and remember which page they wanted."""
        wanted = way_back(Request(scope).query_params.get("to", ""))
        answer = RedirectResponse(provider_address(), 302, headers={"Cache-Control": "no-store"})
        if wanted:
            answer.set_cookie(
                WAY_BACK, wanted.removeprefix("./"), max_age=WAY_BACK_SECONDS, httponly=True, samesite="lax"
            )
        await answer(scope, receive, send)


def shut_reason(request: HTTPConnection) -> NotAllowed | None:
    """Return why the link of an address opens nothing; None without one."""
    try:
        readers.link_reader(Visit.of(request).query)
    except NotAllowed as shut:
        return shut
    return None


def _reader(scope: Scope) -> Reader:
    try:
        readers.record_sign_in(Visit.of(HTTPConnection(scope)))
        return readers.reader_of_request(HTTPConnection(scope))
    except CsDashError:  # the list of people cannot be read
        return NOBODY


def _safe_cookies(scope: MutableMapping[str, Any], send: Send) -> Send:
    """Return what sends an answer whose cookies the browser gives to nobody without TLS, where it came by TLS."""
    if scope["scheme"] not in ("https", "wss"):
        return send

    async def give(message: Message) -> None:
        if message["type"].endswith("http.response.start"):
            headers = MutableHeaders(scope=message)
            cookies = headers.getlist("set-cookie")  # by the same object: a second one would have its own list
            del headers["set-cookie"]
            for cookie in cookies:
                headers.append("set-cookie", cookie if "; secure" in cookie.lower() else f"{cookie}; Secure")
        await send(message)

    return give
