"""The reader's own PowerPoint template, for as long as the session lasts."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from cs_dash.errors import UnreadableFile
from cs_dash.review.deck import Deck
from cs_dash.ui.components import controls
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.html import note
from cs_dash.ui.server.upload_stream import streamed_upload
from cs_dash.ui.state import keys

MOST_BYTES = 30 << 20


@dataclass(frozen=True)
class OwnTemplate:
    """A template as it was uploaded: its name and its bytes."""

    name: str
    content: bytes


def own_template(deck: Deck) -> bytes | None:
    """Offer to upload a template, and return the one that was; None without. One that cannot be used is refused.

    `deck`: its first slide is made in the template, which tells whether it can be used.
    """
    chosen: OwnTemplate | None = st.session_state.get(keys.REVIEW_TEMPLATE)
    if chosen:
        note(f"PowerPoint is made in {chosen.name}.")
        if controls.button("Use the built-in template", key="review_template_off"):
            del st.session_state[keys.REVIEW_TEMPLATE]
            st.rerun()
        return chosen.content
    generation = st.session_state.get(keys.REVIEW_TEMPLATE_GENERATION, 0)
    file = controls.file_uploader("Your PowerPoint template (.pptx, .potx)", key=f"review_template_{generation}")
    if file:
        with guarded():
            upload = streamed_upload(file)
            with upload.content:
                content = upload.content.read(MOST_BYTES + 1)
            _check(content, deck)
            st.session_state[keys.REVIEW_TEMPLATE] = OwnTemplate(upload.name, content)
            st.session_state[keys.REVIEW_TEMPLATE_GENERATION] = generation + 1
            st.rerun()
    return None


def _check(content: bytes, deck: Deck) -> None:
    from cs_dash.review.pptx import pptx_bytes  # takes a moment to import, and few pages need it

    if len(content) > MOST_BYTES:
        raise UnreadableFile(
            "The template is too large", f"Could not use a template of more than {MOST_BYTES >> 20} MB.",
            "Save it without pictures that no layout needs.",
        )  # fmt: skip
    pptx_bytes(replace(deck, slides=deck.slides[:1]), template=content)
