"""How readers are told apart on this server: by signing in, by a proxy in front, or not at all.

All of it comes from the environment, secrets also from files that it names; nothing of it is in the workspace.
"""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Iterable
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from streamlit import config

from cs_dash.errors import BadInput
from cs_dash.sharing.links import ADDRESS
from cs_dash.ui.server.client_address import TRUSTED_PROXIES, Network, networks
from cs_dash.ui.server.own_origin import KnownHosts

SIGN_IN, OIDC, PROXY = "CS_DASH_SIGN_IN", "oidc", "proxy"
OPEN = "CS_DASH_OPEN"
SESSION_HOURS = "CS_DASH_SESSION_HOURS"
PROXY_HEADER = "CS_DASH_PROXY_HEADER"
PROXY_SIGN_OUT = "CS_DASH_PROXY_SIGN_OUT"
CONTACT = "CS_DASH_CONTACT"
METADATA_URL, CLIENT_ID = "CS_DASH_OIDC_METADATA_URL", "CS_DASH_OIDC_CLIENT_ID"
CLIENT_SECRET, COOKIE_SECRET = "CS_DASH_OIDC_CLIENT_SECRET", "CS_DASH_COOKIE_SECRET"
FILE = "_FILE"
"""What the name of a secret ends with where the environment names the file that holds it."""
CALLBACK = "/oauth2callback"
USUAL_HOURS = 12.0
LEARN_MORE = "docs/hosting.md says how."


def way() -> str:
    """Return how people sign in: "oidc", "proxy", or "" for not at all. Raises BadInput for another word."""
    word = os.environ.get(SIGN_IN, "").strip().lower()
    if word not in ("", OIDC, PROXY):
        raise BadInput("Unknown sign-in", f"Could not use {SIGN_IN}={word}.", f"Set it to {OIDC} or {PROXY}.")
    return word


def is_open() -> bool:
    """Return whether everybody who reaches the server may do all, as whoever started it said."""
    return os.environ.get(OPEN, "").strip().lower() in ("1", "true", "yes", "on")


def is_local() -> bool:
    """Return whether the server answers this machine only: by its address, and by the names that it was given."""
    names = {name.partition(":")[0] for name in KnownHosts.configured().public}
    return _is_loopback(config.get_option("server.address") or "") and all(map(_is_loopback, names))


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def session_seconds() -> float:
    """Return how long a sign-in counts. Raises BadInput where the environment has no number above 0."""
    text = os.environ.get(SESSION_HOURS, "").strip()
    try:
        hours = float(text) if text else USUAL_HOURS
    except ValueError:
        hours = 0.0
    if not 0 < hours < 24 * 366:
        raise BadInput("Not a time", f"Could not use {SESSION_HOURS}={text}.", "Give a number of hours, such as 12.")
    return hours * 3600


def proxy_header() -> str:
    """Return the header by which a proxy says who is signed in, in small letters."""
    return (os.environ.get(PROXY_HEADER, "").strip() or "X-Forwarded-Email").lower()


def identifying_proxies() -> tuple[Network, ...]:
    """Return the networks of the proxies that may say who is signed in: those that are named, and no others."""
    return networks(os.environ.get(TRUSTED_PROXIES, "").split(","))


def sign_out_address() -> str:
    """Return where a reader signs out; "" where a proxy has no such address."""
    if way() == PROXY:
        return os.environ.get(PROXY_SIGN_OUT, "").strip()
    return "./auth/logout" if way() == OIDC else ""


def contact() -> str:
    """Return whom to ask for access, as whoever runs the server says; "" where nobody does."""
    return os.environ.get(CONTACT, "").strip()


def secret(name: str) -> str:
    """Return a secret from the environment or from the file that it names. Raises BadInput for one it cannot read."""
    if value := os.environ.get(name, "").strip():
        return value
    file = os.environ.get(name + FILE, "").strip()
    try:
        return Path(file).read_text(encoding="utf-8").strip() if file else ""
    except (OSError, ValueError) as error:
        raise BadInput(
            "Cannot read a secret", f"Could not read {name + FILE} because of {error}.", "Check the file."
        ) from error


@cache
def _random_cookie_secret() -> str:
    """Return what signs cookies where nobody chose it: other at each start, so everybody signs in again."""
    return secrets.token_hex(32)


def streamlit_secrets() -> dict[str, Any]:
    """Return what Streamlit's sign-in is configured with; empty without it. Raises BadInput for what is missing."""
    if way() != OIDC:
        return {}
    given = {name: os.environ.get(name, "").strip() for name in (METADATA_URL, CLIENT_ID, ADDRESS)}
    given[CLIENT_SECRET] = secret(CLIENT_SECRET)
    if missing := [name for name, value in given.items() if not value]:
        raise BadInput(
            "Sign-in is not configured",
            f"Could not start with {SIGN_IN}={OIDC} because {_listed(missing)} {'is' if len(missing) == 1 else 'are'}"
            " not set.",
            LEARN_MORE,
        )
    return {
        "auth": {
            "redirect_uri": given[ADDRESS].rstrip("/") + CALLBACK,
            "cookie_secret": secret(COOKIE_SECRET) or _random_cookie_secret(),
            "client_id": given[CLIENT_ID],
            "client_secret": given[CLIENT_SECRET],
            "server_metadata_url": given[METADATA_URL],
        }
    }


def check_start() -> None:
    """Raise BadInput where the server must not start: nobody would be asked who they are, or that is half set up."""
    session_seconds()
    streamlit_secrets()
    if way() and is_open():
        raise BadInput(
            "Open or signed in?",
            f"Could not start because {SIGN_IN} asks people to sign in and {OPEN} lets everybody in.",
            "Leave one of them out.",
        )
    if way() == PROXY and not identifying_proxies():
        raise BadInput(
            "Which proxy?",
            f"Could not start with {SIGN_IN}={PROXY} because {TRUSTED_PROXIES} names no proxy.",
            "Name the addresses from which the proxy connects, such as 10.0.0.5.",
        )
    if not (way() or is_open() or is_local()):
        raise BadInput(
            "Open to everybody",
            f"Could not start at {_public_address()} because everyone who reaches it could see and change everything.",
            f"Set up sign-in ({SIGN_IN}), or start with --open or {OPEN}=true to allow that: {LEARN_MORE}",
        )


def start_or_exit() -> None:
    """End the process with status 2 and a sentence where the server must not start."""
    try:
        check_start()
    except BadInput as refusal:
        print(f"{refusal.title}. {refusal.message} {refusal.hint}", file=sys.stderr, flush=True)  # noqa: T201
        os._exit(2)  # whoever imports the app may catch any exception


def _public_address() -> str:
    public = sorted(KnownHosts.configured().public)
    address = str(config.get_option("server.address") or "all addresses of this machine")
    return address if not _is_loopback(address) or not public else public[0]


def _listed(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
