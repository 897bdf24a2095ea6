"""`health.nps_answers`: the answers behind the net promoter score, one by one."""

from __future__ import annotations

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure
from cs_dash.look import words
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table
from cs_dash.scope import ONE_DAY

TYPES = {
    "survey_id": pa.string(), "account_id": pa.string(), "account": pa.string(), "answered_on": pa.date32(),
    "score": pa.float64(), "counts_as": pa.string(), "comment": pa.string(),
}  # fmt: skip
COLUMNS = (
    Column("survey_id", "Response", hidden=True),
    Column("account_id", "Account ID", hidden=True),
    Column("account", "Account"),
    Column("answered_on", "Date", "date"),
    Column("score", "Score (0–10)", "number"),
    Column("counts_as", "Counts as"),
    Column("comment", "Comment"),
)


@question(
    "health.nps_answers",
    title="NPS responses",
    order=45,
    needs=("surveys",),
    uses=("account_names", "net_promoter_score", "promoter_answers"),
)
def nps_answers(request: QuestionRequest) -> Answer:
    """Return the NPS answers of the scope's period, the lowest first, and their score."""
    if "surveys" not in request.loaded_tables or request.scope.as_of is None:
        return request.empty()
    start, end = request.scope.start, request.scope.end or request.as_of + ONE_DAY
    names = request.rows("account_names")
    name_of = dict(zip(names["account_id"].to_pylist(), names["account"].to_pylist(), strict=True))
    rows = [
        row | {"account": name_of.get(row["account_id"])}
        for row in request.in_scope(request.rows("promoter_answers")).to_pylist()
        if (start is None or row["answered_on"] >= start) and row["answered_on"] < end
    ]
    rows.sort(key=lambda row: (row["score"], row["answered_on"], row["survey_id"]))
    counts = [row["counts_as"] for row in rows]
    score = 100 * (counts.count("promoter") - counts.count("detractor")) / len(rows) if rows else None
    figure = Figure("nps", "Net promoter score", score, "number", n=len(rows), n_label="responses", better="up",
                    definition="net_promoter_score")  # fmt: skip
    headline = "No NPS responses in the period."
    if rows:
        headline = f"NPS is **{words.number(score)}**, from {words.plural(len(rows), 'response')}."
    return request.answer(
        headline=headline,
        figures=(figure,),
        rows=arrow_table(rows, TYPES),
        columns=COLUMNS,
        definition="net_promoter_score",
    )
