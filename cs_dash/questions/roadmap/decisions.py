"""What was decided of roadmap items, by whom, and whether it was kept."""

from __future__ import annotations

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure
from cs_dash.decisions.choices.owners import TEAM_NAMES
from cs_dash.look import words
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table
from cs_dash.questions.roadmap.roadmap_rows import HOW_TO_ADD, items, kept, outcome_of

TYPES = {
    "item": pa.string(), "title": pa.string(), "decision": pa.string(), "owner": pa.string(), "team": pa.string(),
    "decided_on": pa.date32(), "target": pa.float64(), "due": pa.date32(), "kept": pa.string(), "reason": pa.string(),
    "shipped_on": pa.date32(), "outcome": pa.string(), "reviewed_on": pa.date32(), "reviewed_by": pa.string(),
    "review_note": pa.string(),
}  # fmt: skip
COLUMNS = (
    Column("item", "ID", hidden=True),
    Column("title", "Item", priority=1),
    Column("decision", "Decision", priority=1),
    Column("owner", "Accountable owner", priority=1),
    Column("team", "Team", value_labels=tuple(TEAM_NAMES.items())),
    Column("decided_on", "Decided", "date"),
    Column("target", "Target", "share", help="Expected change of the rate of its topics", absent="No target was set."),
    Column("due", "Due", "date", priority=1),
    Column("shipped_on", "Shipped", "date"),
    Column("kept", "Kept", help="As said at the review, else shipped by the due date"),
    Column("outcome", "Outcome", help="Kept or missed at the review; without one, what the days say", optional=True),
    Column("reviewed_on", "Reviewed", "date", optional=True),
    Column("reviewed_by", "Reviewed by", optional=True),
    Column("review_note", "Review note", optional=True),
    Column("reason", "Reason"),
)


@question(
    "roadmap.decisions",
    title="Roadmap decisions",
    order=20,
    uses=("roadmap_item_topics", "roadmap_items", "topics_shown"),
    follows_topics=True,
)
def decisions(request: QuestionRequest) -> Answer:
    """Return the decisions on roadmap items, newest first: the decision log.

    Figures: decisions, accepted, kept (of those that were due or reviewed), overdue, to_review (those that were due and
    that nobody reviewed).
    """
    rows = [
        row | {"kept": kept(row, request.as_of), "outcome": outcome_of(row, request.as_of)}
        for row in items(request)
        if row["decision"] is not None
    ]
    if not rows:
        return request.answer(
            "No roadmap item has been decided yet.", notes=(HOW_TO_ADD,), rows=arrow_table([], TYPES), columns=COLUMNS
        )
    rows.sort(key=lambda row: (row["decided_on"], row["item"]), reverse=True)
    accepted = [row for row in rows if row["decision"] == "accepted"]
    due = [row for row in rows if row["kept"] is not None]
    overdue = sum(row["outcome"] == "overdue" for row in rows)
    to_review = sum(row["review"] is None for row in due)
    verb = "was" if len(accepted) == 1 else "were"
    text = f"**{words.count(len(accepted))} of {words.plural(len(rows), 'decided item')}** {verb} accepted."
    if due:
        as_decided = sum(row["kept"] == "yes" for row in due)
        verb = "was" if as_decided == 1 else "were"
        text += f" Of {words.plural(len(due), 'item')} due, **{words.count(as_decided)}** {verb} kept."
    if overdue:
        text += f" {words.plural(overdue, 'item is', 'items are')} overdue."
    figures = (
        Figure("decisions", "Decisions", float(len(rows)), "count", definition="roadmap_items"),
        Figure("accepted", "Accepted", float(len(accepted)), "count", definition="roadmap_items"),
        Figure(
            "kept", "Decisions kept", sum(row["kept"] == "yes" for row in due) / len(due) if due else None, "share",
            n=len(due), n_label="items due", better="up", definition="roadmap_items",
        ),
        Figure("overdue", "Overdue", float(overdue), "count", better="down", definition="roadmap_items"),
        Figure("to_review", "To review", float(to_review), "count", n=len(due), n_label="items due",
               definition="roadmap_items"),
    )  # fmt: skip
    return request.answer(
        text, figures=figures, rows=arrow_table(rows, TYPES), columns=COLUMNS, definition="roadmap_items"
    )
