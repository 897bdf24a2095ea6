"""The form that starts a review of a quarter on the numbers of now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from cs_dash.decisions.reviews.records import Review
from cs_dash.pipeline import Version
from cs_dash.scope import Scope, months_before
from cs_dash.sharing.reviews import start_review
from cs_dash.ui.components import controls
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.html import note
from cs_dash.ui.pages.review.review_words import accounts_words, quarter_of, quarter_words
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
    quarters = [quarter_of(months_before(newest.replace(day=1), 3 * back)) for back in range(OFFERED)]
    filters = Scope.from_query(address.read())[0].filters
    with st.container(border=True, key="review_start"), st.form("start_review", border=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            quarter = controls.selectbox(
                "Quarter", quarters, index=quarters.index(_due(newest, quarters, listed)),
                format_func=quarter_words, key="review_quarter", width=140,
            )  # fmt: skip
            name = person_entry("review_starter")
            pressed = controls.form_submit_button("Start review", type="primary")
        narrow = bool(filters) and controls.checkbox(f"Only {accounts_words(filters)}", value=True, key="review_narrow")
        note(f"It shows load {version.number} as it is now, also after later loads, labels and settings.")
    if pressed:
        set_person(name)
        with guarded():
            with st.spinner("Freezing the numbers of now …"):
                review_id = start_review(whole_workspace(), quarter, filters if narrow else ())
            st.session_state[keys.REVIEW_MESSAGE] = f"The review of {quarter_words(quarter)} is open."
            address.write(address.of_scope(address.read()) | {"review": [review_id]})
            st.rerun()


def _due(newest: dt.date, quarters: Sequence[str], listed: Sequence[Review]) -> str:
    """Return the quarter to review next: that of the newest day, early in it the one before, if that was not."""
    first_day = dt.date(newest.year, 3 * ((newest.month - 1) // 3) + 1, 1)
    reviewed = {review.quarter for review in listed}
    early = (newest - first_day).days < EARLY_DAYS and quarters[1] not in reviewed
    return quarters[1] if early else quarters[0]
