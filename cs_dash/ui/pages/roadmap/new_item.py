"""A new item: made from what the address names (topics, feature requests, churn reasons), or by hand."""

from __future__ import annotations

import streamlit as st

from cs_dash.decisions import roadmap
from cs_dash.decisions.roadmap import FIXES
from cs_dash.look.templates import render
from cs_dash.ui.components import controls
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.html import html
from cs_dash.ui.pages.page import View
from cs_dash.ui.pages.roadmap.roadmap_links import ADD, FIX, NEW, SOURCES, topic_link
from cs_dash.ui.state import address, session
from cs_dash.ui.state.person import person_entry, set_person
from cs_dash.ui.state.topic_links import current_topic

LONGEST_TITLE = 120


def new_item(view: View) -> None:
    """Offer the form of a new item, filled from the address; saving opens the item."""
    query = address.read()
    evidence = {kind: tuple(query.get(name, ())) for kind, name in SOURCES.items()}
    evidence["topics"] = tuple(current_topic(view.snapshot, topic) for topic in evidence["topics"])
    labels = {row["node"]: row["label"] for row in view.snapshot.warehouse("topics_shown", as_many=None).to_pylist()}
    texts = [*(labels.get(topic) or topic for topic in evidence["topics"]), *evidence["requests"], *evidence["reasons"]]
    fix = (query.get(FIX) or [""])[-1]
    made_from = "Made from " + "; ".join(texts) if texts else "Without evidence from data; it can be scored later."
    with st.container(border=True, key="new_item"):
        html(render("components/chart_title.html", title="New item", note=made_from))
        for topic in evidence["topics"]:
            link = topic_link(view.snapshot, topic)
            if link and link.label != ADD:
                html(render("roadmap/known.html", link=link))
        with st.form("new_item_form", border=False):
            title = controls.text_input(
                "Title: what to build or write", title_of(texts[0]) if texts else "", max_chars=LONGEST_TITLE
            )
            with st.container(horizontal=True, vertical_alignment="bottom"):
                kind = controls.selectbox(
                    "Kind of fix", FIXES, index=FIXES.index(fix) if fix in FIXES else None,
                    format_func=str.capitalize, placeholder="Choose", width=220,
                )  # fmt: skip
                name = person_entry("new_item_person")
                pressed = controls.form_submit_button("Add item", type="primary")
                controls.form_submit_button("Cancel", on_click=_close, type="tertiary")
    if pressed:
        set_person(name)
        with guarded():
            item_id = roadmap.add(session.workspace(), title or "", fix=kind or "", evidence=evidence, person=name)
            address.write(address.of_scope(query) | {"item": [item_id]})
            st.rerun()


def title_of(label: str) -> str:
    """Return the title that a topic's label suggests: what stands before its keywords."""
    return label.split(" · ")[0].strip()[:LONGEST_TITLE]


def _close() -> None:
    query = address.read()
    closed = {NEW, FIX, *SOURCES.values()}
    address.write({name: values for name, values in query.items() if name not in closed})
