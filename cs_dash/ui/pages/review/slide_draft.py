"""What a person has begun to write on a slide: it stays where somebody else was first, and the next save counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import streamlit as st

from cs_dash.decisions.reviews.slides import SlideText
from cs_dash.errors import Conflict
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.server.script_run import script_run
from cs_dash.ui.state import keys


@dataclass
class SlideDraft:
    """The forms of one slide as this session filled them.

    Attributes:
        review_id: the review.
        slide: the slide.
        generation: how many drafts there were before; part of the names of the fields.
        saved: part -> how often it was saved; part of its name, too, so that a saved form is filled anew.
        states: part -> the state that its form was filled with.
    """

    review_id: str
    slide: str
    generation: int = 0
    saved: dict[str, int] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)

    def key(self, name: str) -> str:
        """Return the name of a field, or of a form."""
        part = name.removesuffix("_form")
        return f"slide_{name}_{self.slide}_{self.generation}_{self.saved.get(part, 0)}"

    def seen(self, part: str, current: SlideText | None) -> str:
        """Return the state that the form of a part was filled with: that of `current` if it is shown first."""
        return self.states.setdefault(part, current.seen if current else "")

    def save(self, part: str, change: Callable[[], object], text: str) -> None:
        """Do a change and fill its form anew; where somebody else was first, say so and keep what was typed."""
        with guarded():
            try:
                change()
            except Conflict:
                self.states.pop(part, None)
                raise
            self.saved[part] = self.saved.get(part, 0) + 1
            self.states.pop(part, None)
            st.session_state[keys.REVIEW_MESSAGE] = text
            st.rerun()


def open_draft(review_id: str, slide: str) -> SlideDraft:
    """Return the draft of a slide: the one that is open on this page, or a new one for who has just come to it."""
    draft: SlideDraft | None = st.session_state.get(keys.SLIDE_DRAFT)
    run, last = script_run(), st.session_state.get(keys.LAST_PAGE)
    came_from_elsewhere = bool(run and last and last.id != run.page_id)
    if draft is None or (draft.review_id, draft.slide) != (review_id, slide) or came_from_elsewhere:
        draft = SlideDraft(review_id, slide, draft.generation + 1 if draft else 0)
        st.session_state[keys.SLIDE_DRAFT] = draft
    return draft
