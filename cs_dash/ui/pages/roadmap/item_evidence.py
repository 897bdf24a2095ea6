"""The evidence behind an item, as figures and as links to where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cs_dash.decisions.roadmap import Item
from cs_dash.look import words
from cs_dash.ui.components.text import locale
from cs_dash.ui.state import address, session
from cs_dash.ui.state.topic_links import current_topic

SHOWN: tuple[tuple[str, str, Any], ...] = (
    ("tickets", "Tickets", "count"), ("accounts", "Accounts", "count"), ("mrr", "Affected MRR", "money"),
    ("mrr_renewing", "Renewing in 180 days", "money"), ("not_green", "At-risk accounts", "count"),
    ("churned_mrr", "Churned MRR", "money"), ("early_share", "In the first 90 days", "share"),
    ("minutes", "Handling time", "minutes"), ("csat", "CSAT", "number"), ("rice", "RICE", "count"),
)  # fmt: skip


def evidence_figures(row: Mapping[str, Any], currency: str) -> list[dict[str, str]]:
    """Return the evidence behind an item as {"label", "value", "remark"}; what is unknown is left out."""
    figures = [
        {"label": label, "value": words.cell(row[name], unit, currency, locale()), "remark": ""}
        for name, label, unit in SHOWN
        if row[name] is not None
    ]
    figures[0]["remark"] = _against_before(row) if row["tickets"] is not None else ""
    return figures


def _against_before(row: Mapping[str, Any]) -> str:
    recent, before = words.count(row["recent"], locale()), words.count(row["before"], locale())
    return f"last 90 days {recent}, 90 days before {before}"


def source_links(snapshot: session.Snapshot, item: Item) -> list[dict[str, str]]:
    """Return what an item is made from: topics and reasons with links, requests by their titles."""
    labels = {row["node"]: row["label"] for row in snapshot.warehouse("topics_shown", as_many=None).to_pylist()}
    topics = dict.fromkeys(current_topic(snapshot, topic) for topic in item.evidence["topics"])
    links = [{"text": labels.get(topic) or topic, "href": address.link("topics", topic=topic)} for topic in topics]
    links += [{"text": f"request “{title}”", "href": ""} for title in item.evidence["requests"]]
    churn = address.link("churn")
    return links + [{"text": f"churn reason “{reason}”", "href": churn} for reason in item.evidence["reasons"]]
