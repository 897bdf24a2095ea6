"""`data.matches` and `data.unmatched`: how rows found their account, and what those say that found none."""

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
    Column("how", "Way"),
    Column("title", "Table"),
    Column("table", "Table name", hidden=True),
    Column("rows", "Rows", "count"),
    Column("share", "Of the table", "share"),
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
    Column("name", "In the files"),
    Column("ref", "Its id there"),
    Column("rows", "Rows", "count"),
    Column("tickets", "Tickets", "count"),
    Column("uses", "Uses", "count"),
    Column("surveys", "Surveys", "count"),
    Column("churn_events", "Churn events", "count"),
    Column("contracts", "Contract lines", "count"),
    Column("others", "Notes and others", "count"),
    Column("mrr", "MRR", "money", "Of the account that only other files name."),
    Column("candidate", "May be"),
    Column("candidate_id", "Its id", hidden=True),
    Column("score", "Likeness", "share"),
    Column("how", "Why"),
    Column("candidate_mrr", "Its MRR", "money"),
    Column("effect", "What it means for the figures"),
    Column("own_account", "Account of its own", hidden=True),
    Column("key", "Key", hidden=True),
)
EFFECTS = {
    "tickets": ("ticket", "", "in no account's contact rate and in no segment's how-to share"),
    "uses": ("use", "", "in no account's weekly active users"),
    "surveys": ("answer", "", "in no account's satisfaction"),
    "churn_events": ("churn reason", "", "in no segment"),
    "others": ("note, request or milestone", "notes, requests or milestones", "on no account's page"),
}


@question(
    "data.matches",
    title="How did rows find their account?",
    order=50,
    needs=("accounts", "tickets"),
    uses=("matched_rows",),
)
def matches(request: QuestionRequest) -> Answer:
    """Return one row per table and way: how many rows found their account so."""
    if not request.loaded_tables:
        return request.empty()
    found = request.rows("matched_rows").to_pylist()
    totals: dict[str, int] = {}
    for row in found:
        row["table"] = row["table_name"]
        totals[row["table"]] = totals.get(row["table"], 0) + row["rows"]
    rows = sum(totals.values())
    placed = sum(row["rows"] for row in found if row["how"])
    for row in found:
        row["title"], row["share"] = TABLES[row["table"]].title, row["rows"] / totals[row["table"]]
        way = row["how"] or "no account found"
        row["how"] = f"{way}, {OWN}" if row["listed"] is False else way
    return Answer(
        question=request.question,
        title=request.title,
        headline=f"**{share(placed / rows, rows)}** of {count(rows)} rows found their account."
        if rows
        else "Not known for this version: it was made by an earlier release. The next load tells.",
        as_of=request.scope.as_of,
        rows=arrow_table(found, WAYS),
        columns=WAY_COLUMNS,
        definition=request.definitions.get("matched_rows"),
        currency=request.currency,
    )


@question(
    "data.unmatched",
    title="Which rows have no account, and whose may they be?",
    order=60,
    needs=("accounts", "tickets"),
    uses=("unmatched_accounts",),
)
def unmatched(request: QuestionRequest) -> Answer:
    """Return what rows without an account say, the most consequential first, with the account that each may mean."""
    if not request.loaded_tables:
        return request.empty()
    found = request.rows("unmatched_accounts", as_of_day=request.scope.as_of).to_pylist()
    for row in found:
        row["name"] = row["named"] or "(nothing named)"
        row["ref"] = next((each["account_ref"] for each in row["said"] if each["account_ref"]), None)
        row["how"], row["effect"] = row["why"], effect_of(row)
    lost = [row for row in found if row["own_account"] is None]
    like = sum(row["candidate_id"] is not None for row in found)
    says = f"**{plural(sum(row['rows'] for row in lost), 'row')}** under {plural(len(lost), 'name')} fit no account"
    own = len(found) - len(lost)
    says += f"; {plural(own, 'account')} known from other files only" if own else ""
    return Answer(
        question=request.question,
        title=request.title,
        headline=f"{says}. For **{count(like)}** of them there is an account that they may be."
        if found
        else "Every row fits an account.",
        as_of=request.scope.as_of,
        rows=arrow_table(found, UNMATCHED),
        columns=UNMATCHED_COLUMNS,
        definition=request.definitions.get("unmatched_accounts"),
        currency=request.currency,
    )


def effect_of(row: Row) -> str:
    """Return what a line of `unmatched_accounts` means for the figures, in words."""
    if row["own_account"] is not None:
        return "An account of its own, without segment and CSM: in totals, in no segment."
    said = [f"{plural(row[name], one, many)} {rest}" for name, (one, many, rest) in EFFECTS.items() if row[name]]
    return "; ".join(said) + "." if said else "None."
