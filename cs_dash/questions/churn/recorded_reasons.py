"""`churn.recorded`: the recorded reasons and the categories they are placed in, by rule or by hand."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure
from cs_dash.decisions.choices.churn_taxonomy import UNKNOWN
from cs_dash.look import words
from cs_dash.questions.churn.events_in_scope import by_reason, events_in_scope
from cs_dash.questions.churn.periods import in_words
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table

BY_HAND, BY_RULE, NOT_PLACED = "by hand", "by rule", "not placed"
COLUMNS = (
    Column("reason", "Recorded reason"),
    Column("category", "Category"),
    Column("placed", "Assigned", help="By hand: someone chose the category. By rule: the wording decides."),
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
    title="Reason categories",
    order=70,
    needs=("churn_events",),
    uses=(
        "churn_categories",
        "churn_doubts",
        "churn_event_list",
        "churn_reason_choices",
        "churn_reasons",
        "churn_texts",
    ),
)
def recorded(request: QuestionRequest) -> Answer:
    """Return each recorded reason of the period with its category; those without one come first."""
    if "churn_events" not in request.loaded_tables:
        return request.empty()
    events = [row for row in events_in_scope(request) if row["reason"]]
    chosen_reasons = {row["reason"] for row in events if row["is_chosen"]}
    rows: list[dict[str, Any]] = by_reason(events, "raw")
    for row in rows:
        row["category"] = row["taxonomy"]
        unplaced = NOT_PLACED if row["taxonomy"] == UNKNOWN else BY_RULE
        row["placed"] = BY_HAND if row["reason"] in chosen_reasons else unplaced
    rows.sort(key=lambda row: row["placed"] != NOT_PLACED)  # most events first within each, as they came
    unplaced_reasons = [row for row in rows if row["placed"] == NOT_PLACED]
    unplaced_events = sum(row["events"] for row in unplaced_reasons)
    return request.answer(
        headline=_headline(request, rows, unplaced_reasons, unplaced_events),
        figures=(
            Figure("not_placed", "Events without a category", unplaced_events, "count", n=len(events),
                   n_label="events", better="down", definition="churn_reasons"),
        ),
        rows=arrow_table(rows, TYPES),
        columns=COLUMNS,
        definition="churn_reason_choices",
    )  # fmt: skip


def _headline(
    request: QuestionRequest, rows: list[dict[str, Any]], unplaced_reasons: list[dict[str, Any]], unplaced_events: int
) -> str:
    if not rows:
        return f"No churn reason recorded {in_words(request)}."
    if not unplaced_reasons:
        return f"Every reason recorded {in_words(request)} has a category."
    reasons = words.plural(len(unplaced_reasons), "recorded reason", "recorded reasons")
    return f"**{reasons}** without a category: {words.plural(unplaced_events, 'churn event')} {in_words(request)}."
