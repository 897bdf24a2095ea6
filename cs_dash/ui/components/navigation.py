"""The pages as Streamlit takes them: in the navigation, and as targets of links."""

from __future__ import annotations

import streamlit as st

from cs_dash import page_registry as registry
from cs_dash.ui.components import controls
from cs_dash.ui.state.reader import reader

LABELLING, LABELLING_ICON = "Improve the classifier", ":material/label:"
"""Label and icon of every link to the labelling page."""


def page_at(name: str) -> st.Page:
    """Return the page called `name`, for one run: such an object carries the state of the session that uses it.

    The first page is at the root of the address. Raises KeyError where there is no such page.
    """
    return _streamlit_page(registry.by_name()[name])


def page_link(name: str, label: str, icon: str | None = None) -> None:
    """Show the link to a page where the reader may open it."""
    if reader().may_open(registry.by_name()[name]):
        controls.page_link(page_at(name), label=label, icon=icon)


def name_tab(title: str) -> None:
    """Call the browser's tab by what is on the page, where that says more than the page's own title."""
    st.set_page_config(page_title=registry.tab_title(title))


def navigation_pages() -> list[st.Page]:
    """Return all pages, as Streamlit's navigation takes them. It draws none: the rail is part of the first HTML."""
    return [_streamlit_page(page) for page in registry.pages()]


def _streamlit_page(page: registry.Page) -> st.Page:
    # Of the title Streamlit makes that of the browser's tab; links to pages have words of their own.
    return st.Page(page.file, title=registry.tab_title(page.title), url_path=page.name, default=page == registry.home())
