"""The recorded reasons and the categories they are placed in: what to decide, and what was decided."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure
from cs_dash.decisions.churn_taxonomy import UNKNOWN
from cs_dash.look import words
from cs_dash.questions.churn.periods import in_words
from cs_dash.questions.churn.within_group import by_reason, inside
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table

BY_HAND, BY_RULE, NOT_PLACED = "by hand", "by rule", "not placed"
COLUMNS = (
    Column("reason", "Reason as recorded"),
    Column("category", "Category"),
    Column("placed", "Placed", help="By hand: somebody chose it. By rule: its words name it."),
    Column("events", "Events", "count"),
    Column("accounts", "Accounts", "count"),
    Column("mrr_lost", "MRR lost", "money"),
)
TYPES = {
    "reason": pa.string(), "category": pa.string(), "placed": pa.string(), "events": pa.int64(),
    "accounts": pa.int64(), "mrr_lost": pa.float64(),
}  # fmt: skip


@question(
    "churn.recorded",
    title="Where does each recorded reason belong?",
    order=70,
    needs=("churn_events",),
    uses=("churn_categories", "churn_event_list", "churn_reason_choices", "churn_reasons", "churn_texts"),
)
def recorded(request: QuestionRequest) -> Answer:
    """Return each recorded reason of the period with its place in the taxonomy; those without one come first."""
    if "churn_events" not in request.loaded_tables:
        return request.empty()
    events = [row for row in inside(request) if row["reason"]]
    chosen = {row["reason"] for row in events if row["is_chosen"]}
    rows: list[dict[str, Any]] = by_reason(events, "raw")
    for row in rows:
        row["category"] = row["taxonomy"]
        unplaced = NOT_PLACED if row["taxonomy"] == UNKNOWN else BY_RULE
        row["placed"] = BY_HAND if row["reason"] in chosen else unplaced
    rows.sort(key=lambda row: row["placed"] != NOT_PLACED)  # most events first within each, as they came
    open_ones = [row for row in rows if row["placed"] == NOT_PLACED]
    told = sum(row["events"] for row in open_ones)
    return Answer(
        question=request.question,
        title=request.title,
        headline=_says(request, rows, open_ones, told),
        as_of=request.as_of,
        figures=(
            Figure("not_placed", "Events whose reason has no category", told, "count", n=len(events), n_label="events",
                   better="down", definition="churn_reasons"),
        ),
        rows=arrow_table(rows, TYPES),
        columns=COLUMNS,
        definition=request.definitions.get("churn_reason_choices"),
        currency=request.currency,
    )  # fmt: skip


def _says(request: QuestionRequest, rows: list[dict[str, Any]], open_ones: list[dict[str, Any]], told: int) -> str:
    if not rows:
        return f"No reason is recorded {in_words(request)}."
    if not open_ones:
        return f"Every recorded reason has a category, {in_words(request)}."
    reasons = words.plural(len(open_ones), "recorded reason has", "recorded reasons have")
    return f"**{reasons}** no category yet, with {words.plural(told, 'churn event')} {in_words(request)}."
