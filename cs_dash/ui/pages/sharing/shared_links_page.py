"""The list of shared links: what each shows, how long and how often it was opened; revoking one."""

from __future__ import annotations

import streamlit as st

from cs_dash import page_registry as registry
from cs_dash.decisions.links import ShareLink, links
from cs_dash.look import words
from cs_dash.look.templates import render
from cs_dash.sharing.links import revoke_link
from cs_dash.ui.components import controls
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.html import html, message, note, one_place
from cs_dash.ui.components.scope_bar import title
from cs_dash.ui.components.show.answers import head
from cs_dash.ui.components.text import locale
from cs_dash.ui.pages.data.versions import by_whom, moment
from cs_dash.ui.state import address, keys
from cs_dash.ui.state.workspace_folder import whole_workspace

REVOKE = "revoke"
"""The link that is about to be revoked, in the address."""
EMPTY = "No link was made yet. “Share” stands beside the filters of every page."


def shared_links_page(page_title: str) -> None:
    """Show the page: the links that open something first, newest first."""
    with guarded():
        newest_first = links(whole_workspace())[::-1]
        listed = sorted(newest_first, key=lambda link: not link.is_open)
        open_links = [link for link in listed if link.is_open]
        head(page_title, _headline(open_links))
        with one_place():
            if text := st.session_state.pop(keys.LINKS_MESSAGE, None):
                message(text)
        if not listed:
            note(EMPTY)
            return
        _confirmation(open_links)
        html(render("sharing/links.html", links=[_line(link) for link in listed]))


def _headline(open_links: list[ShareLink]) -> str:
    if not open_links:
        return "No link opens anything now."
    openings = sum(link.openings for link in open_links)
    verb = "opens" if len(open_links) == 1 else "open"
    count = words.plural(len(open_links), "link", locale=locale())
    return f"**{count}** {verb} pages of this company; opened {words.plural(openings, 'time', locale=locale())} so far."


def _confirmation(open_links: list[ShareLink]) -> None:
    handle = (address.read().get(REVOKE) or [""])[-1]
    link = next((each for each in open_links if each.handle == handle), None)
    if link is None:
        return
    with st.container(border=True, key="revoke_link"):
        message(
            f"Revoke the link to {_pages(link)}?", "Whoever has it sees nothing any more; what they saved stays theirs."
        )
        with st.container(horizontal=True):
            confirmed = controls.button("Revoke link", type="primary", key="revoke_confirmed")
            controls.button("Cancel", type="tertiary", key="revoke_cancelled", on_click=_close)
    if confirmed:
        revoke_link(whole_workspace(), link.handle)
        st.session_state[keys.LINKS_MESSAGE] = "The link is revoked."
        _close()
        st.rerun()


def _close() -> None:
    address.write_choice(REVOKE, "")


def _line(link: ShareLink) -> dict[str, object]:
    return {
        "pages": _pages(link),
        "limits": _limits(link),
        "made": f"{moment(link.made_at)}{by_whom(link.made_by)}",
        "note": link.note,
        "state": _state(link),
        "openings": words.plural(link.openings, "opening", locale=locale()),
        "last": moment(link.opened_at) if link.opened_at else "",
        "open": link.is_open,
        "revoke": address.link_here("links", revoke=link.handle),
    }


def _pages(link: ShareLink) -> str:
    names = [registry.by_name()[name].title for name in link.pages if name in registry.by_name()]
    return ", ".join(names)


def _limits(link: ShareLink) -> str:
    parts = [f"{title(name)}: {', '.join(values)}" for name, values in link.filters]
    parts += ["without customer names"] if link.hide_names else []
    parts += ["without amounts"] if link.hide_money else []
    parts += [f"frozen at load {link.version}" if link.frozen else "live"]
    return "; ".join(parts)


def _state(link: ShareLink) -> str:
    if link.revoked_at is not None:
        return f"revoked {moment(link.revoked_at)}{by_whom(link.revoked_by)}"
    expires = words.date(link.expires.date(), locale())
    return f"expired {expires}" if link.has_expired() else f"until {expires}"
