"""What an item is called and made from, and taking it off the roadmap after a second click."""

from __future__ import annotations

import streamlit as st

from cs_dash.decisions import roadmap
from cs_dash.decisions.roadmap import FIXES, Item
from cs_dash.ui.components import controls
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.html import note
from cs_dash.ui.pages.roadmap.item_draft import ItemDraft, save
from cs_dash.ui.state import session
from cs_dash.ui.state.topic_links import current_topic


def description_form(snapshot: session.Snapshot, item: Item, draft: ItemDraft) -> None:
    """Let the title, the kind of fix and the topics of an item be changed, and the item be removed."""
    shown = snapshot.warehouse("topics_shown", as_many=None).to_pylist()
    labels = {row["topic"]: row["label"] or row["topic"] for row in shown if row["node"] == row["topic"]}
    before = tuple(dict.fromkeys(current_topic(snapshot, topic) for topic in item.evidence["topics"]))
    labels |= {topic: topic for topic in before if topic not in labels}
    with controls.popover("Edit item"):
        with st.form(draft.key("description"), border=False):
            title = controls.text_input("Title", item.title, max_chars=120, key=draft.key("title"))
            fix = controls.selectbox(
                "Kind of fix", FIXES, index=FIXES.index(item.fix) if item.fix in FIXES else None,
                format_func=str.capitalize, placeholder="Choose", key=draft.key("fix"),
            )  # fmt: skip
            topics = controls.multiselect(
                "Topics", list(labels), default=list(before), format_func=labels.__getitem__, key=draft.key("topics"),
                placeholder="Choose topics",
            )  # fmt: skip
            pressed = controls.form_submit_button("Save", type="primary")
        note("Removing takes the item and its decisions off the roadmap.")
        removed = controls.button("Remove from roadmap", key=draft.key("remove"))
    if pressed:
        # As it was written where nothing changed: an id of before leads to more than what it means now.
        kept = item.evidence["topics"] if tuple(topics) == before else topics
        save(
            draft,
            lambda: roadmap.describe(
                session.workspace(), item.item_id, title or "", fix=fix or "",
                evidence={**item.evidence, "topics": kept}, seen=draft.seen,
            ),
            "Item saved.",
        )  # fmt: skip
    if removed:
        with guarded():
            roadmap.remove(session.workspace(), item.item_id, seen=draft.seen)
            st.rerun()
