"""Share links: who may open which pages and sees what, until when; made, revoked, and how often they were opened.

The workspace holds only the SHA-256 digest of a link's id, as of a password: a copy of the folder, such as a backup,
opens nothing. So an address can be shown once, when it is made; lists name a link by the start of its digest.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from cs_dash.decisions import log
from cs_dash.decisions.log import Entry, Kind
from cs_dash.errors import BadInput, NotAllowed, nearest
from cs_dash.store.access.link_openings import count_opening, openings
from cs_dash.store.acting import Right, acting_person, require
from cs_dash.store.workspace import Workspace

LINK = Kind("link", "A share link: its pages, what it shows and until when", Right.SHARE)
KINDS = (LINK,)
DEFAULT_DAYS = 90
MOST_DAYS = 731
"""Two years: a link that nobody remembers ends by itself."""
LONGEST_NOTE = 500
_HANDLE = 8
_NO_TIME = dt.datetime(1, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class ShareLink:
    """One share link.

    Attributes:
        pages: names of the pages that it opens; at least one.
        filters: (dimension, values) pairs, sorted: only accounts that pass all are in it. Empty: all accounts.
        hide_names: customers have pseudonyms.
        hide_money: amounts are an index.
        frozen: the figures stay those of the day on which it was made.
        version: number of the version that a frozen link shows; None for a live one.
        allow_live: whether a reader of a frozen link may look at today's figures.
        period: query of the address that shows the period, such as "period=6m"; "" for the usual one.
        note: a note of the maker to the readers.
        expires: the moment from which it opens nothing, UTC.
        made_by: who made it.
        made_at: when, UTC.
        revoked_at: when it was revoked, UTC; None while it was not.
        revoked_by: who revoked it.
        openings: how often it was opened.
        opened_at: when it was opened last, UTC; None where it never was.
        digest: SHA-256 of its id, hexadecimal; "" before it is made.
    """

    pages: tuple[str, ...]
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    hide_names: bool = False
    hide_money: bool = False
    frozen: bool = False
    version: int | None = None
    allow_live: bool = False
    period: str = ""
    note: str = ""
    expires: dt.datetime = _NO_TIME
    made_by: str = ""
    made_at: dt.datetime = _NO_TIME
    revoked_at: dt.datetime | None = None
    revoked_by: str = ""
    openings: int = field(default=0, compare=False)
    opened_at: dt.datetime | None = field(default=None, compare=False)
    digest: str = ""

    @property
    def handle(self) -> str:
        """What lists and records call it: the start of its digest, which opens nothing."""
        return self.digest[:_HANDLE]

    def has_expired(self, at: dt.datetime | None = None) -> bool:
        """Return whether it has expired at a moment, by default now."""
        return (at or dt.datetime.now(dt.UTC)) >= self.expires

    @property
    def is_open(self) -> bool:
        """Whether it opens something now."""
        return self.revoked_at is None and not self.has_expired()


def digest_of(link_id: str) -> str:
    """Return the digest under which the workspace knows an id."""
    return hashlib.sha256(link_id.encode("utf-8", "surrogatepass")).hexdigest()


def create(workspace: Workspace, link: ShareLink, *, expires: dt.datetime | None = None) -> tuple[str, ShareLink]:
    """Record a new link and return its id, which is told nowhere else, and the link.

    `expires`: None: in `DEFAULT_DAYS` days. Raises NotAllowed where who is acting may share nothing, and BadInput
    without pages, for an expiry in the past or in more than `MOST_DAYS` days, and for too long a note.
    """
    require(Right.SHARE)
    made_at = dt.datetime.now(dt.UTC).replace(microsecond=0)
    expires = expires or made_at + dt.timedelta(days=DEFAULT_DAYS)
    if not link.pages:
        raise BadInput("No page", "Could not share because no page was named.", "Name at least one page.")
    if not made_at < expires <= made_at + dt.timedelta(days=MOST_DAYS):
        raise BadInput(
            "Not an expiry",
            f"Could not share until {expires.date()} because a link lasts between a moment and two years.",
            f"Choose up to {MOST_DAYS} days.",
        )
    if len(link.note) > LONGEST_NOTE:
        raise BadInput("The note is too long", f"Could not keep more than {LONGEST_NOTE} characters.", "Shorten it.")
    link_id = secrets.token_urlsafe(16)
    made = replace(
        link, expires=expires, made_by=acting_person(), made_at=made_at, revoked_at=None, revoked_by="",
        digest=digest_of(link_id),
    )  # fmt: skip
    log.record(workspace, [Entry(LINK.name, made.digest, _value(made))])
    return link_id, made


def links(workspace: Workspace) -> tuple[ShareLink, ...]:
    """Return every link, oldest first, with those that were revoked or have expired."""
    opened = openings(workspace.state)
    listed = []
    for row in log.in_force(workspace, LINK.name):
        count, last_at = opened.get(row.subject, (0, None))
        listed.append(replace(_link(row.subject, row.value), openings=count, opened_at=last_at))
    return tuple(sorted(listed, key=lambda link: (link.made_at, link.digest)))


def by_id(workspace: Workspace, link_id: str) -> ShareLink | None:
    """Return the link of an id, also one that was revoked or has expired; None where there is none.

    Ids are compared by their digest, so that the time it takes tells nothing about them.
    """
    wanted = digest_of(link_id)
    return next((link for link in links(workspace) if secrets.compare_digest(link.digest, wanted)), None)


def named(workspace: Workspace, name: str) -> ShareLink:
    """Return the link of an id, or of a handle as lists show it. Raises BadInput where there is not just one."""
    listed = links(workspace)
    wanted = digest_of(name)
    is_handle = re.fullmatch(rf"[0-9a-f]{{{_HANDLE},64}}", name) is not None
    matching = [link for link in listed if link.digest == wanted or (is_handle and link.digest.startswith(name))]
    if len(matching) != 1:
        handles = [link.handle for link in listed]
        hint = nearest(name, handles) if handles else "No link was made yet."
        raise BadInput("No such link", f"Could not find the link {name[:_HANDLE]}.", hint)
    return matching[0]


def revoke(workspace: Workspace, name: str) -> ShareLink:
    """Revoke a link, given by its id or its handle, and return it; one that was revoked stays as it is.

    Raises NotAllowed where who is acting may share nothing, and BadInput where there is no such link.
    """
    require(Right.SHARE)
    link = named(workspace, name)
    if link.revoked_at is not None:
        return link
    revoked = replace(link, revoked_at=dt.datetime.now(dt.UTC).replace(microsecond=0), revoked_by=acting_person())
    log.record(workspace, [Entry(LINK.name, link.digest, _value(revoked))])
    return revoked


def open_link(workspace: Workspace, link_id: str, *, count: bool = True) -> ShareLink:
    """Return the link of an id, and count that it was opened.

    Raises NotAllowed where it opens nothing. An id that never was says the same as one that was revoked.
    """
    link = by_id(workspace, link_id)
    if link is None or link.revoked_at is not None:
        raise NotAllowed(
            "This link does not open anything",
            "Could not open this link because it does not exist or was revoked.",
            "Ask whoever sent it for a new one.",
        )
    if link.has_expired():
        raise NotAllowed(
            "This link has expired",
            f"Could not open this link because it expired on {link.expires.date()}.",
            "Ask whoever sent it for a new one.",
        )
    if count:
        count_opening(workspace.state, link.digest)
    return link


def _value(link: ShareLink) -> dict[str, Any]:
    return {
        "pages": list(link.pages), "filters": {name: list(values) for name, values in link.filters},
        "hide_names": link.hide_names, "hide_money": link.hide_money, "frozen": link.frozen, "version": link.version,
        "allow_live": link.allow_live, "period": link.period, "note": link.note, "expires": link.expires.isoformat(),
        "made_by": link.made_by, "made_at": link.made_at.isoformat(),
        "revoked_at": link.revoked_at.isoformat() if link.revoked_at else None, "revoked_by": link.revoked_by,
    }  # fmt: skip


def _link(digest: str, value: Mapping[str, Any]) -> ShareLink:
    return ShareLink(
        pages=tuple(value["pages"]),
        filters=tuple(sorted((name, tuple(values)) for name, values in value["filters"].items())),
        hide_names=value["hide_names"],
        hide_money=value["hide_money"],
        frozen=value["frozen"],
        version=value["version"],
        allow_live=value["allow_live"],
        period=value["period"],
        note=value["note"],
        expires=dt.datetime.fromisoformat(value["expires"]),
        made_by=value["made_by"],
        made_at=dt.datetime.fromisoformat(value["made_at"]),
        revoked_at=dt.datetime.fromisoformat(value["revoked_at"]) if value["revoked_at"] else None,
        revoked_by=value["revoked_by"],
        digest=digest,
    )
