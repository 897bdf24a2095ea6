"""The address holds the scope and the choices of a page. Nothing else stores them.

Streamlit's own binding of widgets to the address writes one history entry per widget and can lose values when the page
changes. Here the widgets are set from the address on every run, and a change of a widget writes the address anew, in
one entry, before the script runs: one click, one run.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

import streamlit as st

from cs_dash.scope import RESERVED, Scope
from cs_dash.ui.server.script_run import script_run
from cs_dash.ui.state import keys

LATE = 3.0
"""Seconds that a browser may take to learn of what was written into its address."""
LONGEST = 300
"""Letters of a name or a value that a link carries on; nothing of ours is longer, and a page has many links."""
SHARED_LINK = "link"
"""The name of a shared link's id in the address: it goes along to every page, in every scope."""
LIVE = "live"
"""The name of what asks for today's figures by a frozen link that allows it."""
CARRIED = (*RESERVED, SHARED_LINK, LIVE)
"""The names of a query that links take along from page to page, beside the filters."""
Query = Mapping[str, list[str]]


@dataclass(frozen=True)
class VisitedPage:
    """The page of a session's last run: Streamlit's name for it, and the path of its address."""

    id: str
    path: str


@dataclass(frozen=True)
class WrittenQuery:
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
    query = {name: st.query_params.get_all(name) for name in st.query_params}
    written = _just_written()
    return dict(written.query) if written and query in written.before else query


def write(query: Query) -> None:
    """Replace the query of the address, in one entry of the browser's history, unless it is so already."""
    target, current = {name: list(values) for name, values in query.items() if values}, read()
    if target == current:
        return
    written, run = _just_written(), script_run()
    before = [earlier for earlier in (*(written.before if written else ()), current) if earlier != target]
    page = run.page_id if run else ""
    st.session_state[keys.WRITTEN_ADDRESS] = WrittenQuery(page, target, tuple(before), time.monotonic())
    st.query_params.from_dict(target)


def _just_written() -> WrittenQuery | None:
    """Return the last query written into this page's address; None if it is old or somebody went back or forth."""
    written: WrittenQuery | None = st.session_state.get(keys.WRITTEN_ADDRESS)
    run = script_run()
    if written is None or run is None:
        return None
    if run.from_history:
        del st.session_state[keys.WRITTEN_ADDRESS]
        return None
    fresh = time.monotonic() - written.at < LATE and run.page_id == written.page
    return written if fresh else None


def of_scope(query: Query) -> dict[str, list[str]]:
    """Return the part of a query that goes along from page to page: the scope, and the link by which it is read."""
    return {name: list(values) for name, values in query.items() if name in CARRIED or name.startswith("f.")}


def link(page: str, **choices: str | Sequence[str]) -> str:
    """Return the href of a page in the scope of this address, with these choices of the page's own; "" leaves one out.

    A click on it is one run over the open connection, opened in a new tab it is the same view.
    """
    return href(page, of_scope(read()) | _choices(choices))


def link_here(page: str, **changes: str | Sequence[str]) -> str:
    """Return the href of this view, of the page named, with some of its choices changed; "" takes one out."""
    return href(page, read() | _choices(changes))


def here(query: Query) -> str:
    """Return the href of the page that is open, whichever it is, with this query."""
    return href("", query).removeprefix("./") or "?"


def scope_link(scope: Scope) -> str:
    """Return the href of this page in another scope, with the page's own choices as they are."""
    return here(scope.to_query() | own_choices(read()))


def _choices(choices: Mapping[str, str | Sequence[str]]) -> dict[str, list[str]]:
    return {name: [value] if isinstance(value, str) else list(value) for name, value in choices.items()}


def href(page: str, query: Query) -> str:
    """Return the href of a page with this query; what is empty in it is left out."""
    filled = {
        name: [value for value in values if value and len(value) <= LONGEST]
        for name, values in query.items()
        if len(name) <= LONGEST
    }
    text = urlencode({name: values for name, values in filled.items() if values}, doseq=True)
    return f"./{page}?{text}" if text else f"./{page}"


def write_scope(scope: Scope) -> None:
    """Put `scope` into the address and leave the page's own choices as they are."""
    query = read()
    write(scope.to_query() | own_choices(query))


def own_choices(query: Query) -> dict[str, list[str]]:
    """Return the part of a query that a change of the scope leaves as it is."""
    return {name: list(values) for name, values in query.items() if not (name in RESERVED or name.startswith("f."))}


def write_choice(name: str, value: str) -> None:
    """Put the page's own choice into the address; "" takes it out."""
    write(read() | {name: [value] if value else []})


def carry_scope() -> None:
    """Take the scope along when a link of the navigation was followed, which Streamlit follows without the query.

    Called before the navigation, so that the new page and its query are one entry in the browser's history.
    """
    query = read()
    if not query and followed_a_link():
        write(st.session_state.get(keys.CARRIED_SCOPE, {}))
        query = read()
    st.session_state[keys.CARRIED_SCOPE] = of_scope(query)


def followed_a_link() -> bool:
    """Return whether this run shows another page than the last one because a link of the navigation was clicked.

    The browser still stands at the old page's address then; after "back" it already stands at the new one's, whose
    query, even an empty one, is meant.
    """
    run = script_run()
    last: VisitedPage | None = st.session_state.get(keys.LAST_PAGE)
    if run is None or last is None or run.page_id == last.id or run.browser_url is None:
        return False
    return location(run.browser_url) == last.path


def location(url: str) -> str:
    """Return the path of a full address, without a slash at its end."""
    return urlsplit(url).path.rstrip("/")


def remember_page() -> None:
    """Remember the page of this run and the browser's address, for the next run."""
    run = script_run()
    if run is not None:
        st.session_state[keys.LAST_PAGE] = VisitedPage(run.page_id, location(st.context.url or ""))
