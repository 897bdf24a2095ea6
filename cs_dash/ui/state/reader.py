"""Who reads: in the run of a page, and in a request to one of the server's own routes.

A shared link in the address comes first, then who is signed in; at this machine, or on a server that was started open,
everybody may do all; anybody else is nobody.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass

import streamlit as st
from starlette.requests import HTTPConnection

from cs_dash.decisions.links import ShareLink, by_id, links
from cs_dash.errors import NotAllowed
from cs_dash.pipeline import Workspace
from cs_dash.sharing import LOCAL, NOBODY, Reader, Right
from cs_dash.sharing.audit_trail import log_access
from cs_dash.sharing.links import reader_of_link
from cs_dash.sharing.people import end_sign_in, has_ended, reader_of_person
from cs_dash.ui.server import sign_in_settings
from cs_dash.ui.server.client_address import FORWARDING
from cs_dash.ui.server.script_run import script_run
from cs_dash.ui.server.sign_in_settings import OIDC, PROXY
from cs_dash.ui.server.streamlit_sign_in import sign_in_cookie
from cs_dash.ui.state import address, keys
from cs_dash.ui.state.workspace_folder import whole_workspace

FRESH = 1.0
"""Seconds for which a page may show what a role allowed a moment ago; nothing is written by such an answer."""
Query = Mapping[str, list[str]]


@dataclass(frozen=True)
class Visit:
    """What a browser sends with a request, or sent when it opened the connection of a page.

    Attributes:
        query: the query of the address.
        headers: by name in small letters; those by which a proxy names people only if it may.
        cookies: by name.
    """

    query: Query
    headers: Mapping[str, str]
    cookies: Mapping[str, str]

    @classmethod
    def of(cls, connection: HTTPConnection) -> Visit:
        """Return what came with a request."""
        query = {name: connection.query_params.getlist(name) for name in connection.query_params}
        return cls(query, {name.lower(): value for name, value in connection.headers.items()}, connection.cookies)


@dataclass(frozen=True)
class SignedIn:
    """Who signed in.

    Attributes:
        email: the address; "" where nobody is signed in.
        expired: whether that was longer ago than a sign-in counts.
        key: tells this sign-in from every other one; "" where a proxy says who it is.
    """

    email: str = ""
    expired: bool = False
    key: str = ""


class _SignIns:
    """Sign-ins by their key, each for as long as it counts."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}
        self._lock = threading.Lock()

    def add(self, key: str, seconds: float) -> None:
        now = time.time()
        with self._lock:
            self._until = {old: until for old, until in self._until.items() if until > now}
            self._until[key] = now + seconds

    def __contains__(self, key: str) -> bool:
        return self._until.get(key, 0.0) > time.time()


_signed_out = _SignIns()
"""Those that ended here before their time, should the workspace not be writable: others may keep their cookies."""
_recorded = _SignIns()
"""Those that are in the audit trail."""
_files_by_link: dict[bytes, Query] = {}
"""The digest of a file that was made for who reads by a link, and the query of their address."""
MOST_FILES = 5_000
Asked = tuple[float, tuple[str | None, str | None], Reader]
_of_run: ContextVar[Asked] = ContextVar("reader of this run", default=(-FRESH, (None, None), NOBODY))
"""When it was asked last who reads, the link in the address then, and who it was."""
_readers: dict[tuple[str, str], tuple[float, Reader]] = {}


def link_in(query: Query) -> str:
    """Return the id of the shared link in an address; "" where there is none."""
    return (query.get(address.SHARED_LINK) or [""])[-1]


def wants_live(query: Query) -> bool:
    """Return whether an address asks for today's figures by a frozen link."""
    return (query.get(address.LIVE) or [""])[-1] == "yes"


def link_reader(query: Query, *, fresh: bool = True) -> Reader | None:
    """Return who reads by the shared link in an address; None where there is none. Raises NotAllowed where it is shut.

    An address with a link is read by the link, whoever is signed in: it is what others see of it.
    """
    link_id, live = link_in(query), wants_live(query)
    if not link_id:
        return None
    return _remembered(
        f"{link_id} {live}", fresh, lambda workspace: reader_of_link(workspace, link_id, count=False, live=live)
    )


def current_link() -> ShareLink | None:
    """Return the link by which this run's page is read; None where it is read otherwise."""
    link_id = link_in(current_visit().query) if script_run() else ""
    return by_id(whole_workspace(), link_id) if link_id else None


def may_come_by_link() -> bool:
    """Return whether a connection of a page may be opened by somebody who is not signed in: by a link, told later."""
    return any(link.is_open for link in links(whole_workspace()))


def signed_in(visit: Visit) -> SignedIn:
    """Return who is signed in, by the cookie that this server signed or by the header of the proxy in front."""
    way = sign_in_settings.way()
    if way == PROXY:
        return SignedIn(visit.headers.get(sign_in_settings.proxy_header(), "").strip().lower())
    if way != OIDC:
        return SignedIn()
    cookie = sign_in_cookie(visit.cookies, sign_in_settings.session_seconds())
    email = cookie.claims.get("email")
    # A provider that lets people write any address says of it that nobody has verified it.
    verified = cookie.claims.get("email_verified", True) in (True, "true")
    if not cookie.digest or not isinstance(email, str) or not verified:
        return SignedIn()
    if cookie.digest in _signed_out or has_ended(whole_workspace(), cookie.digest):
        return SignedIn()
    return SignedIn(email.strip().lower(), cookie.expired, cookie.digest)


def sign_out(visit: Visit) -> None:
    """End a sign-in here and now, in every tab, also for who has a copy of its cookie."""
    visitor = signed_in(visit)
    if visitor.key:
        _signed_out.add(visitor.key, sign_in_settings.session_seconds())
        end_sign_in(whole_workspace(), visitor.key, sign_in_settings.session_seconds())
        log_access(whole_workspace(), visitor.email, "signed out")


def record_sign_in(visit: Visit) -> None:
    """Put into the audit trail that somebody signed in, once, also if they have no access."""
    visitor = signed_in(visit)
    key = visitor.key or visitor.email
    if not visitor.email or visitor.expired or key in _recorded:
        return
    _recorded.add(key, sign_in_settings.session_seconds())
    reader = _person(visitor.email, fresh=True)
    log_access(whole_workspace(), visitor.email, "signed in" if reader.kind == "person" else "had no access")


def reader_of_visit(visit: Visit, *, fresh: bool = True) -> Reader:
    """Return who reads; `fresh`: by the roles of this moment, not by those of a second ago."""
    if by_link := link_reader(visit.query, fresh=fresh):
        return by_link
    if sign_in_settings.way():
        visitor = signed_in(visit)
        return NOBODY if visitor.expired or not visitor.email else _person(visitor.email, fresh)
    if sign_in_settings.is_open():
        return LOCAL
    # A proxy on this machine may bring visitors from elsewhere.
    return LOCAL if sign_in_settings.is_local() and not FORWARDING & visit.headers.keys() else NOBODY


def _person(email: str, fresh: bool) -> Reader:
    return _remembered(email, fresh, lambda workspace: reader_of_person(workspace, email))


def _remembered(name: str, fresh: bool, read: Callable[[Workspace], Reader]) -> Reader:
    workspace = whole_workspace()
    key, now = (str(workspace.folder), name), time.monotonic()
    asked_at, known = _readers.get(key, (0.0, NOBODY))
    if not fresh and now - asked_at < FRESH:
        return known
    _readers.pop(key, None)  # what was remembered ends where it may not be read any more
    current = read(workspace)
    if len(_readers) > 1000:
        _readers.clear()
    _readers[key] = (now, current)
    return current


def reader_of_request(connection: HTTPConnection) -> Reader:
    """Return who sends a request to a route of the server's own."""
    return reader_of_visit(Visit.of(connection))


def current_visit() -> Visit:
    """Return what the browser of this run sent when it opened the page's connection; the query is that of now."""
    query = {name: st.query_params.get_all(name) for name in st.query_params}
    headers = {name.lower(): value for name, value in st.context.headers.items()}
    connected_at = st.session_state.setdefault(keys.CONNECTED_AT, time.time())
    if sign_in_settings.way() == PROXY and time.time() - connected_at > sign_in_settings.session_seconds():
        headers.pop(sign_in_settings.proxy_header(), None)  # the proxy says it anew when the page is opened anew
    return Visit(query, headers, dict(st.context.cookies))


def reader(*, fresh: bool = False) -> Reader:
    """Return who reads in this run of a page; nobody outside of one.

    Without `fresh` it is who it was a moment ago in the same run: a page asks for each of its parts.
    """
    if not script_run():
        return NOBODY
    link = (st.query_params.get(address.SHARED_LINK), st.query_params.get(address.LIVE))
    asked_at, by_link, known = _of_run.get()
    if not fresh and by_link == link and time.monotonic() - asked_at < FRESH:
        return known
    current = reader_of_visit(current_visit(), fresh=fresh)
    _of_run.set((time.monotonic(), link, current))
    return current


def open_pages() -> frozenset[str] | None:
    """Return the names of the pages that this run's reader may open; None: all; none by a link that is shut."""
    try:
        return reader().pages
    except NotAllowed:
        return frozenset()


def may(right: Right) -> bool:
    """Return whether this run's reader has a right; what needs one that they lack is not on the page."""
    return reader().may(right)


def for_this_reader(make: Callable[[], bytes], file_name: str) -> Callable[[], bytes]:
    """Return what makes a file for this run's reader later, when they ask for it: if they may still see it then.

    It raises NotAllowed where they may not, and records the download otherwise.
    """
    visit, shown_to = current_visit(), reader()
    name = shown_to.name or str(st.session_state.get(keys.PERSON, ""))

    def made() -> bytes:
        current = reader_of_visit(visit)
        if (current.kind, current.id, current.limits) != (shown_to.kind, shown_to.id, shown_to.limits):
            raise NotAllowed("Not allowed", f"Could not make {file_name} because you may not see it any more.", "")
        log_access(whole_workspace(), name, "downloaded", file_name)
        content = make()
        if current.kind == "link":
            _files_by_link[hashlib.sha256(content).digest()] = visit.query
            while len(_files_by_link) > MOST_FILES:
                _files_by_link.pop(next(iter(_files_by_link)))
        return content

    return made


def made_by_open_link(content: bytes) -> bool:
    """Return whether a file was made for somebody who reads by a link that is open now."""
    query = _files_by_link.get(hashlib.sha256(content).digest())
    return query is not None and opens(query)


def opens(query: Query) -> bool:
    """Return whether the link of an address is open now."""
    try:
        return link_reader(query) is not None
    except NotAllowed:
        return False
