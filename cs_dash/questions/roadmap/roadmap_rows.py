"""What the questions about roadmap items share: the items with their topics, states and notes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cs_dash.answer import Note
from cs_dash.errors import UnknownOption, nearest
from cs_dash.questions.request import QuestionRequest

Row = dict[str, Any]
OPEN, SHIPPED = "open", "shipped"
NO_ITEMS = "The roadmap has no items yet."
HOW_TO_ADD = Note("Add an item from a topic, a content gap, a churn reason or a request, or by hand.", "missing")


def items(request: QuestionRequest) -> list[Row]:
    """Return every item with the names of its topics and its state, in the order in which they were added."""
    rows: list[Row] = request.rows("roadmap_items").to_pylist()
    labels = {row["topic"]: row["label"] for row in request.rows("topics_shown", as_many=None).to_pylist()}
    names: dict[str, list[str]] = {}
    for row in request.rows("roadmap_item_topics").to_pylist():
        names.setdefault(row["item"], []).append(labels.get(row["topic"]) or row["topic"])
    for row in rows:
        parts = [*sorted(names.get(row["item"], ())), *row["requests"], *row["reasons"]]
        row["topic"] = "; ".join(parts) or None
        row["state"] = state_of(row, request.as_of)
    return rows


def named_item(listed: list[Row], item: str) -> Row:
    """Return the item with this id. Raises UnknownOption where none is named, and where there is no such item."""
    known = {row["item"]: row for row in listed}
    if item not in known:
        raise UnknownOption(
            "No such item" if item else "No item given",
            f"Could not answer because {item or 'no item'} is {'not on the roadmap' if item else 'named'}.",
            nearest(item, known),
        )
    return known[item]


def chosen_item(request: QuestionRequest) -> Row | None:
    """Return the item that option `item` names; None where the roadmap has none. Raises as `named_item` does."""
    listed: list[Row] = request.rows("roadmap_items").to_pylist()
    return named_item(listed, request.options.get("item", "")) if listed else None


def state_of(row: Row, as_of: dt.date) -> str:
    """Return shipped, the decision, or open where nobody decided."""
    if row["shipped_on"] is not None and row["shipped_on"] <= as_of:
        return SHIPPED
    return str(row["decision"] or OPEN)


def kept(row: Row, as_of: dt.date) -> str | None:
    """Return "yes" or "no" as said at a review, else where an accepted item was due.

    None where that is still open or no day was set.
    """
    if row["review"] is not None:
        return "yes" if row["review"] == "kept" else "no"
    if row["decision"] != "accepted" or row["due"] is None:
        return None
    if row["shipped_on"] is not None and row["shipped_on"] <= min(row["due"], as_of):
        return "yes"
    return "no" if row["due"] < as_of else None


def outcome_of(row: Row, as_of: dt.date) -> str | None:
    """Return what became of a decision: kept or missed as said at a review, else what the days say.

    Overdue, shipped late or shipped on time; None where that is still open.
    """
    if row["review"] is not None:
        return str(row["review"])
    derived = kept(row, as_of)
    if derived is None:
        return None
    if derived == "yes":
        return "shipped on time"
    return "shipped late" if row["shipped_on"] is not None and row["shipped_on"] <= as_of else "overdue"
