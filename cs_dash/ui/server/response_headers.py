"""What every answer of the server tells the browser: not to guess types, not to show the app in a frame of others.

An address may hold the id of a shared link, which opens it: no request tells the address of the page it comes from.
"""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

DEFAULTS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        f"{feature}=()"
        for feature in (
            "camera", "display-capture", "geolocation", "hid", "microphone", "midi", "payment", "serial", "usb",
        )
    ),
    "Referrer-Policy": "no-referrer",
}  # fmt: skip
MEDIA = "/media/"
"""Where Streamlit keeps the files of downloads: no cache may, of a browser or of a proxy."""
HSTS = ("Strict-Transport-Security", "max-age=31536000")
"""Sent where the browser came by TLS: for a year it asks for this name by no other way."""


class SafeHeaders:
    """ASGI middleware that adds each header of `DEFAULTS` to an answer that does not have it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on; a refused websocket is answered like a request."""

        async def give(message: Message) -> None:
            if message["type"].endswith("http.response.start"):
                headers = MutableHeaders(scope=message)
                for name, value in DEFAULTS.items():
                    headers.setdefault(name, value)
                if str(scope["path"]).startswith(MEDIA):
                    headers.setdefault("Cache-Control", "private, no-store")
                if scope["scheme"] in ("https", "wss"):
                    headers.setdefault(*HSTS)
            await send(message)

        await self._app(scope, receive, give)


async def fault(_: Request, __: Exception) -> PlainTextResponse:
    """Answer where the server itself failed, which no middleware sees."""
    return PlainTextResponse("Something went wrong on the server; its log says more.", 500, headers=DEFAULTS)
