"""The evidence behind an item, as figures and as links to where it comes from."""

from __future__ import annotations

from cs_dash.answer import Answer
from cs_dash.decisions.roadmap import Item
from cs_dash.look import words
from cs_dash.ui.components.text import locale
from cs_dash.ui.state import address, session
from cs_dash.ui.state.topic_links import current_topic

LEFT_OUT = ("churn_ratio", "to_tell", "recent", "before", "reach")
"""Figures that stand in sentences, with what they need to be understood."""


def evidence_figures(evidence: Answer) -> list[dict[str, str]]:
    """Return the figures of roadmap.item as {"label", "value", "remark"}; what is unknown is left out."""
    by_name = {figure.name: figure for figure in evidence.figures}
    remarks = {"csat": "of 5"}
    if {"recent", "before"} <= by_name.keys():
        recent, before = (words.count(by_name[name].value, locale()) for name in ("recent", "before"))
        remarks["tickets"] = f"last 90 days {recent}, 90 days before {before}"
    return [
        {
            "label": figure.label, "value": words.figure_value(figure, evidence.currency, locale()),
            "remark": remarks.get(figure.name, ""),
        }
        for figure in evidence.figures
        if figure.value is not None and figure.name not in LEFT_OUT
    ]  # fmt: skip


def source_links(snapshot: session.Snapshot, item: Item) -> list[dict[str, str]]:
    """Return what an item is made from: topics and reasons with links, requests by their titles."""
    labels = {row["node"]: row["label"] for row in snapshot.warehouse("topics_shown", as_many=None).to_pylist()}
    topics = dict.fromkeys(current_topic(snapshot, topic) for topic in item.evidence["topics"])
    links = [{"text": labels.get(topic) or topic, "href": address.link("topics", topic=topic)} for topic in topics]
    links += [{"text": f"request “{title}”", "href": ""} for title in item.evidence["requests"]]
    churn = address.link("churn")
    return links + [{"text": f"churn reason “{reason}”", "href": churn} for reason in item.evidence["reasons"]]
