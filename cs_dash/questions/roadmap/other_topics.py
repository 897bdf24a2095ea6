"""What else the accounts behind a roadmap item ask about."""

from __future__ import annotations

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.look import words
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table
from cs_dash.questions.roadmap.roadmap_rows import HOW_TO_ADD, NO_ITEMS, chosen_item

FEW_TICKETS = 20
"""With fewer tickets on a topic its lift is not put into the sentence."""
TYPES = {
    "topic": pa.string(), "label": pa.string(), "tickets": pa.int64(), "accounts": pa.int64(), "share": pa.float64(),
    "others_share": pa.float64(), "lift": pa.float64(),
}  # fmt: skip
COLUMNS = (
    Column("topic", "Topic ID", hidden=True),
    Column("label", "Topic", priority=1),
    Column("tickets", "Tickets", "count", priority=1),
    Column("accounts", "Accounts", "count"),
    Column("share", "Share of their tickets", "share"),
    Column("others_share", "Share of other accounts", "share"),
    Column("lift", "Lift", "number", help="Their share / that of other accounts", priority=1),
)


@question(
    "roadmap.other_topics",
    title="What else they ask about",
    order=70,
    options={"item": ()},
    needs=("tickets",),
    uses=("roadmap_items", "roadmap_other_topics"),
    follows_topics=True,
)
def other_topics(request: QuestionRequest) -> Answer:
    """Return the other topics of the accounts that asked for the item that option `item` names, by tickets.

    Figures: topics, tickets. Raises UnknownOption without an item, and for one that is not on the roadmap.
    """
    if "tickets" not in request.loaded_tables:
        return request.empty()
    item = chosen_item(request)
    if item is None:
        return request.answer(NO_ITEMS, notes=(HOW_TO_ADD,), rows=arrow_table([], TYPES), columns=COLUMNS)
    rows = request.rows(
        "roadmap_other_topics", as_of_day=request.as_of, wanted=request.filters_json, of_item=item["item"]
    ).to_pylist()
    tickets = sum(row["tickets"] for row in rows)
    figures = (
        Figure("topics", "Other topics", float(len(rows)), "count", definition="roadmap_other_topics"),
        Figure("tickets", "Tickets on them", float(tickets), "count", definition="roadmap_other_topics"),
    )
    return request.answer(
        _headline(rows, item["title"]),
        figures=figures,
        rows=arrow_table(rows, TYPES),
        columns=COLUMNS,
        notes=(Note("Lift above 1: more of their tickets than of other accounts' tickets.", "fact", ("lift",)),),
        definition="roadmap_other_topics",
    )


def _headline(rows: list[dict[str, object]], title: str) -> str:
    """Return the largest other topic, and the one that sets these accounts most apart."""
    if not rows:
        return f"The accounts behind “{title}” wrote on no other topic in the last twelve months."
    largest = rows[0]
    tickets, accounts = (
        words.plural(float(str(largest[name])), noun) for name, noun in (("tickets", "ticket"), ("accounts", "account"))
    )
    text = f"They ask most about “{largest['label']}” (**{tickets}** from {accounts})."
    lifts = [(float(str(row["lift"])), row) for row in rows if row["lift"] and int(str(row["tickets"])) >= FEW_TICKETS]
    if lifts and (strongest := max(lifts, key=lambda pair: pair[0]))[0] > 1:
        text += f" Compared with others, they ask most often about “{strongest[1]['label']}”"
        text += f" (**{words.number(strongest[0], 1)} times** the share)."
    return text
