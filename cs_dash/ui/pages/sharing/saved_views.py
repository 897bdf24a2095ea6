"""Saved views: the menu of them beside the scope, and the drawer that saves this one and removes own ones."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode

import streamlit as st

from cs_dash.decisions.saved_views import LONGEST_TITLE, SavedView, remove, save, views_for
from cs_dash.page_registry import Page
from cs_dash.sharing import Right
from cs_dash.ui.components import controls
from cs_dash.ui.components.drawer import drawer
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.html import message
from cs_dash.ui.components.scope_bar import ViewLinks
from cs_dash.ui.components.tables.choices import without_drawer
from cs_dash.ui.pages.sharing.share_drawer import share_address
from cs_dash.ui.state import address, keys
from cs_dash.ui.state.person import person
from cs_dash.ui.state.reader import may
from cs_dash.ui.state.workspace_folder import whole_workspace

SAVE, YES = "save", "yes"
"""What opens the drawer, in the address."""


def view_links(page: Page) -> ViewLinks:
    """Return what who reads can do with this view: share it, save it, open a saved one."""
    share = share_address(page)
    if not may(Right.VIEWS):
        return ViewLinks(share)
    saved = views_for(whole_workspace(), person())
    listed = tuple((view.title, address.href(view.page, parse_qs(view.query))) for view in saved)
    return ViewLinks(share, address.here(without_drawer(address.read()) | {SAVE: [YES]}), listed)


def save_drawer(page: Page) -> None:
    """Show the drawer where the address opens it."""
    if (address.read().get(SAVE) or [""])[-1] == YES and may(Right.VIEWS):
        below = f"{page.title} with its period, filters and choices"
        drawer("Save this view", below, draw=lambda: _draw(page), opened_by=(SAVE,))


def _draw(page: Page) -> None:
    if text := st.session_state.pop(keys.VIEWS_MESSAGE, None):
        message(text)
    with st.form("save_view", border=False):
        title = controls.text_input("Name", max_chars=LONGEST_TITLE, key="view_title", placeholder="Churn of SMB")
        shared = may(Right.SHARE) and controls.checkbox("Everybody sees it", key="view_shared")
        pressed = controls.form_submit_button("Save view", type="primary")
    if pressed:
        with guarded():
            view = save(whole_workspace(), SavedView(title or "", page.name, _query(), shared=bool(shared)))
            _done(f"“{view.title}” is saved; it stands under “Views”.")
    own = [view for view in views_for(whole_workspace(), person()) if view.owner == person()]
    if own:
        chosen = controls.selectbox(
            "Remove one of your views", own, index=None, format_func=lambda view: view.title, key="view_removed",
            placeholder="Choose a view",
        )  # fmt: skip
        if controls.button("Remove view", key="view_remove", disabled=chosen is None) and chosen:
            with guarded():
                remove(whole_workspace(), chosen.view_id)
                _done(f"“{chosen.title}” is removed.")


def _done(text: str) -> None:
    st.session_state[keys.VIEWS_MESSAGE] = text
    st.rerun()


def _query() -> str:
    """Return the query of this view, without what is only open for the moment."""
    kept = without_drawer(address.read(), SAVE)
    return urlencode({name: values for name, values in kept.items() if name != address.SHARED_LINK}, doseq=True)
