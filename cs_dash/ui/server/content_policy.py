"""What the browser may fetch and run for a page of the app: what this server gives, nothing from anywhere else.

The last line of defence: should a value of the data ever become a picture, a frame or a script, the browser neither
asks for it nor runs it.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cs_dash.ui.server.index_html import INLINE_SCRIPT, index_html

HEADER = "Content-Security-Policy"


class ContentPolicy:
    """ASGI middleware that sends the policy with every HTML, also with Streamlit's own for an unknown address."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on."""

        async def give(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("Content-Type", "").startswith("text/html"):
                    headers.setdefault(HEADER, content_policy())  # a presentation has its own, stricter one
            await send(message)

        await self._app(scope, receive, give)


@cache
def content_policy() -> str:
    """Return the policy. Of scripts that are no files, only those in the first HTML of a visit run.

    Vega draws without evaluating text, so nothing may. "self" covers the connection by websocket.
    """
    digests = (hashlib.sha256(script.encode()).digest() for script in INLINE_SCRIPT.findall(index_html()))
    sources = {
        "default-src": "'none'",
        "script-src": " ".join(["'self'", *(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)]),
        "style-src": "'self' 'unsafe-inline'",  # Streamlit writes its styles while it runs
        "img-src": "'self' data:",  # icons and trends are drawn in the page itself
        "font-src": "'self' data:",  # one of Streamlit's for formulas stands in its style sheet
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in sources.items())
