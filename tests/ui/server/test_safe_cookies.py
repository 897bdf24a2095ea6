"""Cookies behind TLS: the browser gives them to nobody without."""

from __future__ import annotations

import asyncio

import pytest
from starlette.types import Message

from cs_dash.ui.server.readers_only import _safe_cookies


@pytest.mark.parametrize(
    ("scheme", "cookies"),
    [("https", [b"a=1; HttpOnly; Secure", b"b=2; secure"]), ("http", [b"a=1; HttpOnly", b"b=2; secure"])],
)
def test_a_cookie_is_sent_by_tls_only_where_the_browser_has_tls(scheme: str, cookies: list[bytes]) -> None:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"set-cookie", b"a=1; HttpOnly"), (b"location", b"/"), (b"set-cookie", b"b=2; secure")]
    start = {"type": "http.response.start", "status": 302, "headers": headers}
    asyncio.run(_safe_cookies({"type": "http", "scheme": scheme}, send)(start))  # type: ignore[arg-type]
    assert [value for name, value in sent[0]["headers"] if name == b"set-cookie"] == cookies
    assert (b"location", b"/") in sent[0]["headers"]
