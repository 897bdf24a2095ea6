"""`churn.path_accounts`: the accounts behind one point of the leading indicators of churn."""

from __future__ import annotations

from dataclasses import replace
from math import fsum
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.answer import Answer, Column, Figure
from cs_dash.look import words
from cs_dash.questions.churn.events_in_scope import days_left, events_in_scope
from cs_dash.questions.churn.path import INPUTS, MEASURES, MONTHS, step_days
from cs_dash.questions.churn.periods import in_words, period
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table, small_base_note

WHO = ("churned", "retained")
MONTHS_BEFORE = tuple(str(months) for months in range(1, MONTHS + 1))
VALUE = Column("value", "Value", "number", priority=1)
COLUMNS = {
    "churned": (
        Column("account", "Account"),
        Column("churned_on", "Churn date", "date", priority=1),
        VALUE,
        Column("similar", "Similar retained accounts", "number", "Their mean on the same day.", priority=1),
        Column("similar_accounts", "Compared accounts", "count", "Retained accounts of the same segment and tenure."),
        Column("segment", "Segment"),
        Column("day", "Measured on", "date"),
        Column("account_id", "Account ID", hidden=True),
    ),
    "retained": (
        Column("account", "Account"),
        VALUE,
        Column("matched", "Compared with", "count", "Churned accounts of the same segment and tenure.", priority=1),
        Column("month_ends", "Month ends", "count", "Month ends at which it is compared; the value is their mean."),
        Column("segment", "Segment"),
        Column("weight", "Weight", "share", "How much it counts in the mean of the retained accounts.", priority=1),
        Column("account_id", "Account ID", hidden=True),
    ),
}
TYPES = {
    "account_id": pa.string(), "account": pa.string(), "segment": pa.string(), "value": pa.float64(),
    "churned_on": pa.date32(), "day": pa.date32(), "similar": pa.float64(), "similar_accounts": pa.int64(),
    "month_ends": pa.int64(), "matched": pa.int64(), "weight": pa.float64(),
}  # fmt: skip
Row = dict[str, Any]


@question(
    "churn.path_accounts",
    title="Accounts behind the leading indicators",
    order=45,
    options={"measure": MEASURES, "month": MONTHS_BEFORE, "who": WHO},
    needs=("churn_events",),
    uses=(
        "account_names", "churn_categories", "churn_doubts", "churn_event_list", "churn_path", "churn_path_retained",
        "churn_texts",
    ),
)  # fmt: skip
def path_accounts(request: QuestionRequest) -> Answer:
    """Return the churned accounts of one measure and month before churn, or the retained ones they are compared with.

    Figure mean: the point of `churn.path`.
    """
    if "churn_events" not in request.loaded_tables:
        return request.empty()
    measure, who = request.option("measure", *MEASURES), request.option("who", *WHO)
    months = int(request.option("month", *MONTHS_BEFORE))
    days = step_days(days_left(request))
    pairs = _pairs(request, days, measure, months) if days else []
    rows = _retained(request, days, measure, months) if who == "retained" and pairs else pairs
    before = f"{words.plural(months, 'month')} before churn"
    if not rows:
        return request.answer(headline=f"No data on {measure} {before}.", definition="churn_path")
    label, unit = INPUTS[pairs[0]["input"]]
    mean = (
        fsum(row["weight"] * row["value"] for row in rows) if who == "retained"
        else fsum(row["value"] for row in rows) / len(rows)
    )  # fmt: skip
    figure = Figure("mean", f"Mean {label}", mean, unit, n=len(rows), n_label="accounts",
                    caveat=small_base_note(len(rows)), definition="churn_path")  # fmt: skip
    whose = "that churned" if who == "churned" else "that were retained, of the same segment and tenure"
    return request.answer(
        headline=f"{words.plural(len(rows), 'account')} {whose}, {before}: {label}"
        f" **{words.figure_value(figure, request.currency)}** on average, {in_words(request)}.",
        figures=(figure,),
        rows=arrow_table(rows, TYPES),
        columns=tuple(
            replace(column, unit=unit) if column.name in ("value", "similar") else column for column in COLUMNS[who]
        ),
        definition="churn_path" if who == "churned" else "churn_path_retained",
    )


def _pairs(request: QuestionRequest, days: list[Any], measure: str, months: int) -> list[Row]:
    """Return the churned accounts in scope that the measure is known of, newest churn first."""
    table = request.in_scope(request.rows("churn_path", on_days=days, **_dates(request)))
    churn_dates = {event["churn_id"]: event["churned_on"] for event in events_in_scope(request)}
    rows = [
        row | {
            "value": row["left_value"], "similar": row["stayed_value"], "similar_accounts": row["stayed_accounts"],
            "churned_on": churn_dates.get(row["churn_id"]),
        }
        for row in table.to_pylist()
        if row["measure"] == measure and row["month_before"] == -months
    ]  # fmt: skip
    rows.sort(key=lambda row: row["account_id"])
    rows.sort(key=lambda row: row["day"], reverse=True)
    return _named(request, rows)


def _retained(request: QuestionRequest, days: list[Any], measure: str, months: int) -> list[Row]:
    """Return the retained accounts that those are compared with, the most weight first."""
    rows = request.rows(
        "churn_path_retained", on_days=days, **_dates(request), of_measure=measure, wanted=request.filters_json,
    )  # fmt: skip
    return _named(request, rows.filter(pc.equal(rows["month_before"], -months)).to_pylist())


def _dates(request: QuestionRequest) -> dict[str, Any]:
    return {name: day for name, day in period(request).items() if name != "wanted"}


def _named(request: QuestionRequest, rows: list[Row]) -> list[Row]:
    names = request.rows("account_names")
    name_of = dict(zip(names["account_id"].to_pylist(), names["account"].to_pylist(), strict=True))
    return [row | {"account": name_of.get(row["account_id"])} for row in rows]
