"""Who comes by a shared link: counted once a session, and told why where the link, or a page, does not open."""

from __future__ import annotations

import streamlit as st

from cs_dash import page_registry as registry
from cs_dash.decisions.links import open_link
from cs_dash.errors import NotAllowed
from cs_dash.look.templates import render
from cs_dash.page_registry import Page
from cs_dash.sharing import Reader
from cs_dash.sharing.audit_trail import log_access
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.html import html
from cs_dash.ui.server.media_sessions import content_of, sessions_with
from cs_dash.ui.server.rate_limit import SENTENCE, Allowance, RateLimit
from cs_dash.ui.server.script_run import script_run
from cs_dash.ui.server.sign_in_page import Invitation, content
from cs_dash.ui.state import address, keys
from cs_dash.ui.state.reader import Query, current_visit, link_in, made_by_open_link, opens
from cs_dash.ui.state.workspace_folder import whole_workspace

SHUT_LINKS = RateLimit({"link": Allowance(burst=20, per_minute=20)})
"""How often one address may try links that open nothing."""


_sessions: dict[str, Query] = {}
"""The address by which each session reads that reads by a link."""
MOST_SESSIONS = 5_000


def shows_by_link(path: str) -> bool:
    """Return whether the file of an address is on a page, or made of one, that is read by a link that is open now."""
    if any(opens(_sessions[session]) for session in sessions_with(path) if session in _sessions):
        return True
    content = content_of(path)
    return content is not None and made_by_open_link(content)


def come_by_link() -> None:
    """Count that a link was opened, once in a session. Raises NotAllowed where it opens nothing."""
    query, run = current_visit().query, script_run()
    link_id = link_in(query)
    if run and link_id:
        _sessions.pop(run.session_id, None)
        _sessions[run.session_id] = query
        while len(_sessions) > MOST_SESSIONS:
            _sessions.pop(next(iter(_sessions)))
    elif run:
        _sessions.pop(run.session_id, None)
    if not link_id or st.session_state.get(keys.OPENED_LINK) == link_id:
        return
    link = open_link(whole_workspace(), link_id)
    st.session_state[keys.OPENED_LINK] = link_id
    log_access(whole_workspace(), f"link {link.handle}", "opened a link", ", ".join(link.pages))


def refuse_link(shut: NotAllowed) -> None:
    """Say why a link opens nothing; who tries many is told to wait."""
    if not SHUT_LINKS.allow("link", st.context.ip_address or ""):
        html(content(Invitation("Please wait", SENTENCE)))
        return
    html(content(shut_link(shut)))


def shut_link(shut: NotAllowed) -> Invitation:
    """Return what is said of a link that opens nothing."""
    return Invitation(shut.title, f"{shut.message} {shut.hint}")


def not_open(page: Page, who: Reader) -> None:
    """Say why a page is not shown; who reads by a link is led to the pages that it opens."""
    if who.kind == "link":
        pages = [each for each in registry.pages() if each.in_rail and who.may_open(each)]
        links = [{"title": each.title, "href": address.link(each.name)} for each in pages]
        html(render("sharing/not_open.html", title=page.title, links=links))
        return
    with guarded():
        raise NotAllowed(
            "Not open to you",
            f"Could not open {page.title} because your role does not include it.",
            "Ask an admin for another role.",
        )
