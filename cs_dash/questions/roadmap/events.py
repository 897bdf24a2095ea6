"""What happened to all accounts at once: the events that charts over time bear."""

from __future__ import annotations

import pyarrow as pa

from cs_dash.answer import Answer, Column, Note
from cs_dash.look import words
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table

TYPES = {
    "event": pa.string(), "happened_on": pa.date32(), "title": pa.string(), "kind": pa.string(), "source": pa.string(),
}  # fmt: skip
COLUMNS = (
    Column("event", "ID", hidden=True),
    Column("happened_on", "Day", "date", priority=1),
    Column("title", "Event", priority=1),
    Column("kind", "Kind"),
    Column(
        "source", "From",
        value_labels=(("item", "Roadmap"), ("entered", "Entered here"), ("data", "Milestones of the data")),
    ),
)  # fmt: skip


@question("roadmap.events", title="Events on charts", order=60, uses=("portfolio_events",))
def events(request: QuestionRequest) -> Answer:
    """Return shipped items, entered events and milestones without an account up to the as-of day, latest first."""
    rows = [
        row | {"event": row["event_id"]}
        for row in request.rows("portfolio_events").to_pylist()
        if row["happened_on"] <= request.as_of
    ]
    rows.sort(key=lambda row: (row["happened_on"], row["title"]), reverse=True)
    if not rows:
        note = Note("Enter a release, a price change or the day a bot was switched on.", "missing")
        return request.answer("No events yet.", rows=arrow_table([], TYPES), columns=COLUMNS, notes=(note,))
    text = f"**{words.plural(len(rows), 'event')}** on the charts over time; the latest is “{rows[0]['title']}”"
    return request.answer(
        f"{text} ({words.date(rows[0]['happened_on'])}).",
        rows=arrow_table(rows, TYPES),
        columns=COLUMNS,
        definition="portfolio_events",
    )
