"""What nobody sees: a page that says how to come in, and nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

from cs_dash import page_registry as registry
from cs_dash.look.templates import Markup, render
from cs_dash.ui.server import sign_in_settings
from cs_dash.ui.server.sign_in_settings import OIDC, PROXY
from cs_dash.ui.server.style import css
from cs_dash.ui.state.reader import SignedIn

SIGN_IN = "/sign-in"
WAY_BACK = "cs_dash_to"
"""The cookie with the page that somebody wanted to open before they signed in."""
_PAGE = re.compile(r"([A-Za-z0-9][A-Za-z0-9-]*)?(\?[^\s\x00-\x1f\x7f\\]*)?")
LONGEST_WAY_BACK = 2000


@dataclass(frozen=True)
class Invitation:
    """What the page says.

    Attributes:
        title: in a few words.
        message: what to do, or whom to ask.
        sign_in: where signing in begins; "" where it would not help.
        sign_out: where another account can be chosen; "" without one.
    """

    title: str
    message: str
    sign_in: str = ""
    sign_out: str = ""


def invitation(visitor: SignedIn, wanted: str = "") -> Invitation:
    """Return what is said to somebody who may see nothing; `wanted`: the page to open after signing in, with query."""
    way = sign_in_settings.way()
    contact = sign_in_settings.contact() or "an admin of this app"
    if visitor.email and not visitor.expired:
        return Invitation(
            "You have no access yet",
            f"You are signed in as {visitor.email}, but this address is not among those who may use this app. Ask "
            f"{contact} to add it.",
            sign_out=sign_in_settings.sign_out_address(),
        )
    if way == OIDC:
        address = f".{SIGN_IN}?to={quote(wanted, safe='')}" if way_back(wanted) else f".{SIGN_IN}"
        if visitor.expired:
            return Invitation("Your session has ended", "Sign in again to go on where you were.", address)
        return Invitation("Sign in", "Sign in to see the health, retention and tickets of your customers.", address)
    if way == PROXY:
        return Invitation(
            "Not signed in",
            f"Open this app by the address at which your company asks you to sign in, or ask {contact}.",
        )
    return Invitation(
        "This app answers its own machine only",
        f"It was started for one person at one machine. Ask {contact} to set up sign-in, or to start it with --open.",
    )


def sign_in_page(shown: Invitation) -> str:
    """Return the page as HTML, which needs neither Streamlit nor a script."""
    return render("server/sign_in.html", tab=registry.tab_title(shown.title), css=css(), content=content(shown))


def content(shown: Invitation) -> Markup:
    """Return what the page says, as part of a page."""
    return render("server/sign_in_content.html", name=registry.PRODUCT, **vars(shown))


def way_back(wanted: str) -> str:
    """Return the address of a page of the app, seen from the server's own; "" for anything else."""
    text = unquote(wanted) if "%2F" in wanted.upper()[:3] else wanted
    text = text.removeprefix("/")
    if not text or len(text) > LONGEST_WAY_BACK or not _PAGE.fullmatch(text):
        return ""
    return f"./{text}"
