"""The address says what is looked at: the scope, and the choices of a page. Nothing else remembers it.

Streamlit's own binding of widgets to the address writes one history entry per widget and can lose values when the page
changes. Here the widgets are set from the address on every run, and a change of a widget writes the address anew, in
one entry, before the script runs: one click, one run.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from cs_dash.scope import RESERVED, Scope

CARRIED = "cs_dash.carried"
LAST = "cs_dash.last_page"
WRITTEN = "cs_dash.address_written"
LATE = 3.0
"""Seconds that a browser may take to learn of what was written into its address."""
Query = Mapping[str, list[str]]


@dataclass(frozen=True)
class Visited:
    """The page of a session's last run: Streamlit's name for it, and the path of its address."""

    id: str
    path: str


@dataclass(frozen=True)
class Written:
    """What was written into the address of a page, the queries that stood there before, and when that was."""

    page: str
    query: dict[str, list[str]]
    before: tuple[dict[str, list[str]], ...]
    at: float


def read() -> dict[str, list[str]]:
    """Return the query of the address, every value of every name.

    A click, or a clock's tick, that the browser sent before it learnt of what was written still tells the query of
    before: it is not what is meant, unless somebody went back to it.
    """
    told = {name: st.query_params.get_all(name) for name in st.query_params}
    written = _just_written()
    return dict(written.query) if written and told in written.before else told


def write(query: Query) -> None:
    """Replace the query of the address, in one entry of the browser's history, unless it is so already."""
    wanted, stands = {name: list(values) for name, values in query.items() if values}, read()
    if wanted == stands:
        return
    written, context = _just_written(), get_script_run_ctx()
    before = [each for each in (*(written.before if written else ()), stands) if each != wanted]
    page = context.page_script_hash if context else ""
    st.session_state[WRITTEN] = Written(page, wanted, tuple(before), time.monotonic())
    st.query_params.from_dict(wanted)


def _just_written() -> Written | None:
    """Return what was written into this page's address moments ago; None where somebody went back or forth since."""
    written: Written | None = st.session_state.get(WRITTEN)
    context = get_script_run_ctx()
    if written is None or context is None:
        return None
    if context.is_history_navigation:
        del st.session_state[WRITTEN]
        return None
    fresh = time.monotonic() - written.at < LATE and context.page_script_hash == written.page
    return written if fresh else None


def of_scope(query: Query) -> dict[str, list[str]]:
    """Return the part of a query that belongs to the scope and so goes along from page to page."""
    return {name: list(values) for name, values in query.items() if name in RESERVED or name.startswith("f.")}


def write_scope(scope: Scope) -> None:
    """Put `scope` into the address and leave the page's own choices as they are."""
    query = read()
    own = {name: values for name, values in query.items() if name not in of_scope(query)}
    write(scope.to_query() | own)


def write_choice(name: str, value: str) -> None:
    """Put the page's own choice into the address; "" takes it out."""
    write(read() | {name: [value] if value else []})


def carry() -> None:
    """Take the scope along when a link of the navigation was followed, which Streamlit follows without the query.

    Called before the navigation, so that the new page and its query are one entry in the browser's history.
    """
    query = read()
    if not query and followed_a_link():
        write(st.session_state.get(CARRIED, {}))
        query = read()
    st.session_state[CARRIED] = of_scope(query)


def followed_a_link() -> bool:
    """Return whether this run shows another page than the last one because a link of the navigation was clicked.

    The browser still stands at the old page's address then; after "back" it already stands at the new one's, whose
    query, even an empty one, is meant.
    """
    context = get_script_run_ctx()
    last: Visited | None = st.session_state.get(LAST)
    if context is None or last is None or context.page_script_hash == last.id or context.context_info is None:
        return False
    return location(context.context_info.url) == last.path


def location(url: str) -> str:
    """Return the path of a full address, without a slash at its end."""
    return urlsplit(url).path.rstrip("/")


def arrived() -> None:
    """Remember the page that is shown and where the browser stands, for the next run."""
    context = get_script_run_ctx()
    if context is not None:
        st.session_state[LAST] = Visited(context.page_script_hash, location(st.context.url or ""))
