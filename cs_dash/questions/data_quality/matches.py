"""`data.matches` and `data.unmatched`: how rows were matched to accounts, and the rows without an account."""

from __future__ import annotations

import pyarrow as pa

from cs_dash.answer import Answer, Column
from cs_dash.look.words import count, plural, share
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, Row, arrow_table
from cs_dash.schema.tables import TABLES

OWN = "known from other files only"
WAYS = {
    "how": pa.string(), "table": pa.string(), "rows": pa.int64(), "share": pa.float64(), "accounts": pa.int64(),
    "title": pa.string(),
}  # fmt: skip
WAY_COLUMNS = (
    Column("how", "Matched by"),
    Column("title", "Table"),
    Column("table", "Table name", hidden=True),
    Column("rows", "Rows", "count"),
    Column("share", "Share of table", "share"),
    Column("accounts", "Accounts", "count"),
)
COUNTED = ("tickets", "uses", "surveys", "churn_events", "contracts", "others")
UNMATCHED = {
    "name": pa.string(), "ref": pa.string(), "rows": pa.int64(), **dict.fromkeys(COUNTED, pa.int64()),
    "mrr": pa.float64(), "candidate_id": pa.string(), "candidate": pa.string(), "score": pa.float64(),
    "how": pa.string(), "candidate_mrr": pa.float64(), "own_account": pa.string(), "effect": pa.string(),
    "key": pa.string(),
}  # fmt: skip
UNMATCHED_COLUMNS = (
    Column("name", "Name in the files"),
    Column("ref", "ID in the files"),
    Column("rows", "Rows", "count"),
    Column("tickets", "Tickets", "count"),
    Column("uses", "Usage rows", "count"),
    Column("surveys", "Surveys", "count"),
    Column("churn_events", "Churn events", "count"),
    Column("contracts", "Contract lines", "count"),
    Column("others", "Notes and other rows", "count"),
    Column("mrr", "MRR", "money", "Of the account, where only other files name it."),
    Column("candidate", "Suggested account"),
    Column("candidate_id", "Suggested account ID", hidden=True),
    Column("score", "Similarity", "share"),
    Column("how", "Reason"),
    Column("candidate_mrr", "Suggested account's MRR", "money"),
    Column("effect", "Effect on metrics"),
    Column("own_account", "Own account", hidden=True),
    Column("key", "Key", hidden=True),
)
EFFECTS = {
    "tickets": ("ticket", "", "missing from contact rates by account and how-to share by segment"),
    "uses": ("usage row", "", "missing from weekly active users by account"),
    "surveys": ("survey response", "", "missing from satisfaction by account"),
    "churn_events": ("churn event", "", "missing from churn by segment"),
    "others": ("note, request or milestone", "notes, requests or milestones", "missing from account pages"),
}


@question(
    "data.matches",
    title="Account matching",
    order=50,
    needs=("accounts", "tickets"),
    uses=("matched_rows",),
)
def matches(request: QuestionRequest) -> Answer:
    """Return one row per table and way of matching: how many rows were matched to an account that way."""
    if not request.loaded_tables:
        return request.empty()
    way_rows = request.rows("matched_rows").to_pylist()
    totals: dict[str, int] = {}
    for row in way_rows:
        row["table"] = row["table_name"]
        totals[row["table"]] = totals.get(row["table"], 0) + row["rows"]
    rows = sum(totals.values())
    matched_rows = sum(row["rows"] for row in way_rows if row["how"])
    for row in way_rows:
        row["title"], row["share"] = TABLES[row["table"]].title, row["rows"] / totals[row["table"]]
        way = row["how"] or "no account found"
        row["how"] = f"{way}, {OWN}" if row["listed"] is False else way
    return request.answer(
        headline=f"**{share(matched_rows / rows, rows)}** of {plural(rows, 'row')} match an account."
        if rows
        else "Not available for this version, made by an earlier release. Available after the next load.",
        rows=arrow_table(way_rows, WAYS),
        columns=WAY_COLUMNS,
        definition="matched_rows",
    )


@question(
    "data.unmatched",
    title="Unmatched rows",
    order=60,
    needs=("accounts", "tickets"),
    uses=("unmatched_accounts",),
)
def unmatched(request: QuestionRequest) -> Answer:
    """Return the references to accounts that were not matched, the most consequential first, each with a candidate."""
    if not request.loaded_tables:
        return request.empty()
    references = request.rows("unmatched_accounts", as_of_day=request.scope.as_of).to_pylist()
    for row in references:
        row["name"] = row["named"] or "(nothing named)"
        row["ref"] = next((mention["account_ref"] for mention in row["said"] if mention["account_ref"]), None)
        row["how"], row["effect"] = row["why"], effect_of(row)
    unmatched_references = [row for row in references if row["own_account"] is None]
    with_candidate = sum(row["candidate_id"] is not None for row in references)
    rows_text = plural(sum(row["rows"] for row in unmatched_references), "row")
    headline = f"**{rows_text}** without an account, under {plural(len(unmatched_references), 'name')}"
    own = len(references) - len(unmatched_references)
    headline += f"; {plural(own, 'account')} not in the account list" if own else ""
    suggestion = f"; **{count(with_candidate)}** with a suggested account" if with_candidate else ""
    return request.answer(
        headline=f"{headline}{suggestion}." if references else "Every row matches an account.",
        rows=arrow_table(references, UNMATCHED),
        columns=UNMATCHED_COLUMNS,
        definition="unmatched_accounts",
    )


def effect_of(row: Row) -> str:
    """Return the effect of a row of `unmatched_accounts` on the figures, in words."""
    if row["own_account"] is not None:
        return "A separate account without segment and CSM: in totals, not in segments."
    effects = [
        f"{plural(row[name], singular, plural_form)} {consequence}"
        for name, (singular, plural_form, consequence) in EFFECTS.items()
        if row[name]
    ]
    return "; ".join(effects) + "." if effects else "None."
