"""`churn.events`: the churn events one by one, newest first, with their contradictions."""

from __future__ import annotations

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure, Note, NoteKind
from cs_dash.look import words
from cs_dash.questions.churn.early_warnings import DISPLAYED_WARNINGS, early_warnings, warning_figure
from cs_dash.questions.churn.event_groups import of_group
from cs_dash.questions.churn.events_in_scope import events_in_scope
from cs_dash.questions.churn.periods import UNDATED, in_words
from cs_dash.questions.churn.taxonomy import taxonomy
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table

COLUMNS = (
    Column("account", "Account"),
    Column("churned_on", "Churn date", "date", priority=1),
    Column(
        "day_basis",
        "Date source",
        help="Given: stated in the file. Assumed: the file states no readable date.",
        optional=True,
    ),
    Column("reason", "Reason", priority=1),
    Column("category", "Category"),
    Column("full", "Full churn", "flag", help="No: a downsell; the account still pays."),
    Column("mrr_lost", "MRR lost", "money", priority=1),
    Column("comment", "Comment"),
    Column(
        "warning",
        "Warning 3 months earlier",
        help="Early warnings and red health at the month end 90 days before.",
        value_labels=DISPLAYED_WARNINGS,
    ),
    Column("contradiction", "Data conflict"),
    Column("taxonomy", "Category by rules", hidden=True),
    Column(
        "comment_category",
        "Comment category",
        hidden=True,
        help="The category that the wording of the comment points to, by the same rules as for reasons.",
    ),
    Column("account_id", "Account ID", hidden=True),
    Column("churn_id", "Event ID", hidden=True),
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
    title="Churn events",
    order=60,
    options={"field": (), "value": ()},
    needs=("churn_events",),
    uses=(
        "churn_categories", "churn_doubts", "churn_event_list", "churn_groups", "churn_marks", "churn_texts",
        "churn_totals", "churn_warned",
    ),
)  # fmt: skip
def events(request: QuestionRequest) -> Answer:
    """Return the churn events of the period, newest first, each with what contradicts it."""
    if "churn_events" not in request.loaded_tables:
        return request.empty()
    rows = of_group(request, events_in_scope(request))
    warnings, reason_taxonomy = early_warnings(request), taxonomy(request)
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
    text = f"{contradicted_text} conflicting data, out of {words.count(len(rows))}."
    if disagreeing:
        text += f" In {words.count(disagreeing)} the comment points to a different category than the recorded reason."
    notes = (Note(text, "contradiction", ("contradiction",)),) if contradicted else ()
    assumed = sum(row["is_assumed"] for row in rows)
    if assumed:
        events_text = words.plural(assumed, "event")
        text = f"{events_text} {'has' if assumed == 1 else 'have'} an assumed churn date: the files give none."
        kind: NoteKind = "doubt" if assumed * 2 > len(rows) else "assumption"
        notes = (*notes, Note(text, kind, ("events",), table="churn_events"))
    headline = f"No churn event {in_words(request)}."
    if rows:
        when = in_words(request)
        latest = "" if when == UNDATED else f", the latest on {words.date(rows[0]['churned_on'])}"
        headline = f"**{words.plural(len(rows), 'churn event')}** {when}{latest}."
    return request.answer(
        headline=headline,
        figures=(
            Figure("events", "Churn events", len(rows), "count", better="down", definition="churn_totals",
                   caveat=f"{words.count(assumed)} with an assumed date" if assumed else ""),
            Figure("contradictions", "Events with conflicting data", contradicted, "count", n=len(rows),
                   n_label="events", better="down", definition="churn_marks"),
            Figure("comments_against", "Comment contradicts reason", disagreeing, "count",
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
