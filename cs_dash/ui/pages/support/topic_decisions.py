"""Decisions on topics, below their list: in force at once, and undoable."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from cs_dash.decisions import topics
from cs_dash.decisions.log import Entry
from cs_dash.decisions.topics import IGNORED, INTO, NAME, SPLIT, Change, TopicDecisions
from cs_dash.look import words
from cs_dash.look.templates import render
from cs_dash.metrics import Warehouse
from cs_dash.sharing import Right
from cs_dash.ui.components import controls
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.html import heading, html, message, note, one_place
from cs_dash.ui.components.text import locale
from cs_dash.ui.pages.page import View
from cs_dash.ui.state import keys, session
from cs_dash.ui.state.reader import may

_SHOWN = "select node, topic, label, ignored from topics_shown(null) order by label, node"
_NODES = "select node, parent, label from topic_nodes"
_SIZES = "select topic, count(*) as tickets from ticket_topics(null) group by topic"


def shape_topics(view: View) -> None:
    """Offer to rename, merge, split and ignore topics, and to undo decisions; nothing without topics or the right."""
    if not may(Right.LABEL):
        return
    warehouse = view.snapshot.warehouse
    topic_rows = [row for row in warehouse.query(_SHOWN).to_pylist() if row["node"] == row["topic"]]
    decided = topics.decided(session.workspace())
    if not topic_rows and not decided.entries:
        return
    with st.container(key="topics_shaped"):
        heading("Edit topics")
        note("Changes apply to every version and to the command line.")
        with one_place():
            if decision := st.session_state.pop(keys.TOPICS_MESSAGE, None):
                message(decision)
        _shaping(warehouse, [row for row in topic_rows if not row["ignored"]], decided)
        _decided(decided, _names(warehouse, decided))


@st.fragment
def _shaping(warehouse: Warehouse, topic_rows: list[dict[str, Any]], decided: TopicDecisions) -> None:
    sizes = {row["topic"]: row["tickets"] for row in warehouse.query(_SIZES).to_pylist()}
    labels = {row["topic"]: row["label"] or row["topic"] for row in topic_rows}
    ranked = sorted(labels, key=lambda topic: (-sizes.get(topic, 0), topic))
    nodes = warehouse.query(_NODES).to_pylist()
    parts = {row["parent"] for row in nodes if row["parent"]}

    def called(topic: str) -> str:
        return f"{labels[topic]} ({words.plural(sizes.get(topic, 0), 'ticket', locale=locale())})"

    chosen = controls.selectbox(
        "Topic", ranked, format_func=called, index=None, placeholder="Choose a topic", key=_key(decided)
    )
    if chosen is None:
        return
    with (
        st.form(f"topic_rename_{chosen}", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        # In a form, what is typed counts with the click on the button.
        name = controls.text_input("Name", labels[chosen], max_chars=120).strip()
        if controls.form_submit_button("Rename") and name != labels[chosen]:
            message = (
                f"{labels[chosen]} renamed to {name}." if name else f"{labels[chosen]} has its original name again."
            )
            _keep(topics.renamed(chosen, name), message)
    with st.container(horizontal=True, vertical_alignment="bottom", key="topic_merge"):
        other_topics = [topic for topic in ranked if topic != chosen]
        into = controls.selectbox(
            "Merge into",
            other_topics,
            format_func=called,
            index=None,
            placeholder="Another topic",
            key=f"topic_into_{chosen}",
        )
        if controls.button("Merge", key="topic_merge_do", disabled=into is None) and into is not None:
            changes = topics.merged([chosen], into, decided)
            _keep(changes, f"{labels[chosen]} merged into {labels[into]}.")
    with st.container(horizontal=True, key="topic_other"):
        if controls.button("Split topic", key="topic_split_do", disabled=chosen not in parts):
            _keep(topics.split(chosen), f"{labels[chosen]} split into its parts.")
        if controls.button(
            "Ignore topic", key="topic_ignore_do", help="Removes the topic from the list; can be undone below."
        ):
            _keep(topics.ignored(chosen), f"{labels[chosen]} ignored.")


def _key(decided: TopicDecisions) -> str:
    """Return the name of the list of topics: another one after each decision, so that nothing is chosen in it."""
    return f"topic_chosen_{abs(hash(decided.entries))}"


def _names(warehouse: Warehouse, decided: TopicDecisions) -> dict[str, str]:
    labels = {row["node"]: row["label"] for row in warehouse.query(_NODES).to_pylist() if row["label"]}
    return labels | dict(decided.names)


def _decided(decided: TopicDecisions, names: Mapping[str, str]) -> None:
    """List what was decided, each with a button that takes it back."""
    entries = decided.entries
    if not entries:
        return
    verbs = {NAME.name: "renamed", INTO.name: "merged", SPLIT.name: "split", IGNORED.name: "ignored"}
    with controls.expander(f"{words.plural(len(entries), 'decision', locale=locale())} on topics"):
        for entry in entries:
            topic, verb, key = entry.subject, verbs[entry.kind], f"{entry.kind}: {entry.subject}"
            with st.container(horizontal=True, vertical_alignment="center", key=f"topic_line_{key}"):
                html(render("support/topic_decision.html", topic=names.get(topic, topic), verb=verb))
                if controls.button("Undo", key=f"topic_back_{key}"):
                    _keep((Entry(entry.kind, topic, None),), f"{names.get(topic, topic)} no longer {verb}.")


def _keep(change: Change, text: str) -> None:
    with guarded():
        topics.apply(session.workspace(), change)
        st.session_state[keys.TOPICS_MESSAGE] = text
        st.rerun()
