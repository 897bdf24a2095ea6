"""What accounts lost over the product had asked for before: where its areas and their reasons meet."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.look import words
from cs_dash.questions.churn.periods import in_words, period
from cs_dash.questions.churn.within_group import inside, taxonomy_of
from cs_dash.questions.declaration import question
from cs_dash.questions.request import Asked, few, table

COLUMNS = (
    Column("area", "Area of the product"),
    Column("accounts", "Accounts", "count", "Accounts lost over the product that had written about the area."),
    Column("share", "Share of them", "share", "Of all accounts lost over the product; areas overlap."),
    Column("howto", "How-to tickets", "count"),
    Column("defects", "Defects", "count"),
    Column("requests", "Feature requests", "count"),
    Column("mrr_lost", "MRR lost", "money", "Of these accounts; areas overlap, so it does not add up."),
    Column("says", "In words", hidden=True),
)
TYPES = {
    "area": pa.string(), "accounts": pa.int64(), "share": pa.float64(), "howto": pa.int64(), "defects": pa.int64(),
    "requests": pa.int64(), "mrr_lost": pa.float64(), "says": pa.string(),
}  # fmt: skip


@question(
    "churn.product",
    title="Which parts of the product stand behind the losses?",
    order=50,
    needs=("churn_events", "tickets", "feature_requests"),
    uses=("churn_categories", "churn_event_list", "churn_product", "churn_texts", "product_reasons"),
)
def product(asked: Asked) -> Answer:
    """Return one row per product area: what accounts lost over the product wrote about it in the 6 months before."""
    if "churn_events" not in asked.filled:
        return asked.empty("churn_events")
    if not asked.filled & {"tickets", "feature_requests"}:
        return asked.empty("tickets", "feature_requests")
    of_product = set(asked.rows("product_reasons").column("kind").to_pylist())
    lost = {row["account_id"] for row in inside(asked) if row["taxonomy"] in of_product} - {None}
    rows: list[dict[str, Any]] = asked.rows("churn_product", **period(asked), kinds=taxonomy_of(asked)).to_pylist()
    for row in rows:
        row["share"] = row["accounts"] / row["lost_accounts"]
        row["says"] = _in_words(row)
    note = Note(
        "An account that wrote about several areas counts in each: areas do not add up.", "doubt", ("mrr_lost",)
    )
    return Answer(
        question=asked.question,
        title=asked.title,
        headline=_says(asked, rows, len(lost)),
        as_of=asked.as_of,
        figures=(
            Figure("lost_over_product", "Accounts lost or shrunk over the product", len(lost), "count", better="down",
                   caveat=few(len(lost)), definition="churn_product"),
        ),
        rows=table(rows, TYPES),
        columns=COLUMNS,
        notes=(note,) if len(rows) > 1 else (),
        definition=asked.definitions.get("churn_product"),
        currency=asked.currency,
    )  # fmt: skip


def _says(asked: Asked, rows: list[dict[str, Any]], lost: int) -> str:
    if not lost:
        return f"No account is recorded as lost over the product {in_words(asked)}."
    told = words.plural(lost, "account")
    if not rows:
        which = f"**{told}** lost over the product {in_words(asked)}"
        return f"None of the {which} had asked for anything in the 6 months before."
    unsure = f" {few(lost).capitalize()}." if few(lost) else ""
    return (
        f"Of **{told}** lost or shrunk over the product {in_words(asked)}, **{words.count(rows[0]['accounts'])}** had"
        f" written about {rows[0]['area']} in the 6 months before.{unsure}"
    )


def _in_words(row: dict[str, Any]) -> str:
    counted = (
        (row["howto"], "how-to ticket"), (row["defects"], "defect"), (row["requests"], "feature request"),
    )  # fmt: skip
    told = ", ".join(words.plural(n, what) for n, what in counted if n)
    return f"**{row['area']}**: {told} of {words.plural(row['accounts'], 'account')}"
