"""What should be built next: the roadmap items with the evidence behind them, by score."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.look import words
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table
from cs_dash.questions.roadmap.impact import impacts
from cs_dash.questions.roadmap.roadmap_rows import HOW_TO_ADD, NO_ITEMS, SHIPPED, items
from cs_dash.questions.roadmap.ship_impact import FELL, JUDGED

ORDERS = ("rice", "revenue", "mrr")
TYPES = {
    "item": pa.string(), "title": pa.string(), "topic": pa.string(), "fix": pa.string(), "state": pa.string(),
    "tickets": pa.int64(), "accounts": pa.int64(), "mrr": pa.float64(), "mrr_renewing": pa.float64(),
    "reach": pa.int64(), "impact": pa.float64(), "confidence": pa.float64(), "effort": pa.float64(),
    "rice": pa.float64(), "rice_revenue": pa.float64(), "owner": pa.string(), "requests": pa.int64(),
    "core_accounts": pa.int64(), "not_green": pa.int64(), "churned_mrr": pa.float64(), "early_share": pa.float64(),
    "minutes": pa.float64(), "cost": pa.float64(), "csat": pa.float64(), "churned_accounts": pa.int64(),
    "trend": pa.list_(pa.int64()), "example": pa.string(), "due": pa.date32(), "shipped_on": pa.date32(),
    "team": pa.string(), "verdict": pa.string(), "recent": pa.int64(), "before": pa.int64(),
}  # fmt: skip
COLUMNS = (
    Column("item", "ID", hidden=True),
    Column("title", "Item", priority=1),
    Column("topic", "Made from", optional=True),
    Column("fix", "Kind of fix", optional=True),
    Column("tickets", "Tickets", "count"),
    Column("accounts", "Accounts", "count"),
    Column("mrr", "Affected MRR", "money", priority=1),
    Column("mrr_renewing", "Renewing in 180 days", "money"),
    Column("rice", "RICE", "count", help="Reach x impact x confidence / effort", priority=1),
    Column("state", "Decision"),
    Column("owner", "Accountable owner"),
    Column("due", "Due", "date"),
    Column("shipped_on", "Shipped", "date"),
    Column("verdict", "Did it help?", help="Change of the tickets on its topics, less that of all others"),
    Column("reach", "Reach", "count", help="Distinct accounts in the last 90 days", optional=True),
    Column("impact", "Impact", "number", optional=True),
    Column("confidence", "Confidence", "share", optional=True),
    Column("effort", "Effort", "number", help="Person-months", optional=True),
    Column("rice_revenue", "RICE by revenue", "count", optional=True),
    Column("requests", "Feature requests", "count", optional=True),
    Column("core_accounts", "Core accounts", "count", help="Accounts that fit the ideal profile", optional=True),
    Column("not_green", "At-risk accounts", "count", optional=True),
    Column("churned_accounts", "Churned accounts", "count", help="Asked and left since", optional=True),
    Column("churned_mrr", "Churned MRR", "money", optional=True),
    Column("early_share", "First 90 days", "share", optional=True),
    Column("minutes", "Handling minutes", "number", optional=True),
    Column("cost", "Handling cost", "money", optional=True),
    Column("csat", "CSAT", "number", optional=True),
    Column("trend", "Trend", "trend", optional=True),
    Column("example", "Example", optional=True),
    Column("team", "Team", optional=True),
    Column("recent", "Tickets, 90 days", "count", optional=True),
    Column("before", "Tickets, 90 days before", "count", optional=True),
)


@question(
    "roadmap.opportunities",
    title="Roadmap items",
    order=10,
    options={"order": ORDERS},
    uses=(
        "icp_conditions",
        "roadmap_demand", "roadmap_item_topics", "roadmap_items", "roadmap_opportunities", "ship_topics",
        "ship_windows", "topics_shown",
    ),
    follows_topics=True,
)  # fmt: skip
def opportunities(request: QuestionRequest) -> Answer:
    """Return the roadmap items with their evidence, by RICE or by what option `order` names; unscored ones last.

    Figures: items, unscored and without_owner (of those that have not shipped), shipped, and demand (share of the
    how-to tickets of the period that are on topics of items).
    """
    listed = items(request)
    if not listed:
        return request.answer(NO_ITEMS, notes=(HOW_TO_ADD,), rows=arrow_table([], TYPES), columns=COLUMNS)
    evidence = {row["item"]: row for row in request.rows("roadmap_opportunities", **_period(request)).to_pylist()}
    by = {"rice": "rice", "revenue": "rice_revenue", "mrr": "mrr"}[request.option("order", *ORDERS)]
    has_tickets = "tickets" in request.loaded_tables
    outcomes = impacts(request, [row for row in listed if row["state"] == SHIPPED]) if has_tickets else {}
    verdicts = {item: outcome.words for item, outcome in outcomes.items()}
    rows = [row | evidence[row["item"]] | {"verdict": verdicts.get(row["item"])} for row in listed]
    rows.sort(key=lambda row: (row[by] is None, -(row[by] or 0.0), -(row["mrr"] or 0.0)))
    demand = request.single_row("roadmap_demand", **_bounds(request)) if has_tickets else None
    return request.answer(
        _headline(rows, demand, [outcome.verdict for outcome in outcomes.values()]),
        figures=(*_figures(rows), *_demand_figures(demand)),
        rows=arrow_table(rows, TYPES),
        columns=COLUMNS,
        notes=(*_notes(rows), *_profile_notes(request.rows("icp_conditions").to_pylist())),
        definition="roadmap_opportunities",
    )


def _bounds(request: QuestionRequest) -> dict[str, Any]:
    return {"start_day": request.scope.start, "end_day": request.scope.end, "wanted": request.filters_json}


def _period(request: QuestionRequest) -> dict[str, Any]:
    return _bounds(request) | {"as_of_day": request.as_of}


def _headline(rows: list[dict[str, Any]], demand: dict[str, Any] | None, verdicts: list[str]) -> str:
    """Return how much of the demand the items stand for, what shipping helped, and how many items nobody owns."""
    waiting = [row for row in rows if row["state"] != SHIPPED]
    ownerless = sum(row["owner"] is None for row in waiting)
    shipped = len(rows) - len(waiting)
    text = f"**{words.plural(len(rows), 'item')}** on the roadmap."
    if demand and demand["on_roadmap"]:
        number = words.plural(len(rows), "item covers", "items cover")
        text = f"**{number} {words.share(demand['share'], demand['howto'])}** of how-to tickets."
    if shipped:
        text += f" {_shipped_words(shipped, verdicts)}"
    if ownerless:
        text += f" **{words.plural(ownerless, 'item')}** {'has' if ownerless == 1 else 'have'} no accountable owner."
    return text


def _shipped_words(shipped: int, verdicts: list[str]) -> str:
    """Return how many of the shipped items lowered their tickets, of those that can be judged."""
    judged = sum(verdict in JUDGED for verdict in verdicts)
    if not judged:
        return f"{words.plural(shipped, 'item has', 'items have')} shipped; there is no verdict yet."
    fell = words.count(verdicts.count(FELL))
    return f"Tickets fell for **{fell} of {words.plural(judged, 'shipped item')}** with a verdict."


def _demand_figures(demand: dict[str, Any] | None) -> tuple[Figure, ...]:
    if demand is None:
        return ()
    return (
        Figure(
            "demand", "How-to tickets covered", demand["share"], "share", n=demand["howto"], n_label="how-to tickets",
            definition="roadmap_demand",
        ),
    )  # fmt: skip


def _figures(rows: list[dict[str, Any]]) -> tuple[Figure, ...]:
    waiting = [row for row in rows if row["state"] != SHIPPED]
    counts = {
        "items": ("Items", len(rows)),
        "unscored": ("Without a score", sum(row["rice"] is None for row in waiting)),
        "without_owner": ("Without an owner", sum(row["owner"] is None for row in waiting)),
        "shipped": ("Shipped", len(rows) - len(waiting)),
    }
    return tuple(
        Figure(name, label, float(value), "count", definition="roadmap_items")
        for name, (label, value) in counts.items()
    )


def _notes(rows: list[dict[str, Any]]) -> tuple[Note, ...]:
    notes = [Note("Accounts can be behind several items, so MRR does not add up.", "fact", ("mrr",))]
    unscored = [row for row in rows if row["rice"] is None and row["state"] != SHIPPED]
    if unscored:
        named = words.plural(len(unscored), "item has", "items have")
        notes.append(Note(f"{named} no score: impact, confidence or effort is missing.", "missing", ("rice",)))
    bare = [row for row in rows if not row["tickets"] and not row["requests"] and not row["churn_events"]]
    if bare:
        named = words.plural(len(bare), "item has", "items have")
        notes.append(Note(f"{named} no evidence in the period.", "doubt", ("tickets", "accounts")))
    return tuple(notes)


def _profile_notes(conditions: list[dict[str, Any]]) -> tuple[Note, ...]:
    """Return which conditions of the ideal customer profile name a field that accounts do not have."""
    unknown = [row["field"] for row in conditions if not row["known"]]
    if not unknown:
        return ()
    text = f"No account meets the ideal customer profile: unknown field {', '.join(unknown)}."
    return (Note(text, "missing", ("core_accounts",)),)
