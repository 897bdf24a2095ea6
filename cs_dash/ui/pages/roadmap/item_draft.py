"""What a reader has begun to change of an item, and what somebody else changed meanwhile.

The forms of an item keep what is typed until it is saved. Each save says which state of the item it was typed against:
where somebody else changed the item since, nothing is overwritten, the change is shown, and the next save counts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import streamlit as st

from cs_dash.decisions import roadmap
from cs_dash.decisions.roadmap import Item
from cs_dash.errors import Conflict
from cs_dash.look.templates import render
from cs_dash.ui.components import controls
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.html import html, message
from cs_dash.ui.pages.roadmap.item_history import history_lines
from cs_dash.ui.server.script_run import script_run
from cs_dash.ui.state import keys, session


@dataclass(frozen=True)
class ItemDraft:
    """The state of an item that the forms on the screen show.

    Attributes:
        item_id: the item.
        seen: the item's `seen` when the forms were filled.
        generation: how often they were filled anew; part of the names of their fields.
    """

    item_id: str
    seen: str
    generation: int = 0

    def key(self, field: str) -> str:
        """Return the name of a field of the forms."""
        return f"item_{field}_{self.item_id}_{self.generation}"


def open_draft(item: Item) -> ItemDraft:
    """Return the draft of an item: the one that is open on this page, or a new one for who has just come to it."""
    draft: ItemDraft | None = st.session_state.get(keys.ITEM_DRAFT)
    if draft is None or draft.item_id != item.item_id or _came_from_elsewhere():
        generation = draft.generation + 1 if draft else 0
        draft = ItemDraft(item.item_id, item.seen, generation)
        st.session_state[keys.ITEM_DRAFT] = draft
    return draft


def _came_from_elsewhere() -> bool:
    run, last = script_run(), st.session_state.get(keys.LAST_PAGE)
    return bool(run and last and last.id != run.page_id)


def save(draft: ItemDraft, change: Callable[[], object], text: str) -> None:
    """Do a change and fill the forms anew; where somebody else was first, say so and keep what was typed."""
    with guarded():
        try:
            change()
        except Conflict:
            current = roadmap.item(session.workspace(), draft.item_id)
            st.session_state[keys.ITEM_DRAFT] = replace(draft, seen=current.seen)
            st.session_state[keys.ITEM_CHANGED_FROM] = draft.seen
            raise
        fill_anew(draft)
        st.session_state[keys.ITEM_MESSAGE] = text
        st.rerun()


def fill_anew(draft: ItemDraft) -> None:
    """Fill the forms with what holds now."""
    current = roadmap.item(session.workspace(), draft.item_id)
    st.session_state[keys.ITEM_DRAFT] = ItemDraft(draft.item_id, current.seen, draft.generation + 1)
    st.session_state.pop(keys.ITEM_CHANGED_FROM, None)


def say_what_changed(item: Item, draft: ItemDraft) -> None:
    """Show the last message, and what others changed since the forms were filled, with a button that takes it over."""
    if text := st.session_state.pop(keys.ITEM_MESSAGE, None):
        message(text)
    since = st.session_state.get(keys.ITEM_CHANGED_FROM) or (draft.seen if draft.seen != item.seen else "")
    if not since:
        return
    later = [row for row in roadmap.history(session.workspace(), item.item_id) if row.number > int(since)]
    if later:
        html(render("roadmap/changed.html", lines=history_lines(later)))
        if controls.button("Discard my entries and show theirs", key="item_take_over"):
            fill_anew(draft)
            st.rerun()
