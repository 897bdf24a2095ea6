"""`data.checks`: data issues and the figures they affect."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column
from cs_dash.look.words import date, plural, share
from cs_dash.questions.data_quality.effects import (
    METRICS,
    missing_money_effect,
    orphan_effect,
    uncovered,
    unmet_customers,
)
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, Row, arrow_table
from cs_dash.schema.tables import TABLES

STALE_DAYS = {"usage": 28, "tickets": 30, "notes": 90, "surveys": 365}
"""Days without a new row after which a table is out of date (health then leaves the input out)."""
COVERAGE_EFFECTS = {
    "subscriptions": "counted in health and tickets, not in revenue",
    "usage": "health scores without usage and adoption",
    "surveys": "health scores without satisfaction",
    "notes": "health scores without CSM sentiment",
}
CHECK_LABELS = (
    ("Rows left out", "Rejected rows"), ("Repeats", "Duplicates removed"), ("Contradictions", "Data conflicts"),
    ("Column not used", "Unused column"), ("Currency without a rate", "Missing exchange rate"),
)  # fmt: skip
CHECKS = {
    "check": pa.string(), "table": pa.string(), "rows": pa.int64(), "of": pa.int64(), "share": pa.float64(),
    "part": pa.string(),     "metrics": pa.string(), "effect": pa.string(), "title": pa.string(),
}  # fmt: skip
COLUMNS = (
    Column("check", "Check", value_labels=CHECK_LABELS),
    Column("title", "Table"),
    Column("table", "Table name", hidden=True),
    Column("rows", "Affected", "count", "Rows; accounts for coverage, days for freshness."),
    Column("share", "Share, unrounded", "share", hidden=True),
    Column("part", "Share", help="Of the table's rows, or of its accounts."),
    Column("metrics", "Affected metrics"),
    Column("effect", "Effect"),
)


@question(
    "data.checks",
    title="Data issues and the metrics they affect",
    order=40,
    needs=("accounts", "subscriptions", "tickets", "usage"),
    uses=(
        "contradictions",
        "dimension_values",
        "howto_bounds",
        "missing_rates",
        "table_quality",
        "unmet_customers",
        "unplaced_facts",
        "unused_columns",
    ),
)
def checks(request: QuestionRequest) -> Answer:
    """Return one row per data issue: what it is, in which table, how large, and which figures it affects and how.

    The checks are rows without an account, coverage, freshness, impossible dates, currencies without a rate, rows left
    out, duplicates, contradictions and columns that are not used; a check without findings has no row.
    """
    if not request.loaded_tables:
        return request.empty()
    states = request.rows("table_quality").to_pylist()
    shortcomings = [
        *_of_tables(states, request),
        *_of_dates_and_contradictions(request, states),
        *_of_rates(request),
        *_of_unused(request),
    ]
    for row in shortcomings:
        row["title"] = TABLES[row["table"]].title
        row["share"] = row["rows"] / row["of"] if row.get("of") else None
        row["part"] = share(row["share"], row["of"]) if row["share"] is not None else ""
    kinds = len({row["check"] for row in shortcomings})
    headline = f"**{plural(len(shortcomings), 'data issue')}** in {plural(kinds, 'check')}."
    return request.answer(
        headline="".join(f"**{conflict.short_text}.** " for conflict in unmet_customers(request)) + headline
        if shortcomings
        else "No data issues.",
        rows=arrow_table(shortcomings, CHECKS),
        columns=COLUMNS,
        definition="table_quality",
    )


def _check(check: str, name: str, rows: int, of: int | None, metrics: str, effect: str) -> Row:
    sentence = effect[:1].upper() + effect[1:] + "."
    return {"check": check, "table": name, "rows": rows, "of": of, "metrics": metrics, "effect": sentence}


def _of_tables(states: list[dict[str, Any]], request: QuestionRequest) -> list[Row]:
    accounts = next(row["rows"] for row in states if row["table_name"] == "accounts")
    filled = [row for row in states if row["rows"]]
    shortcomings = []
    for row in filled:
        name = row["table_name"]
        if row["orphans"]:
            effect = orphan_effect(name, row, request)
            shortcomings.append(_check("Without an account", name, row["orphans"], row["rows"], METRICS[name], effect))
    for row in filled:
        name, uncovered_accounts = row["table_name"], uncovered(row, accounts)
        if name in COVERAGE_EFFECTS and uncovered_accounts:
            effect = f"{plural(uncovered_accounts, 'account')} without rows in this table: {COVERAGE_EFFECTS[name]}"
            shortcomings.append(_check("Coverage", name, uncovered_accounts, accounts, METRICS[name], effect))
        age = (request.scope.as_of - row["newest"]).days if request.scope.as_of and row["newest"] else 0
        if age > STALE_DAYS.get(name, age):
            effect = f"latest data {date(row['newest'])}, {plural(age, 'day')} before the as-of date"
            shortcomings.append(_check("Freshness", name, age, None, METRICS[name], effect))
    for row in filled:
        name, metrics = row["table_name"], METRICS.get(row["table_name"], "names, segments")
        if row["rejected"]:
            effect = "rejected with a reason: totals are too low by these rows"
            shortcomings.append(_check("Rows left out", name, row["rejected"], row["read"], metrics, effect))
        if row["duplicates"]:
            effect = "removed, so that nothing counts twice"
            shortcomings.append(_check("Repeats", name, row["duplicates"], row["read"], metrics, effect))
    return shortcomings


def _of_dates_and_contradictions(request: QuestionRequest, states: list[dict[str, Any]]) -> list[Row]:
    shortcomings, row_counts = [], {row["table_name"]: row["rows"] for row in states}
    for row in request.rows("contradictions", as_of_day=request.scope.as_of).to_pylist():
        check = "Impossible dates" if row["is_date"] else "Contradictions"
        effect = f"{row['contradiction']}, for example {', '.join(row['examples'])}"
        shortcomings.append(
            _check(check, row["table_name"], row["rows"], row_counts[row["table_name"]], row["touches"], effect)
        )
    return sorted(shortcomings, key=lambda shortcoming: shortcoming["check"] != "Impossible dates")


def _of_unused(request: QuestionRequest) -> list[Row]:
    return [
        _check(
            "Column not used", row["table_name"], row["rows"], row["of_rows"], ", ".join(row["metrics"]),
            f"column {row['column_name']} of {row['file']} has {row['holds']} but is not mapped to a field: map it if a"
            " metric needs it",
        )
        for row in request.rows("unused_columns").to_pylist() if row["metrics"]
    ]  # fmt: skip


def _of_rates(request: QuestionRequest) -> list[Row]:
    return [
        _check(
            "Currency without a rate", row["table_name"], row["rows"], None,
            METRICS.get(row["table_name"], "MRR"), f"{row['what'].rstrip('.')}: {missing_money_effect(row)}",
        )
        for row in request.rows("missing_rates").to_pylist()
    ]  # fmt: skip
