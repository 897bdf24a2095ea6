"""The audit trail: who loaded, decided, shared, opened, downloaded and signed in, and when.

It is put together from what is recorded anyway (versions, the log of decisions) and from the log of accesses. It names
what a line is about by ids, names of settings and pages; it holds no text of a ticket and no name of a customer.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cs_dash import pipeline
from cs_dash.decisions.accounts import ACCOUNT
from cs_dash.decisions.links import LINK
from cs_dash.decisions.settings import SETTING
from cs_dash.store.access.access_log import accesses, record_access
from cs_dash.store.acting import Right, require
from cs_dash.store.workspace import Workspace

COLUMNS = ("when", "who", "what", "about")
_DECISIONS = "select kind, subject, value, person, at, undone_at, undone_by from decisions order by id"
_HANDLE = 8
"""Letters of a link's digest by which it is called."""


@dataclass(frozen=True)
class TrailLine:
    """One line of the audit trail.

    Attributes:
        at: when, UTC.
        who: e-mail address or name of a person, a link by its handle; "" where nobody was named.
        what: what was done, in words.
        about: what it was about: a load, a setting with its value, the id of a ticket, a topic or an item, a page.
    """

    at: dt.datetime
    who: str
    what: str
    about: str

    def row(self) -> tuple[str, str, str, str]:
        """Return the line as it is downloaded."""
        return self.at.isoformat(timespec="seconds"), self.who, self.what, self.about


def audit_trail(workspace: Workspace, find: str = "") -> tuple[TrailLine, ...]:
    """Return the lines, newest first; `find`: only those that contain each of its words, in any letter case.

    Raises NotAllowed for who may not see who may see what.
    """
    require(Right.PEOPLE)
    words = find.casefold().split()
    lines = [line for line in _all_lines(workspace) if all(word in " ".join(line.row()).casefold() for word in words)]
    return tuple(sorted(lines, key=lambda line: line.at))[::-1]  # of one moment: what came later first


def log_access(workspace: Workspace, who: str, what: str, about: str = "") -> None:
    """Record a sign-in, a download, the opening of a link or a refusal."""
    record_access(workspace.state, who, what, about)


def _all_lines(workspace: Workspace) -> Iterable[TrailLine]:
    for version in pipeline.versions(workspace):
        yield TrailLine(version.created_at, version.person, "loaded", f"load {version.number}")
        if version.undone and version.undone_at:
            yield TrailLine(version.undone_at, version.undone_by, "undid a load", f"load {version.number}")
    with workspace.state.transaction() as connection:
        rows = connection.execute(_DECISIONS).fetchall()
    for kind, subject, value, person, at, undone_at, undone_by in rows:
        about = _about(kind, subject, None if value is None else json.loads(value))
        yield TrailLine(dt.datetime.fromisoformat(at), person, f"changed: {kind}", about)
        if undone_at:
            yield TrailLine(dt.datetime.fromisoformat(undone_at), undone_by, f"undid: {kind}", about)
    for access in accesses(workspace.state):
        yield TrailLine(access.at, access.reader, access.what, access.subject)


def _about(kind: str, subject: str, value: Any) -> str:
    """Return what a decision is about; of values only those of settings, and of links whether they were revoked."""
    if kind == SETTING.name:
        return f"{subject} = {value}" if value is not None else f"{subject} at its default"
    if kind == LINK.name:
        revoked = isinstance(value, dict) and value.get("revoked_at")
        return f"link {subject[:_HANDLE]} {'revoked' if revoked else 'made'}"
    if kind == ACCOUNT.name:
        return "a row without an account"  # the subject is what the row calls its customer
    if subject.startswith("["):
        return ", ".join(str(part) for part in json.loads(subject))
    return subject
