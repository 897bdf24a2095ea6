"""`overview.act_on`: the accounts to call first, and the areas with the most how-to tickets."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Note
from cs_dash.look.words import count, date, money, plural
from cs_dash.questions.account_health import in_scope
from cs_dash.questions.churn_reasons import reasons
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table
from cs_dash.tickets.classifier.column_kinds import kind_of_tag

MOST = 5
ROWS = {
    "what": pa.string(), "name": pa.string(), "why": pa.string(), "score": pa.float64(), "change_28d": pa.float64(),
    "mrr": pa.float64(), "renewal_date": pa.date32(), "csm": pa.string(), "tickets": pa.int64(),
    "trend": pa.list_(pa.float64()), "account_id": pa.string(),
}  # fmt: skip
COLUMNS = (
    Column("name", "Account or product area"),
    Column("what", "Type"),
    Column("why", "Reason"),
    Column("score", "Score", "score"),
    Column("change_28d", "28-day change", "score", "Change in the score over 28 days."),
    Column("mrr", "MRR", "money", "For an area: of the distinct accounts with tickets on it."),
    Column("renewal_date", "Renewal", "date"),
    Column("csm", "CSM"),
    Column("tickets", "How-to tickets", "count"),
    Column("trend", "Trend", "trend", "How-to tickets by month, over 12 months."),
    Column("account_id", "Account ID", hidden=True),
)


@question(
    "overview.act_on",
    title="Priorities",
    order=30,
    needs=("subscriptions", "tickets", "usage"),
    uses=("act_on", "health_reasons", "howto_areas"),
)
def act_on(request: QuestionRequest) -> Answer:
    """Return up to five accounts, by MRR times points missing, and up to five areas, by how-to tickets."""
    if request.scope.as_of is None or not request.loaded_tables & {"subscriptions", "tickets", "usage"}:
        return request.empty()
    accounts, areas = _accounts(request), _areas(request) if "tickets" in request.loaded_tables else []
    return request.answer(
        headline=_says(accounts, areas, request),
        rows=arrow_table([*accounts, *areas], ROWS),
        columns=COLUMNS,
        notes=(
            Note(
                "An account can have tickets on several areas, so the MRR of the areas does not add up.",
                "fact",
                ("mrr",),
            ),
        )
        if areas
        else (),
        definition="act_on",
    )


def _accounts(request: QuestionRequest) -> list[dict[str, Any]]:
    candidates = in_scope(request, "act_on", as_of_day=request.as_of)
    first = [row for row in candidates if row["need"] and row["band"] != "green"][:MOST]
    why: dict[str, list[dict[str, Any]]] = defaultdict(list)
    every = in_scope(request, "health_reasons", on_day=request.as_of)
    for row in every:
        why[row["account_id"]].append(row)
    by_users = any(row["input"] == "depth" for row in every)
    for row in first:
        reason_texts = reasons(why[row["account_id"]], by_users, request.currency)
        row |= {"what": "account", "name": row["account"], "why": "; ".join(reason_texts[:2])}
    return first


def _areas(request: QuestionRequest) -> list[dict[str, Any]]:
    areas = request.rows(
        "howto_areas",
        start_day=request.scope.start,
        end_day=request.scope.end,
        as_of_day=request.as_of,
        wanted=request.filters_json,
    ).to_pylist()
    first = [row for row in areas if kind_of_tag(row["area"]) is None][:MOST]
    for row in first:
        example = f", latest “{row['example']}”" if row["example"] else ""
        who = f"how-to tickets from {plural(row['accounts'], 'account')}" if row["accounts"] else "no known account"
        why = f"{who}{example}"
        row |= {"what": "how-to area", "name": row["area"], "why": why}
    return first


def _says(accounts: list[dict[str, Any]], areas: list[dict[str, Any]], request: QuestionRequest) -> str:
    parts = []
    if accounts:
        top = accounts[0]
        score, mrr = count(top["score"]), money(top["mrr"], request.currency)
        text = f"Top priority: **{top['account']}** (score {score}, {mrr} MRR"
        text += f", renewal {date(top['renewal_date'])})" if top["renewal_date"] else ")"
        parts.append(f"{text}: {top['why']}" if top["why"] else text)
    if areas:
        tickets = plural(areas[0]["tickets"], "ticket")
        parts.append(f"The top how-to area is **{areas[0]['name']}** ({tickets})")
    sentence = ". ".join(parts)
    return (
        sentence[:1].upper() + sentence[1:] + "."
        if sentence
        else "No paying account is yellow or red, and no product area stands out."
    )
