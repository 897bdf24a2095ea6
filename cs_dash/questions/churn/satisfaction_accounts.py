"""`churn.satisfaction_accounts`: the accounts behind one CSAT score, and which of them churned."""

from __future__ import annotations

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure
from cs_dash.look import words
from cs_dash.questions.churn.periods import in_words, period
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table, small_base_note
from cs_dash.stats.intervals import wilson

SCORES = ("1", "2", "3", "4", "5")
COLUMNS = (
    Column("account", "Account"),
    Column("churned", "Churned", "flag"),
    Column("answered_on", "Answered", "date"),
    Column("score", "CSAT", "number"),
    Column("account_id", "Account ID", hidden=True),
)
TYPES = {
    "account_id": pa.string(), "account": pa.string(), "churned": pa.bool_(), "answered_on": pa.date32(),
    "score": pa.float64(),
}  # fmt: skip


@question(
    "churn.satisfaction_accounts",
    title="Accounts by satisfaction",
    order=57,
    options={"score": SCORES},
    needs=("churn_events",),
    uses=("account_names", "churn_by_satisfaction", "churn_doubts", "churn_satisfaction_accounts"),
)
def satisfaction_accounts(request: QuestionRequest) -> Answer:
    """Return the accounts with one CSAT score as their newest answer, the churned ones first."""
    if "churn_events" not in request.loaded_tables:
        return request.empty()
    score = float(request.option("score", *SCORES))
    names = request.rows("account_names")
    name_of = dict(zip(names["account_id"].to_pylist(), names["account"].to_pylist(), strict=True))
    rows = [
        row | {"account": name_of.get(row["account_id"])}
        for row in request.rows("churn_satisfaction_accounts", **period(request)).to_pylist()
        if row["score"] == score
    ]
    churned = sum(row["churned"] for row in rows)
    low, high = wilson(churned, len(rows)) or (None, None)
    share = Figure("churn_share", "Churn rate", churned / len(rows) if rows else None, "share", n=len(rows),
                   n_label="accounts", low=low, high=high, better="down", caveat=small_base_note(len(rows)),
                   definition="churn_by_satisfaction")  # fmt: skip
    return request.answer(
        headline=f"**{words.count(churned)}** of {words.plural(len(rows), 'account')} with CSAT {words.count(score)}"
        f" churned {in_words(request)}." if rows else f"No account has CSAT {words.count(score)} in the period.",
        figures=(share,) if rows else (),
        rows=arrow_table(rows, TYPES),
        columns=COLUMNS,
        definition="churn_satisfaction_accounts",
    )  # fmt: skip
