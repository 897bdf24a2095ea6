"""Quarterly reviews: which there are, the frozen numbers that each shows, and whether it is closed.

What people decide about the slides of a review is in `slides`. A review that is closed never changes again.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cs_dash.decisions import log
from cs_dash.decisions.alignment_answers import QUARTER
from cs_dash.decisions.log import Decision, Entry, Kind
from cs_dash.errors import BadInput, Conflict, NotAllowed, nearest
from cs_dash.store.acting import Right, require
from cs_dash.store.state import Connection
from cs_dash.store.workspace import Workspace

REVIEW = Kind("review", "A quarterly review: its quarter and its accounts", Right.REVIEW)
NUMBERS = Kind("review numbers", "Which frozen numbers a review shows", Right.REVIEW)
CLOSED = Kind("review closed", "That a review is over, so that nothing in it changes any more", Right.REVIEW)
ORDER = Kind("review order", "The order of the slides of a review", Right.REVIEW)
SLIDE = Kind("review slide", "The title, the speaker notes and whether a slide is shown", Right.REVIEW)
REMARK = Kind("review remark", "A remark on a slide of a review", Right.REVIEW)
PIN = Kind("review pin", "A chart or table of a page that is a slide of a review", Right.REVIEW)
KINDS = (REVIEW, NUMBERS, CLOSED, ORDER, SLIDE, REMARK, PIN)
_NAMES = tuple(kind.name for kind in KINDS)

Filters = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class ReviewNumbers:
    """The frozen numbers of a review.

    Attributes:
        version: number of the version that they were frozen from.
        loaded_at: when this version was loaded, UTC.
        copy: name of the folder of the frozen copy.
        as_of: the newest day of the data; None where they name none.
        person: who froze them; "" where nobody is named.
        frozen_at: when, UTC.
    """

    version: int
    loaded_at: dt.datetime
    copy: str
    as_of: dt.date | None = None
    person: str = ""
    frozen_at: dt.datetime = dt.datetime(1, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Review:
    """One review.

    Attributes:
        review_id: its quarter, such as 2026Q3; a second one of the same quarter is 2026Q3-2.
        quarter: such as 2026Q3.
        filters: (dimension, values) pairs, sorted: the accounts that it is about; empty: all.
        numbers: the numbers that it shows.
        started_by: who started it; "" where nobody is named.
        started_at: when, UTC.
        closed_by: who closed it.
        closed_at: when, UTC; None while it is open.
    """

    review_id: str
    quarter: str
    filters: Filters
    numbers: ReviewNumbers
    started_by: str
    started_at: dt.datetime
    closed_by: str = ""
    closed_at: dt.datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether it can still change."""
        return self.closed_at is None


def reviews(workspace: Workspace) -> tuple[Review, ...]:
    """Return every review that was not removed, oldest quarter first."""
    with workspace.state.transaction() as connection:
        return _reviews(connection)


def review(workspace: Workspace, review_id: str) -> Review:
    """Return one review. Raises BadInput where there is none of this id."""
    return _named(reviews(workspace), review_id)


def open_review(workspace: Workspace) -> Review | None:
    """Return the review that slides are added to: of the newest quarter, the one started last; None: none is open."""
    return next((one for one in reversed(reviews(workspace)) if one.is_open), None)


def create(workspace: Workspace, quarter: str, filters: Filters, numbers: ReviewNumbers) -> str:
    """Record a new review and return its id. Raises BadInput for what is no quarter.

    Raises NotAllowed for who may not prepare reviews, and Conflict where an open review of the quarter is about the
    same accounts: somebody else started it first.
    """
    require(Right.REVIEW)
    if not QUARTER.fullmatch(quarter):
        raise BadInput("Not a quarter", f"Could not start a review of {quarter}.", "Write it as 2026Q3.")
    with workspace.state.transaction(write=True) as connection:
        for other in _reviews(connection):
            if (other.quarter, other.filters, other.is_open) == (quarter, filters, True):
                raise Conflict(
                    "This review is open already",
                    f"Could not start a review because {other.review_id} is open and about the same accounts.",
                    "Renew its numbers, or close it first.",
                )
        taken = set(log.subjects_within(connection, REVIEW.name))
        review_id = next(name for name in _names_for(quarter) if name not in taken)
        value = {"quarter": quarter, "filters": {name: list(values) for name, values in filters}}
        log.append(
            connection,
            [Entry(REVIEW.name, review_id, value), Entry(NUMBERS.name, review_id, _value(numbers))],
        )
    return review_id


def renew(workspace: Workspace, review_id: str, numbers: ReviewNumbers) -> None:
    """Let an open review show other numbers; what was written on its slides stays. Raises as `change_within` does."""
    with workspace.state.transaction(write=True) as connection:
        change_within(connection, review_id, [Entry(NUMBERS.name, review_id, _value(numbers))])


def close(workspace: Workspace, review_id: str) -> None:
    """Close a review: nothing in it changes any more. Raises as `change_within` does."""
    with workspace.state.transaction(write=True) as connection:
        change_within(connection, review_id, [Entry(CLOSED.name, review_id, True)])


def remove(workspace: Workspace, review_id: str) -> None:
    """Remove an open review with all that was written in it; its id is never given again.

    Raises as `change_within` does.
    """
    with workspace.state.transaction(write=True) as connection:
        change_within(connection, review_id, [Entry(REVIEW.name, review_id, None)])


def undo(workspace: Workspace, review_id: str, number: int) -> None:
    """Undo the newest change of an open review, `number` as `newest_change` gives it.

    Raises BadInput for an unknown review, NotAllowed for a closed one, and Conflict where another change is newer.
    """
    with workspace.state.transaction(write=True) as connection:
        _require_open(connection, review_id)
        newest = _newest_change(connection, review_id)
        if newest is None or newest.number != number:
            who = (newest and newest.person) or "somebody"
            raise Conflict(
                "Changed meanwhile",
                f"Could not undo because {who} changed {review_id} since.",
                "Look at it, then undo.",
            )
        log.undo_decision_within(connection, number)


def newest_change(workspace: Workspace, review_id: str) -> Decision | None:
    """Return the newest change of a review that `undo` would undo; None without any: its start is none."""
    with workspace.state.transaction() as connection:
        return _newest_change(connection, review_id)


def copies_in_use(workspace: Workspace) -> frozenset[str]:
    """Return the names of the frozen copies of all reviews, those before a renewal included."""
    with workspace.state.transaction() as connection:
        listed = {one.review_id for one in _reviews(connection)}
        rows = log.history_within(connection, NUMBERS.name)
    return frozenset(row.value["copy"] for row in rows if row.subject in listed and row.value)


def change_within(connection: Connection, review_id: str, entries: Iterable[Entry]) -> None:
    """Record changes of an open review, within a transaction that the caller opened to write.

    Raises BadInput for an unknown review, NotAllowed for a closed one and for who may not prepare reviews.
    """
    require(Right.REVIEW)
    _require_open(connection, review_id)
    log.change_within(connection, entries)


def review_of(subject: str) -> str:
    """Return the review that the subject of a decision of `KINDS` belongs to."""
    return str(json.loads(subject)[0]) if subject.startswith("[") else subject


def _require_open(connection: Connection, review_id: str) -> None:
    current = _named(_reviews(connection), review_id)
    if not current.is_open:
        who = current.closed_by or "somebody"
        raise NotAllowed(
            "This review is closed",
            f"Could not change {review_id} because {who} closed it on {current.closed_at:%Y-%m-%d}.",
            "Start another review.",
        )


def _newest_change(connection: Connection, review_id: str) -> Decision | None:
    rows = [row for name in _NAMES for row in log.history_within(connection, name)]
    own = sorted((row for row in rows if review_of(row.subject) == review_id), key=lambda row: row.number)
    return own[-1] if len(own) > 2 else None  # the first two are its start


def _reviews(connection: Connection) -> tuple[Review, ...]:
    rows = log.in_force_within(connection, (REVIEW.name, NUMBERS.name, CLOSED.name))
    by_kind = {(row.kind, row.subject): row for row in rows if row.value is not None}
    listed = []
    for row in rows:
        numbers = by_kind.get((NUMBERS.name, row.subject))
        if row.kind != REVIEW.name or row.value is None or numbers is None:
            continue
        closed = by_kind.get((CLOSED.name, row.subject))
        filters = tuple(sorted((name, tuple(values)) for name, values in row.value["filters"].items()))
        listed.append(
            Review(
                row.subject, row.value["quarter"], filters, _numbers(numbers), row.person, row.at,
                closed.person if closed else "", closed.at if closed else None,
            )
        )  # fmt: skip
    return tuple(sorted(listed, key=lambda one: (one.quarter, one.started_at)))


def _named(listed: Iterable[Review], review_id: str) -> Review:
    known = {one.review_id: one for one in listed}
    if review_id not in known:
        hint = nearest(review_id, known) if known else "Start one first."
        raise BadInput("No such review", f"Could not find the review {review_id}.", hint)
    return known[review_id]


def _names_for(quarter: str) -> Iterable[str]:
    yield quarter
    number = 2
    while True:
        yield f"{quarter}-{number}"
        number += 1


def _value(numbers: ReviewNumbers) -> dict[str, Any]:
    return {
        "version": numbers.version, "loaded_at": numbers.loaded_at.isoformat(), "copy": numbers.copy,
        "as_of": numbers.as_of.isoformat() if numbers.as_of else None,
    }  # fmt: skip


def _numbers(row: Decision) -> ReviewNumbers:
    value = row.value
    return ReviewNumbers(
        value["version"], dt.datetime.fromisoformat(value["loaded_at"]), value["copy"],
        dt.date.fromisoformat(value["as_of"]) if value["as_of"] else None, row.person, row.at,
    )  # fmt: skip
