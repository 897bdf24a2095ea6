"""`retention.tenures`: how long each account has paid, and whether it churned."""

from __future__ import annotations

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure
from cs_dash.look import words
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table
from cs_dash.questions.retention.doubts import doubts

TYPES = {
    "account_id": pa.string(), "account": pa.string(), "months": pa.int64(), "has_left": pa.bool_(),
    "first_day": pa.date32(), "left_on": pa.date32(),
}  # fmt: skip
COLUMNS = (
    Column("account_id", "Account ID", hidden=True),
    Column("account", "Account"),
    Column("months", "Months paid", "count", "Whole months from the first paying day."),
    Column("left_on", "Churn date", "date"),
    Column("first_day", "First paying day", "date"),
    Column("has_left", "Churned", "flag"),
)


@question(
    "retention.tenures",
    title="Account tenures",
    order=115,
    needs=("subscriptions", "accounts"),
    uses=("account_names", "account_tenures", "revenue_doubts"),
)
def tenures(request: QuestionRequest) -> Answer:
    """Return how many whole months each account has paid by the as-of date, the longest first, and who churned."""
    if "subscriptions" not in request.loaded_tables:
        return request.empty()
    names = request.rows("account_names")
    name_of = dict(zip(names["account_id"].to_pylist(), names["account"].to_pylist(), strict=True))
    tenure_rows = request.in_scope(request.rows("account_tenures", as_of_day=request.as_of)).to_pylist()
    rows = [row | {"account": name_of.get(row["account_id"])} for row in tenure_rows]
    rows.sort(key=lambda row: (-row["months"], row["account_id"]))
    left = sum(row["has_left"] for row in rows)
    headline = f"**{words.count(left)}** of {words.plural(len(rows), 'account')} that ever paid have churned."
    return request.answer(
        headline=headline if rows else f"No account had paid by {words.date(request.as_of)}.",
        figures=(
            Figure("left", "Churned accounts, all time", left, "count", n=len(rows), n_label="accounts", better="down",
                   definition="account_tenures"),
        ),
        rows=arrow_table(rows, TYPES),
        columns=COLUMNS,
        notes=doubts(request).notes,
        definition="account_tenures",
    )  # fmt: skip
