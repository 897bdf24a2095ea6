"""`churn.events`: the churn events one by one, newest first, with their contradictions."""

from __future__ import annotations

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.look import words
from cs_dash.questions.churn.early_warnings import early_warnings, warning_figure
from cs_dash.questions.churn.events_in_scope import events_in_scope
from cs_dash.questions.churn.periods import in_words
from cs_dash.questions.churn.taxonomy import taxonomy
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table

COLUMNS = (
    Column("account", "Account"),
    Column("churned_on", "Left on", "date"),
    Column("day_basis", "Day", help="Given: as the file states it. Assumed: no file states a day that can be read."),
    Column("reason", "Reason"),
    Column("category", "Category"),
    Column("full", "Full churn", "flag", help="No: the account shrank and stayed (downsell)."),
    Column("mrr_lost", "MRR lost", "money"),
    Column("comment", "What was said"),
    Column("warning", "Warning 3 months before", help="Early warnings and red health at the month end 90 days before."),
    Column("contradiction", "What does not fit"),
    Column("taxonomy", "Taxonomy", hidden=True),
    Column(
        "comment_category",
        "Category of the comment",
        hidden=True,
        help="What the comment's words name, by the same rules as the reasons.",
    ),
    Column("account_id", "Account id", hidden=True),
    Column("churn_id", "Event id", hidden=True),
)
TYPES = {
    "account": pa.string(), "churned_on": pa.date32(), "day_basis": pa.string(), "reason": pa.string(),
    "category": pa.string(), "full": pa.bool_(), "warning": pa.string(), "mrr_lost": pa.float64(),
    "comment": pa.string(),
    "contradiction": pa.string(), "taxonomy": pa.string(), "comment_category": pa.string(),
    "account_id": pa.string(), "churn_id": pa.string(),
}  # fmt: skip


@question(
    "churn.events",
    title="Who left, and what did they say?",
    order=60,
    needs=("churn_events",),
    uses=("churn_categories", "churn_event_list", "churn_marks", "churn_texts", "churn_totals", "churn_warned"),
)
def events(request: QuestionRequest) -> Answer:
    """Return the churn events of the period, newest first, each with what contradicts it."""
    if "churn_events" not in request.loaded_tables:
        return request.empty()
    rows, warnings, reason_taxonomy = events_in_scope(request), early_warnings(request), taxonomy(request)
    disagreeing = 0
    for row in rows:
        contradictions = [row["contradiction"]] if row["contradiction"] else []
        row["day_basis"] = "assumed" if row["is_assumed"] else "given"
        row["warning"] = warnings.by_event.get(row["churn_id"])
        row["comment_category"] = reason_taxonomy.kind_of(row["comment"]) if row["comment"] else None
        if comment_kind := reason_taxonomy.contradiction(row["taxonomy"], row["comment"]):
            reason_kind = row["taxonomy"]
            contradictions.append(f"reason says {_lower_first(reason_kind)}, comment says {_lower_first(comment_kind)}")
            disagreeing += 1
        row["contradiction"] = "; ".join(contradictions) or None
    contradicted = sum(row["contradiction"] is not None for row in rows)
    contradicted_text = words.plural(contradicted, "event has", "events have")
    text = f"{contradicted_text} something that does not fit, of {words.count(len(rows))}."
    if disagreeing:
        text += f" In {words.count(disagreeing)} the comment names another kind of reason than the one recorded."
    notes = (Note(text, "contradiction", ("contradiction",)),) if contradicted else ()
    assumed = sum(row["is_assumed"] for row in rows)
    if assumed:
        events_text = words.plural(assumed, "event")
        text = f"The day of {events_text} was assumed, not given: when those accounts left is not known."
        notes = (*notes, Note(text, "assumption", ("events",), table="churn_events"))
    headline = f"**{words.plural(len(rows), 'churn event')}** {in_words(request)}" + (
        f", the last of {words.date(rows[0]['churned_on'])}." if rows else "."
    )
    return request.answer(
        headline=headline,
        figures=(
            Figure("events", "Churn events", len(rows), "count", better="down", definition="churn_totals",
                   caveat=f"{words.count(assumed)} on an assumed day" if assumed else ""),
            Figure("contradictions", "With something that does not fit", contradicted, "count", n=len(rows),
                   n_label="events", better="down", definition="churn_marks"),
            Figure("comments_against", "Comment and reason disagree", disagreeing, "count",
                   n=sum(row["comment"] is not None for row in rows), n_label="comments", better="down",
                   definition="churn_event_list"),
            warning_figure(warnings),
        ),
        rows=arrow_table(rows, TYPES),
        columns=COLUMNS,
        notes=notes,
        definition="churn_event_list",
    )  # fmt: skip


def _lower_first(kind: str) -> str:
    return kind[:1].lower() + kind[1:]
