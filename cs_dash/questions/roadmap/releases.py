"""What the data say was shipped, proposed as roadmap items."""

from __future__ import annotations

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.look import words
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table

TYPES = {
    "release_id": pa.string(), "title": pa.string(), "released_on": pa.date32(), "about": pa.string(),
    "topics": pa.list_(pa.string()), "labels": pa.list_(pa.string()), "tickets": pa.int64(), "item": pa.string(),
}  # fmt: skip
COLUMNS = (
    Column("release_id", "ID", hidden=True),
    Column("title", "Release", priority=1),
    Column("released_on", "Shipped", "date", priority=1),
    Column("about", "Addresses"),
    Column("topics", "Topic IDs", hidden=True),
    Column("labels", "Proposed topics", priority=1),
    Column("tickets", "Tickets", "count", help="On the proposed topics"),
    Column("item", "Roadmap item", absent="It is not on the roadmap yet."),
)
PROPOSAL = "The topics are proposed by the words of their tickets: check them before you add an item."


@question(
    "roadmap.releases",
    title="Releases of the data",
    order=100,
    needs=("milestones",),
    uses=("releases",),
    follows_topics=True,
)
def releases(request: QuestionRequest) -> Answer:
    """Return what was shipped to all customers up to the as-of date, latest first, with the topics it is likely about.

    Figures: releases, pending (those that are not on the roadmap).
    """
    if "milestones" not in request.loaded_tables:
        return request.empty()
    rows = [row for row in request.rows("releases").to_pylist() if row["released_on"] <= request.as_of]
    if not rows:
        return request.answer(
            "The data name no release to all customers.", rows=arrow_table([], TYPES), columns=COLUMNS
        )
    pending = sum(row["item"] is None for row in rows)
    text = f"**{words.plural(len(rows), 'release')}** in the data"
    text += f", {words.count(pending)} of them not on the roadmap." if pending else ", all on the roadmap."
    return request.answer(
        text,
        figures=(
            Figure("releases", "Releases", float(len(rows)), "count", definition="releases"),
            Figure("pending", "Not on the roadmap", float(pending), "count", definition="releases"),
        ),
        rows=arrow_table(rows, TYPES),
        columns=COLUMNS,
        notes=(Note(PROPOSAL, "assumption", ("labels",)),) if any(row["topics"] for row in rows) else (),
        definition="releases",
    )
