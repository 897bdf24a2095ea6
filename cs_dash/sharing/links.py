"""Share links as readers: who makes one, what it may show at most, and who reads by it."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

from cs_dash import pipeline
from cs_dash.decisions import links as recorded
from cs_dash.decisions.links import ShareLink
from cs_dash.errors import BadInput, NoData, NotAllowed, UnknownOption, nearest
from cs_dash.metrics import open_warehouse
from cs_dash.page_registry import by_name, home
from cs_dash.scope import Scope, check_filters
from cs_dash.sharing import copies
from cs_dash.sharing.content import ACCOUNT
from cs_dash.sharing.people import known_person
from cs_dash.sharing.readers import LOCAL, Limits, Reader
from cs_dash.store.version import Version
from cs_dash.store.workspace import Workspace

ADDRESS = "CS_DASH_ADDRESS"
"""The environment variable with the address under which people reach the app."""
USUAL_ADDRESS = "http://localhost:8501"
DEFINITIONS = "definitions"
NEVER_SHARED = frozenset({"settings", "upload", "loads", "audit", "classifier", "people", "links", "audit-trail"})
"""Pages that change things or show files: a link never opens them."""

Filters = tuple[tuple[str, tuple[str, ...]], ...]
_ACCOUNTS = "select account_id from accounts order by account_id"


def checked_pages(pages: Iterable[str], maker: Reader = LOCAL) -> tuple[str, ...]:
    """Return names of pages that a link may open. Raises UnknownOption for an unknown one, NotAllowed for another."""
    shareable = [name for name in by_name() if name not in NEVER_SHARED]
    names = tuple(dict.fromkeys(name.strip().removeprefix("/") or home().name for name in pages))
    for name in names:
        if name not in shareable:
            raise UnknownOption(
                "No such page", f"Could not share the page {name} because no link opens it.", nearest(name, shareable)
            )
        if maker.pages is not None and name not in maker.pages:
            raise NotAllowed(
                "Not allowed", f"Could not share the page {name} because you may not open it.", "Choose another page."
            )
    return names


def within(maker: Limits, limits: Limits) -> Limits:
    """Return limits that are at least as narrow as those of who makes a link.

    Raises NotAllowed where nothing would be left that the maker may see.
    """
    filters = dict(limits.filters)
    for name, values in maker.filters:
        left = tuple(value for value in filters.get(name, values) if value in values)
        if not left:
            raise NotAllowed(
                "Not allowed",
                f"Could not share {name} = {', '.join(filters[name])} because you may not see these accounts.",
                f"Choose from {', '.join(values)}.",
            )
        filters[name] = left
    return Limits(
        tuple(sorted(filters.items())), limits.hide_names or maker.hide_names, limits.hide_money or maker.hide_money
    )


def check_link_filters(workspace: Workspace, version: Version, filters: Filters) -> None:
    """Raise UnknownOption where filters name a dimension, a value or, as `account_id`, an account that is not there."""
    warehouse = open_warehouse(workspace.file_of(version))
    try:
        dimensions = {**warehouse.dimensions(), ACCOUNT: warehouse.query(_ACCOUNTS)["account_id"].to_pylist()}
    finally:
        warehouse.close()
    check_filters(Scope(filters=filters), dimensions)


def create_link(
    workspace: Workspace, link: ShareLink, maker: Reader = LOCAL, *, expires: dt.datetime | None = None
) -> tuple[str, ShareLink]:
    """Record a link that shows at most what its maker sees, and return its id, which is told nowhere else, and it.

    `workspace`: the workspace itself, also where the maker reads a copy of it. Raises what `decisions.links.create`
    raises, and NotAllowed for what the maker may not see.
    """
    limits = within(maker.limits, Limits(link.filters, link.hide_names, link.hide_money))
    narrow = replace(
        link,
        pages=checked_pages(link.pages, maker),
        filters=limits.filters,
        hide_names=limits.hide_names,
        hide_money=limits.hide_money,
    )
    version = workspace.current()
    if version is None:
        raise NoData("Nothing is loaded", "Could not share because nothing is loaded.", "Load files first.")
    if narrow.frozen:
        pipeline.derive_for_reading(workspace, version)  # else categories or topics would be missing for good
    link_id, made = recorded.create(
        workspace, replace(narrow, version=version.number if narrow.frozen else None), expires=expires
    )
    if made.frozen:
        try:
            copies.freeze(workspace, reader_of(made))
        except BaseException:
            revoke_link(workspace, link_id)
            raise
    copies.clean_up(workspace)
    return link_id, made


def revoke_link(workspace: Workspace, name: str) -> ShareLink:
    """Revoke a link, given by its id or its handle, remove its copies, and return it.

    Raises what `decisions.links.revoke` raises.
    """
    link = recorded.revoke(workspace, name)
    copies.clean_up(workspace)
    return link


def opened_pages(pages: Iterable[str]) -> frozenset[str]:
    """Return what a link to these pages opens: them, the pages that are parts of them, and what figures mean."""
    named = frozenset(pages)
    parts = {page.name for page in by_name().values() if page.part_of in named}
    return (named | parts | {DEFINITIONS}) - NEVER_SHARED


def reader_of(link: ShareLink, *, live: bool = False) -> Reader:
    """Return who reads by a link; `live`: with today's figures. Raises NotAllowed where a link does not allow it."""
    if live and link.frozen and not link.allow_live:
        why = "Could not show today's figures because this link shows those of one day."
        raise NotAllowed("Not allowed", why, "Ask whoever shared it.")
    return Reader(
        "link",
        id=link.digest,
        name=f"link {link.handle}",
        limits=Limits(link.filters, link.hide_names, link.hide_money),
        pages=opened_pages(link.pages),
        frozen=link.frozen and not live,
    )


def reader_of_link(workspace: Workspace, link_id: str, *, count: bool = True, live: bool = False) -> Reader:
    """Return who reads by the link of an id, and count that it was opened; `live`: see `reader_of`.

    Raises NotAllowed for an unknown, a revoked and an expired one; of the first two it says the same.
    """
    return reader_of(recorded.open_link(workspace, link_id, count=count), live=live)


def reader_named(workspace: Workspace, name: str) -> Reader:
    """Return the reader that "link:ID" or "person:EMAIL" names. Raises NotAllowed, and BadInput for another text."""
    kind, _, value = name.partition(":")
    if kind == "link" and value:
        return reader_of_link(workspace, value)
    if kind == "person" and value:
        return known_person(workspace, value)
    raise BadInput("No such reader", f"Could not read as {name}.", "Write link:ID or person:EMAIL.")


def questions_for(reader: Reader) -> frozenset[str] | None:
    """Return which questions a reader may ask: those of the reader's pages; None: all."""
    if reader.pages is None:
        return None
    pages = [by_name()[name] for name in reader.pages if name in by_name()]
    return frozenset(question for page in pages for question in (*page.questions, *page.more_questions))


def require_question(reader: Reader, question: str) -> None:
    """Raise NotAllowed unless a reader may ask a question."""
    allowed = questions_for(reader)
    if allowed is not None and question not in allowed:
        raise NotAllowed(
            "Not allowed",
            f"Could not ask {question} because it is not on a page that this reader may open.",
            nearest(question, allowed),
        )


def address_of(link_id: str, link: ShareLink, base: str = "") -> str:
    """Return the address that opens a link: its first page, with its period.

    `base`: the app's address; else what the environment says, else this machine's.
    """
    base = (base or os.environ.get(ADDRESS) or USUAL_ADDRESS).rstrip("/")
    page = "" if link.pages[0] == home().name else link.pages[0]
    return f"{base}/{page}?{urlencode([('link', link_id), *parse_qsl(link.period)])}"
