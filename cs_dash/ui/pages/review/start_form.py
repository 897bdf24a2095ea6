"""The form that starts a review of a quarter on the numbers of now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from cs_dash.decisions.reviews.records import Review
from cs_dash.pipeline import Version
from cs_dash.review.quarter import Quarter
from cs_dash.scope import Scope
from cs_dash.sharing.reviews import start_review
from cs_dash.ui.components import controls
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.html import note
from cs_dash.ui.pages.review.review_words import accounts_words
from cs_dash.ui.state import address, keys
from cs_dash.ui.state.person import person_entry, set_person
from cs_dash.ui.state.workspace_folder import whole_workspace

OFFERED = 4
"""How many quarters are offered, back from that of the newest day."""
EARLY_DAYS = 45
"""So early in a quarter the one before it is reviewed."""


def start_form(version: Version, listed: Sequence[Review]) -> None:
    """Show the form; the quarter that comes next is chosen."""
    newest = version.newest_day or dt.datetime.now(dt.UTC).date()
    quarters = [Quarter.containing(newest)]
    while len(quarters) < OFFERED:
        quarters.append(quarters[-1].previous())
    filters = Scope.from_query(address.read())[0].filters
    with st.container(border=True, key="review_start"), st.form("start_review", border=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            quarter = controls.selectbox(
                "Quarter", quarters, index=_due(newest, quarters, listed),
                format_func=lambda quarter: quarter.title, key="review_quarter", width=140,
            )  # fmt: skip
            name = person_entry("review_starter")
            pressed = controls.form_submit_button("Start review", type="primary")
        narrow = bool(filters) and controls.checkbox(f"Only {accounts_words(filters)}", value=True, key="review_narrow")
        note(f"It shows load {version.number} as it is now, also after later loads, labels and settings.")
    if pressed:
        set_person(name)
        with guarded():
            with controls.spinner("Freezing the numbers of now …"):
                review_id = start_review(whole_workspace(), str(quarter), filters if narrow else ())
            st.session_state[keys.REVIEW_MESSAGE] = f"The review of {quarter.title} is open."
            address.write(address.of_scope(address.read()) | {"review": [review_id]})
            st.rerun()


def _due(newest: dt.date, quarters: Sequence[Quarter], listed: Sequence[Review]) -> int:
    """Return the place of the quarter to review next: the one before that of the newest day early in this one."""
    reviewed = {review.quarter for review in listed}
    early = (newest - quarters[0].start).days < EARLY_DAYS and str(quarters[1]) not in reviewed
    return 1 if early else 0
