"""`churn.product`: what accounts lost over the product had written about before, by product area."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.look import words
from cs_dash.questions.churn.events_in_scope import events_in_scope, taxonomy_of
from cs_dash.questions.churn.periods import in_words, period
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table, small_base_note

COLUMNS = (
    Column("area", "Product area"),
    Column(
        "accounts",
        "Accounts",
        "count",
        "Accounts that churned or downsold for product reasons and had tickets on the area.",
    ),
    Column("share", "Share of accounts", "share", "Of all accounts lost for product reasons; areas overlap."),
    Column("howto", "How-to tickets", "count"),
    Column("defects", "Defects", "count"),
    Column("requests", "Feature requests", "count"),
    Column("mrr_lost", "MRR lost", "money", "Of these accounts. Areas overlap, so the column does not add up."),
    Column("says", "Summary", hidden=True),
)
TYPES = {
    "area": pa.string(), "accounts": pa.int64(), "share": pa.float64(), "howto": pa.int64(), "defects": pa.int64(),
    "requests": pa.int64(), "mrr_lost": pa.float64(), "says": pa.string(),
}  # fmt: skip


@question(
    "churn.product",
    title="Churn by product area",
    order=50,
    needs=("churn_events", "tickets", "feature_requests"),
    uses=(
        "churn_categories",
        "churn_doubts",
        "churn_event_list",
        "churn_product",
        "churn_texts",
        "product_reasons",
    ),
)
def product(request: QuestionRequest) -> Answer:
    """Return one row per product area: what accounts lost over the product wrote about it in the 6 months before."""
    if "churn_events" not in request.loaded_tables:
        return request.empty("churn_events")
    if not request.loaded_tables & {"tickets", "feature_requests"}:
        return request.empty("tickets", "feature_requests")
    of_product = set(request.rows("product_reasons").column("kind").to_pylist())
    lost = {row["account_id"] for row in events_in_scope(request) if row["taxonomy"] in of_product} - {None}
    rows: list[dict[str, Any]] = request.rows(
        "churn_product", **period(request), kinds=taxonomy_of(request)
    ).to_pylist()
    for row in rows:
        row["share"] = row["accounts"] / row["lost_accounts"]
        row["says"] = _in_words(row)
    note = Note(
        "An account with tickets on several areas counts in each, so areas do not add up.", "doubt", ("mrr_lost",)
    )
    return request.answer(
        headline=_headline(request, rows, len(lost)),
        figures=(
            Figure("lost_over_product", "Accounts lost for product reasons", len(lost), "count", better="down",
                   caveat=small_base_note(len(lost)), definition="churn_product"),
        ),
        rows=arrow_table(rows, TYPES),
        columns=COLUMNS,
        notes=(note,) if len(rows) > 1 else (),
        definition="churn_product",
    )  # fmt: skip


def _headline(request: QuestionRequest, rows: list[dict[str, Any]], lost: int) -> str:
    if not lost:
        return f"No account churned for product reasons {in_words(request)}."
    accounts_text = words.plural(lost, "account")
    if not rows:
        group_text = f"**{accounts_text}** that churned or downsold for product reasons {in_words(request)}"
        return f"None of the {group_text} had tickets or requests in the 6 months before."
    unsure = f" {small_base_note(lost).capitalize()}." if small_base_note(lost) else ""
    return (
        f"**{words.count(rows[0]['accounts'])}** of **{accounts_text}** that churned or downsold for product reasons"
        f" {in_words(request)} had tickets or requests about {rows[0]['area']} in the 6 months before.{unsure}"
    )


def _in_words(row: dict[str, Any]) -> str:
    counts = (
        (row["howto"], "how-to ticket"), (row["defects"], "defect"), (row["requests"], "feature request"),
    )  # fmt: skip
    counts_text = ", ".join(words.plural(n, noun) for n, noun in counts if n)
    return f"**{row['area']}**: {counts_text} from {words.plural(row['accounts'], 'account')}"
