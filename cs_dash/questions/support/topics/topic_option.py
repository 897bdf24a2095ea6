"""Which displayed topic an option means: by its id, its name, or the id of one that was split or merged since."""

from __future__ import annotations

from typing import Any

from cs_dash.questions.request import QuestionRequest

Row = dict[str, Any]


def topic_of(request: QuestionRequest, text: str, number: int | None) -> Row | None:
    """Return the row of `topics_shown` that an id or a name means, None where no topic of the version is meant.

    The id of a group that is not displayed means the topic that has most of its tickets.
    """
    topics: list[Row] = request.rows("topics_shown", as_many=number).to_pylist()
    for row in topics:
        if text in (row["topic"], row["node"]) or text.casefold() == (row["label"] or "").casefold():
            return row
    by_node = {row["node"]: row["topic"] for row in request.rows("topic_successors", as_many=number).to_pylist()}
    return next((row for row in topics if row["topic"] == by_node.get(text)), None)
