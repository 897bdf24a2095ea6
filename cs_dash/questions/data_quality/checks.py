"""`data.checks`: every shortcoming of the data beside the figures that it touches."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column
from cs_dash.look.words import count, date, plural, share
from cs_dash.questions.data_quality.effects import METRICS, missing_money, orphans, uncovered
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, Row, arrow_table
from cs_dash.schema.tables import TABLES

STALE = {"usage": 28, "tickets": 30, "notes": 90, "surveys": 365}
"""After so many days without a new row, what reads the table is out of date (health leaves the input out)."""
COVERED = {
    "subscriptions": "they count in health and tickets, not in revenue",
    "usage": "their health is scored without use and adoption",
    "surveys": "their health is scored without satisfaction",
    "notes": "their health is scored without the CSM's pulse",
}
CHECKS = {
    "check": pa.string(), "table": pa.string(), "rows": pa.int64(), "of": pa.int64(), "share": pa.float64(),
    "part": pa.string(),     "metrics": pa.string(), "effect": pa.string(), "title": pa.string(),
}  # fmt: skip
COLUMNS = (
    Column("check", "Check"),
    Column("title", "Table"),
    Column("table", "Table name", hidden=True),
    Column("rows", "Concerned", "count", "Rows; for coverage, accounts; for freshness, days."),
    Column("share", "Share, unrounded", "share", hidden=True),
    Column("part", "Share", help="Of the table's rows, or of its accounts."),
    Column("metrics", "Touches"),
    Column("effect", "What it means"),
)


@question(
    "data.checks",
    title="What limits which figure?",
    order=40,
    needs=("accounts", "subscriptions", "tickets", "usage"),
    uses=("contradictions", "dimension_values", "howto_bounds", "missing_rates", "table_quality", "unplaced_facts"),
)
def checks(request: QuestionRequest) -> Answer:
    """Return one row per shortcoming: what, in which table, how much, which figures it touches and how.

    The checks are rows without an account, coverage, freshness, impossible dates, currencies without a rate, rows left
    out, repeats and contradictions; what is not found has no row.
    """
    if not request.loaded_tables:
        return request.empty()
    states = request.rows("table_quality").to_pylist()
    found = [*_of_tables(states, request), *_of_dates_and_contradictions(request, states), *_of_rates(request)]
    for row in found:
        row["title"] = TABLES[row["table"]].title
        row["share"] = row["rows"] / row["of"] if row.get("of") else None
        row["part"] = share(row["share"], row["of"]) if row["share"] is not None else ""
    kinds = len({row["check"] for row in found})
    said = f"**{plural(len(found), 'shortcoming')}** of {plural(kinds, 'kind')}, each with the figures it touches."
    return Answer(
        question=request.question,
        title=request.title,
        headline=said if found else "Nothing was found that limits a figure.",
        as_of=request.scope.as_of,
        rows=arrow_table(found, CHECKS),
        columns=COLUMNS,
        definition=request.definitions.get("table_quality"),
        currency=request.currency,
    )


def _check(check: str, name: str, rows: int, of: int | None, metrics: str, effect: str) -> Row:
    said = effect[:1].upper() + effect[1:] + "."
    return {"check": check, "table": name, "rows": rows, "of": of, "metrics": metrics, "effect": said}


def _of_tables(states: list[dict[str, Any]], request: QuestionRequest) -> list[Row]:
    accounts = next(row["rows"] for row in states if row["table_name"] == "accounts")
    filled = [row for row in states if row["rows"]]
    found = []
    for row in filled:
        name = row["table_name"]
        if row["orphans"]:
            effect = orphans(name, row, request)
            found.append(_check("Without an account", name, row["orphans"], row["rows"], METRICS[name], effect))
    for row in filled:
        name, bare = row["table_name"], uncovered(row, accounts)
        if name in COVERED and bare:
            effect = f"{plural(bare, 'account')} without any row here: {COVERED[name]}"
            found.append(_check("Coverage", name, bare, accounts, METRICS[name], effect))
        age = (request.scope.as_of - row["newest"]).days if request.scope.as_of and row["newest"] else 0
        if age > STALE.get(name, age):
            effect = f"nothing newer than {date(row['newest'])}, {count(age)} days before the newest fact"
            found.append(_check("Freshness", name, age, None, METRICS[name], effect))
    for row in filled:
        name, metrics = row["table_name"], METRICS.get(row["table_name"], "names, segments")
        if row["rejected"]:
            effect = "left out, each with its reason: totals are too low by what they hold"
            found.append(_check("Rows left out", name, row["rejected"], row["read"], metrics, effect))
        if row["duplicates"]:
            effect = "left out, so that nothing counts twice"
            found.append(_check("Repeats", name, row["duplicates"], row["read"], metrics, effect))
    return found


def _of_dates_and_contradictions(request: QuestionRequest, states: list[dict[str, Any]]) -> list[Row]:
    found, held = [], {row["table_name"]: row["rows"] for row in states}
    for row in request.rows("contradictions", as_of_day=request.scope.as_of).to_pylist():
        check = "Impossible dates" if row["is_date"] else "Contradictions"
        effect = f"{row['contradiction']}, for example {', '.join(row['examples'])}"
        found.append(_check(check, row["table_name"], row["rows"], held[row["table_name"]], row["touches"], effect))
    return sorted(found, key=lambda each: each["check"] != "Impossible dates")


def _of_rates(request: QuestionRequest) -> list[Row]:
    return [
        _check(
            "Currency without a rate", row["table_name"], row["rows"], None,
            METRICS.get(row["table_name"], "MRR"), f"{row['what'].rstrip('.')}: {missing_money(row)}",
        )
        for row in request.rows("missing_rates").to_pylist()
    ]  # fmt: skip
