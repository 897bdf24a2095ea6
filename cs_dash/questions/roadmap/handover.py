"""Roadmap items as other tools take them: with the evidence, a priority, labels and an address back."""

from __future__ import annotations

import math
import re
from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Note
from cs_dash.errors import UnknownOption, nearest
from cs_dash.look import words
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table
from cs_dash.questions.roadmap.roadmap_rows import HOW_TO_ADD, NO_ITEMS, SHIPPED, items

ALL, PENDING = "all", "pending"
HIGH, MEDIUM, LOW = "High", "Medium", "Low"
LABEL = "csdash-"
PAGE = "roadmap?item="
RELATIVE = "The addresses are relative because the address of the app was not given."
TYPES = {
    "item": pa.string(), "title": pa.string(), "fix": pa.string(), "state": pa.string(), "owner": pa.string(),
    "team": pa.string(), "priority": pa.string(), "rice": pa.float64(), "reach": pa.int64(), "impact": pa.float64(),
    "confidence": pa.float64(), "effort": pa.float64(), "tickets": pa.int64(), "accounts": pa.int64(),
    "mrr": pa.float64(), "mrr_renewing": pa.float64(), "due": pa.date32(), "shipped_on": pa.date32(),
    "labels": pa.list_(pa.string()), "evidence": pa.list_(pa.string()), "examples": pa.list_(pa.string()),
    "address": pa.string(),
}  # fmt: skip
COLUMNS = (
    Column("item", "ID", priority=1),
    Column("title", "Item", priority=1),
    Column("state", "Decision"),
    Column("owner", "Accountable owner"),
    Column("priority", "Priority", help="High, medium and low: the thirds of the scored items by RICE", priority=1),
    Column("rice", "RICE", "number"),
    Column("address", "Address"),
)


@question(
    "roadmap.handover",
    title="Roadmap items for other tools",
    order=90,
    options={"items": (PENDING, ALL), "item": (), "address": ()},
    uses=("roadmap_examples", "roadmap_item_topics", "roadmap_items", "roadmap_opportunities", "topics_shown"),
    follows_topics=True,
)
def handover(request: QuestionRequest) -> Answer:
    """Return the roadmap items as other tools take them, by RICE.

    Option `items`: "pending" leaves out those that shipped or were declined. `item`: only these ids, with blanks
    between them. `address`: where the app is opened, "https://host"; without it the addresses are relative to the app.
    Raises UnknownOption for an item that is not on the roadmap, and for what is no address.
    """
    listed = items(request)
    if not listed:
        return request.answer(NO_ITEMS, notes=(HOW_TO_ADD,), rows=arrow_table([], TYPES), columns=COLUMNS)
    base = _base(request.options.get("address", ""))
    chosen = _chosen(request, listed)
    parameters = {"as_of_day": request.as_of, "wanted": request.filters_json}
    evidence = {
        row["item"]: row
        for row in request.rows(
            "roadmap_opportunities", start_day=request.scope.start, end_day=request.scope.end, **parameters
        ).to_pylist()
    }
    examples: dict[str, list[str]] = {}
    for row in request.rows("roadmap_examples", **parameters).to_pylist():
        examples.setdefault(row["item"], []).append(f"{' '.join(row['text'].split())} ({row['evidence_id']})")
    rows = [row | evidence[row["item"]] for row in chosen]
    scores = [row["rice"] for row in rows if row["rice"] is not None and row["state"] != SHIPPED]
    for row in rows:
        row["priority"] = _priority(row["rice"], scores) if row["state"] != SHIPPED else None
        row["labels"] = [f"{LABEL}{row['item']}", *([re.sub(r"\s+", "-", row["fix"])] if row["fix"] else [])]
        row["evidence"] = _evidence(row, request.currency)
        row["examples"] = examples.get(row["item"], [])
        row["address"] = f"{base}{PAGE}{row['item']}"
    rows.sort(key=lambda row: (row["rice"] is None, -(row["rice"] or 0.0)))
    return request.answer(
        _headline(rows, listed),
        rows=arrow_table(rows, TYPES),
        columns=COLUMNS,
        notes=()
        if base
        else (Note("The addresses are relative because the address of the app was not given.", "fact"),),
        definition="roadmap_opportunities",
    )


def _base(address: str) -> str:
    """Return what stands before the page in an address: "https://host/". Raises UnknownOption for what is none."""
    address = address.strip()
    if address and not re.fullmatch(r"https?://[^\s\"'<>]+", address):
        raise UnknownOption(
            "Not an address",
            f"Could not use {address} as the address of the app.",
            "Write it as https://cs.example.com.",
        )
    return address.split("?")[0].rstrip("/") + "/" if address else ""


def _chosen(request: QuestionRequest, listed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    ids = request.options.get("item", "").replace(",", " ").split()
    by_id = {row["item"]: row for row in listed}
    for item in ids:
        if item not in by_id:
            raise UnknownOption(
                "No such item", f"Could not use {item} because it is not on the roadmap.", nearest(item, by_id)
            )
    if ids:
        return [by_id[item] for item in dict.fromkeys(ids)]
    if request.option("items", PENDING, ALL) == ALL:
        return listed
    return [row for row in listed if row["state"] not in (SHIPPED, "declined")]


def _priority(rice: float | None, scores: list[float]) -> str | None:
    """Return the third of the scores that a score is in, equal ones in the same; None where there is none."""
    if rice is None:
        return None
    higher = sum(score > rice for score in scores)
    return (HIGH, MEDIUM, LOW)[math.floor(3 * higher / len(scores))]


def _evidence(row: dict[str, Any], currency: str) -> list[str]:
    """Return what is known of an item, one line for each: "Tickets: 42 (12 in the last 90 days)"."""
    tickets = None
    if row["tickets"] is not None:
        tickets = f"{words.count(row['tickets'])} ({words.count(row['recent'])} in the last 90 days)"
    rice = None
    if row["rice"] is not None:
        rice = (
            f"{words.number(row['rice'])} = reach {words.count(row['reach'])} x impact {row['impact']:g} x "
            f"confidence {words.share(row['confidence'])} / effort {row['effort']:g} (person-months)"
        )
    decision = None
    if row["decision"]:
        decision = f"{row['decision']} on {row['decided_on'].isoformat()}" if row["decided_on"] else row["decision"]
        decision += f", because: {row['reason']}" if row["reason"] else ""
    team = {"product": "product", "cs": "customer success"}.get(row["team"] or "")
    lines = {
        "Made from": row["topic"],
        "Kind of fix": row["fix"],
        "Tickets": tickets,
        "Feature requests": words.count(row["requests"]) if row["requests"] else None,
        "Accounts": words.count(row["accounts"]),
        "Affected MRR": _money(row["mrr"], currency),
        "MRR renewing within 180 days": _money(row["mrr_renewing"], currency),
        "At-risk accounts": words.count(row["not_green"]) if row["not_green"] is not None else None,
        "Churned MRR": _money(row["churned_mrr"], currency),
        "RICE": rice,
        "Decision": decision,
        "Accountable owner": (f"{row['owner']} ({team})" if team else row["owner"]) if row["owner"] else None,
        "Expected change of its tickets": words.share(row["target"]) if row["target"] is not None else None,
        "Due": row["due"].isoformat() if row["due"] else None,
    }
    return [f"{label}: {text}" for label, text in lines.items() if text]


def _money(value: float | None, currency: str) -> str | None:
    return words.money(value, currency, full=True) if value is not None else None


def _headline(rows: list[dict[str, Any]], listed: list[dict[str, Any]]) -> str:
    text = f"**{words.plural(len(rows), 'item')}** to hand over."
    handed_over = {row["item"] for row in rows}
    states = [row["state"] for row in listed if row["item"] not in handed_over]
    if states:
        done = [state for state in (SHIPPED, "declined") if state in states]
        reasons = [*done, *(["not chosen"] if set(states) - set(done) else [])]
        text += f" {words.plural(len(states), 'item is', 'items are')} left out: {' or '.join(reasons)}."
    return text
