"""Below the list of topics: what people decide of them, which counts at once and can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from cs_dash.look import words
from cs_dash.questions.support.topics import topic_choices
from cs_dash.questions.support.topics.topic_choices import IGNORED, INTO, NAME, SPLIT, Changes
from cs_dash.store.warehouse import Warehouse
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.html import html, one_place
from cs_dash.ui.components.text import escaped, locale
from cs_dash.ui.pages.page import View
from cs_dash.ui.state import keys, session

_SHOWN = "select node, topic, label, ignored from topics_shown(null) order by label, node"
_NODES = "select node, parent, label from topic_nodes"
_SIZES = "select topic, count(*) as tickets from ticket_topics(null) group by topic"


def shape_topics(view: View) -> None:
    """Offer to rename, merge, split and ignore topics, and to take back what was decided; nothing without topics."""
    warehouse = view.reading.warehouse
    shown = [row for row in warehouse.query(_SHOWN).to_pylist() if row["node"] == row["topic"]]
    settings = session.workspace().state.settings()
    decided = [name for name in settings if name.startswith((NAME, INTO, SPLIT, IGNORED))]
    if not shown and not decided:
        return
    with st.container(key="topics_shaped"):
        html("<h2>Do these topics say it your way?</h2>")
        html('<p class="note">Names, merges and splits hold for every version and on the command line.</p>')
        with one_place():
            if told := st.session_state.pop(keys.TOPICS_MESSAGE, None):
                html(f'<div class="cs-told" role="status"><b>{escaped(told)}</b></div>')
        _shaping(warehouse, [row for row in shown if not row["ignored"]], settings)
        _decided(decided, _names(warehouse, settings))


@st.fragment
def _shaping(warehouse: Warehouse, shown: list[dict[str, Any]], settings: Mapping[str, Any]) -> None:
    sizes = {row["topic"]: row["tickets"] for row in warehouse.query(_SIZES).to_pylist()}
    labels = {row["topic"]: row["label"] or row["topic"] for row in shown}
    ranked = sorted(labels, key=lambda topic: (-sizes.get(topic, 0), topic))
    nodes = warehouse.query(_NODES).to_pylist()
    parts = {row["parent"] for row in nodes if row["parent"]}

    def called(topic: str) -> str:
        return f"{labels[topic]} ({words.plural(sizes.get(topic, 0), 'ticket', locale=locale())})"

    chosen = st.selectbox(
        "Topic", ranked, format_func=called, index=None, placeholder="Choose a topic to change", key=_key(settings)
    )
    if chosen is None:
        return
    with (
        st.form(f"topic_rename_{chosen}", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        # In a form, what is typed counts with the click on the button.
        name = st.text_input("Name", labels[chosen], max_chars=120).strip()
        if st.form_submit_button("Rename") and name != labels[chosen]:
            told = f"{labels[chosen]} is called {name} now." if name else f"{labels[chosen]} has its found name again."
            _keep(topic_choices.renamed(chosen, name), told)
    with st.container(horizontal=True, vertical_alignment="bottom", key="topic_merge"):
        others = [topic for topic in ranked if topic != chosen]
        into = st.selectbox(
            "Same as", others, format_func=called, index=None, placeholder="Another topic", key=f"topic_into_{chosen}"
        )
        if st.button("Merge", key="topic_merge_do", disabled=into is None) and into is not None:
            changes = topic_choices.merged([chosen], into, settings)
            _keep(changes, f"{labels[chosen]} counts as part of {labels[into]} now.")
    with st.container(horizontal=True, key="topic_other"):
        if st.button("Split into its parts", key="topic_split_do", disabled=chosen not in parts):
            _keep(topic_choices.split(chosen), f"{labels[chosen]} is shown as its parts now.")
        if st.button("Ignore", key="topic_ignore_do", help="Leave it out of the list; it can be taken back below."):
            _keep(topic_choices.ignored(chosen), f"{labels[chosen]} is left out now.")


def _key(settings: Mapping[str, Any]) -> str:
    """Return the name of the list of topics: another one after each decision, so that nothing is chosen in it."""
    decided = sorted((name, str(value)) for name, value in settings.items() if name.startswith("topic "))
    return f"topic_chosen_{abs(hash(tuple(decided)))}"


def _names(warehouse: Warehouse, settings: Mapping[str, Any]) -> dict[str, str]:
    found = {row["node"]: row["label"] for row in warehouse.query(_NODES).to_pylist() if row["label"]}
    given = {name.removeprefix(NAME): str(value) for name, value in settings.items() if name.startswith(NAME)}
    return found | given


def _decided(decided: list[str], names: Mapping[str, str]) -> None:
    """List what was decided, each with a button that takes it back."""
    if not decided:
        return
    kinds = {NAME: "renamed", INTO: "merged", SPLIT: "split", IGNORED: "ignored"}
    with st.expander(f"{words.plural(len(decided), 'decision', locale=locale())} on topics"):
        for setting in sorted(decided):
            kind = next(each for each in kinds if setting.startswith(each))
            topic = setting.removeprefix(kind)
            with st.container(horizontal=True, vertical_alignment="center", key=f"topic_line_{setting}"):
                told = f"<b>{escaped(names.get(topic, topic))}</b> <span class='note'>{kinds[kind]}</span>"
                html(f"<p>{told}</p>", width="stretch")
                if st.button("Take back", key=f"topic_back_{setting}"):
                    _keep({setting: None}, f"{names.get(topic, topic)} is no longer {kinds[kind]}.")


def _keep(changes: Changes, told: str) -> None:
    with guarded():
        session.workspace().state.set_all(changes)
        st.session_state[keys.TOPICS_MESSAGE] = told
        st.rerun()
