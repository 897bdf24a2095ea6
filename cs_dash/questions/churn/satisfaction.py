"""`churn.satisfaction`: how much more often unsatisfied accounts churn."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Note
from cs_dash.charts import Chart, IntervalChart
from cs_dash.look import words
from cs_dash.questions.churn.periods import in_words, period
from cs_dash.questions.declaration import question
from cs_dash.questions.request import SMALL_BASE, QuestionRequest, arrow_table
from cs_dash.stats.intervals import wilson

COLUMNS = (
    Column("score", "CSAT", "number"),
    Column("accounts", "Accounts", "count"),
    Column("churned_accounts", "Churned", "count"),
    Column("churn_share", "Churn rate", "share"),
    Column("low", "95 % CI from", "share"),
    Column("high", "95 % CI to", "share"),
)
TYPES = {
    "score": pa.float64(), "accounts": pa.int64(), "churned_accounts": pa.int64(), "churn_share": pa.float64(),
    "low": pa.float64(), "high": pa.float64(),
}  # fmt: skip
Row = dict[str, Any]


@question(
    "churn.satisfaction",
    title="Churn by satisfaction",
    order=55,
    needs=("churn_events",),
    uses=("churn_by_satisfaction", "churn_doubts"),
)
def satisfaction(request: QuestionRequest) -> Answer:
    """Return the churn rate of the accounts by their newest CSAT answer, the lowest answer first."""
    if "churn_events" not in request.loaded_tables:
        return request.empty()
    rows = request.rows("churn_by_satisfaction", **period(request)).to_pylist()
    for row in rows:
        row["low"], row["high"] = wilson(row["churned_accounts"], row["accounts"]) or (None, None)
    headline = _headline(rows)
    return request.answer(
        headline=headline,
        rows=arrow_table(rows, TYPES),
        columns=COLUMNS,
        charts=(_chart(request, rows, headline),) if len(rows) > 1 else (),
        notes=(
            Note("Answers may have been given after the churn: a low score is no proof of a cause.", "fact"),
        ) if rows else (),
        definition="churn_by_satisfaction",
    )  # fmt: skip


def _headline(rows: list[Row]) -> str:
    large = [row for row in rows if row["accounts"] >= SMALL_BASE]
    if not rows:
        return "No account has a CSAT answer in the period."
    if len(large) < 2:
        return "Too few accounts have a CSAT answer to compare their churn."
    top, bottom = (pick(large, key=lambda row: row["churn_share"]) for pick in (max, min))
    if top["low"] <= bottom["high"]:
        return "No significant difference in churn by CSAT."
    return (
        f"Accounts with CSAT {words.count(top['score'])} churn most"
        f" (**{words.share(top['churn_share'], top['accounts'])}**),"
        f" with CSAT {words.count(bottom['score'])} least"
        f" (**{words.share(bottom['churn_share'], bottom['accounts'])}**)."
    )


def _chart(request: QuestionRequest, rows: list[Row], headline: str) -> Chart:
    chart_rows = [
        row | {
            "name": f"CSAT {words.count(row['score'])}",
            "said": f"{words.share(row['churn_share'], row['accounts'])} of {words.count(row['accounts'])}",
        }
        for row in rows
    ]  # fmt: skip
    return IntervalChart(
        name="satisfaction",
        title=headline.replace("**", "").removesuffix("."),
        subtitle=f"Share of accounts churned by newest CSAT answer and 95 % CI, {in_words(request)};"
        " labels: churn rate and accounts",
        rows=arrow_table(chart_rows, {"name": pa.string(), "said": pa.string(), **TYPES}),
        x="churn_share",
        y="name",
        low="low",
        high="high",
        label="said",
        unit="share",
        axis="Churn rate, %",
        order=tuple(row["name"] for row in chart_rows),
    )
