"""Start policy and settings of the sign-in: what is half set up, or open without saying so, does not start."""

from __future__ import annotations

from pathlib import Path

import pytest

from cs_dash.errors import BadInput
from cs_dash.ui.server import sign_in_settings

OIDC = {
    "CS_DASH_SIGN_IN": "oidc", "CS_DASH_OIDC_METADATA_URL": "https://id.example.com/.well-known/openid-configuration",
    "CS_DASH_OIDC_CLIENT_ID": "cs", "CS_DASH_OIDC_CLIENT_SECRET": "s", "CS_DASH_ADDRESS": "https://dash.example.com/",
}  # fmt: skip
PROXY = {"CS_DASH_SIGN_IN": "proxy", "CS_DASH_TRUSTED_PROXIES": "10.0.0.5"}


def start(monkeypatch: pytest.MonkeyPatch, address: str | None, **environment: str) -> None:
    for name in ("SIGN_IN", "OPEN", "ALLOWED_HOSTS", "TRUSTED_PROXIES", "SESSION_HOURS", "ADDRESS"):
        monkeypatch.delenv(f"CS_DASH_{name}", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    options: dict[str, object] = {
        "server.address": address,
        "server.allowedHosts": [],
        "browser.serverAddress": "localhost",
    }
    monkeypatch.setattr("streamlit.config.get_option", options.__getitem__)
    sign_in_settings.check_start()


@pytest.mark.parametrize("address", ["localhost", "127.0.0.1", "127.3.2.1", "::1"])
def test_at_this_machine_s_own_address_it_starts(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    start(monkeypatch, address)
    start(monkeypatch, address, CS_DASH_ALLOWED_HOSTS="localhost:8501, 127.0.0.1")


@pytest.mark.parametrize(
    ("address", "environment"),
    [
        ("0.0.0.0", {}), ("::", {}), (None, {}), ("", {}), ("192.168.1.7", {}), ("dash.internal", {}),
        ("0.0.0.0", {"CS_DASH_OPEN": "false"}), ("0.0.0.0", {"CS_DASH_OPEN": ""}),
        ("127.0.0.1", {"CS_DASH_ALLOWED_HOSTS": "dash.example.com"}),
        ("localhost.example.com", {}),
    ],
)  # fmt: skip
def test_where_others_reach_it_it_does_not_start_without_saying_so(
    address: str | None, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(BadInput, match="everyone who reaches it could see and change everything"):
        start(monkeypatch, address, **environment)
    start(monkeypatch, address, **environment | {"CS_DASH_OPEN": "true"})


@pytest.mark.parametrize("address", ["0.0.0.0", "127.0.0.1"])
@pytest.mark.parametrize("environment", [OIDC, PROXY])
def test_with_sign_in_it_starts_anywhere(
    address: str, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    start(monkeypatch, address, **environment)


@pytest.mark.parametrize(
    ("environment", "why"),
    [
        (OIDC | {"CS_DASH_OPEN": "true"}, "asks people to sign in and CS_DASH_OPEN lets everybody in"),
        (OIDC | {"CS_DASH_OIDC_CLIENT_ID": ""}, "CS_DASH_OIDC_CLIENT_ID is not set"),
        ({"CS_DASH_SIGN_IN": "oidc"}, "CS_DASH_ADDRESS and CS_DASH_OIDC_CLIENT_SECRET are not set"),
        (OIDC | {"CS_DASH_OIDC_CLIENT_SECRET": "", "CS_DASH_OIDC_CLIENT_SECRET_FILE": "/nowhere/x"}, "Could not read"),
        ({"CS_DASH_SIGN_IN": "proxy"}, "names no proxy"),
        (PROXY | {"CS_DASH_TRUSTED_PROXIES": "proxy"}, "Could not use proxy as the address"),
        ({"CS_DASH_SIGN_IN": "ldap"}, "CS_DASH_SIGN_IN=ldap"),
        (PROXY | {"CS_DASH_SESSION_HOURS": "soon"}, "CS_DASH_SESSION_HOURS=soon"),
        (PROXY | {"CS_DASH_SESSION_HOURS": "0"}, "CS_DASH_SESSION_HOURS=0"),
        (PROXY | {"CS_DASH_SESSION_HOURS": "nan"}, "CS_DASH_SESSION_HOURS=nan"),
    ],
)
def test_what_is_half_set_up_does_not_start(
    environment: dict[str, str], why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(BadInput, match=why):
        start(monkeypatch, "127.0.0.1", **environment)


def test_a_secret_may_come_from_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret").write_text("from a file\n")
    given = OIDC | {"CS_DASH_OIDC_CLIENT_SECRET": "", "CS_DASH_OIDC_CLIENT_SECRET_FILE": str(tmp_path / "secret")}
    start(monkeypatch, "0.0.0.0", **given)
    auth = sign_in_settings.streamlit_secrets()["auth"]
    assert (auth["client_secret"], auth["redirect_uri"]) == ("from a file", "https://dash.example.com/oauth2callback")
    assert len(auth["cookie_secret"]) == 64
    monkeypatch.setenv("CS_DASH_COOKIE_SECRET", "chosen")
    assert sign_in_settings.streamlit_secrets()["auth"]["cookie_secret"] == "chosen"


def test_a_session_counts_for_twelve_hours_unless_somebody_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    start(monkeypatch, "localhost")
    assert sign_in_settings.session_seconds() == 12 * 3600
    monkeypatch.setenv("CS_DASH_SESSION_HOURS", "0.5")
    assert sign_in_settings.session_seconds() == 1800
