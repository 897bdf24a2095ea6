"""Events that charts over time bear: a form to enter one, and to take an entered one away."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from cs_dash.decisions import portfolio_events
from cs_dash.decisions.portfolio_events import EVENT_KINDS
from cs_dash.look import words
from cs_dash.look.templates import render
from cs_dash.ui.components import controls
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.html import html, message, note, one_place
from cs_dash.ui.components.text import locale
from cs_dash.ui.state import keys, session
from cs_dash.ui.state.person import person_entry, set_person


def event_form() -> None:
    """Offer the form of a new event, and the entered ones to remove."""
    workspace = session.workspace()
    entered = {row.subject: row.value for row in portfolio_events.events(workspace)}
    with one_place():
        if text := st.session_state.pop(keys.ITEM_MESSAGE, None):
            message(text)
    key = f"event_{len(entered)}"
    with st.container(border=True, key="event_form"), st.form(key, border=False):
        html(render("components/chart_title.html", title="New event", note="Charts over time mark the day."))
        fields = st.container(horizontal=True, vertical_alignment="bottom")
    with fields:
        day = controls.date_input("Day", None, key=f"{key}_day", width=150)
        title = controls.text_input("Event", max_chars=80, key=f"{key}_title", placeholder="Price change for SMB plans")
        kind = controls.selectbox("Kind", EVENT_KINDS, format_func=str.capitalize, key=f"{key}_kind", width=170)
        name = person_entry(f"{key}_person")
        pressed = controls.form_submit_button("Add event", type="primary")
    if pressed:
        set_person(name)
        with guarded():
            if day is None:
                note("Enter the day on which it happened.")
                return
            portfolio_events.add(workspace, day, title or "", kind or "other", person=name)
            st.session_state[keys.ITEM_MESSAGE] = "Event added. Charts over time show it now."
            st.rerun()
    if entered:
        with controls.expander("Remove an entered event"):
            chosen = controls.selectbox(
                "Event", list(entered), format_func=lambda event: _words(entered[event]), index=None,
                placeholder="Choose an event", key=f"{key}_removed",
            )  # fmt: skip
            if controls.button("Remove event", key=f"{key}_remove", disabled=chosen is None) and chosen:
                with guarded():
                    portfolio_events.remove(workspace, chosen)
                    st.rerun()


def _words(event: dict[str, str]) -> str:
    return f"{words.date(dt.date.fromisoformat(event['on']), locale())}: {event['title']}"
