"""The facts of Streamlit's sign-in that the app relies on: a new release that changes one fails here."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.auth_util import decode_provider_token
from streamlit.runtime.secrets import secrets_singleton
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_auth_routes import create_auth_routes

from cs_dash.ui.server.streamlit_sign_in import (
    CALLBACK,
    LOGIN,
    LOGOUT,
    PROVIDER,
    SignInCookie,
    provider_address,
    sign_in_cookie,
)

ORIGIN = "https://dash.example.com"
COOKIE = "_streamlit_user"
HOUR = 3600.0


@pytest.fixture(autouse=True)
def secrets() -> Iterator[None]:
    before = secrets_singleton._secrets
    auth: dict[str, Any] = {
        "redirect_uri": f"{ORIGIN}{CALLBACK}",
        "cookie_secret": "c" * 40,
        "client_id": "a",
        "client_secret": "b",
    }
    secrets_singleton.merge_programmatic_secrets({"auth": auth})
    yield
    secrets_singleton._secrets = before
    secrets_singleton._programmatic_secrets = None


def signed(claims: object, secret: str = "", name: str = COOKIE) -> dict[str, str]:
    return {COOKIE: create_signed_value(secret or get_cookie_secret(), name, json.dumps(claims)).decode()}


def claims(**more: object) -> dict[str, object]:
    return {"email": "ana@example.com", "origin": ORIGIN, "is_logged_in": True, "provider": PROVIDER} | more


def test_the_routes_are_where_the_door_expects_them() -> None:
    assert {route.path for route in create_auth_routes("")} == {LOGIN, LOGOUT, CALLBACK}


def test_the_sign_in_begins_with_a_token_that_names_the_provider() -> None:
    path, _, token = provider_address().partition("?provider=")
    assert path == f".{LOGIN}"
    assert decode_provider_token(token)["provider"] == PROVIDER


def test_a_cookie_that_the_server_signed_says_who_signed_in() -> None:
    cookie = sign_in_cookie(signed(claims()), HOUR)
    assert (cookie.claims["email"], cookie.expired, len(cookie.digest)) == ("ana@example.com", False, 64)


def test_two_sign_ins_are_two() -> None:
    cookies = [signed(claims(nonce=nonce)) for nonce in ("a", "b")]
    assert len({sign_in_cookie(cookie, HOUR).digest for cookie in cookies}) == 2


def test_a_cookie_counts_for_so_long(monkeypatch: pytest.MonkeyPatch) -> None:
    cookie = signed(claims())
    later = time.time() + HOUR + 5
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: later)
    assert sign_in_cookie(cookie, HOUR).expired
    assert not sign_in_cookie(cookie, 2 * HOUR).expired


@pytest.mark.parametrize(
    "cookies",
    [
        {},
        {COOKIE: ""},
        {COOKIE: "nonsense"},
        {COOKIE: "\u00e9\u20ac"},
        {COOKIE: json.dumps(claims())},
        {"other": "x"},
    ],
)
def test_what_the_server_did_not_sign_says_nothing(cookies: dict[str, str]) -> None:
    assert sign_in_cookie(cookies, HOUR) == SignInCookie()


@pytest.mark.parametrize(
    "content",
    [
        claims(origin="https://elsewhere.example"), claims(origin=None), claims(is_logged_in=False),
        claims(is_logged_in="yes"), {}, [], "text", None, 5,
    ],
)  # fmt: skip
def test_what_was_signed_for_something_else_says_nothing(content: object) -> None:
    assert sign_in_cookie(signed(content), HOUR) == SignInCookie()


def test_another_secret_or_another_cookie_s_signature_says_nothing() -> None:
    assert sign_in_cookie(signed(claims(), secret="d" * 40), HOUR) == SignInCookie()
    assert sign_in_cookie(signed(claims(), name="_streamlit_user_tokens"), HOUR) == SignInCookie()
    text = signed(claims())[COOKIE]
    assert sign_in_cookie({COOKIE: text[:-2] + ("aa" if text[-2:] != "aa" else "bb")}, HOUR) == SignInCookie()
