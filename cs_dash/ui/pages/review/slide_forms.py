"""What can be done with a slide: its place, whether it is shown, its title, remarks and speaker notes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from cs_dash.decisions.reviews import slides as decided
from cs_dash.decisions.reviews.slides import LONGEST_TEXT, LONGEST_TITLE
from cs_dash.review.arrangement import numbers_of
from cs_dash.review.deck import Slide
from cs_dash.ui.components import controls
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.pages.review.slide_draft import SlideDraft, open_draft
from cs_dash.ui.state import address, keys
from cs_dash.ui.state.review_decks import ReviewDeck
from cs_dash.ui.state.workspace_folder import whole_workspace


def slide_forms(shown: ReviewDeck, slide: Slide) -> None:
    """Show the buttons and forms of a slide."""
    _place(shown, slide)
    draft = open_draft(shown.review.review_id, slide.name)
    with st.container(horizontal=True, gap="small", key="slide_forms"):
        with st.container(key="slide_left"):
            _title(shown, slide, draft)
            _notes(shown, slide, draft)
        with st.container(key="slide_right"):
            _remarks(shown, slide, draft)


def _place(shown: ReviewDeck, slide: Slide) -> None:
    review_id, names = shown.review.review_id, [one.name for one in shown.deck.slides]
    at = names.index(slide.name)
    titles = {one.name: one.title for one in shown.deck.slides}

    def move(before: str) -> None:
        decided.move(whole_workspace(), review_id, slide.name, before, names)

    def move_to_chosen() -> None:
        if (chosen := st.session_state[key]) is not None:
            _guarded(slide.name, partial(move, chosen), "Moved.")()

    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="slide_place"):
        up, down = names[at - 1] if at else "", (*names[at + 2 :], "")[0]
        controls.button(
            "Move up", key="slide_up", disabled=not at, on_click=_guarded(slide.name, partial(move, up), "Moved up.")
        )
        controls.button(
            "Move down", key="slide_down", disabled=at == len(names) - 1,
            on_click=_guarded(slide.name, partial(move, down), "Moved down."),
        )  # fmt: skip
        key = f"slide_to_{slide.name}_{at}"
        controls.selectbox(
            "Move before", [*(name for name in names if name != slide.name), ""], index=None, key=key, width=190,
            format_func=lambda name: f"Before: {titles[name]}" if name else "To the end",
            placeholder="Move to …", label_visibility="collapsed", on_change=move_to_chosen,
        )  # fmt: skip
        controls.button(
            "Show slide" if slide.hidden else "Hide slide",
            key="slide_hide",
            on_click=_guarded(
                slide.name,
                partial(decided.hide, whole_workspace(), review_id, slide.name, hidden=not slide.hidden),
                "Shown again." if slide.hidden else "Hidden: it is not presented and in no file.",
            ),
        )
        if any(pin.pin_id == slide.name for pin in shown.arrangement.pins):
            controls.button(
                "Unpin", key="slide_unpin",
                on_click=_guarded(
                    slide.name, partial(decided.unpin, whole_workspace(), review_id, slide.name), "Unpinned."
                ),
            )  # fmt: skip


def _title(shown: ReviewDeck, slide: Slide, draft: SlideDraft) -> None:
    own = shown.arrangement.titles.get(slide.name)
    seen = draft.seen("title", own)
    with st.form(draft.key("title_form")):
        title = controls.text_input(
            "Own title", own.text if own else "", max_chars=LONGEST_TITLE, key=draft.key("title"),
            placeholder=slide.computed_title or slide.title, help="Empty: the finding that is computed.",
        )  # fmt: skip
        pressed = controls.form_submit_button("Save title")
    if pressed:
        change = partial(
            decided.retitle, whole_workspace(), shown.review.review_id, slide.name, title or "", numbers_of(slide),
            seen=seen,
        )  # fmt: skip
        draft.save("title", change, "Title saved.")


def _notes(shown: ReviewDeck, slide: Slide, draft: SlideDraft) -> None:
    own = shown.arrangement.notes.get(slide.name)
    seen = draft.seen("notes", own)
    with st.form(draft.key("notes_form")):
        text = controls.text_area(
            "Speaker notes", own.text if own else slide.speaker_notes, max_chars=LONGEST_TEXT, height=80,
            key=draft.key("notes"), help="Only the speaker sees them, in the second window and in PowerPoint.",
        )  # fmt: skip
        pressed = controls.form_submit_button("Save speaker notes")
    if pressed:
        change = partial(
            decided.take_notes, whole_workspace(), shown.review.review_id, slide.name, text or "", seen=seen
        )
        draft.save("notes", change, "Speaker notes saved.")


def _remarks(shown: ReviewDeck, slide: Slide, draft: SlideDraft) -> None:
    review_id = shown.review.review_id
    own = [remark for remark in shown.arrangement.remarks if remark.slide == slide.name]
    with st.form(draft.key("remark_form")):
        text = controls.text_area("Remark", max_chars=LONGEST_TEXT, height=80, key=draft.key("remark"))
        pressed = controls.form_submit_button("Add remark")
    if pressed:
        change = partial(decided.remark, whole_workspace(), review_id, slide.name, text or "", numbers_of(slide))
        draft.save("remark", change, "Remark added.")
    for remark in own:
        start = remark.written.text[:40]
        controls.button(
            f"Remove “{start}{'…' if len(remark.written.text) > len(start) else ''}”",
            key=f"remove_{remark.remark_id}", type="tertiary",
            on_click=_guarded(
                slide.name,
                partial(decided.remove_remark, whole_workspace(), review_id, remark.remark_id), "Remark removed."
            ),
        )  # fmt: skip


def _guarded(slide: str, change: Callable[[], object], text: str) -> Callable[[], None]:
    """Return what a button does before the page runs again: a change and a message; the slide stays open."""

    def clicked() -> None:
        with guarded():
            change()
            st.session_state[keys.REVIEW_MESSAGE] = text
            address.write_choice("slide", slide)

    return clicked
