"""The drawer that shares a page by a link: what its readers see, how long, and the address that opens it."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlencode

import streamlit as st

from cs_dash import page_registry as registry
from cs_dash.decisions.links import DEFAULT_DAYS, LONGEST_NOTE, ShareLink
from cs_dash.look import words
from cs_dash.look.templates import Markup, render
from cs_dash.pipeline import Version
from cs_dash.scope import Scope
from cs_dash.sharing import Right
from cs_dash.sharing.links import NEVER_SHARED, address_of, create_link
from cs_dash.ui.components import controls
from cs_dash.ui.components.drawer import drawer
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.scope_bar import in_short, title
from cs_dash.ui.components.tables.choices import without_drawer
from cs_dash.ui.components.text import locale
from cs_dash.ui.state import address, keys
from cs_dash.ui.state.person import person_entry, set_person
from cs_dash.ui.state.reader import may, reader
from cs_dash.ui.state.workspace_folder import whole_workspace

SHARE, YES = "share", "yes"
"""What opens the drawer, in the address."""
LIVE, FROZEN = "live", "frozen"
LASTING = {7: "7 days", 30: "30 days", DEFAULT_DAYS: "90 days", 180: "6 months", 365: "1 year", 730: "2 years"}


def share_address(page: registry.Page) -> str:
    """Return the address that opens the drawer on a page; "" where the reader may not share it."""
    if not may(Right.SHARE) or page.name in NEVER_SHARED:
        return ""
    return address.here(without_drawer(address.read()) | {SHARE: [YES]})


def share_drawer(page: registry.Page, scope: Scope, version: Version) -> None:
    """Show the drawer where the address opens it; the link is made for this page, period and filters."""
    if (address.read().get(SHARE) or [""])[-1] != YES or not share_address(page):
        return
    made: tuple[str, ShareLink] | None = st.session_state.pop(keys.MADE_LINK, None)
    below = f"Only accounts with {_accounts(scope)}" if scope.filters else "All accounts"
    body = _made(*made) if made else None
    drawer(f"Share {page.title}", below, draw=lambda: _form(page, scope, version), body=body, opened_by=(SHARE,))


def _form(page: registry.Page, scope: Scope, version: Version) -> None:
    shareable = [each.name for each in registry.pages() if each.in_rail and each.name not in NEVER_SHARED]
    main = page.name if page.name in shareable else page.part_of or registry.home().name
    as_of = scope.resolved(version.newest_day).as_of
    figures = {
        LIVE: "Live: the figures of the newest load",
        FROZEN: f"Frozen: the figures of today (load {version.number}"
        + (f", {words.date(as_of, locale())})" if as_of else ")"),
    }
    with st.form("share_form", border=False):
        pages = controls.multiselect(
            "Pages", shareable, [main], format_func=lambda name: registry.by_name()[name].title, key="share_pages"
        )
        chosen = controls.radio("Figures", list(figures), format_func=figures.__getitem__, key="share_figures")
        allow_live = controls.checkbox("Readers of frozen figures may look at today’s", key="share_allow_live")
        hide_names = controls.checkbox("Hide customer names", key="share_hide_names")
        hide_money = controls.checkbox("Hide amounts: show them as an index", key="share_hide_money")
        days = controls.selectbox(
            "Expires after", list(LASTING), index=list(LASTING).index(DEFAULT_DAYS), format_func=LASTING.__getitem__,
            key="share_days",
        )  # fmt: skip
        text = controls.text_area("Note to the readers", max_chars=LONGEST_NOTE, key="share_note", height=80)
        name = person_entry("share_person")
        pressed = controls.form_submit_button("Create link", type="primary")
    if pressed:
        set_person(name)
        with guarded():
            link = ShareLink(
                pages=tuple(pages), filters=scope.filters, hide_names=hide_names, hide_money=hide_money,
                frozen=chosen == FROZEN, version=version.number if chosen == FROZEN else None,
                allow_live=allow_live and chosen == FROZEN, period=_view(), note=(text or "").strip(),
            )  # fmt: skip
            expires = dt.datetime.now(dt.UTC).replace(microsecond=0) + dt.timedelta(days=days)
            made = create_link(whole_workspace(), link, reader(), expires=expires)
            st.session_state[keys.MADE_LINK] = made
            st.rerun()


def _made(link_id: str, link: ShareLink) -> Markup:
    base = (st.context.url or "").split("?")[0].rpartition("/")[0]
    return render(
        "sharing/made.html",
        address=address_of(link_id, link, base),
        expires=words.date(link.expires.date(), locale()),
        links=address.link("links"),
    )


def _view() -> str:
    """Return the query of this view, without its filters, which the link holds by itself, and what is opened in it."""
    query = address.read()
    kept = {
        name: values
        for name, values in query.items()
        if not name.startswith(("f.", "drawer.")) and name not in (SHARE, address.SHARED_LINK)
    }
    return urlencode(kept, doseq=True)


def _accounts(scope: Scope) -> str:
    return "; ".join(f"{title(name)}: {in_short(values)}" for name, values in scope.filters)
