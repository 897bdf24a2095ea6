"""Facts about Streamlit's sign-in that it has but does not publish: its cookie, and where it begins.

A new Streamlit may change any of it; `tests/ui/server/test_streamlit_sign_in.py` fails then.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from streamlit.auth_util import encode_provider_token, get_cookie_with_chunks, get_origin_from_redirect_uri
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

LOGIN, LOGOUT, CALLBACK = "/auth/login", "/auth/logout", "/oauth2callback"
"""Streamlit's own routes of the sign-in."""
PROVIDER = "default"
"""What Streamlit calls the provider where there is one only."""
_DAY = 86400.0


@dataclass(frozen=True)
class SignInCookie:
    """The cookie that a browser has since it signed in.

    Attributes:
        digest: tells this sign-in from every other one; "" without a cookie that this server signed.
        claims: what the provider said of who signed in.
        expired: whether it was signed longer ago than a sign-in counts.
    """

    digest: str = ""
    claims: Mapping[str, Any] = field(default_factory=dict)
    expired: bool = False


def provider_address() -> str:
    """Return the address, seen from the server's, that sends a reader to the provider; it counts for two minutes."""
    return f".{LOGIN}?provider={encode_provider_token(PROVIDER)}"


def sign_in_cookie(cookies: Mapping[str, str], session_seconds: float) -> SignInCookie:
    """Return the sign-in that cookies prove; one without digest where they prove none."""
    own = frozenset((name, value) for name, value in cookies.items() if name.startswith(USER_COOKIE_NAME))
    return _verified(own, session_seconds, int(time.time()))


@lru_cache(maxsize=1024)
def _verified(own: frozenset[tuple[str, str]], session_seconds: float, _second: int) -> SignInCookie:
    """Verify cookies once in a second: a run of a page asks for its reader many times."""
    cookies = dict(own)
    content, expired = _content(cookies, session_seconds), False
    if content is None:
        content, expired = _content(cookies, 366 * _DAY), True
    try:
        claims = json.loads(content) if content else None
    except (ValueError, UnicodeError):
        return SignInCookie()
    # The cookie counts at the address that it was made for, whatever else the same secret signs.
    if not isinstance(claims, dict) or claims.get("origin") != get_origin_from_redirect_uri():
        return SignInCookie()
    if claims.get("is_logged_in") is not True:
        return SignInCookie()
    return SignInCookie(hashlib.sha256(cookies[USER_COOKIE_NAME].encode()).hexdigest(), claims, expired)


def _content(cookies: Mapping[str, str], seconds: float) -> bytes | None:
    def signed(name: str) -> bytes | None:
        value = cookies.get(name)
        if value is None:
            return None
        return decode_signed_value(get_cookie_secret(), name, value.encode("latin-1", "replace"), seconds / _DAY)

    return get_cookie_with_chunks(signed, USER_COOKIE_NAME)
