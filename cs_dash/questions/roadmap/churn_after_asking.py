"""Will customers leave if it is not built: churn of the accounts that asked, beside similar accounts."""

from __future__ import annotations

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table, small_base_note
from cs_dash.questions.roadmap.asker_churn import ASSOCIATION, AskerChurn, asker_churn
from cs_dash.questions.roadmap.roadmap_rows import HOW_TO_ADD, NO_ITEMS, chosen_item
from cs_dash.stats.intervals import wilson

TYPES = {
    "group": pa.string(), "accounts": pa.int64(), "churned": pa.int64(), "share": pa.float64(), "low": pa.float64(),
    "high": pa.float64(),
}  # fmt: skip
COLUMNS = (
    Column("group", "Accounts that", value_labels=(("asked", "Asked"), ("similar", "Similar, had not asked"))),
    Column("accounts", "Accounts", "count"),
    Column(
        "churned",
        "Churned",
        "count",
        help="Within 180 days",
        absent="The share of similar accounts is weighted by segment, tenure and month, as those that asked.",
    ),
    Column("share", "Churned share", "share"),
    Column("low", "From", "share"),
    Column("high", "To", "share"),
)


@question(
    "roadmap.churn",
    title="Churn after asking for an item",
    order=60,
    options={"item": ()},
    needs=("subscriptions",),
    uses=("roadmap_churn", "roadmap_items"),
    follows_topics=True,
)
def churn_after_asking(request: QuestionRequest) -> Answer:
    """Return how many accounts churned within 180 days of asking for the item that option `item` names.

    Figures: churned_share and expected_share, churn_ratio with its interval. Raises UnknownOption without an item, and
    for one that is not on the roadmap.
    """
    if "subscriptions" not in request.loaded_tables:
        return request.empty()
    item = chosen_item(request)
    if item is None:
        return request.answer(NO_ITEMS, notes=(HOW_TO_ADD,), rows=arrow_table([], TYPES), columns=COLUMNS)
    rows = request.rows(
        "roadmap_churn", as_of_day=request.as_of, wanted=request.filters_json, of_item=item["item"]
    ).to_pylist()
    if not rows:
        return request.answer(
            "No contract has a known amount, so churn is unknown.", rows=arrow_table([], TYPES), columns=COLUMNS
        )
    (row,) = rows
    outcome = asker_churn(row)
    notes = [Note(ASSOCIATION, "doubt", ("churn_ratio",))] if outcome.ratio is not None else []
    if 0 < row["matched"] < row["accounts"]:
        text = "Accounts of a segment and tenure with fewer than 20 others are compared with all others."
        notes.append(Note(text, "fact", ("churn_ratio",)))
    return request.answer(
        outcome.sentence,
        figures=_figures(outcome),
        rows=arrow_table(_rows(outcome), TYPES),
        columns=COLUMNS,
        notes=tuple(notes),
        definition="roadmap_churn",
    )


def ratio_figure(outcome: AskerChurn) -> Figure:
    """Return the figure churn_ratio: churned / expected."""
    low, high = outcome.ratio_interval or (None, None)
    return Figure(
        "churn_ratio", "Churn against similar accounts", outcome.ratio, "number", n=outcome.accounts,
        n_label="accounts", low=low, high=high, caveat=small_base_note(outcome.accounts or None), better="down",
        definition="roadmap_churn",
    )  # fmt: skip


def _figures(outcome: AskerChurn) -> tuple[Figure, ...]:
    low, high = outcome.interval or (None, None)
    return (
        Figure(
            "churned_share", "Churned within 180 days",
            outcome.churned / outcome.accounts if outcome.accounts else None, "share", n=outcome.accounts,
            n_label="accounts", low=low, high=high, caveat=small_base_note(outcome.accounts or None),
            better="down", definition="roadmap_churn",
        ),
        Figure(
            "expected_share", "Similar accounts", outcome.expected_share, "share", n=outcome.others, n_label="accounts",
            definition="roadmap_churn",
        ),
        ratio_figure(outcome),
    )  # fmt: skip


def _rows(outcome: AskerChurn) -> list[dict[str, object]]:
    if not outcome.accounts:
        return []
    low, high = outcome.interval or (None, None)
    rows: list[dict[str, object]] = [
        {"group": "asked", "accounts": outcome.accounts, "churned": outcome.churned,
         "share": outcome.churned / outcome.accounts, "low": low, "high": high}
    ]  # fmt: skip
    if outcome.expected_share is not None:
        others = wilson(round(outcome.expected_share * outcome.others), outcome.others) or (None, None)
        rows.append(
            {"group": "similar", "accounts": outcome.others, "churned": None, "share": outcome.expected_share,
             "low": others[0], "high": others[1]}
        )  # fmt: skip
    return rows
