"""The tabs of the Alignment page, and the message about what was just saved."""

from __future__ import annotations

import streamlit as st

from cs_dash.ui.components.html import message, one_place
from cs_dash.ui.components.tabs import tabs
from cs_dash.ui.pages.page import View
from cs_dash.ui.state import keys

GOALS, TEAMS, JOURNEY, PROGRAMMES = "goals", "teams", "journey", "programmes"
LABELS = {
    GOALS: "Shared goals", TEAMS: "Self-assessment", JOURNEY: "Customer journey", PROGRAMMES: "Beta programmes",
}  # fmt: skip


def page_tabs(view: View) -> None:
    """Show the tabs, and below them once what the last save changed."""
    tabs(view.page.name, LABELS)
    with one_place():
        if text := st.session_state.pop(keys.ALIGNMENT_MESSAGE, None):
            message(text)
